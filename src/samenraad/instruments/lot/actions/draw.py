"""The road of a draw: the pool closes, the lottery is published, chance speaks once, witnesses sign."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from samenraad.instruments.lot.actions.seats import seat_panel
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Draw, Invitation, Lot
from samenraad.instruments.lot.queries.lottery import untried
from samenraad.instruments.lot.queries.pool import dimensions, pool, quotas
from samenraad.instruments.lot.rules.draw import may_be_held, without_a_value
from samenraad.ledger.actions import note
from samenraad.methods.sortition.draw.publication import canonical
from samenraad.methods.sortition.draw.randomness import BEACON, SOURCES, Announced, Randomness, dice
from samenraad.methods.sortition.draw.transcript import build, randomness_facts
from samenraad.methods.sortition.pool import Pool, Quotas
from samenraad.people.models import Person, SeatClass
from samenraad.people.rules import SEATED, seats_left
from samenraad.processes.actions import work as background
from samenraad.refusals import Refusal
from samenraad.ui.formats import in_words

#: bytes of the salt that makes the codes
SALT = 32
CITIZEN = SeatClass.CITIZEN.value
#: so many lot numbers are named in a refusal
NAMED = 5


@transaction.atomic
def make(*, lot: Lot, by: Person, reason: str = "") -> Draw:
    """Close the list of who can be drawn, and have the lottery made. Done already, it is found again; was the work
    on it stopped, it begins anew."""
    Lot.objects.select_for_update().get(pk=lot.pk)
    draw = Draw.objects.filter(lot=lot).first()
    if draw is not None:
        if draw.made_at is None:
            background.start(step=lot.step, kind=Kind.LOTTERY, by=by)
        return draw
    people, limits = pool(lot), quotas(lot)
    must_be_ready(lot, people, limits, reason.strip())
    draw = Draw.objects.create(
        lot=lot, salt=secrets.token_hex(SALT), by=by, terms=_terms(lot, limits),
        pool=[[one.id, dict(one.features), one.household or ""] for one in people.candidates],
    )  # fmt: skip
    background.start(step=lot.step, kind=Kind.LOTTERY, by=by)
    note("lot.pool_frozen", lot.step, thread=lot.step.process, who=by, people=len(people), reason=reason.strip())
    return draw


def must_be_ready(lot: Lot, people: Pool, limits: Quotas, reason: str) -> None:
    """Refuses, with what is to be done first."""
    from samenraad.methods.sortition.feasibility.conflict import check
    from samenraad.methods.sortition.problem import pose

    if not lot.is_frozen:
        raise Refusal("lot.not_frozen")
    if (closes := lot.step.closes) and timezone.now() < closes and not reason:
        raise Refusal("lot.still_open", day=in_words(closes))
    if len(people) < (lot.seats or 0):
        raise Refusal("lot.too_few_yes", yes=len(people), seats=lot.seats)
    if groups := untried(lot):
        raise Refusal("lot.untried", groups=", ".join(groups))
    if missing := without_a_value(people, limits):
        numbers = ", ".join([*list(missing)[:NAMED], *(["…"] if len(missing) > NAMED else [])])
        raise Refusal("lot.values_missing", n=len(missing), numbers=numbers)
    _must_have_seats(lot)
    if check(pose(people, limits, lot.seats or 0)) is not None:
        raise Refusal("lot.impossible")
    _must_come(announced(lot))


def _must_have_seats(lot: Lot) -> None:
    """Looked at before, for on the day of the draw it is too late."""
    body = lot.step.body
    if body is None:
        return
    taken = body.memberships.filter(until=None, seat_class=CITIZEN, state__in=SEATED).count()
    left = seats_left(body.seats, CITIZEN, taken)
    if left is not None and left < (lot.seats or 0):
        raise Refusal("lot.body_too_small", body=body.name, left=left, seats=lot.seats)


def announced(lot: Lot) -> Announced:
    """What decides, and when and where in the town's own words."""
    with override(settings.LANGUAGE_CODE):
        when = ", ".join(filter(None, [in_words(lot.draw_at) if lot.draw_at else "", lot.draw_where]))
    if lot.chance != BEACON:
        return Announced(lot.chance, when)
    return Announced(BEACON, when, lot.beacon_source, lot.beacon_round or 0)


def _must_come(said: Announced) -> None:
    """A round of a beacon whose value is known already decides nothing."""
    moment = SOURCES[said.source].moment(said.round) if said.kind == BEACON else None
    if moment and moment <= datetime.now(UTC):
        raise Refusal("lot.beacon_past", round=said.round, moment=in_words(moment))


def _terms(lot: Lot, limits: Quotas) -> dict[str, Any]:
    said = announced(lot)
    return {
        "seats": lot.seats,
        "quotas": [[*quota.where[0], quota.min, quota.max] for quota in limits],
        "announced": {"kind": said.kind, "when": said.when, "source": said.source, "round": said.round},
        "one_per_address": lot.one_per_address,
        "people_in_town": {
            dimension.key: {value.key: value.people for value in dimension.values.all() if value.people}
            for dimension in dimensions(lot)
        },
    }


def locked(lot: Lot) -> Draw:
    draw = Draw.objects.select_for_update().filter(lot=lot).first()
    if draw is None:
        raise Refusal("lot.pool_not_frozen")
    draw.lot = lot
    return draw


@transaction.atomic
def unfreeze(*, lot: Lot, reason: str, by: Person) -> None:
    """Open the list again, before anything is public. The lottery that was made of it is thrown away."""
    draw = locked(lot)
    if draw.published_at:
        raise Refusal("lot.lottery_public", day=in_words(draw.published_at))
    if not reason.strip():
        raise Refusal("lot.reason_needed")
    draw.delete()
    note("lot.pool_unfrozen", lot.step, thread=lot.step.process, who=by, reason=reason.strip())


@transaction.atomic
def publish(*, lot: Lot, by: Person) -> Draw:
    """From now on everybody can read the panels, and nobody can change them."""
    draw = locked(lot)
    if draw.made_at is None:
        raise Refusal("lot.lottery_not_made")
    if draw.published_at:
        return draw
    _must_come(Announced(**draw.terms["announced"]))
    draw.published_at = timezone.now()
    draw.save(update_fields=["published_at"])
    note(
        "lot.lottery_published", lot.step, thread=lot.step.process, who=by,
        seal=draw.seal, people=len(draw.pool), seats=draw.terms["seats"], announced=draw.terms["announced"]["when"],
        lottery_csv=_digest(draw.lottery), rules_json=_digest(draw.rules), chances_csv=_digest(draw.chances),
    )  # fmt: skip
    return draw


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def throw(*, lot: Lot, digits: list[int], throwers: list[str], seen: int, by: Person) -> Draw:
    """One throw of the dice. A number that is too high is kept, and all dice are thrown again; any other one is the
    draw. `seen` is how many throws whoever enters this one knew of."""
    draw = locked(lot)
    throws = draw.randomness.get("throws", [])
    earlier = throws if draw.number is None else throws[:-1]
    if draw.number is None:
        _must_be_drawable(draw, timezone.now())
        if seen != len(earlier):
            raise Refusal("lot.thrown_meanwhile")
    try:
        thrown = dice([*earlier, digits], _facts(draw)["panels"])
    except Refusal as refusal:
        if refusal.code != "sortition.dice_again" or draw.number is not None:
            raise
        draw.randomness = {"kind": "dice", "throws": [*earlier, digits], "by": throwers}
        draw.save(update_fields=["randomness"])
        note("lot.thrown_too_high", lot.step, thread=lot.step.process, who=by, number=refusal.facts["number"])
        return draw
    return hold(lot=lot, chance=thrown, told=throwers, by=by)


@transaction.atomic
def hold(*, lot: Lot, chance: Randomness, told: list[str], by: Person) -> Draw:
    """The draw: once. `told` says who threw or spoke, for the page; the transcript knows no names.

    The same chance given twice (a double click) is one draw; another one afterwards is refused.
    """
    draw = locked(lot)
    if draw.number is not None:
        if _same(draw, chance):
            return draw
        raise Refusal("lot.drawn", number=f"{draw.number:03}")
    _must_be_drawable(draw, timezone.now())
    facts = build(_facts(draw), draw.lottery, chance)
    draw.transcript = canonical(facts)
    draw.number, draw.drawn_at = facts["number"], timezone.now()
    draw.randomness = randomness_facts(chance) | {"by": told}
    draw.seed = _digest(draw.transcript)
    numbers = _numbers(draw, facts["panel"])
    draw.outcome = _outcome(draw, numbers)
    draw.save()
    _seat(lot, numbers, by)
    note(
        "lot.drawn", lot.step, thread=lot.step.process, who=by, number=draw.number, panels=facts["rules"]["panels"],
        seats=len(numbers), seal=draw.seal, transcript_json=draw.seed,
    )  # fmt: skip
    return draw


def _facts(draw: Draw) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(draw.rules)
    return facts


def _same(draw: Draw, chance: Randomness) -> bool:
    given = randomness_facts(chance)
    return given == {name: draw.randomness.get(name) for name in given}


def _must_be_drawable(draw: Draw, now: datetime) -> None:
    if draw.published_at is None:
        raise Refusal("lot.lottery_not_public")
    if not may_be_held(draw.lot.draw_at, now):
        raise Refusal("lot.draw_early", moment=in_words(draw.lot.draw_at) if draw.lot.draw_at else "")


def _numbers(draw: Draw, panel: list[str]) -> set[str]:
    """From codes back to lot numbers."""
    whose = {code: number for number, code, _secret, _row in draw.keys}
    return {whose[code] for code in panel}


def _outcome(draw: Draw, numbers: set[str]) -> list[list[Any]]:
    """How many of each group were drawn."""
    counts = Counter(pair for number, features, _home in draw.pool if number in numbers for pair in features.items())
    return [[key, value, count] for (key, value), count in sorted(counts.items())]


def _seat(lot: Lot, numbers: set[str], by: Person) -> None:
    """Who was drawn gets a seat in the body of the step."""
    drawn = Invitation.objects.filter(lot=lot, number__in=numbers).select_related("person").order_by("number")
    seat_panel(lot=lot, drawn=list(drawn), by=by)


@transaction.atomic
def sign(*, lot: Lot, witnesses: str, throwers: list[str], by: Person) -> Draw:
    """Who saw it, with their consent. Names are no part of what is published for good: they can be taken away."""
    draw = locked(lot)
    if draw.drawn_at is None:
        raise Refusal("lot.not_drawn")
    names = [" ".join(line.split()) for line in witnesses.splitlines() if line.strip()]
    draw.witnesses = "\n".join(names)
    draw.randomness = draw.randomness | {"by": throwers}
    draw.save(update_fields=["witnesses", "randomness"])
    note("lot.draw_witnessed", lot.step, thread=lot.step.process, who=by, witnesses=len(names))
    return draw
