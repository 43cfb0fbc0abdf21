"""How many letters each stratum gets, what may come of them, and what is published of a wave."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samenraad.instruments.lot.models import Dimension, Invitation, Lot, Value, Wave
from samenraad.instruments.lot.queries.extract import of_the_register
from samenraad.instruments.lot.queries.notices import sentence
from samenraad.instruments.lot.queries.pool import group_names
from samenraad.instruments.lot.queries.register import current_register
from samenraad.instruments.lot.rules.strata import Line, Where, in_public, people_in, where
from samenraad.methods.sortition.letters.how_many import LetterPlan
from samenraad.methods.sortition.letters.plan_file import RATE, Wishes, plan_for
from samenraad.methods.sortition.letters.strata import Notice, Share, label
from samenraad.processes.models import Promise
from samenraad.processes.queries import current

#: how many people should say yes for each seat, when nobody says otherwise
PER_SEAT = 3.0
LESS = "sortition.relatively_less"


def drawn(lot: Lot) -> list[Wave]:
    return list(lot.waves.exclude(drawn_at=None))


def prepared(lot: Lot) -> Wave | None:
    """The wave that is being planned: the one that is not drawn yet."""
    return lot.waves.filter(drawn_at=None).first()


def promise_of(lot: Lot) -> Promise | None:
    """The newest public one: it stands in the letters."""
    return current(lot.step.process)


def first_wishes(lot: Lot, dimensions: Sequence[Dimension]) -> dict[str, Any]:
    """What a plan begins with."""
    strata = [one.key for one in dimensions if one.has_quotas] or [one.key for one in dimensions[:1]]
    return {"seats": lot.seats, "letters": None, "per_seat": PER_SEAT, "certainty": None, "limit": None,
            "rate": RATE, "strata": strata, "counter": ""}  # fmt: skip


def wishes_of(lot: Lot, wave: Wave | None, dimensions: Sequence[Dimension]) -> dict[str, Any]:
    """Those of the wave that is planned, else of the last one, else the first ones."""
    last = wave or lot.waves.last()
    told = dict(last.plan) if last else {}
    keys = {one.key for one in dimensions}
    wishes = {**first_wishes(lot, dimensions), **told}
    return {**wishes, "strata": [key for key in wishes["strata"] if key in keys]}


def population(lot: Lot, strata: Sequence[str], dimensions: Sequence[Dimension]) -> dict[Where, int]:
    """How many can be invited per stratum: from the register; before it is there, from the town's figures of the first
    dimension that makes strata."""
    register = current_register(lot)
    if register:
        names = register.counted["dimensions"]
        cells = [(dict(zip(names, values, strict=True)), number) for values, number in register.counted["cells"]]
        return people_in(cells, [key for key in strata if key in names])
    first = next((one for one in dimensions if one.key in strata), None)
    values = list(first.values.all()) if first else []
    return {((value.dimension.key, value.key),): value.people for value in values if value.people}


def answered(lot: Lot, strata: Sequence[str]) -> dict[Where, dict[str, int]]:
    """Per stratum how many had a letter, and how many of them said yes."""
    found: dict[Where, Counter[str]] = {}
    rows = Invitation.objects.filter(lot_id=lot.pk, wave__isnull=False, test=False).order_by()
    for features, reply in rows.values_list("features", "reply"):
        counted = found.setdefault(where(features, strata), Counter())
        counted["sent"] += 1
        counted["accepted"] += reply == Invitation.Reply.YES
    return {place: dict(counted) for place, counted in found.items()}


def wanted(lot: Lot, wishes: Mapping[str, Any], dimensions: Sequence[Dimension], people: Mapping[Where, int]) -> Wishes:
    """As the mathematics wants to hear it. Groups in which nobody lives have no say."""
    there = {feature for place in people for feature in place}
    values = [(one, value) for one in dimensions if one.key in wishes["strata"] for value in one.values.all()]
    known = [((one.key, value.key), value) for one, value in values if (one.key, value.key) in there]
    before = answered(lot, wishes["strata"])
    return Wishes(
        letters=wishes["letters"],
        seats=None if wishes["letters"] else wishes["seats"],
        per_seat=wishes["per_seat"],
        certainty=None if wishes["letters"] else wishes["certainty"],
        limit=wishes["limit"],
        rate=wishes["rate"],
        rates={feature: value.rate for feature, value in known if value.rate},
        factors={feature: value.factor for feature, value in known if value.factor != 1},
        strata={place: counts for place, counts in before.items() if place in people},
    )


def letter_plan(
    lot: Lot,
    wishes: Mapping[str, Any],
    dimensions: Sequence[Dimension],
    people: Mapping[Where, int],
    earlier: Mapping[Where, int] | None = None,
) -> LetterPlan:
    return plan_for(people, wanted(lot, wishes, dimensions, people), earlier)


@dataclass(frozen=True)
class Row:
    """One stratum of the plan, ready to print."""

    label: str
    people: int
    sent: int
    letters: int
    chance: float
    expected: float
    low: int
    high: int
    rate: float


@dataclass(frozen=True)
class Forecast:
    rows: list[Row]
    plan: LetterPlan
    notices: list[str]
    learned: bool
    from_register: bool

    @property
    def gets_less(self) -> bool:
        return any(notice.code == LESS for notice in self.plan.notices)


def forecast(lot: Lot, wishes: Mapping[str, Any]) -> Forecast | None:
    """What these wishes come to; None while nobody is known to write to."""
    dimensions = of_the_register(lot)
    people = population(lot, wishes["strata"], dimensions)
    if not any(people.values()) or not (wishes["letters"] or wishes["seats"]):
        return None
    plan = letter_plan(lot, wishes, dimensions, people)
    names = Names(dimensions)
    called = names.of_label(share.stratum.where for share in plan.shares)
    return Forecast(
        [_row(share, names) for share in plan.shares],
        plan,
        [sentence(notice, called) for notice in plan.notices],
        learned=any(share.stratum.sent for share in plan.shares),
        from_register=current_register(lot) is not None,
    )


def _row(share: Share, names: Names) -> Row:
    stratum = share.stratum
    return Row(
        names.of(stratum.where), stratum.people, stratum.sent, share.letters, float(share.chance), share.expected,
        share.low, share.high, stratum.response.rate,
    )  # fmt: skip


class Names:
    """What strata are called: the labels of their values, in the reader's language."""

    def __init__(self, dimensions: Sequence[Dimension]) -> None:
        self.values = group_names(dimensions)
        self.order = {one.key: place for place, one in enumerate(dimensions)}

    def of(self, place: Where) -> str:
        ordered = sorted(place, key=lambda feature: self.order.get(feature[0], 99))
        return ", ".join(self.values.get(feature, feature[1]) for feature in ordered)

    def of_label(self, places: Iterable[Where] = ()) -> dict[str, str]:
        """How the mathematics calls them -> how we do."""
        single = [(feature,) for feature in self.values]
        return {label(place): self.of(place) for place in (*places, *single)}


def factors(dimensions: Sequence[Dimension]) -> list[Value]:
    """Groups that get more or fewer letters than their share: public, with the reason."""
    return [value for one in dimensions for value in one.values.all() if value.factor != 1]


# what is published


def receipt_text(wave: Wave) -> str:
    """The bytes of which `wave.digest` is the SHA-256."""
    return json.dumps(wave.receipt, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digest_of(wave: Wave) -> str:
    return hashlib.sha256(receipt_text(wave).encode()).hexdigest()


@dataclass(frozen=True)
class PublicLine:
    label: str
    people: int | None
    letters: int | None
    chance: float | None
    border: str
    strata: int = 1


@dataclass(frozen=True)
class PublicWave:
    lines: list[PublicLine]
    small: PublicLine | None
    homes: list[tuple[int, float]]
    by_home: bool
    factors: list[tuple[str, float, str]]
    notices: list[str]


def public_wave(lot: Lot, wave: Wave) -> PublicWave:
    names, receipt = Names(of_the_register(lot)), wave.receipt
    small = receipt["small_strata"]
    return PublicWave(
        [_public_line(one, names) for one in receipt["strata"]],
        PublicLine("", small["people"], small["letters"], _part(small), "", small["strata"]) if small else None,
        [(int(size), chance) for size, chance in sorted(receipt["homes"].items(), key=lambda pair: int(pair[0]))],
        receipt["rules"]["equal"] == Lot.Equal.HOMES,
        [(names.of(((one["dimension"], one["group"]),)), one["factor"], one["reason"]) for one in receipt["factors"]],
        [_said(one, names) for one in receipt["notices"]],
    )


def _said(told: Mapping[str, Any], names: Names) -> str:
    return sentence(Notice(told["code"], {name: fact for name, fact in told.items() if name != "code"}),
                    names.of_label())  # fmt: skip


def _public_line(one: Mapping[str, Any], names: Names) -> PublicLine:
    name, border = names.of(tuple(sorted(one["stratum"].items()))), one["border"] or ""
    if "people" not in one:
        return PublicLine(name, None, None, None, border)
    return PublicLine(name, one["people"], one["letters"], _part(one), border)


def _part(counts: Mapping[str, int]) -> float | None:
    people = counts["people"]
    return (counts["letters"] + counts.get("had_a_letter_before", 0)) / people if people else None


def published(lines: Sequence[Line]) -> tuple[set[Where], Line | None]:
    """The strata whose counts may be public, and all others together."""
    kept = in_public(lines)
    return {line.where for line in kept if line.where or len(lines) == 1}, next(
        (line for line in kept if line.strata > 1), None
    )
