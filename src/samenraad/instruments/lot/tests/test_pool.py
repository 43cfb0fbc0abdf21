"""What the mathematics gets of a lot."""

from __future__ import annotations

import pytest

from samenraad.instruments.lot.models import Invitation
from samenraad.instruments.lot.queries.pool import pool, quotas
from samenraad.processes.actions import forget

pytestmark = pytest.mark.django_db


def test_who_said_yes_is_in_the_pool_under_their_lot_number(lot, invited):
    yes = invited(3, reply="yes")
    invited(1, reply="no")
    invited(1)
    invited(1, reply="yes", test=True)
    assert {one.id for one in pool(lot).candidates} == {one.number for one in yes}


def test_who_is_forgotten_is_not_drawn(lot, invited, bram):
    first, second = invited(2, reply="yes")
    forget(person=first.person, by=bram)
    assert [one.id for one in pool(lot).candidates] == [second.number]


def test_one_address_is_one_household_when_the_rules_say_so(lot, invited):
    invited(2, reply="yes", home="ab12")
    assert {one.household for one in pool(lot).candidates} == {"ab12"}
    lot.one_per_address = False
    assert {one.household for one in pool(lot).candidates} == {None}


def test_quotas_are_those_of_dimensions_that_decide(lot):
    assert quotas(lot).categories == ("age", "district", "education")
    lot.dimensions.filter(key="education").update(has_quotas=False)
    assert quotas(lot).categories == ("age", "district")


def test_lot_numbers_are_for_reading_aloud(lot, invited):
    (one,) = invited(1)
    assert str(Invitation.objects.get(pk=one.pk)) == f"{one.number[:3]}-{one.number[3:]}"
