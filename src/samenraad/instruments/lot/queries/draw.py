"""The public page of a draw: before it, at it and after it. Only counts and codes; never who."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.instruments.lot.models import Draw, Lot
from samenraad.instruments.lot.queries.lottery import draw_of
from samenraad.instruments.lot.queries.pool import accepted, dimensions
from samenraad.instruments.lot.rules import draw as rules
from samenraad.instruments.lot.rules.figures import shown
from samenraad.methods.sortition.draw.randomness import BEACON, SOURCES, Source, dice_for
from samenraad.ui import formats
from samenraad.ui.pieces import Part


@dataclass(frozen=True)
class Group:
    """One group beside its limits. None: too small to be told, or not known."""

    label: str
    share: float | None
    yes: int | None
    least: int
    most: int
    drawn: int | None


@dataclass(frozen=True)
class Side:
    """One dimension with its groups."""

    label: str
    source: str
    groups: list[Group]


@dataclass(frozen=True)
class Die:
    digit: int | None
    by: str


@dataclass(frozen=True)
class Scene:
    """What stands on the page. `draw` is there from publication on."""

    lot: Lot
    draw: Draw | None
    people: int
    seats: int

    @property
    def state(self) -> str:
        if self.draw is None:
            return "before"
        return "drawn" if self.draw.drawn_at else "public"

    @property
    def kind(self) -> str:
        return str(self.said["kind"])

    @cached_property
    def said(self) -> dict[str, Any]:
        """What was announced: with the pool, or as the plan has it now."""
        if self.draw:
            return dict(self.draw.terms["announced"])
        return {"kind": self.lot.chance, "source": self.lot.beacon_source, "round": self.lot.beacon_round or 0}

    @cached_property
    def rules(self) -> dict[str, Any]:
        return dict(json.loads(self.draw.rules)) if self.draw else {}

    @property
    def panels(self) -> int:
        return int(self.rules.get("panels", rules.PANELS))

    @property
    def dice(self) -> int:
        return dice_for(self.panels)

    @property
    def number(self) -> str:
        """472, or 007: as the dice say it."""
        return "" if self.draw is None or self.draw.number is None else f"{self.draw.number:0{self.dice}}"

    @property
    def watched(self) -> bool:
        """Published, not drawn, and the moment is near."""
        return self.state == "public" and rules.is_watched(self.lot.draw_at, timezone.now())

    @property
    def early(self) -> bool:
        return not rules.may_be_held(self.lot.draw_at, timezone.now())

    @property
    def throws(self) -> list[str]:
        """The throws that were too high."""
        thrown = self.draw.randomness.get("throws", []) if self.draw else []
        counted = thrown[:-1] if self.state == "drawn" else thrown
        return ["".join(map(str, throw)) for throw in counted]

    @property
    def told_by(self) -> list[str]:
        return list(self.draw.randomness.get("by", [])) if self.draw else []

    @property
    def shown_dice(self) -> list[Die]:
        """The dice that counted, or dice that nobody threw yet."""
        if self.state != "drawn" or self.draw is None:
            return [Die(None, "") for _die in range(self.dice)]
        digits = self.draw.randomness["throws"][-1]
        names = [*self.told_by, *[""] * len(digits)]
        return [Die(digit, name) for digit, name in zip(digits, names, strict=False)]

    @property
    def phrases(self) -> list[tuple[str, str]]:
        said = self.draw.randomness.get("phrases", []) if self.draw else []
        return list(zip(said, [*self.told_by, *[""] * len(said)], strict=False))

    @property
    def beacon(self) -> Source | None:
        return SOURCES.get(self.said["source"]) if self.kind == BEACON else None

    @property
    def beacon_due(self) -> datetime | None:
        return self.beacon.moment(self.said["round"]) if self.beacon else None

    @property
    def witnesses(self) -> list[str]:
        return self.draw.witnesses.splitlines() if self.draw else []

    @cached_property
    def codes(self) -> list[str]:
        """The panel that was drawn, under its codes."""
        return list(json.loads(self.draw.transcript)["panel"]) if self.draw and self.number else []

    @cached_property
    def sides(self) -> list[Side]:
        """What the limits ask, beside the town, the pool and the panel."""
        return _sides(self.lot, self.draw)

    @property
    def report(self) -> dict[str, Any]:
        return self.draw.report if self.draw else {}

    @property
    def mean(self) -> float:
        """On how many panels one is on average."""
        return self.panels * self.seats / self.people if self.people else 0.0

    @property
    def bars(self) -> list[Part]:
        last, mean = len(self.bins) - 1, self.mean
        return [
            Part(
                _bin(low, high, self.panels, place == last), people,
                note=_("the average lies here") if low <= mean < high else "",
            )
            for place, (low, high, people) in enumerate(self.bins)
        ]  # fmt: skip

    @property
    def bins(self) -> list[list[int]]:
        found: list[list[int]] = self.report.get("bins", [])
        return found


def scene(lot: Lot) -> Scene:
    draw = draw_of(lot)
    if draw is None or draw.published_at is None:
        return Scene(lot, None, accepted(lot).count() if lot.step_id else 0, lot.seats or 0)
    return _made(lot, draw)


def made(lot: Lot) -> Scene | None:
    """The lottery as everybody will see it, also before it is published: for its organiser."""
    draw = draw_of(lot)
    return _made(lot, draw) if draw and draw.made_at else None


def _made(lot: Lot, draw: Draw) -> Scene:
    known = json.loads(draw.rules)
    return Scene(lot, draw, known["people"], known["seats"])


def state_of(lot: Lot) -> str:
    """The same word as `Scene.state`, for who asks every few seconds: one small question."""
    times = Draw.objects.filter(lot=lot).values_list("published_at", "drawn_at").first()
    if times is None or times[0] is None:
        return "before"
    return "drawn" if times[1] else "public"


def _bin(low: int, high: int, panels: int, last: bool) -> str:
    """Numbers of panels as per cents: 6.5 up to 7."""
    ends = {name: formats.number(round(100 * count / panels, 1)) for name, count in (("low", low), ("high", high))}
    if low == high:
        return ends["low"]
    return (_("{low} up to and including {high}") if last else _("{low} up to {high}")).format(**ends)


def _sides(lot: Lot, draw: Draw | None) -> list[Side]:
    limits = {(key, value): (low, high) for key, value, low, high in draw.terms["quotas"]} if draw else {}
    yes = _by_dimension(draw.report["groups"]) if draw else {}
    drawn = _by_dimension(draw.outcome) if draw else {}
    found = []
    for one in dimensions(lot):
        if not one.has_quotas:
            continue
        values = [value for value in one.values.all() if value.least is not None]
        town = sum(value.people or 0 for value in one.values.all())
        said = shown({value.key: yes.get(one.key, {}).get(value.key, 0) for value in values})
        out = shown({value.key: drawn.get(one.key, {}).get(value.key, 0) for value in values})
        groups = [
            Group(
                str(value), (value.people or 0) / town if town else None, said[value.key] if draw else None,
                *limits.get((one.key, value.key), (value.least or 0, value.most or 0)),
                out[value.key] if drawn else None,
            )
            for value in values
        ]  # fmt: skip
        found.append(Side(str(one), one.figures_source, groups))
    return found


def _by_dimension(rows: list[list[Any]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for key, value, count in rows:
        found.setdefault(key, {})[value] = count
    return found
