"""The groups of a lot and their seats, until the rules freeze; and what was tried for a group that stays away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from samenraad.instruments.lot.actions.plan import held_lot, still_open
from samenraad.instruments.lot.models import Dimension, Lot, Value
from samenraad.instruments.lot.queries.pool import dimensions
from samenraad.instruments.lot.queries.reference import Known
from samenraad.instruments.lot.rules.plan import USUAL_MARGIN, option_keys_missing, proposed
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.questionnaires.models import Question
from samenraad.refusals import Refusal

#: value -> (at least, at most)
Limits = Mapping[int, tuple[int | None, int | None]]


@dataclass(frozen=True)
class Line:
    """One group as it is typed in. `pk` of one that is there; without a name it goes."""

    name: str
    people: int | None = None
    pk: int | None = None
    key: str = ""
    rate: float | None = None
    factor: float = 1.0
    factor_reason: str = ""


@dataclass(frozen=True)
class Wish:
    """A dimension as it is typed in."""

    name: str
    question: Question | None = None
    has_quotas: bool = True
    figures_source: str = ""
    figures_date: date | None = None


def own_words(text: str, before: Any = None) -> dict[str, str]:
    """A text in the town's own language; what it is called in other languages stays."""
    return {**(before or {}), settings.LANGUAGE_CODE.split("-")[0]: text}


@transaction.atomic
def choose(*, lot: Lot, chosen: Sequence[tuple[Known, Question | None, bool]], margin: int, by: Person | None) -> Lot:
    """Dimensions made of the figures of the place, with seats in proportion. What is in the plan already stays."""
    lot = still_open(lot)
    if not lot.seats:
        raise Refusal("lot.no_seats")
    there = set(lot.dimensions.values_list("key", flat=True))
    for known, question, decides in chosen:
        if known.key not in there:
            dimension = _new(lot, known.key, Wish(known.label, question, decides, known.source, known.date))
            _fill(dimension, [Line(name, people, key=name) for name, (people, _age) in known.values.items()])
            _youngest_first(dimension, known)
    _share_seats(lot, margin, [known.key for known, _question, _decides in chosen if known.key not in there])
    note("lot.groups", lot.step, thread=lot.step.process, who=by, dimensions=[known.key for known, *_ in chosen])
    return lot


def _new(lot: Lot, key: str, wish: Wish) -> Dimension:
    last = lot.dimensions.aggregate(last=Max("position"))["last"]
    dimension = Dimension(lot=lot, key=key, position=0 if last is None else last + 1)
    _put(dimension, wish)
    return dimension


def _put(dimension: Dimension, wish: Wish) -> None:
    dimension.label = own_words(wish.name, dimension.label)
    dimension.question, dimension.has_quotas = wish.question, wish.has_quotas
    dimension.source = Dimension.Source.QUESTION if wish.question else Dimension.Source.REGISTER
    dimension.figures_source, dimension.figures_date = wish.figures_source, wish.figures_date
    dimension.save()


def _youngest_first(dimension: Dimension, known: Known) -> None:
    for name, (_people, age) in known.values.items():
        dimension.values.filter(key=name).update(lowest_age=age)


@transaction.atomic
def save(*, lot: Lot, dimension: Dimension | None, wish: Wish, lines: Iterable[Line], by: Person | None) -> Dimension:
    """A dimension of one's own, or another look at one that is there."""
    lot = still_open(lot)
    if dimension is None:
        dimension = _new(lot, _free_key(lot, wish.name), wish)
    else:
        _put(dimension, wish)
    given = [line for line in lines if line.name]
    if wish.question:
        given = _as_answered(given, wish.question)
    _fill(dimension, given)
    _must_fit(dimension)
    note("lot.groups", lot.step, thread=lot.step.process, who=by, dimensions=[dimension.key])
    return dimension


def _as_answered(lines: Sequence[Line], question: Question) -> list[Line]:
    """Groups under the keys of the answers; without any, every answer is a group."""
    keys = {_text(option): option["key"] for option in question.options}
    if not lines:
        return [Line(text, key=key) for text, key in keys.items()]
    return [replace(line, key=line.key or keys.get(line.name, "")) for line in lines]


def _text(option: Mapping[str, Any]) -> str:
    own = settings.LANGUAGE_CODE.split("-")[0]
    return str(option["text"].get(own) or option["key"])


def _free_key(lot: Lot, name: str) -> str:
    there = set(lot.dimensions.values_list("key", flat=True))
    start = slugify(name)[:36] or "x"
    return next(key for key in (start, *(f"{start}-{n}" for n in range(2, 1000))) if key not in there)


def _fill(dimension: Dimension, lines: Sequence[Line]) -> None:
    """The values as they are given, in that order; others go."""
    known = {value.pk: value for value in dimension.values.all()}
    named = {str(value.label): value for value in known.values()}
    kept = set()
    for place, line in enumerate(lines):
        value = known.get(line.pk or 0) or named.get(line.name) or Value(dimension=dimension)
        if value.pk in kept:
            raise Refusal("lot.group_twice", group=line.name)
        value.key = value.key or (line.key or line.name)[:80]
        value.label, value.people, value.position = own_words(line.name, value.label), line.people, place
        value.rate, value.factor, value.factor_reason = line.rate, line.factor, line.factor_reason
        if dimension.values.exclude(pk=value.pk).filter(key=value.key).exists():
            raise Refusal("lot.group_twice", group=line.name)
        value.save()
        kept.add(value.pk)
    dimension.values.exclude(pk__in=kept).delete()


def _must_fit(dimension: Dimension) -> None:
    """At least two groups; those of a question are called as its answers are."""
    keys = list(dimension.values.values_list("key", flat=True))
    if len(keys) < 2:
        raise Refusal("lot.two_groups")
    if dimension.question:
        missing = option_keys_missing(keys, [option["key"] for option in dimension.question.options])
        if missing:
            raise Refusal("lot.not_an_answer", groups=", ".join(missing), question=str(dimension.question))


@transaction.atomic
def remove(*, lot: Lot, dimension: Dimension, by: Person | None) -> None:
    lot = still_open(lot)
    key = dimension.key
    dimension.delete()
    note("lot.groups", lot.step, thread=lot.step.process, who=by, removed=key)


@transaction.atomic
def share_seats(*, lot: Lot, margin: int = USUAL_MARGIN, by: Person | None) -> Lot:
    """Limits around the share of each group in the town, for every dimension of which that is known."""
    lot = still_open(lot)
    _share_seats(lot, margin)
    note("lot.limits", lot.step, thread=lot.step.process, who=by, margin=margin)
    return lot


def _share_seats(lot: Lot, margin: int, keys: Sequence[str] | None = None) -> None:
    if not lot.seats:
        raise Refusal("lot.no_seats")
    for dimension in dimensions(lot):
        values = list(dimension.values.all())
        if (keys is not None and dimension.key not in keys) or any(value.people is None for value in values):
            continue
        found = proposed({value.key: value.people or 0 for value in values}, lot.seats, margin)
        for value in values:
            if dimension.has_quotas and value.key in found:
                value.least, value.most = found[value.key].least, found[value.key].most
        Value.objects.bulk_update(values, ["least", "most"])


@transaction.atomic
def set_limits(*, lot: Lot, limits: Limits, by: Person | None) -> Lot:
    """By hand, or as a repair proposed them. One end that is left open may be anything."""
    lot = still_open(lot)
    values = list(Value.objects.filter(dimension__lot=lot, pk__in=limits))
    for value in values:
        least, most = limits[value.pk]
        if least is not None or most is not None:
            least, most = least or 0, (lot.seats or 0) if most is None else most
            if least > most:
                raise Refusal("lot.limits_crossed", group=str(value), least=least, most=most)
        value.least, value.most = least, most
    Value.objects.bulk_update(values, ["least", "most"])
    note("lot.limits", lot.step, thread=lot.step.process, who=by, groups=len(values))
    return lot


@transaction.atomic
def record_tried(*, lot: Lot, value: Value, text: str, by: Person | None) -> Value:
    """What was done to reach a group of which nobody said yes (R031). Also after the rules froze."""
    lot = held_lot(lot)
    if not text.strip():
        raise Refusal("lot.tried_nothing")
    value.tried = text.strip()
    value.save(update_fields=["tried"])
    note("lot.tried", lot.step, thread=lot.step.process, who=by, dimension=value.dimension.key, group=value.key)
    return value
