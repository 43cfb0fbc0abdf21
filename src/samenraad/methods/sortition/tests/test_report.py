"""The report tells the facts of a lottery, to people and to machines."""

import json
from dataclasses import dataclass, replace

import pytest

from samenraad.methods.language import say
from samenraad.methods.sortition.lotteries.legacy import Estimate, legacy
from samenraad.methods.sortition.lottery import Lottery
from samenraad.methods.sortition.pool import Pool, Quota, Quotas
from samenraad.methods.sortition.report.report import report
from samenraad.methods.sortition.report.text import PROVEN, table
from samenraad.methods.sortition.tests.instances import every_panel, leximin_of, tiny
from samenraad.refusals import Refusal

AGES = {"a": "young", "b": "old", "c": "old", "d": "old"}
POOL = Pool.of({one: {"age": age} for one, age in AGES.items()})
QUOTAS = Quotas.of({"age": {"young": (1, 1), "old": (1, 1)}})
OPTIMUM = {"a": 1.0, "b": 1 / 3, "c": 1 / 3, "d": 1 / 3}


def lottery(panels=("ab", "ac", "ad", "ad"), method="leximin", **changes):
    """Two seats, one young and one old; four panels, so that d has 1 in 2 where the best lottery gives 1 in 3."""
    made = Lottery(POOL, QUOTAS, 2, (), method, tuple(map(tuple, panels)), OPTIMUM, proven=True, gap=0.0)
    return replace(made, **changes)


@dataclass(frozen=True)
class Out:
    ids: tuple[str, ...]

    def sentence(self, language):
        return say("too many young people", language)


def test_the_chances_of_every_method_side_by_side():
    estimate = Estimate({"a": 100, "b": 20, "c": 80, "d": 0}, 100, 130)
    found = report(lottery(), compare=[lottery(("ab", "ac"), "nash")], legacy=estimate)
    assert [one.name for one in found.methods] == ["leximin", "nash", "legacy"]
    assert [one.figures.lowest for one in found.methods] == [0.25, 0.0, 0.0]
    assert [one.figures.at_zero for one in found.methods] == [0, 1, 1]
    assert [one.draws for one in found.methods] == [None, None, 100]


def test_the_shares_of_each_group():
    """One of four is young; one of two seats is for the young."""
    young = report(lottery(), population={"age": {"young": 300, "old": 700}}, drawn=["a", "c"]).groups[1]
    assert young.label == "age: young"
    assert (young.population, young.pool, young.expected, young.drawn) == (0.3, 0.25, 0.5, 0.5)
    assert young.quota == (1, 1)


def test_what_is_not_known_is_left_open():
    found = report(lottery())
    assert {(one.population, one.drawn) for one in found.groups} == {(None, None)}
    head = next(line for line in found.as_text().splitlines() if line.startswith("Who is on the panel"))
    assert head.split()[-2:] == ["pool", "expected"]


def test_the_groups_of_two_categories_come_last():
    pool = Pool.of({"a": {"age": "young", "town": "x"}, "b": {"age": "old", "town": "y"}})
    quotas = Quotas((Quota((("age", "young"), ("town", "x")), 1, 1),))
    found = report(Lottery(pool, quotas, 1, (), "leximin", (("a",),), {"a": 1.0, "b": 0.0}, True, 0.0))
    assert [one.label for one in found.groups][-1] == "age: young & town: x"
    assert len(found.groups) == 5
    assert found.groups[-1].expected == 1.0


@pytest.mark.parametrize("pair", [("age", "town"), ("town", "age")])
def test_reference_figures_of_two_categories_in_either_order(pair):
    pool = Pool.of({"a": {"age": "young", "town": "x"}, "b": {"age": "old", "town": "y"}})
    quotas = Quotas((Quota((("age", "young"), ("town", "x")), 1, 1),))
    made = Lottery(pool, quotas, 1, (), "leximin", (("a",),), {"a": 1.0, "b": 0.0}, True, 0.0)
    here, there = (("young", "x"), ("old", "y")) if pair == ("age", "town") else (("x", "young"), ("y", "old"))
    found = report(made, population={pair: {here: 1, there: 3}})
    assert found.groups[-1].population == 0.25
    assert found.groups[0].population is None


def test_who_is_in_already_or_out_has_no_part_in_the_figures():
    found = report(lottery(already=("a",)), excluded=[Out(("b",))])
    assert found.methods[0].figures.people == 2
    assert found.methods[0].figures.highest == 0.5
    assert found.certificate.lowest == 1 / 3


def test_who_can_never_be_drawn_is_named_with_the_reason():
    told = report(lottery(("ac", "ad")), excluded=[Out(("b",))])
    assert "1 person can never be drawn:\n- too many young people" in told.as_text()
    assert json.loads(told.as_json())["excluded"] == [{"ids": ["b"], "why": "too many young people"}]


def test_the_rounding_says_what_it_changed():
    """d goes from 1/3 to 1/2."""
    found = report(lottery())
    assert round(found.rounding.largest_change, 6) == 0.166667
    assert "16.667 percentage points. One panel of the 4 counts for" in " ".join(found.as_text().split())


@pytest.mark.parametrize("method", sorted(PROVEN))
def test_the_certificate_in_words(method):
    words = " ".join(report(lottery(method=method)).as_text().split())
    assert "Proven: no lottery" in words
    assert "33.33 %" in words


def test_what_is_not_proven_says_so_with_its_gap():
    words = " ".join(report(lottery(proven=False, gap=0.0123)).as_text().split())
    assert "Not proven: there may be a better lottery." in words
    assert "at most 1.230 percentage points" in words
    assert "Proven:" not in words


def test_letter_and_draw_together():
    """a: 0.1 · 1; b: 0.2 · 1/4; c: 0.1 · 1/4; d: 0.02 · 1/2."""
    found = report(lottery(), letters={"a": 0.1, "b": 0.2, "c": 0.1, "d": 0.02})
    assert found.whole == pytest.approx((0.01, 0.1))
    assert "1.000 % and 10.000 %" in " ".join(found.as_text().split())


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("sortition.unknown", {"drawn": ["a", "nobody"]}),
        ("sortition.letters_missing", {"letters": {"a": 0.1}}),
        ("sortition.other_pool", {"legacy": Estimate({"x": 1}, 1, 1)}),
    ],
)
def test_what_does_not_belong_together_is_refused(code, arguments):
    with pytest.raises(Refusal) as no:
        report(lottery(), **arguments)
    assert no.value.code == code


def full(draw):
    panels = every_panel(draw)
    made = Lottery(
        draw.pool,
        draw.quotas,
        draw.seats,
        draw.already,
        "leximin",
        tuple(panels),
        leximin_of(panels, draw.pool.by_id),
        True,
        0.0,
    )
    older = legacy(draw.pool, draw.quotas, draw.seats, draws=20, seed=1, already=draw.already)
    letters = dict.fromkeys(draw.pool.by_id, 0.04)
    population = {category: {"v0": 1.0, "v1": 2.0} for category in draw.quotas.categories}
    return report(
        made,
        compare=[replace(made, method="goldilocks")],
        legacy=older,
        population=population,
        drawn=panels[0],
        letters=letters,
        excluded=[Out((draw.pool.candidates[0].id,))],
    )


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("language", ["en", "nl"])
def test_it_fits_a_page_in_both_languages(seed, language):
    told = full(tiny(seed)).as_text(language)
    assert max(map(len, told.splitlines())) <= 80
    assert "{" not in told


@pytest.mark.parametrize("seed", range(8))
def test_the_expected_seats_of_a_category_add_up(seed):
    found = full(tiny(seed))
    for category in {one.where[0][0] for one in found.groups}:
        parts = [one for one in found.groups if len(one.where) == 1 and one.where[0][0] == category]
        assert sum(one.expected for one in parts) == pytest.approx(1.0)
        assert sum(one.pool for one in parts) == pytest.approx(1.0)
        assert sum(one.drawn for one in parts) == pytest.approx(1.0)


def test_the_machine_reads_what_the_resident_reads():
    found = full(tiny(3))
    facts = json.loads(found.as_json())
    assert facts["methods"][0]["lowest"] == found.methods[0].figures.lowest
    assert facts["digest"] == found.digest
    assert found.as_json() == full(tiny(3)).as_json()


def test_a_long_name_takes_more_lines():
    told = table(["group", "pool"], [["a very long name " * 8, "8.0 %"]]).splitlines()
    assert max(map(len, told)) <= 80
    assert told[-1].endswith("8.0 %")
