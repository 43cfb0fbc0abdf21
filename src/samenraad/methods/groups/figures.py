"""How good a seating is, in figures that anybody can count again, beside what nobody could do better than.

`possible` is a bound, not a promise: more different pairs cannot meet, whoever makes the seating. It is the least of
- the pairs of people who are there in one round at least, without those who must be kept apart;
- all places beside somebody, less the meetings that must be repeated. Who sits together on request does so in every
  round; and of eight people from six tables some must have met, so each round after the first repeats some meetings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from math import lcm

from samenraad.methods.groups.wishes import APART, HOST, TOGETHER, People, Round, Wish


@dataclass(frozen=True)
class Quality:
    """The figures of one seating.

    `meetings`   how often two people sit at one table, over all rounds
    `new`        different pairs who meet; `possible` is the most that any seating could reach
    `repeats`    meetings of people who met before; `most_often` is how often the same two meet at most
    `fewest_met` the fewest others that anybody meets
    `gap`        the mean, over rounds, tables and values of the mixed fields, of how far the share of a value at a
                 table is from its share in the room; `least_gap` is the least that any seating could have
    `worst_gap`  how many people of one value too many or too few a table has, at most, beyond rounding
    `alone`      how often somebody is the only one of a value at a table that should have two or more of them
    """

    meetings: int
    new: int
    possible: int
    most_often: int
    fewest_met: int
    gap: Fraction
    least_gap: Fraction
    worst_gap: int
    alone: int

    @property
    def repeats(self) -> int:
        return self.meetings - self.new

    @property
    def share(self) -> Fraction:
        """New meetings as a share of what is possible; 1 when nobody can meet anybody."""
        return Fraction(self.new, self.possible) if self.possible else Fraction(1)

    @property
    def best_possible(self) -> bool:
        """No seating could have more different pairs or a smaller gap, and nobody is alone."""
        return self.new == self.possible and self.gap == self.least_gap and not self.worst_gap and not self.alone

    def no_worse_than(self, other: Quality) -> bool:
        """In none of the published figures worse."""
        return all(own <= its for own, its in zip(self._all, other._all, strict=True))

    @property
    def _all(self) -> tuple[Fraction, ...]:
        """The lower, the better."""
        whole = (self.repeats, self.most_often, -self.fewest_met, self.worst_gap, self.alone)
        return (self.gap, *map(Fraction, whole))


@dataclass(frozen=True)
class _Cell:
    """One value at one table in one round: `count` of `size` people; in the room `number` of `people`."""

    count: int
    size: int
    number: int
    people: int

    @property
    def gap(self) -> int:
        """How far the count is from its ideal, times `people`."""
        return abs(self.people * self.count - self.size * self.number)

    @property
    def off(self) -> int:
        """People too many or too few, beyond rounding."""
        low, high = self.size * self.number // self.people, -(-self.size * self.number // self.people)
        return max(low - self.count, self.count - high, 0)

    @property
    def alone(self) -> bool:
        return self.count == 1 and self.size * self.number >= 2 * self.people


def quality(rounds: Sequence[Round], people: People, mix: Sequence[str] = (), wishes: Iterable[Wish] = ()) -> Quality:
    """The figures of these rounds.

    >>> found = quality([(("a", "b"), ("c", "d")), (("a", "c"), ("b", "d"))], {one: {} for one in "abcd"})
    >>> found.new, found.possible, found.repeats, found.fewest_met
    (4, 4, 0, 2)
    """
    met = _met(rounds)
    partners = Counter(one for pair in met for one in pair)
    cells = [cell for round in rounds for field in mix for cell in _cells(round, people, field)]
    gaps: Counter[int] = Counter()
    for cell in cells:
        gaps[cell.people * cell.size] += cell.gap
    everybody = {one for round in rounds for table in round for one in table}
    return Quality(
        meetings=met.total(),
        new=len(met),
        possible=most_pairs(rounds, wishes),
        most_often=max(met.values(), default=0),
        fewest_met=min((partners[one] for one in everybody), default=0),
        gap=sum((Fraction(gap, unit) for unit, gap in gaps.items()), Fraction(0)) / max(1, len(cells)),
        least_gap=_least_gap(rounds, people, mix) / max(1, len(cells)),
        worst_gap=max((cell.off for cell in cells), default=0),
        alone=sum(cell.alone for cell in cells),
    )


def _numbers(round: Round, people: People, field: str) -> Counter[str]:
    """How many people of each value are in the room."""
    return Counter(people[one][field] for table in round for one in table)


def _cells(round: Round, people: People, field: str) -> Iterator[_Cell]:
    numbers = _numbers(round, people, field)
    for table in round:
        here = Counter(people[one][field] for one in table)
        for value, number in numbers.items():
            yield _Cell(here[value], len(table), number, numbers.total())


def _least_gap(rounds: Sequence[Round], people: People, mix: Sequence[str]) -> Fraction:
    """The least sum of gaps when each value could be spread by itself."""
    kinds: Counter[tuple[tuple[int, ...], int]] = Counter()
    for round in rounds:
        sizes = tuple(len(table) for table in round)
        kinds.update((sizes, number) for field in mix for number in _numbers(round, people, field).values())
    return sum((times * _least_of(sizes, number) for (sizes, number), times in kinds.items()), Fraction(0))


def _least_of(sizes: Sequence[int], number: int) -> Fraction:
    """So many people of one value over tables of these sizes. The gap of a table is convex in their count, so each
    goes where she brings it down most. In whole numbers: everything times `unit`."""
    people = sum(sizes)
    unit = people * lcm(*sizes)
    steps: list[int] = []
    for size in sizes:
        down, part = divmod(size * number, people)
        steps += [-unit // size] * down + [(people - 2 * part) * (unit // people // size)]
    start = sum(number * (unit // people) for _size in sizes)
    return Fraction(start + sum(sorted(steps)[:number]), unit)


def most_pairs(rounds: Sequence[Round], wishes: Iterable[Wish] = ()) -> int:
    """A number of different pairs that no seating with tables of these sizes can exceed.

    >>> most_pairs([((*"abc",), (*"def",), (*"ghi",))] * 4)   # nine people: everybody can meet everybody
    36
    """
    wishes = list(wishes)
    met = _met(rounds)
    meetings = sum(_pairs(len(table)) for round in rounds for table in round)
    by_wish = sum(max(0, met[pair] - 1) for pair in _wished(rounds, wishes, TOGETHER))
    never = _never(rounds, wishes) - set(met)
    return min(meetings - max(by_wish, _forced_by_size(rounds)), _pairs_present(rounds) - len(never))


def _met(rounds: Sequence[Round]) -> Counter[tuple[str, str]]:
    return Counter(pair for round in rounds for table in round for pair in combinations(sorted(table), 2))


def _pairs(people: int) -> int:
    return people * (people - 1) // 2


def _present(rounds: Sequence[Round]) -> list[set[str]]:
    return [{one for table in round for one in table} for round in rounds]


def _pairs_present(rounds: Sequence[Round]) -> int:
    """Pairs who are both there in one round at least; people with the same rounds are counted together."""
    present = _present(rounds)
    everybody = set().union(*present)
    when = Counter(frozenset(nr for nr, there in enumerate(present) if one in there) for one in everybody)
    within = sum(_pairs(count) for count in when.values())
    return within + sum(when[one] * when[other] for one, other in combinations(when, 2) if one & other)


def _wished(rounds: Sequence[Round], wishes: Iterable[Wish], kind: str) -> set[tuple[str, str]]:
    everybody = set().union(*_present(rounds))
    named = (pair for wish in wishes if wish.kind == kind for pair in combinations(sorted(set(wish.people)), 2))
    return {pair for pair in named if everybody.issuperset(pair)}


def _never(rounds: Sequence[Round], wishes: Sequence[Wish]) -> set[tuple[str, str]]:
    """Who never meet: the people to be kept apart, and hosts, who each keep a table."""
    hosts = Wish(APART, tuple(wish.people[0] for wish in wishes if wish.kind == HOST))
    return _wished(rounds, [*wishes, hosts], APART)


def _forced_by_size(rounds: Sequence[Round]) -> int:
    """In each round after the first: the pairs at a table who must come from one table of the round before."""
    forced = 0
    for before, after in pairwise(rounds):
        was = {one for table in before for one in table}
        came = sum(one not in was for table in after for one in table)
        forced += sum(_spread(len(table), len(before) + came) for table in after)
    return forced


def _spread(people: int, groups: int) -> int:
    """The fewest pairs within groups, when so many people come from so many groups."""
    each, more = divmod(people, groups)
    return more * _pairs(each + 1) + (groups - more) * _pairs(each)
