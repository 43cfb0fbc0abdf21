"""Outreach: what is done to reach people whom letters do not, what it brought, and what it cost (S07)."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from samenraad.instruments.lot.actions.outreach import remember, remembered
from samenraad.instruments.lot.models import Lot, Outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def fatma(lot: Lot) -> Outreach:
    """An ambassador with a link of her own."""
    return Outreach.objects.create(lot=lot, kind="ambassador", name="Fatma, buurthuis De Spil")


def test_who_comes_by_an_ambassadors_link_is_remembered_until_the_answer(client, lot, fatma):
    client.get(f"/lot/{lot.pk}/?via={fatma.token}")
    assert remembered(SimpleNamespace(session=client.session), lot) == fatma


def test_a_link_that_was_stopped_or_is_of_another_lot_counts_for_nobody(lot, fatma):
    visitor = SimpleNamespace(session={})
    remember(visitor, fatma.token)
    assert remembered(visitor, Lot(pk=lot.pk + 1)) is None
    today = timezone.localdate()
    Outreach.objects.update(begins=today - timedelta(days=9), ends=today - timedelta(days=1))
    assert remembered(visitor, lot) is None


@pytest.mark.parametrize("token", ["", "not a token", "0" * 17, "é" * 16])
def test_what_is_no_token_is_not_kept(token):
    visitor = SimpleNamespace(session={})
    remember(visitor, token)
    assert visitor.session == {}
