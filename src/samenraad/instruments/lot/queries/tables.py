"""What can be downloaded of a lot: counts per group, never who; small groups are left empty here as on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from samenraad.cards import Table
from samenraad.instruments.lot.models import Dimension, Lot
from samenraad.instruments.lot.queries import funnel, moments, outreach
from samenraad.instruments.lot.queries.crowd import STAGES, Crowd, crowd
from samenraad.instruments.lot.rules import figures as rules
from samenraad.processes.models import Step

Rows = Iterator[Sequence[Any]]


def tables(step: Step) -> list[Table]:
    """Read when it is asked for, and once for all of them."""
    lot = Lot.objects.filter(step=step).first() or Lot(step=step)
    lot.step = step
    found = crowd(lot)
    return [
        Table("lot", ["dimension", "group", "people", *STAGES], _groups(found)),
        Table("lot_moments", ["dimension", "decides", "moment", "people", "index", "low", "high", "chance",
                              "chance_low", "chance_high", "chi_square", "p"], _moments(found)),
        Table("lot_funnel", ["stage", "people", "share", "low", "high"], _stages(found)),
        Table("lot_channels", ["channel", "yes", "no"], _lines(funnel.by_channel(found))),
        Table("lot_reasons", ["reason", "people"], _lines(funnel.reasons(found))),
        Table("lot_sources", ["source", "people"], iter(funnel.sources(lot, found))),
        Table("lot_outreach", ["kind", "group", "begins", "ends", "reach", "hours", "cost_cents", "yes",
                               "cents_each", "hours_each"], _outreach(found)),
    ]  # fmt: skip


def _groups(found: Crowd) -> Rows:
    for dimension in found.dimensions:
        columns = {stage: _told(found, dimension, stage) for stage in STAGES}
        for place, value in enumerate(dimension.values.all()):
            yield [dimension.key, value.key, value.people, *(columns[stage][place] for stage in STAGES)]


def _told(found: Crowd, dimension: Dimension, stage: str) -> list[int | None]:
    counts = found.counts(dimension, stage)[:-1]
    hidden = rules.kept_back(counts)
    return [None if place in hidden else count for place, count in enumerate(counts)]


def _moments(found: Crowd) -> Rows:
    for gauge, dimension in zip(moments.gauges(found), found.dimensions, strict=True):
        for moment in gauge.moments:
            one = moment.likeness
            figures = (
                [one.index, *one.interval, one.chance, *one.chance_interval, one.chi_square, one.p_value]
                if one
                else [None] * 8
            )
            yield [dimension.key, gauge.decides, moment.key, moment.size, *figures]


def _stages(found: Crowd) -> Rows:
    for stage in funnel.stages(found):
        part = stage.share
        yield [stage.key, stage.count, *((part.value, part.low, part.high) if part else (None, None, None))]


def _lines(lines: list[funnel.Line]) -> Rows:
    for line in lines:
        yield [line.label, *(count for _name, count in line.counts)]


def _outreach(found: Crowd) -> Rows:
    """Without names: an ambassador may be somebody."""
    for one in outreach.results(found, timezone.localdate()):
        measure, told = one.measure, one.told
        group = f"{measure.group.dimension.key}:{measure.group.key}" if measure.group else ""
        each = (one.cents_each, one.hours_each) if told is not None else (None, None)
        yield [
            measure.kind,
            group,
            measure.begins,
            measure.ends,
            measure.reach,
            measure.hours,
            measure.cost_cents,
            told,
            *each,
        ]
