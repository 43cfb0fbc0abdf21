"""Two officers at the same moment: one list, one lottery, one draw."""

from __future__ import annotations

import pytest

from samenraad.instruments.lot.actions import draw as actions
from samenraad.instruments.lot.models import Draw
from samenraad.instruments.lot.tests.drawing import published, ready
from samenraad.ledger.models import Entry
from samenraad.processes.models import Work
from samenraad.testing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_two_officers_who_close_the_list_at_once_close_it_once(lot, invited, bram):
    ready(lot)
    invited(30, reply="yes")
    make = lambda: actions.make(lot=lot, by=bram).salt  # noqa: E731
    assert len(set(at_once(make, make, make))) == 1
    assert (Draw.objects.count(), Work.objects.filter(kind="lot.lottery").count()) == (1, 1)


def test_two_throws_at_once_are_one_draw(lot, invited, bram):
    ready(lot)
    invited(30, reply="yes")
    published(lot, bram)

    def throw(*digits):
        return actions.throw(lot=lot, digits=list(digits), throwers=[], seen=0, by=bram).number

    outcomes = at_once(lambda: throw(4, 0, 7), lambda: throw(1, 2, 3), lambda: throw(4, 0, 7))
    number = Draw.objects.get().number
    assert number in (407, 123)
    assert all(one in (number, "lot.drawn") for one in outcomes), outcomes
    assert Entry.objects.filter(act="lot.drawn").count() == 1
