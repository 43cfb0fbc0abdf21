"""What a good answer is, which questions are asked, on which page."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenraad.questionnaires.rules import Asked, followed, missing, pages, read, wrong_conditions
from samenraad.refusals import Refusal

HOME = Asked("home", "one", options=("rent", "own"), required=True)
NEEDS = Asked("needs", "several", options=("childcare", "interpreter", "ride"), most=2)
RENT = Asked("rent", "number", least=0, most=5000, required=True, condition="home", values=("rent",))
TRUST = Asked("trust", "scale", least=0, most=10, begins_page=True)


@pytest.mark.parametrize(
    ("asked", "raw", "value"),
    [
        (HOME, "rent", "rent"),
        (NEEDS, ["ride", "childcare"], ["childcare", "ride"]),
        (NEEDS, "ride", ["ride"]),
        (TRUST, " 7 ", 7),
        (Asked("day", "date"), "2026-02-28", "2026-02-28"),
        (Asked("why", "text"), "  because\r\nof this ", "because\nof this"),
        (Asked("why", "text"), "\x00", None),
        (HOME, "", None),
        (NEEDS, [], None),
    ],
)
def test_a_good_answer_is_kept_in_one_form(asked, raw, value):
    assert read(asked, raw) == value


@pytest.mark.parametrize(
    ("asked", "raw", "code"),
    [
        (HOME, "castle", "option"),
        (NEEDS, ["ride", "horse"], "option"),
        (NEEDS, ["childcare", "interpreter", "ride"], "too_many"),
        (TRUST, "eleven", "number"),
        (TRUST, "11", "range"),
        (TRUST, "-1", "range"),
        (Asked("n", "number"), "9" * 30, "range"),
        (Asked("day", "date"), "2026-02-30", "date"),
        (Asked("why", "text"), "x" * 4001, "too_long"),
    ],
)
def test_a_wrong_answer_is_refused(asked, raw, code):
    with pytest.raises(Refusal) as refused:
        read(asked, raw)
    assert refused.value.code == f"questionnaires.{code}"


def test_a_question_with_a_condition_is_asked_after_that_answer_only():
    assert [one.key for one in followed([HOME, RENT], {"home": "rent"})] == ["home", "rent"]
    assert [one.key for one in followed([HOME, RENT], {"home": "own"})] == ["home"]


def test_an_answer_that_is_no_longer_asked_opens_no_further_question():
    deeper = Asked("deeper", "text", condition="rent", values=(100,))
    assert [one.key for one in followed([HOME, RENT, deeper], {"home": "own", "rent": 100})] == ["home"]


def test_a_condition_on_several_is_met_by_one_of_them():
    ride = Asked("from", "text", condition="needs", values=("ride", "interpreter"))
    assert followed([NEEDS, ride], {"needs": ["childcare", "ride"]}) == [NEEDS, ride]


def test_a_page_ends_before_what_depends_on_it_and_at_a_heading():
    assert [[one.key for one in page] for page in pages([HOME, NEEDS, RENT, TRUST])] == [
        ["home", "needs"],
        ["rent"],
        ["trust"],
    ]


def test_what_must_be_answered_is_missing_only_where_it_is_asked():
    assert missing([HOME, RENT], {}) == ["home"]
    assert missing([HOME, RENT], {"home": "own"}) == []
    assert missing([HOME, RENT], {"home": "rent"}) == ["rent"]


def test_a_condition_must_be_an_earlier_question_with_that_answer():
    assert wrong_conditions([HOME, RENT]) == []
    assert wrong_conditions([RENT, HOME]) == ["rent"]
    assert wrong_conditions([HOME, Asked("x", "text", condition="home", values=("castle",))]) == ["x"]
    assert wrong_conditions([HOME, Asked("x", "text", condition="home")]) == ["x"]


@given(st.lists(st.booleans(), max_size=12), st.lists(st.integers(0, 11), max_size=12))
def test_every_question_stands_on_exactly_one_page_in_order(headings, depends):
    items = [
        Asked(
            f"q{n}",
            "text",
            begins_page=heading,
            condition=f"q{depends[n]}" if n < len(depends) and depends[n] < n else "",
        )
        for n, heading in enumerate(headings)
    ]
    made = pages(items)
    assert [one for page in made for one in page] == items
    for page in made:
        assert not {one.condition for one in page} & {one.key for one in page}


@given(st.text(), st.sampled_from([HOME, NEEDS, RENT, TRUST, Asked("d", "date"), Asked("t", "text")]))
def test_whatever_comes_is_an_answer_or_a_refusal(raw, asked):
    with suppress(Refusal):
        value = read(asked, raw)
        assert value is None or read(asked, value) == value
