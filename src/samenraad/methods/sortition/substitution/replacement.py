"""Filling the seats of people who leave, at any moment, with the best match that is still possible.

An exact integer programme decides, one wish after another, each without giving up anything of the one before:

1. the smallest distance to the quotas (see `scenarios.py`: people outside the quotas, plus empty seats);
2. the fewest empty seats;
3. the people who come first in the order of the plan (the smallest sum of places in it);
4. the most people who count in the same groups as somebody who leaves;
5. the smallest sum of the numbers that the public seed gives to people.

A seat therefore stays empty only when nobody is available, or when everybody who is would take the panel further from
its quotas than an empty seat does. People who stay never move.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.language import _, ngettext, say, say_many
from samenraad.methods.linear import INFINITY, Programme
from samenraad.methods.seeds import ticket
from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas
from samenraad.methods.sortition.substitution import scenarios as many
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Missed:
    """A quota that the panel does not meet, and the number it has."""

    quota: Quota
    number: int

    @property
    def below(self) -> int:
        return max(0, self.quota.min - self.number)

    @property
    def above(self) -> int:
        return max(0, self.number - self.quota.max)


@dataclass(frozen=True)
class Replacement:
    """The panel after a replacement, and what could not be kept.

    `panel`      ids of everybody who sits now, sorted
    `seated`     ids of the new people: first those who were confirmed, then in the order of the plan or of the seed
    `empty`      seats that stay empty
    `missed`     the quotas that the panel does not meet
    `distance`   people outside the quotas plus empty seats; no choice among those available gives less
    `shut_out`   available people who cannot sit, because they live with somebody who stays or is confirmed
    `unused`     how many of the available people could still sit, one per address
    """

    panel: tuple[str, ...]
    seated: tuple[str, ...]
    empty: int
    missed: tuple[Missed, ...]
    distance: int
    shut_out: tuple[str, ...]
    unused: int

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """What happened and what could not be kept, for the organiser."""
        return (*_who(self, language), *_empty(self, language), *_quotas(self, language))


def replace(
    pool: Pool,
    quotas: Quotas,
    staying: Iterable[str],
    leavers: Iterable[str],
    available: Iterable[str],
    *,
    seed: str,
    order: Sequence[str] = (),
    confirmed: Iterable[str] = (),
    seats: int | None = None,
) -> Replacement:
    """The best replacement of the leavers by people who are available.

    `available` may hold anybody of the pool: the plan's substitutes, or everybody who is left; who stays or leaves is
    passed over. `order` is the plan's (`Plan.order`); people outside it come after it. `confirmed` have said yes in
    this round and keep their seat: when somebody else says no, call again without that person. `seats` is the size of
    the panel when it was short already, else as many as stay and leave.

    >>> people = {"a": {"sex": "woman"}, "b": {"sex": "man"}, "c": {"sex": "woman"}, "d": {"sex": "man"}}
    >>> quotas = Quotas.of({"sex": {"woman": (1, 1), "man": (1, 1)}})
    >>> replace(Pool.of(people), quotas, ["b"], ["a"], ["c", "d"], seed="dice 4 2 6").seated
    ('c',)
    >>> short = replace(Pool.of(people), quotas, ["b"], ["a"], [], seed="dice 4 2 6")
    >>> for sentence in short.sentences():
    ...     print(sentence)
    1 seat stays empty: nobody is available.
    sex: woman: the panel has 0, that is 1 fewer than the minimum of 1.

    Refuses `sortition.unknown` (an id that is not in the pool), `sortition.stays_and_leaves` (an id that does both),
    `sortition.seats` (fewer seats than people who stay and are confirmed) and `sortition.confirmed` (somebody confirmed
    who leaves, stays already, or lives with somebody who stays or is confirmed).
    """
    stay, leave, sure = sorted(set(staying)), sorted(set(leavers)), sorted(set(confirmed))
    open_to = sorted(set(available) - {*stay, *leave, *sure})
    seats = len(stay) + len(leave) if seats is None else seats
    _check(pool, stay, leave, sure, open_to, seats)
    sitting = [pool.by_id[one] for one in (*stay, *sure)]
    homes = {one.household for one in sitting} - {None}
    free = [pool.by_id[one] for one in open_to if pool.by_id[one].household not in homes]
    chosen = _Choice(quotas, seats, sitting, [pool.by_id[one] for one in leave], free, order, seed).made()
    panel = sorted([*stay, *sure, *chosen])
    missed = tuple(Missed(quota, held) for quota, held in quotas.broken_by(pool.by_id[one] for one in panel))
    empty = seats - len(panel)
    return Replacement(
        panel=tuple(panel),
        seated=(*sure, *chosen),
        empty=empty,
        missed=missed,
        distance=empty + sum(one.below + one.above for one in missed),
        shut_out=tuple(one for one in open_to if pool.by_id[one].household in homes),
        unused=len({one.household or ("alone", one.id) for one in free}) - len(chosen),
    )


def _check(
    pool: Pool, stay: Sequence[str], leave: Sequence[str], sure: Sequence[str], open_to: Sequence[str], seats: int
) -> None:
    unknown = sorted({one for one in (*stay, *leave, *sure, *open_to) if one not in pool.by_id})
    if unknown:
        raise Refusal("sortition.unknown", ids=unknown)
    if set(stay) & set(leave):
        raise Refusal("sortition.stays_and_leaves", ids=sorted(set(stay) & set(leave)))
    if seats < len(stay) + len(sure):
        raise Refusal("sortition.seats", seats=seats, already=len(stay) + len(sure))
    home = {one: pool.by_id[one].household for one in (*stay, *sure)}
    living = Counter(home.values())
    clashing = [one for one in sure if one in {*stay, *leave} or (home[one] is not None and living[home[one]] > 1)]
    if clashing:
        raise Refusal("sortition.confirmed", ids=clashing)


class _Choice:
    """The integer programme. Columns: 1 or 0 per person; per quota the people below and above; per profile of a leaver
    how many leavers of it are matched."""

    def __init__(
        self,
        quotas: Quotas,
        seats: int,
        sitting: Sequence[Candidate],
        leavers: Sequence[Candidate],
        free: Sequence[Candidate],
        order: Sequence[str],
        seed: str,
    ) -> None:
        self.open = seats - len(sitting)
        self.place = {one: place for place, one in enumerate(order)}
        self.after = len(self.place)
        self.lot = {one.id: ticket(seed, "replaces", one.id) >> 44 for one in free}  # 20 bits: sums stay exact
        self.people = self._worth_a_look(free, quotas)
        self.quotas, self.leavers = quotas, leavers
        limits = many.limits_of(quotas, seats)
        held = many.groups_of(sitting, quotas).sum(axis=0)
        self.low, self.high = (limits.low - held)[:-1], (limits.high - held)[:-1]

    def made(self) -> list[str]:
        if not self.people or self.open <= 0:
            return []
        programme, wishes = self._programme()
        for wish in wishes[:-1]:
            programme.costs(wish)
            least = round(programme.solve().value)
            programme.add_row(-INFINITY, least, wish)
        programme.costs(wishes[-1])
        x = programme.solve().x[: len(self.people)]
        chosen = [one.id for one, taken in zip(self.people, x, strict=True) if taken > 0.5]
        return sorted(chosen, key=self._rank)

    def _rank(self, one: str) -> tuple[int, int, str]:
        return self.place.get(one, self.after), self.lot[one], one

    def _worth_a_look(self, free: Sequence[Candidate], quotas: Quotas) -> list[Candidate]:
        """Of people who differ in nothing but the seed, no more than there are seats can be chosen: the first."""
        homes = Counter(one.household for one in free if one.household is not None)
        groups = many.groups_of(free, quotas)
        seen: Counter[tuple[bytes, int]] = Counter()
        kept = []
        for i in sorted(range(len(free)), key=lambda i: self._rank(free[i].id)):
            kind = groups[i].tobytes(), self.place.get(free[i].id, self.after)
            home = free[i].household
            shares = home is not None and homes[home] > 1
            seen[kind] += not shares
            if shares or seen[kind] <= self.open:
                kept.append(free[i])
        return kept

    def _programme(self) -> tuple[Programme, list[Floats]]:
        groups = many.groups_of(self.people, self.quotas).astype(float)
        q, n = len(self.quotas), len(self.people)
        profiles = self._profiles()
        homes = self._homes()
        blocks = [
            np.hstack([groups[:, :-1].T, np.eye(q), -np.eye(q), np.zeros((q, len(profiles)))]),
            self._wide(np.ones((1, n)), 2 * q + len(profiles)),
            self._wide(homes, 2 * q + len(profiles)),
            np.hstack([-self._same(profiles), np.zeros((len(profiles), 2 * q)), np.eye(len(profiles))]),
        ]
        high = [*self.high, self.open, *[1.0] * len(homes), *[0.0] * len(profiles)]
        low = [*self.low, *[-INFINITY] * (len(high) - q)]
        wishes = self._wishes(q, len(profiles))
        width = n + 2 * q + len(profiles)
        upper = [1.0] * n + [INFINITY] * (2 * q) + [float(times) for times in profiles.values()]
        whole = [True] * n + [False] * (width - n)
        return Programme(np.vstack(blocks), low, high, upper=upper, whole=whole), wishes

    def _wide(self, rows: Floats, more: int) -> Floats:
        return np.hstack([rows, np.zeros((len(rows), more))])

    def _wishes(self, q: int, profiles: int) -> list[Floats]:
        """What to minimise, the most important first."""
        n = len(self.people)
        wishes = np.zeros((5, n + 2 * q + profiles))
        wishes[0, :n], wishes[0, n : n + 2 * q] = -1, 1
        wishes[1, :n] = -1
        wishes[2, :n] = [self.place.get(one.id, self.after) for one in self.people]
        wishes[3, n + 2 * q :] = -1
        wishes[4, :n] = [self.lot[one.id] for one in self.people]
        return [wish for wish in wishes if wish.any()] or [wishes[0]]

    def _profiles(self) -> dict[bytes, int]:
        return dict(Counter(row.tobytes() for row in many.groups_of(self.leavers, self.quotas)))

    def _same(self, profiles: dict[bytes, int]) -> Floats:
        rows = [row.tobytes() for row in many.groups_of(self.people, self.quotas)]
        same = [[row == profile for row in rows] for profile in profiles]
        return np.array(same, dtype=float).reshape(len(profiles), len(rows))

    def _homes(self) -> Floats:
        """One row for each address where several available people live."""
        living: dict[str, list[int]] = defaultdict(list)
        for i, one in enumerate(self.people):
            if one.household is not None:
                living[one.household].append(i)
        shared = [at for at in living.values() if len(at) > 1]
        rows = np.zeros((len(shared), len(self.people)))
        for row, at in zip(rows, shared, strict=True):
            row[at] = 1
        return rows


def _who(result: Replacement, language: str) -> list[str]:
    told = []
    if result.seated:
        sentences = ngettext("{ids} takes the free seat.", "{ids} take the {n} free seats.")
        told.append(say_many(sentences, len(result.seated), language, ids=", ".join(result.seated)))
    if result.shut_out:
        sentences = ngettext(
            "{ids} cannot be chosen: this person lives with somebody on the panel.",
            "{ids} cannot be chosen: these {n} people live with somebody on the panel.",
        )
        told.append(say_many(sentences, len(result.shut_out), language, ids=", ".join(result.shut_out)))
    return told


def _empty(result: Replacement, language: str) -> list[str]:
    if not result.empty:
        return []
    if not result.unused:
        sentences = ngettext(
            "{n} seat stays empty: nobody is available.", "{n} seats stay empty: nobody else is available."
        )
    else:
        sentences = ngettext(
            "{n} seat stays empty: with anybody who is available the panel would be further from its quotas.",
            "{n} seats stay empty: with anybody else who is available the panel would be further from its quotas.",
        )
    return [say_many(sentences, result.empty, language)]


def _quotas(result: Replacement, language: str) -> list[str]:
    if not result.missed:
        return [say(_("The panel meets all quotas."), language)]
    told = []
    for one in result.missed:
        facts = {"group": one.quota.label, "number": one.number, "min": one.quota.min, "max": one.quota.max}
        if one.below:
            sentence = _("{group}: the panel has {number}, that is {off} fewer than the minimum of {min}.")
        else:
            sentence = _("{group}: the panel has {number}, that is {off} more than the maximum of {max}.")
        told.append(say(sentence, language, off=one.below + one.above, **facts))
    return told
