"""The report on a lottery: how fair it is, whom the panel will look like, who could never be drawn.

`report(...)` collects the facts; `as_text` tells them to a resident, `as_json` to a machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Protocol

from samenraad.methods.sortition.lotteries.legacy import Estimate
from samenraad.methods.sortition.lottery import Lottery
from samenraad.methods.sortition.pool import Candidate, Feature, Pool, Quotas
from samenraad.methods.sortition.reference import Shares
from samenraad.methods.sortition.report.figures import Figures, figures
from samenraad.methods.sortition.report.text import text
from samenraad.refusals import Refusal


class Excluded(Protocol):
    """People who are on no possible panel, and why."""

    @property
    def ids(self) -> tuple[str, ...]: ...

    def sentence(self, language: str) -> str: ...


@dataclass(frozen=True)
class Method:
    """How the chances are spread under one method; `draws` tells how many draws they were estimated from."""

    name: str
    figures: Figures
    draws: int | None = None


@dataclass(frozen=True)
class Group:
    """The share of a group: in the population, in the pool, on the panel as expected and as drawn; and its quota."""

    where: tuple[Feature, ...]
    quota: tuple[int, int] | None
    population: float | None
    pool: float
    expected: float
    drawn: float | None

    @property
    def label(self) -> str:
        return " & ".join(f"{category}: {value}" for category, value in self.where)


@dataclass(frozen=True)
class Certificate:
    """What is proven about the optimum: its lowest chance, and how far it may at most be from the best there is."""

    method: str
    proven: bool
    gap: float
    lowest: float


@dataclass(frozen=True)
class Rounding:
    """What publishing m whole panels changed: the largest change of anybody's chance, beside one panel, 1 / m."""

    m: int
    largest_change: float

    @property
    def one_panel(self) -> float:
        return 1 / self.m


@dataclass(frozen=True)
class Report:
    """Everything there is to say about a lottery before and after the draw.

    `methods`   this lottery first, then those it is compared with; over the people whose chance the lottery decides:
                not those who are in already and not those in `excluded`
    `whole`     lowest and highest chance over the whole road, letter and draw, of somebody who says yes to a letter
    `excluded`  who could never be drawn, with a sentence why
    """

    people: int
    seats: int
    already: int
    digest: str
    certificate: Certificate
    rounding: Rounding
    methods: tuple[Method, ...]
    groups: tuple[Group, ...]
    whole: tuple[float, float] | None
    excluded: tuple[Excluded, ...]

    def as_text(self, language: str = "en") -> str:
        """Plain text for a resident, at most 80 characters wide."""
        return text(self, language)

    def as_json(self) -> str:
        """All facts for a machine: numbers unrounded, sentences in English, keys sorted; same report, same text."""
        facts = {
            "people": self.people,
            "seats": self.seats,
            "already": self.already,
            "digest": self.digest,
            "certificate": asdict(self.certificate),
            "rounding": asdict(self.rounding),
            "methods": [{"name": one.name, "draws": one.draws, **asdict(one.figures)} for one in self.methods],
            "groups": [asdict(one) | {"label": one.label} for one in self.groups],
            "whole": self.whole,
            "excluded": [{"ids": list(one.ids), "why": one.sentence("en")} for one in self.excluded],
        }
        return json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def report(
    lottery: Lottery,
    *,
    compare: Sequence[Lottery] = (),
    legacy: Estimate | None = None,
    population: Shares | None = None,
    drawn: Iterable[str] | None = None,
    letters: Mapping[str, float] | None = None,
    excluded: Sequence[Excluded] = (),
) -> Report:
    """The report on this lottery.

    `compare`     lotteries from the same pool, made by other methods
    `legacy`      the estimated chances of the older draw
    `population`  reference figures, {category: {value: people or share}}, or the same with pairs of categories and
                  of values; a value that is not there counts as zero, a category that is not there as unknown
    `drawn`       the ids on the panel that came out of the draw
    `letters`     id -> the chance that this person got a letter, for everybody whose chance the lottery decides
    `excluded`    people in no possible panel, each group with `ids` and `sentence(language)`

    Refuses `sortition.unknown` (an id in `drawn` that is not in the pool), `sortition.letters_missing` (somebody
    without a chance of a letter) and `sortition.other_pool` (a comparison with other people).
    """
    _same_people(lottery, [*compare, *([legacy] if legacy else [])])
    panel = None if drawn is None else _candidates(lottery.pool, drawn)
    free = _decided(lottery, excluded)
    return Report(
        people=len(lottery.pool),
        seats=lottery.seats,
        already=len(lottery.already),
        digest=lottery.digest,
        certificate=_certificate(lottery, free),
        rounding=Rounding(lottery.m, lottery.largest_change),
        methods=_methods(free, [lottery, *compare], legacy),
        groups=_groups(lottery, population or {}, panel),
        whole=None if letters is None else _whole(lottery, letters, free),
        excluded=tuple(excluded),
    )


def _same_people(lottery: Lottery, others: Iterable[Lottery | Estimate]) -> None:
    for other in others:
        if other.counts.keys() != lottery.counts.keys():
            raise Refusal("sortition.other_pool", method=other.method)


def _candidates(pool: Pool, ids: Iterable[str]) -> list[Candidate]:
    chosen = sorted(set(ids))
    unknown = [one for one in chosen if one not in pool.by_id]
    if unknown:
        raise Refusal("sortition.unknown", ids=unknown)
    return [pool.by_id[one] for one in chosen]


def _decided(lottery: Lottery, excluded: Iterable[Excluded]) -> list[str]:
    """Whose chance the lottery decides."""
    certain = {*lottery.already, *(one for group in excluded for one in group.ids)}
    return [one.id for one in lottery.pool.candidates if one.id not in certain]


def _certificate(lottery: Lottery, free: Iterable[str]) -> Certificate:
    lowest = min((lottery.optimum[one] for one in free), default=0.0)
    return Certificate(lottery.method, lottery.proven, lottery.gap, lowest)


def _methods(free: Sequence[str], lotteries: Sequence[Lottery], legacy: Estimate | None) -> tuple[Method, ...]:
    if not free:
        return ()
    found = [Method(one.method, _over(one.chances, free)) for one in lotteries]
    if legacy is not None:
        found.append(Method(legacy.method, _over(legacy.chances, free), legacy.draws))
    return tuple(found)


def _over(chances: Mapping[str, Fraction] | Mapping[str, float], free: Iterable[str]) -> Figures:
    return figures(chances[one] for one in free)


def _groups(lottery: Lottery, population: Shares, panel: Sequence[Candidate] | None) -> tuple[Group, ...]:
    limits = {quota.where: (quota.min, quota.max) for quota in lottery.quotas}
    return tuple(
        Group(
            where=where,
            quota=limits.get(where),
            population=_share_of(population, where),
            pool=lottery.pool.count(where) / len(lottery.pool),
            expected=_expected(lottery, where),
            drawn=None if panel is None else sum(one.matches(where) for one in panel) / max(1, len(panel)),
        )
        for where in _all_groups(lottery.pool, lottery.quotas)
    )


def _all_groups(pool: Pool, quotas: Quotas) -> list[tuple[Feature, ...]]:
    """Every value of every category that has quotas, then the groups of two categories."""
    single = {
        ((category, one.features[category]),)
        for category in quotas.categories
        for one in pool.candidates
        if category in one.features
    }
    given = {quota.where for quota in quotas}
    return sorted(single | given, key=lambda where: (len(where), where))


def _share_of(population: Shares, where: tuple[Feature, ...]) -> float | None:
    """The part of the population; None where the reference figures do not tell."""
    for features in (where, where[::-1]):
        categories, values = zip(*features, strict=True)
        known = population.get(categories if len(where) > 1 else categories[0], {})
        total = sum(float(number) for number in known.values())
        if total > 0:
            return float(known.get(values if len(where) > 1 else values[0], 0)) / total
    return None


def _expected(lottery: Lottery, where: tuple[Feature, ...]) -> float:
    seats = sum(lottery.counts[one.id] for one in lottery.pool.candidates if one.matches(where))
    return seats / (lottery.m * lottery.seats)


def _whole(lottery: Lottery, letters: Mapping[str, float], free: Sequence[str]) -> tuple[float, float] | None:
    missing = [one for one in free if one not in letters]
    if missing:
        raise Refusal("sortition.letters_missing", ids=missing)
    chances = [letters[one] * lottery.counts[one] / lottery.m for one in free]
    return (min(chances), max(chances)) if chances else None
