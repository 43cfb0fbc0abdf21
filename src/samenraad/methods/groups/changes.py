"""On the day: some do not come, others do. The fewest people change tables, and rounds that were held stay.

First a whole-number programme finds the fewest moves after which tables differ by at most one seat and every wish is
kept. That says how many people of each kind go from which table to which; among them those go for whom it brings the
most new meetings and the best mix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from samenraad.methods.groups.drawing import GAP
from samenraad.methods.groups.figures import quality
from samenraad.methods.groups.placing import Kind, Numbers, Placing
from samenraad.methods.groups.search import REPEAT
from samenraad.methods.groups.seating import Move, Seating, must_fit, must_have, settled_hosts
from samenraad.methods.groups.wishes import APART, COMPANY, TOGETHER, People, Round, Wish, check
from samenraad.refusals import Refusal


def reseat(
    earlier: Seating,
    people: Mapping[str, Mapping[str, str]],
    *,
    next_round: int,
    absent: Iterable[str] = (),
    wishes: Sequence[Wish] = (),
) -> Seating:
    """The same seating from round `next_round` on, without who is absent and with who is new.

    `people`      id -> field -> value of everybody: who was seated before, also when absent now, and who comes in
    `next_round`  the first round that is still to be held, from 1; the ones before do not change
    `absent`      who does not sit anywhere from that round on
    `wishes`      more wishes, beside those of the earlier seating; of those what is about absent people lapses

    In each round the number of people who were seated already and change tables is the least possible.

    >>> from samenraad.methods.groups.seating import seat
    >>> people = {one: {} for one in "abcdefgh"}
    >>> before = seat(people, tables=2, rounds=2, seed="Three hats", tries=1000)
    >>> after = reseat(before, {**people, "z": {}}, next_round=2, absent=["a"])
    >>> after.rounds[0] == before.rounds[0], [(move.person, move.before) for move in after.moves]
    (True, [('z', None)])

    Refuses `groups.round` (no such round), `groups.absent_unknown`, `groups.not_in_file` (somebody who was seated is
    not among `people`), and what `seat` refuses.
    """
    gone = set(absent)
    must_be_known(earlier, people, next_round, gone)
    present = {one: people[one] for one in sorted(people) if one not in gone}
    must_fit(present, earlier.tables)
    must_have({one: people[one] for one in sorted(people)}, earlier.mix)
    check(wishes, present, earlier.tables, earlier.accessible)
    wanted = tuple(dict.fromkeys([*_still(earlier.wishes, present), *wishes]))
    rounds, moves = list(earlier.rounds), list[Move]()
    for place in range(next_round - 1, len(rounds)):
        wanted = settled_hosts(wanted, rounds[place])
        rounds[place] = _changed(earlier, rounds, place, present, wanted)
        wanted = settled_hosts(wanted, rounds[place])
        moves += _moves(place + 1, earlier.rounds[place], rounds[place])
    figures = quality(rounds, people, earlier.mix, dict.fromkeys([*earlier.wishes, *wanted]))
    return replace(earlier, wishes=wanted, rounds=tuple(rounds), quality=figures, draw=None, moves=tuple(moves))


def must_be_known(earlier: Seating, people: People, next_round: int, gone: set[str]) -> None:
    if not 1 <= next_round <= len(earlier.rounds):
        raise Refusal("groups.round", round=next_round, rounds=len(earlier.rounds))
    seated = {one for round in earlier.rounds for table in round for one in table}
    if gone - seated - set(people):
        raise Refusal("groups.absent_unknown", ids=sorted(gone - seated - set(people)))
    if seated - set(people):
        raise Refusal("groups.not_in_file", ids=sorted(seated - set(people)))


def _still(wishes: Iterable[Wish], present: People) -> Iterator[Wish]:
    """What remains of the wishes. Two of whom one is absent need no more; nor does a value that one person has left:
    somebody is the only one, and nobody can be moved to change that."""
    for wish in wishes:
        left = tuple(one for one in wish.people if one in present)
        if wish.kind in (TOGETHER, APART):
            if len(left) > 1:
                yield replace(wish, people=left)
        elif wish.kind == COMPANY:
            if sum(one.get(wish.field) == wish.value for one in present.values()) > 1:
                yield wish
        elif left:
            yield wish


def _changed(earlier: Seating, rounds: Sequence[Round], place: int, present: People, wishes: Sequence[Wish]) -> Round:
    now = {one: table for table, members in enumerate(rounds[place]) for one in members if one in present}
    placing = Placing(present, earlier.tables, wishes, earlier.accessible, now)
    met = _met(round for number, round in enumerate(rounds) if number != place)
    members = [[one for one in table if one in present] for table in rounds[place]]
    room = _Room(present, earlier.mix, met, members, [placing.low] * earlier.tables)
    found = placing.solve(room.costs(placing.kinds), exact=True)
    if found is None:
        raise Refusal("groups.clash", clash=placing.clash())
    room.sizes = found.sum(axis=0).tolist()
    for kind, counts in zip(placing.kinds, found.tolist(), strict=True):
        room.move(list(kind.ids), kind.now, counts)
    return tuple(tuple(sorted(table)) for table in room.members)


def _met(rounds: Iterable[Round]) -> Counter[tuple[str, str]]:
    return Counter(pair for round in rounds for table in round for pair in combinations(sorted(table), 2))


#: what somebody can cost at a table counts up to here
MOST = 4000


@dataclass
class _Room:
    """One round while people change tables; `sizes` are those of the tables when all have, as far as known."""

    people: People
    mix: Sequence[str]
    met: Counter[tuple[str, str]]
    members: list[list[str]]
    sizes: Sequence[int]

    @cached_property
    def _numbers(self) -> Counter[tuple[str, str]]:
        """How many people of each value there are."""
        return Counter((field, one[field]) for one in self.people.values() for field in self.mix)

    def costs(self, kinds: Sequence[Kind]) -> Numbers:
        """Kinds x tables: a move costs more than all that it can bring; after that counts what it brings."""
        costs = [[self._least_cost(kind, table) for table in range(len(self.members))] for kind in kinds]
        move = len(self.people) * (MOST + 1)
        goes = [[kind.now not in (None, table) for table in range(len(self.members))] for kind in kinds]
        return np.array(costs, dtype=np.int64) + move * np.array(goes, dtype=np.int64)

    def _least_cost(self, kind: Kind, table: int) -> int:
        """From 0 to MOST, for whoever of them is best placed there."""
        if kind.now == table:
            return 0
        return min(MOST, max(0, MOST // 2 + min(self._cost(one, kind.now, table) for one in kind.ids)))

    def move(self, ids: list[str], now: int | None, counts: Sequence[int]) -> None:
        """So many of these people, who are alike for the wishes, to each table; the others stay."""
        for table, count in enumerate(counts):
            for _one in range(count if table != now else 0):
                who = min(ids, key=lambda one: (self._cost(one, now, table), one))
                ids.remove(who)
                if now is not None:
                    self.members[now].remove(who)
                self.members[table].append(who)

    def _cost(self, one: str, now: int | None, table: int) -> int:
        """What it costs that she goes; below zero is better than before."""
        after = self._beside(one, table) - (self._beside(one, now) if now is not None else 0)
        gaps = sum(self._gap(field, self.people[one][field], table, 1) for field in self.mix)
        if now is not None:
            gaps += sum(self._gap(field, self.people[one][field], now, -1) for field in self.mix)
        return REPEAT * after + GAP * gaps // len(self.people)

    def _beside(self, one: str, table: int) -> int:
        """How often she met the people of this table already."""
        return sum(self.met[min(one, other), max(one, other)] for other in self.members[table] if other != one)

    def _gap(self, field: str, value: str, table: int, more: int) -> int:
        """How much further from its ideal a count gets, times the number of people."""
        everybody = len(self.people)
        ideal = self.sizes[table] * self._numbers[field, value]
        count = sum(self.people[one][field] == value for one in self.members[table])
        return abs(everybody * (count + more) - ideal) - abs(everybody * count - ideal)


def _moves(number: int, before: Round, after: Round) -> Iterator[Move]:
    was = {one: table for table, members in enumerate(before, start=1) for one in members}
    for table, members in enumerate(after, start=1):
        for one in members:
            if was.get(one) != table:
                yield Move(number, one, was.get(one), table)
