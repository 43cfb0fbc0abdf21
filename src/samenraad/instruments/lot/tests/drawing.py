"""A lot on its way to a draw, for the tests of the draw, of checking it and of the seats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from samenraad.instruments.lot.actions import draw as actions
from samenraad.instruments.lot.models import Draw, Lot
from samenraad.methods.sortition.draw.randomness import dice
from samenraad.processes.actions import work as working
from samenraad.processes.models import Work

#: a salt that gives the same codes each time
SALT = "5a" * 32


def freeze_rules(lot: Lot) -> Lot:
    lot.frozen_at, lot.digest = timezone.now() - timedelta(days=20), "ab" * 32
    lot.save()
    return lot


def close_step(lot: Lot) -> None:
    lot.step.opens, lot.step.closes = timezone.now() - timedelta(days=20), timezone.now() - timedelta(hours=1)
    lot.step.save()


def ready(lot: Lot, **fields: Any) -> Lot:
    """Rules frozen, the closing day past, and the draw at hand."""
    lot.draw_at, lot.draw_where = timezone.now() + timedelta(minutes=5), "raadzaal"
    for name, value in fields.items():
        setattr(lot, name, value)
    close_step(lot)
    return freeze_rules(lot)


def made(lot: Lot, by: Any) -> Draw:
    """The list closed and the lottery made."""
    actions.make(lot=lot, by=by)
    Draw.objects.filter(lot=lot).update(salt=SALT)
    working.do(Work.objects.get(step=lot.pk, kind="lot.lottery", state="waiting"))
    return Draw.objects.get(lot=lot)


def published(lot: Lot, by: Any) -> Draw:
    made(lot, by)
    return actions.publish(lot=lot, by=by)


def drawn(lot: Lot, by: Any, digits: tuple[int, ...] = (4, 0, 7)) -> Draw:
    published(lot, by)
    return actions.hold(lot=lot, chance=dice([digits], 1000), told=["Emre", "Sanne", "de burgemeester"], by=by)
