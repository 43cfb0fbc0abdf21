"""The words round the loop can be read, however many steps there are."""

from __future__ import annotations

import pytest

from samenraad.ui.labels import Label, apart, placed, split
from samenraad.ui.lemniscate import GATES, HANDOVER, LARGE, LARGE_BOX, MEASURES, QUESTION, Loop, Mark, step_places

NAMES = ["leren", "ideeën verzamelen", "beraad", "voorstellen schrijven", "stemmen over 12 voorstellen", "keuze"]


def process(steps: int, now: int, lottery: bool = True) -> Loop:
    places = step_places(steps)
    return Loop(
        (
            Mark(QUESTION, label="de vraag", passed=True),
            Mark(GATES[1], "gate", "1 Doel"),
            Mark(GATES[2], "gate", "2 Ruimte"),
            Mark(GATES[3], "gate", "3 Toezegging"),
            *([Mark(GATES[4], "gate", "4 Loting")] if lottery else []),
            *(
                Mark(at, "here" if index == now else "dot", f"Nu: {NAMES[index]}" if index == now else NAMES[index])
                for index, at in enumerate(places)
            ),
            Mark(HANDOVER, label="overhandiging"),
            Mark(GATES[5], "gate", "5 Antwoord"),
            Mark(MEASURES, label="maatregelen"),
            Mark(GATES[6], "gate", "6 Terugkoppeling"),
        )
    )


@pytest.mark.parametrize("lottery", [True, False])
@pytest.mark.parametrize(("steps", "now"), [(steps, now) for steps in range(1, 7) for now in range(steps)])
def test_words_never_lie_over_one_another_nor_over_the_line(steps: int, now: int, lottery: bool) -> None:
    labels = [label for label in placed(process(steps, now, lottery)) if label]
    for index, label in enumerate(labels):
        for other in labels[index + 1 :]:
            assert label.box.overlap(other.box) == 0, (label.lines, other.lines)
        assert _inside(label), label.lines
        assert not _on_the_line(label), label.lines


def test_each_word_stands_nearest_its_own_mark() -> None:
    loop = process(4, 2)
    for mark, label in zip(loop.marks, placed(loop), strict=True):
        assert label is not None
        place = LARGE.place(mark.at)
        assert label.box.holds(place, margin=62), label.lines


def test_a_mark_without_words_gets_none() -> None:
    assert placed(Loop((Mark(10),))) == (None,)


def test_words_are_split_at_a_colon_and_at_a_readable_length() -> None:
    assert split("Nu: stemmen") == ("Nu: stemmen",)
    assert split("Speelplekken: 12 dagen te laat") == ("Speelplekken:", "12 dagen te laat")
    assert all(len(line) <= 27 for line in split("Arbeidsongeschiktheidsverzekeringsmaatschappij"))
    assert len(split("woord " * 100)) == 5


def test_processes_at_the_same_place_share_a_mark() -> None:
    marks = apart((Mark(64.5, "here", "Centrum"), Mark(65, "here", "Bibliotheek"), Mark(20, "here", "Straat")))
    assert [(mark.label, mark.count) for mark in marks] == [("Straat", 1), ("Centrum\nBibliotheek", 2)]


def test_a_late_one_is_not_hidden_among_the_others() -> None:
    marks = apart((Mark(83, "here", "Klimaat"), Mark(83, "late", "Speelplekken")))
    assert {mark.kind for mark in marks} == {"here", "late"}
    assert abs(marks[0].at - marks[1].at) >= 3


def test_a_town_with_many_processes_names_three_and_counts_the_rest() -> None:
    (mark,) = apart(tuple(Mark(50, "here", f"traject {n}") for n in range(9)))
    assert mark.count == 9
    assert mark.label.endswith("…")


def _inside(label: Label) -> bool:
    left, top, wide, high = LARGE_BOX
    box = label.box
    return box.left >= left and box.right <= left + wide and box.top >= top and box.bottom <= top + high


def _on_the_line(label: Label) -> bool:
    return any(label.box.holds(LARGE.place(step / 4)) for step in range(400))
