"""Somebody is called, and crossed out on the page of the seats, at the same moment."""

from __future__ import annotations

import pytest

from samenraad.instruments.lot.actions import calls, seats
from samenraad.instruments.lot.models import Call, Departure
from samenraad.testing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_who_leaves_by_two_ways_at_once_leaves_once(lot, seated, bram):
    for membership in seated(lot)[:3]:
        declines = lambda one=membership: calls.note_call(lot=lot, membership=one, outcome="declined", by=bram).pk  # noqa: E731
        leaves = lambda one=membership: seats.leave(membership=one, by=bram).pk  # noqa: E731
        said = at_once(declines, leaves, declines, leaves)
        left = Departure.objects.get(membership=membership)
        assert said[1] == said[3] == left.pk
        assert Call.objects.filter(membership=membership).count() <= 1
