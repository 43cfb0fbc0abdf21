"""Freezing the rules: from now on they are public, hashed, and nobody changes them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from samenraad.instruments.lot.actions.plan import held_lot
from samenraad.instruments.lot.models import Lot
from samenraad.instruments.lot.queries.frozen import facts, fingerprint, missing
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.questionnaires import actions as questionnaires


@transaction.atomic
def freeze(*, lot: Lot, by: Person | None) -> Lot:
    """Once. A second click finds them frozen. The questions are fixed with them: everybody answers the same."""
    lot = held_lot(lot)
    if lot.frozen_at:
        return lot
    for refusal in missing(lot):
        raise refusal
    if lot.questionnaire:
        questionnaires.publish(questionnaire=lot.questionnaire, by=by)
    lot.frozen_at = timezone.now()
    lot.rules = facts(lot, lot.frozen_at)
    lot.digest = fingerprint(lot.rules)
    lot.save(update_fields=["frozen_at", "rules", "digest"])
    day = timezone.localtime(lot.frozen_at).date().isoformat()
    note("lot.frozen", lot.step, thread=lot.step.process, who=by, digest=lot.digest, day=day, seats=lot.seats)
    return lot
