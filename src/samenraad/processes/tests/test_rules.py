"""Rules of a process, as sums."""

from datetime import date

import pytest

from samenraad.processes import rules
from samenraad.processes.rules import RoomFact

START = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("room", "why"),
    [
        ([], ""),
        ([RoomFact("open")], ""),
        ([RoomFact("fixed"), RoomFact("negotiable")], ""),
        ([RoomFact("fixed"), RoomFact("fixed")], "nothing_open"),  # R172
        ([RoomFact("open"), RoomFact("fixed", settles_question=True, decided_on=date(2026, 2, 28))], "decided"),  # R199
        ([RoomFact("open"), RoomFact("fixed", settles_question=True)], "decided"),
        ([RoomFact("open"), RoomFact("fixed", settles_question=True, decided_on=date(2026, 3, 2))], ""),
        ([RoomFact("open"), RoomFact("fixed", decided_on=date(2020, 1, 1))], ""),
    ],
)
def test_what_is_already_decided_leaves_only_informing(room, why):
    assert rules.forced_to_inform(room, START) == why


def test_influence_has_an_order():
    assert rules.is_lower("consult", "codecide")
    assert not rules.is_lower("codecide", "consult")
    assert not rules.is_lower("consult", "consult")


def test_the_last_day_is_in_time_and_the_next_is_one_day_late():
    due = rules.answer_due(date(2026, 3, 25), 70)
    assert due == date(2026, 6, 3)
    assert rules.days_late(due, date(2026, 6, 3)) == 0
    assert rules.days_late(due, date(2026, 6, 4)) == 1


def test_periods_share_days_with_both_ends_included():
    march = (date(2026, 3, 1), date(2026, 3, 31))
    assert rules.overlap(march, (date(2026, 3, 31), date(2026, 4, 9))) == (date(2026, 3, 31), date(2026, 3, 31))
    assert rules.overlap(march, (date(2026, 4, 1), date(2026, 4, 9))) is None
    assert rules.in_silence(date(2026, 3, 31), [march]) == march
    assert rules.in_silence(date(2026, 4, 1), [march]) is None


def test_a_promise_has_one_fingerprint_whatever_the_order_of_its_parts():
    digest = rules.promise_digest({"text": {"nl": "Wij antwoorden, altijd: ja", "en": "x"}, "version": 1})
    assert digest == rules.promise_digest({"version": 1, "text": {"en": "x", "nl": "Wij antwoorden, altijd: ja"}})
    assert digest != rules.promise_digest({"version": 2, "text": {"en": "x", "nl": "Wij antwoorden, altijd: ja"}})


TODAY = date(2026, 5, 10)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, ""),
        ({"public": False}, "not_public"),
        ({"promised": False}, "no_promise"),
        ({"day": date(2026, 5, 11)}, "in_future"),
        ({"opens": None}, "not_open_yet"),
        ({"opens": date(2026, 5, 11)}, "not_open_yet"),
        ({"closes": date(2026, 5, 9)}, "closed"),
        ({"closes": date(2026, 5, 9), "day": date(2026, 5, 8)}, ""),  # a form of before the end, keyed in later
        ({"closes": None}, ""),
    ],
)
def test_who_may_take_part_and_why_not(change, why):
    facts = {
        "public": True, "promised": True, "opens": date(2026, 5, 1), "closes": date(2026, 5, 20),
        "day": TODAY, "today": TODAY,
    }  # fmt: skip
    assert rules.may_take_part(**(facts | change)) == why
