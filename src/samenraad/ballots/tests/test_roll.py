"""The list of voters: read in whole or not at all, and afterwards nothing leads from a person to a code."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.utils import timezone

from samenraad.ballots.actions import reading, roll
from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.models import Envelope, Load
from samenraad.ballots.queries import roll as queries
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.rules.tree import root_of
from samenraad.ballots.testing import make_vote
from samenraad.ballots.tests.rolling import (
    HEADER,
    csv_of,
    done,
    frozen_with_letters,
    letters_of,
    line,
    people,
    posted,
    read_in,
    uploaded,
)  # fmt: skip
from samenraad.processes.actions import work as background
from samenraad.processes.models import Work
from samenraad.refusals import Refusal


@pytest.fixture
def vote(process, bram):
    return make_vote(process, bram)


def test_a_rehearsal_tells_every_bad_line_and_keeps_nobody(vote, bram):
    lines = [line(1), line(1), "A9;Zonder straat;;1234 AB;Lindenveld;De Kamp;;", line(2, "De Kamp", "en;ja")]
    load = uploaded(vote, bram, csv_of(lines))
    assert (load.counted["people"], load.counted["large"]) == (2, 1)
    assert load.counted["areas"] == {"De Kamp": 1, "Oud-Linden": 1}
    assert load.counted["languages"] == {"nl": 1, "en": 1}
    assert [number for number, _sentence in queries.bad_lines(load)] == [3, 4]
    assert not Entry.objects.exists()
    assert not Envelope.objects.exists()


def test_columns_that_are_not_needed_are_named_and_those_that_are_needed_are_asked_for(vote, bram):
    load = uploaded(vote, bram, csv_of([line(1) + ";1980-01-01"], HEADER + ";geboortedatum"))
    assert load.counted["unknown"] == ["geboortedatum"]
    with pytest.raises(Refusal, match=r"ballots\.columns_missing"):
        uploaded(vote, bram, csv_of(["Aisha;Touwbaan"], "naam;straat"))
    with pytest.raises(Refusal, match=r"ballots\.columns_double"):
        uploaded(vote, bram, csv_of([line(1) + ";x"], HEADER + ";wijk"))
    with pytest.raises(Refusal, match=r"ballots\.list_unreadable"):
        uploaded(vote, bram, b"\x00\x01\x02")


def test_bad_lines_are_left_out_only_when_somebody_says_so(vote, bram):
    load = uploaded(vote, bram, csv_of([line(1), line(1)]))
    with pytest.raises(Refusal, match=r"ballots\.bad_lines"):
        roll.start_reading(load=load, without_bad_lines=False, by=bram)
    done(roll.start_reading(load=load, without_bad_lines=True, by=bram))
    assert Entry.objects.count() == 1


def test_everybody_gets_one_code_and_of_the_file_nothing_stays(vote, bram):
    load = read_in(vote, bram, people(120))
    assert Entry.objects.filter(vote=vote.key).count() == Envelope.objects.count() == 120
    assert (load.content, load.problems) == (None, [])
    assert load.counted["areas"] == {"De Kamp": 60, "Oud-Linden": 60}
    kept = " ".join(row.sealed for row in Envelope.objects.all()) + str(list(Entry.objects.values_list()))
    assert "Inwoner" not in kept
    assert "A0000001" not in kept


def test_an_excel_workbook_is_read_too(vote, bram, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(HEADER.split(";"))
    book.active.append(line(1).split(";"))
    book.save(tmp_path / "list.xlsx")
    work = roll.keep_upload(vote=vote, name="list.xlsx", chunks=[(tmp_path / "list.xlsx").read_bytes()], by=bram)
    done(work)
    assert Load.objects.get().counted["people"] == 1


def test_the_same_list_twice_is_one_list(vote, bram):
    first, second = uploaded(vote, bram, people(3)), uploaded(vote, bram, people(3))
    assert first.pk == second.pk
    done(roll.start_reading(load=first, without_bad_lines=False, by=bram))
    with pytest.raises(Refusal, match=r"ballots\.list_known"):
        uploaded(vote, bram, people(3))


def test_a_newer_list_takes_the_place_of_the_older_one(vote, bram):
    read_in(vote, bram, people(5))
    read_in(vote, bram, people(7))
    assert Entry.objects.count() == Envelope.objects.count() == 7
    assert Load.objects.count() == 1


@pytest.mark.parametrize("cut_off", ["write", "finish"])
def test_an_import_that_was_killed_leaves_nothing_behind_when_it_is_done_again(vote, bram, monkeypatch, cut_off):
    """Codes of a list that was not finished lie in no letter: they may never be on a frozen roll."""
    load = uploaded(vote, bram, people(40))
    work = roll.start_reading(load=load, without_bad_lines=False, by=bram)
    with monkeypatch.context() as broken:
        broken.setattr(reading.roll, cut_off, lambda *_all, **_more: 1 / 0)
        assert background.do(work).state == Work.State.FAILED
    left = set(Envelope.objects.values_list("key", flat=True))
    assert len(left) == 40
    with pytest.raises(Refusal, match=r"ballots\.roll_unfinished"):
        freeze(vote=vote, by=bram)
    done(roll.start_reading(load=load, without_bad_lines=False, by=bram))
    assert Entry.objects.count() == Envelope.objects.count() == 40
    assert not left & set(Envelope.objects.values_list("key", flat=True))
    assert freeze(vote=vote, by=bram).entitled == 40


def test_a_list_that_is_thrown_away_halfway_takes_its_codes_with_it(vote, bram, monkeypatch):
    load = uploaded(vote, bram, people(4))
    work = roll.start_reading(load=load, without_bad_lines=False, by=bram)
    with monkeypatch.context() as broken:
        broken.setattr(reading.roll, "finish", lambda *_all, **_more: 1 / 0)
        background.do(work)
    roll.drop(load=load)
    roll.drop(load=load)
    assert not Entry.objects.exists()
    assert not Envelope.objects.exists()
    assert not Load.objects.exists()


def test_a_file_that_waits_for_two_weeks_is_thrown_away(vote, bram, time_machine):
    uploaded(vote, bram, people(4))
    assert roll.drop_old() == 0
    time_machine.move_to(timezone.now() + timedelta(days=15))
    assert roll.drop_old() == 1
    assert not Load.objects.exists()


def test_a_square_of_295_houses_gets_codes_on_cards(vote, bram):
    made = roll.make_cards(vote=vote, areas=[("De Sillestraat", 295)], instead_of=None, by=bram)
    assert len({code for _area, code in made}) == 295
    assert {roll.digest_of(vote, code) for _area, code in made} == set(Entry.objects.values_list("digest", flat=True))
    frozen = freeze(vote=vote, by=bram)
    assert (frozen.entitled, frozen.areas) == (295, {"De Sillestraat": 295})


def test_who_presses_twice_does_not_make_the_first_cards_worthless(vote, bram):
    made = roll.make_cards(vote=vote, areas=[("", 10)], instead_of=None, by=bram)
    with pytest.raises(Refusal, match=r"ballots\.codes_there"):
        roll.make_cards(vote=vote, areas=[("", 10)], instead_of=None, by=bram)
    assert {roll.digest_of(vote, code) for _area, code in made} == set(Entry.objects.values_list("digest", flat=True))
    again = roll.make_cards(vote=vote, areas=[("", 12)], instead_of=Load.objects.get().pk, by=bram)
    assert (len(again), Entry.objects.count()) == (12, 12)
    for wrong in ([], [("", 0)], [("", 20_001)]):
        with pytest.raises(Refusal, match=r"ballots\.cards_too_many"):
            roll.make_cards(vote=vote, areas=wrong, instead_of=Load.objects.get().pk, by=bram)


def test_nothing_comes_on_the_roll_after_it_is_fixed(vote, bram):
    load = uploaded(vote, bram, people(3))
    roll.make_cards(vote=vote, areas=[("", 60)], instead_of=None, by=bram)
    freeze(vote=vote, by=bram)
    for act in (
        lambda: roll.start_reading(load=load, without_bad_lines=True, by=bram),
        lambda: roll.make_cards(vote=vote, areas=[("", 5)], instead_of=Load.objects.last().pk, by=bram),
        lambda: uploaded(vote, bram, people(4)),
        lambda: roll.begin(load),
    ):
        with pytest.raises(Refusal, match=r"ballots\.roll_frozen"):
            act()
    assert Entry.objects.count() == 60
    assert roll.drop_old() == 1


def test_an_empty_roll_cannot_be_fixed(vote, bram):
    with pytest.raises(Refusal, match=r"ballots\.empty_roll"):
        freeze(vote=vote, by=bram)


def test_the_public_list_gives_the_root_that_was_published(vote, bram):
    read_in(vote, bram, people(130, ("Oud-Linden", "Oud-Linden", "De Kamp")))
    frozen = freeze(vote=vote, by=bram)
    lines = list(queries.roll_lines(frozen))
    assert lines == sorted(lines)
    assert len(lines) == 130
    assert root_of([bytes.fromhex(leaf) for leaf in lines]).hex() == frozen.roll_root
    found = queries.figures(frozen)
    assert (found.entitled, found.areas, found.unused) == (130, {"Oud-Linden": 87, "": 43}, 130)


def test_the_figures_of_a_long_roll_are_one_question(vote, bram, django_assert_max_num_queries):
    read_in(vote, bram, people(18, ("A", "B")))
    with django_assert_max_num_queries(1):
        assert queries.figures(vote).areas == {"A": 9, "B": 9}
    with django_assert_max_num_queries(3):
        queries.letters(vote)


@pytest.mark.slow
def test_duiven_has_18923_people_on_its_roll(vote, bram):
    read_in(vote, bram, people(18_923, ("Duiven", "Groessen", "Loo")))
    frozen = freeze(vote=vote, by=bram)
    assert frozen.entitled == sum(frozen.areas.values()) == 18_923


def _dump(label):
    """All that a database holds of these rooms, as text."""
    models = [model for app in apps.get_app_configs() for model in app.get_models() if _is_ours(app, model, label)]
    return " ".join(serializers.serialize("json", model._base_manager.all()) for model in models)


def _is_ours(app, model, label):
    from samenraad.ballots.router import home

    return home(app.label) == label


def test_after_posting_the_town_holds_no_code_and_no_digest_of_one(vote, bram, caplog):
    """What leads from an address to a code is in the letter, and nowhere else."""
    caplog.set_level("DEBUG")
    vote = frozen_with_letters(vote, bram, people(30))
    codes = [letter.extra["code"] for letter in letters_of(vote)]
    assert posted(vote, bram) == 1
    assert set(Entry.objects.values_list("digest", flat=True)) == {roll.digest_of(vote, code) for code in codes}
    held = _dump("default") + caplog.text
    for entry, code in zip(Entry.objects.order_by("digest"), codes, strict=True):
        for secret in (code, code.replace("-", ""), entry.digest, entry.holder):
            assert secret not in held
    assert all(letter.extra["code"] == "" for letter in letters_of(vote))
    assert "Inwoner" not in _dump("roll")


def _correlation(one, other):
    """Spearman's rank correlation."""
    from scipy.stats import spearmanr

    return abs(float(spearmanr(one, other).statistic))


def test_the_order_of_the_letters_says_nothing_about_the_list_nor_about_the_roll(vote, bram):
    vote = frozen_with_letters(vote, bram, people(1_500))
    place = {digest: place for place, digest in enumerate(_as_they_lie())}
    sent = letters_of(vote)
    on_the_roll = [place[roll.digest_of(vote, letter.extra["code"])] for letter in sent]
    on_the_list = [int(letter.address["name"].split()[-1]) for letter in sent]
    in_the_outbox = range(len(sent))
    # three standard errors, 1/sqrt(n): one innocent run in 370 fails; four: one in 16,000
    limit = 4 / len(sent) ** 0.5
    assert _correlation(in_the_outbox, on_the_roll) < limit
    assert _correlation(in_the_outbox, on_the_list) < limit
    assert _correlation(on_the_list, on_the_roll) < limit


def _as_they_lie():
    """The digests in the order of the file they lie in."""
    from django.db import connections

    by = "ctid" if connections["roll"].vendor == "postgresql" else "digest"
    with connections["roll"].cursor() as cursor:
        unsorted = "SELECT digest FROM roll_entry" + (" ORDER BY ctid" if by == "ctid" else " NOT INDEXED")
        cursor.execute(unsorted)
        return [digest for (digest,) in cursor.fetchall()]


def test_letters_lie_sealed_until_they_are_made(vote, bram):
    read_in(vote, bram, people(3))
    row = Envelope.objects.first()
    letter = reading.unlocked(vote.key, row.sealed)
    assert letter.street.startswith("Touwbaan")
    assert json.dumps(letter.code) not in row.sealed
    assert letter.name not in bytes.fromhex(row.sealed).decode("latin-1")
