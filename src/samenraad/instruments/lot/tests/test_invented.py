"""People who do not exist: exact in their shares, the same for the same seed, with neighbours and housemates."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from samenraad.instruments.lot.rules.cases import CASES, ZEIST
from samenraad.instruments.lot.rules.invented import age_range, is_gender, people, replies, usual_rates

GROUPS = {
    "age": {"16-29": 22, "30-64": 50, "65+": 28},
    "district": {"north": 40, "south": 60},
    "gender": {"vrouw": 51, "man": 49},
    "education": {"practical": 62, "theoretical": 38},
}
DAY = date(2027, 1, 1)


def test_shares_are_exact_in_every_dimension():
    rows = list(people(1000, GROUPS, "goose"))
    for dimension, values in GROUPS.items():
        assert Counter(one.features[dimension] for one in rows) == {key: count * 10 for key, count in values.items()}


def test_the_same_seed_invents_the_same_people_and_another_seed_others():
    assert list(people(200, GROUPS, "goose")) == list(people(200, GROUPS, "goose"))
    assert list(people(200, GROUPS, "goose")) != list(people(200, GROUPS, "hat"))


def test_everybody_is_as_old_as_their_group_says():
    for one in people(500, GROUPS, "goose", on=DAY):
        low, high = age_range(one.features["age"])
        assert low <= one.age(DAY) <= high


def test_who_shares_an_address_shares_family_name_and_neighbourhood():
    homes = defaultdict(list)
    for one in people(1000, GROUPS, "goose"):
        homes[one.household].append(one)
    assert max(len(home) for home in homes.values()) > 1
    for home in homes.values():
        assert len({(one.last_name, one.address, one.postcode, one.features["district"]) for one in home}) == 1
    addresses = {(home[0].address, home[0].postcode) for home in homes.values()}
    assert len(addresses) == len(homes)


def test_without_households_everybody_lives_alone():
    rows = list(people(100, GROUPS, "goose", with_households=False))
    assert len({one.household for one in rows}) == 100


def test_who_had_more_schooling_or_is_older_answers_more_often():
    rows = list(people(6500, ZEIST.groups, "goose"))
    answers = list(replies(rows, usual_rates(ZEIST.groups, 0.14), "goose", overall=0.14, yes=ZEIST.yes))
    yes = {one.id for one in answers if one.reply == "yes"}
    assert len(yes) == 935
    came = Counter(one.features["education"] for one in rows if one.id in yes)
    sent = Counter(one.features["education"] for one in rows)
    assert (
        came["theoretisch geschoold"] / sent["theoretisch geschoold"]
        > 2 * came["praktisch geschoold"] / sent["praktisch geschoold"]
    )


def test_without_a_wished_number_chance_says_how_many_come():
    rows = list(people(5000, GROUPS, "goose"))
    yes = sum(one.reply == "yes" for one in replies(rows, {}, "hat", overall=0.1))
    assert 400 < yes < 600


def test_answers_come_by_every_way_and_only_a_no_has_a_reason():
    answers = list(replies(people(5000, GROUPS, "goose"), {}, "hat"))
    assert {one.channel for one in answers if one.reply} == {"web", "phone", "paper"}
    assert {one.channel for one in answers if not one.reply} == {""}
    assert all(one.reply == "no" for one in answers if one.reason)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_published_lots_can_be_invented_again(case):
    rows = list(people(case.letters // 10, case.groups, case.name))
    assert len(rows) == case.letters // 10
    assert any(is_gender(values) for values in case.groups.values())
    assert case.yes is None or case.seats < case.yes < case.letters
