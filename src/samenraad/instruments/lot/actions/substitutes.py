"""The substitutes: chosen for the drop-outs that are to be expected, right after the draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction

from samenraad.instruments.lot.actions import told
from samenraad.instruments.lot.actions.plan import held_lot
from samenraad.instruments.lot.actions.seats import SUBSTITUTE, body_of
from samenraad.instruments.lot.models import Invitation, Lot, Reserve
from samenraad.instruments.lot.queries.pool import quotas
from samenraad.instruments.lot.queries.seats import Roll, roll
from samenraad.instruments.lot.rules.seats import substitutes_wanted
from samenraad.ledger.actions import note
from samenraad.methods.sortition.substitution.substitutes import substitutes
from samenraad.people.actions import begin_many
from samenraad.people.models import Person
from samenraad.processes.models import Work
from samenraad.refusals import Refusal


def choose(work: Work, report: Callable[[str, float], None]) -> None:
    """The background work: the plan first, which may take seconds; then, at once, who is a substitute and who is
    not, and everybody is owed word. Done again it changes nothing."""
    lot = work.step.lot
    people = roll(lot)
    if people is None:
        raise Refusal("lot.not_drawn")
    if Reserve.objects.filter(lot=lot).exists():
        return
    report("substitutes", 0.1)
    order = plan(people)
    report("substitutes", 0.9)
    appoint(lot=lot, order=order, by=work.by)


def plan(people: Roll) -> Sequence[str]:
    """Lot numbers in the order of the plan. The same for the same draw, whatever happened to its seats since."""
    panel = [one.number for one in people.people if one.sits or one.finished or one.departure]
    seats = people.lot.seats or len(panel)
    wanted = substitutes_wanted(seats, people.lot.substitutes)
    if not wanted:
        return ()
    limits = quotas(people.lot)
    return substitutes(
        people.pool, limits, panel, how_many=wanted, seed=people.draw.seed, seats=max(seats, len(panel))
    ).order


@transaction.atomic
def appoint(*, lot: Lot, order: Sequence[str], by: Person | None) -> int:
    """These people stand by, in this order; they and everybody who was not drawn are owed word. Says how many."""
    lot = held_lot(lot)
    if Reserve.objects.filter(lot=lot).exists():
        return 0
    chosen = _there(lot, order)
    begun = begin_many(body=body_of(lot, by), people=[one.person for one in chosen if one.person],
                       state=SUBSTITUTE, by=by)  # fmt: skip
    Reserve.objects.bulk_create(
        [Reserve(membership=begun[one.person_id], lot=lot, position=place)
         for place, one in enumerate(chosen, 1) if one.person_id]
    )  # fmt: skip
    told.owe_the_rest(lot, chosen)
    note("lot.substitutes_chosen", lot.step, thread=lot.step.process, who=by, count=len(chosen))
    return len(chosen)


def _there(lot: Lot, order: Sequence[str]) -> list[Invitation]:
    """Without who was forgotten since."""
    found = Invitation.objects.filter(lot=lot, number__in=order, person__forgotten_at=None).select_related("person")
    by_number = {one.number: one for one in found if one.person_id}
    return [by_number[number] for number in order if number in by_number]
