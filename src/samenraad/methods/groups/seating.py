"""Seating people at tables, round after round, so that they meet new people and every table looks like the room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from samenraad.methods.groups.figures import Quality, quality
from samenraad.methods.groups.wishes import HOST, People, Round, Wish, broken, check
from samenraad.methods.seeds import digest, settled
from samenraad.refusals import Refusal

#: how many changes are tried unless you say: one or two seconds
TRIES = 600_000


@dataclass(frozen=True)
class Move:
    """Somebody who changes tables, or comes in (`before` is None) in one round. Rounds and tables count from 1."""

    round: int
    person: str
    before: int | None
    after: int


@dataclass(frozen=True)
class Seating:
    """Who sits where. `rounds` has per round its tables, with ids in order.

    `quality` are the figures of this seating and `draw` those of a plain random draw under the same wishes and with
    the same seed; in no figure this seating is worse. After changes on the day `moves` says who was moved and `draw`
    is None. Equal arguments give an equal seating.
    """

    seed: str
    tables: int
    mix: tuple[str, ...]
    wishes: tuple[Wish, ...]
    accessible: tuple[int, ...]
    rounds: tuple[Round, ...]
    quality: Quality
    draw: Quality | None = None
    moves: tuple[Move, ...] = ()

    def cards(self) -> dict[str, tuple[int | None, ...]]:
        """Per person, in order of id, the table in each round, from 1; None in a round without her."""
        at = [{one: nr for nr, table in enumerate(round, start=1) for one in table} for round in self.rounds]
        return {one: tuple(round.get(one) for round in at) for one in sorted({one for round in at for one in round})}


def seat(
    people: Mapping[str, Mapping[str, str]],
    *,
    tables: int,
    rounds: int,
    seed: str,
    mix: Sequence[str] = (),
    wishes: Sequence[Wish] = (),
    accessible: Sequence[int] = (),
    tries: int = TRIES,
) -> Seating:
    """A seating of everybody at `tables` tables in each of `rounds` rounds; tables differ by at most one seat.

    `people`      id -> field -> value; their order changes nothing
    `seed`        any text; the same seed gives the same seating
    `mix`         the fields to spread over the tables, such as age and district
    `wishes`      what every round keeps (`wishes.together`, `apart`, `host`, `needs_access`, `never_alone`)
    `accessible`  numbers of tables, from 1, for people who need access
    `tries`       how many changes are tried; more takes longer and may find better

    >>> seating = seat({one: {} for one in "abcdefghi"}, tables=3, rounds=4, seed="Three hats", tries=200_000)
    >>> seating.quality.new, seating.quality.repeats   # everybody meets everybody, nobody twice
    (36, 0)

    Refuses `groups.tables` (none, or so many that somebody would sit alone), `groups.rounds`, `groups.unknown_people`,
    `groups.unknown_field`, `groups.unknown_value`, `groups.unknown_table`, `groups.no_accessible_table`,
    `groups.missing` (somebody without a value to mix), `groups.clash` (wishes that contradict one another, the fewest
    that do), `groups.too_hard` (not known within reasonable time) and `sortition.no_seed`.
    """
    people = {one: people[one] for one in sorted(people)}
    must_fit(people, tables)
    if rounds < 1:
        raise Refusal("groups.rounds", rounds=rounds)
    mix, wishes, accessible = tuple(dict.fromkeys(mix)), tuple(dict.fromkeys(wishes)), tuple(sorted(set(accessible)))
    must_have(people, mix)
    check(wishes, people, tables, accessible)
    chance = Random(int.from_bytes(digest(seed, "seat", ""), "big"))  # noqa: S311
    table = _Plan(people, tables, mix, wishes, accessible, chance)
    drawn = table.draw(rounds)
    random = quality(drawn, people, mix, wishes)
    best, found = table.best(drawn, random, tries)
    return Seating(settled(seed), tables, mix, wishes, accessible, best, found, random)


def must_fit(people: People, tables: int) -> None:
    """Refuses `groups.tables` when somebody would sit alone, or there is no table."""
    if not 1 <= tables <= len(people) // 2:
        raise Refusal("groups.tables", tables=tables, people=len(people), most=len(people) // 2)


def must_have(people: People, mix: Sequence[str]) -> None:
    for field in mix:
        without = [one for one, values in people.items() if not values.get(field)]
        if len(without) == len(people):
            raise Refusal(
                "groups.unknown_field", field=field, fields=sorted({name for one in people.values() for name in one})
            )
        if without:
            raise Refusal("groups.missing", field=field, ids=without)


@dataclass
class _Plan:
    """One seating in the making. All chance comes from `chance`, in this order."""

    people: People
    tables: int
    mix: tuple[str, ...]
    wishes: tuple[Wish, ...]
    accessible: tuple[int, ...]
    chance: Random

    def draw(self, rounds: int) -> list[Round]:
        """Random rounds in which the wishes are kept; hosts without a table get theirs in the first."""
        from samenraad.methods.groups.drawing import draw_round

        drawn: list[Round] = []
        for _round in range(rounds):
            drawn.append(draw_round(self.people, self.tables, self.wishes, self.accessible, self.chance))
            self.wishes = settled_hosts(self.wishes, drawn[0])
        return drawn

    def best(self, drawn: list[Round], random: Quality, tries: int) -> tuple[tuple[Round, ...], Quality]:
        """The best seating found that is in no figure worse than the random draw."""
        best, figures, least = tuple(drawn), random, None
        for rounds, cost in self._candidates(drawn, tries):
            if least is not None and cost >= least:
                continue
            if any(broken(self.wishes, round, self.people, self.accessible) for round in rounds):
                continue
            found = quality(rounds, self.people, self.mix, self.wishes)
            if found.no_worse_than(random):
                best, figures, least = rounds, found, cost
            if figures.best_possible:
                break
        return best, figures

    def _candidates(self, drawn: list[Round], tries: int) -> Iterator[tuple[tuple[Round, ...], int]]:
        from samenraad.methods.groups.drawing import task_of
        from samenraad.methods.groups.search import search

        ids = list(self.people)
        sizes = {len(table) for round in drawn for table in round}
        task = task_of(self.people, self.tables, self.mix, self.wishes, self.accessible, sizes)
        place = {one: number for number, one in enumerate(ids)}
        start = [[0] * len(ids) for _round in drawn]
        for at, round in zip(start, drawn, strict=True):
            for table, members in enumerate(round):
                for one in members:
                    at[place[one]] = table
        for found, cost in search(task, start, self.chance, tries):
            yield tuple(as_round(ids, at, self.tables) for at in found), cost


def as_round(ids: Sequence[str], at: Sequence[int], tables: int) -> Round:
    """From a table per person to people per table."""
    members: list[list[str]] = [[] for _table in range(tables)]
    for one, table in zip(ids, at, strict=True):
        members[table].append(one)
    return tuple(tuple(sorted(table)) for table in members)


def settled_hosts(wishes: Sequence[Wish], round: Round) -> tuple[Wish, ...]:
    """The same wishes, in which every host has the table where she sits in this round."""
    at = {one: number for number, table in enumerate(round, start=1) for one in table}
    return tuple(
        Wish(HOST, wish.people, at[wish.people[0]]) if wish.kind == HOST and wish.people[0] in at else wish
        for wish in wishes
    )
