"""What must hold in every round: who sits together, who apart, who stays, who needs which table, who is never alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samenraad.methods.language import _, say
from samenraad.refusals import Refusal

TOGETHER, APART, HOST, ACCESSIBLE, COMPANY = "together", "apart", "host", "accessible", "company"
KINDS = (TOGETHER, APART, HOST, ACCESSIBLE, COMPANY)

#: id -> field -> value
People = Mapping[str, Mapping[str, str]]
#: one round: per table the ids, sorted
Round = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Wish:
    """Something that every round keeps. Made by the functions below.

    `people` are the ids it is about; `table` is that of a host, from 1 (0: any, but always the same one); `field` and
    `value` say of whom nobody may be the only one at a table.
    """

    kind: str
    people: tuple[str, ...] = ()
    table: int = 0
    field: str = ""
    value: str = ""

    def sentence(self, language: str = "en") -> str:
        kind = "host_at" if self.kind == HOST and self.table else self.kind
        facts = {"people": ", ".join(self.people), "table": self.table, "field": self.field, "value": self.value}
        return say(_SENTENCES[kind], language, **facts)


_SENTENCES = {
    TOGETHER: _("together: {people}"),
    APART: _("not at one table: {people}"),
    HOST: _("host of a table of their own: {people}"),
    "host_at": _("host of table {table}: {people}"),
    ACCESSIBLE: _("at an accessible table: {people}"),
    COMPANY: _("nobody alone at a table with {field} {value}"),
}


def together(*people: str) -> Wish:
    """These people share a table in every round: an interpreter and her client, a parent and a child.

    >>> together("b", "a").sentence()
    'together: a, b'

    Refuses `groups.wish_few` fewer than two different people.
    """
    return Wish(TOGETHER, _several(people, TOGETHER))


def apart(*people: str) -> Wish:
    """No two of these people ever share a table. Refuses `groups.wish_few` fewer than two different people."""
    return Wish(APART, _several(people, APART))


def host(person: str, table: int = 0) -> Wish:
    """This person has a table of her own and stays there: table `table`, or one that is chosen. Two hosts never share
    one."""
    return Wish(HOST, (person,), table)


def needs_access(person: str) -> Wish:
    """This person sits at one of the tables that are accessible."""
    return Wish(ACCESSIBLE, (person,))


def never_alone(field: str, value: str) -> Wish:
    """At every table two or more of these people, or none."""
    return Wish(COMPANY, field=field, value=value)


def _several(people: Sequence[str], kind: str) -> tuple[str, ...]:
    named = tuple(sorted(set(people)))
    if len(named) < 2:
        raise Refusal("groups.wish_few", kind=kind, people=list(named))
    return named


def broken(wishes: Iterable[Wish], round: Round, people: People, accessible: Sequence[int]) -> list[Wish]:
    """The wishes that this round does not keep; plain counting, apart from everything that seats people.

    >>> broken([together("a", "b"), apart("a", "c")], (("a", "c"), ("b", "d")), {}, ())[0].kind
    'together'
    """
    at = {one: number for number, table in enumerate(round, start=1) for one in table}
    hosts = {wish.people[0] for wish in wishes if wish.kind == HOST}
    return [wish for wish in wishes if not _kept(wish, round, at, hosts, people, accessible)]


def _kept(
    wish: Wish, round: Round, at: Mapping[str, int], hosts: set[str], people: People, accessible: Sequence[int]
) -> bool:
    tables = [at[one] for one in wish.people]
    if wish.kind == TOGETHER:
        return len(set(tables)) == 1
    if wish.kind == APART:
        return len(set(tables)) == len(tables)
    if wish.kind == HOST:
        return wish.table in (0, tables[0]) and len(hosts & set(round[tables[0] - 1])) == 1
    if wish.kind == ACCESSIBLE:
        return tables[0] in accessible
    return 1 not in Counter(at[one] for one in at if people[one].get(wish.field) == wish.value).values()


def check(wishes: Iterable[Wish], people: People, tables: int, accessible: Sequence[int]) -> None:
    """Refuses what nobody can read: `groups.unknown_people`, `groups.unknown_table` and `groups.unknown_value`."""
    wishes = list(wishes)
    strangers = sorted({one for wish in wishes for one in wish.people} - set(people))
    if strangers:
        raise Refusal("groups.unknown_people", ids=strangers)
    numbers = {wish.table for wish in wishes if wish.kind == HOST} | set(accessible)
    outside = sorted(
        number for number in numbers if not 0 <= number <= tables or (number == 0 and number in accessible)
    )
    if outside:
        raise Refusal("groups.unknown_table", numbers=outside, tables=tables)
    for wish in wishes:
        if wish.kind == COMPANY and all(one.get(wish.field) != wish.value for one in people.values()):
            values = sorted({one.get(wish.field, "") for one in people.values()} - {""})
            raise Refusal("groups.unknown_value", field=wish.field, value=wish.value, values=values)
    if not accessible and any(wish.kind == ACCESSIBLE for wish in wishes):
        raise Refusal("groups.no_accessible_table")
