"""Invented residents, for rehearsals, tests and the demo town: how many of each group is exact, who they are is chance.

The same seed invents the same people. Nobody here exists: names and addresses are put together by lot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from heapq import nlargest
from itertools import accumulate
from math import log, sqrt
from random import Random
from typing import TypeVar

from samenraad.instruments.lot.rules.names import MEN, NAMES, STREETS, WOMEN
from samenraad.methods.seeds import ticket
from samenraad.methods.sortition.letters.apportion import largest_remainder
from samenraad.methods.sortition.letters.response import combined

T = TypeVar("T")

#: dimension -> {value: people}
Groups = Mapping[str, Mapping[str, int]]
#: dimension -> {value: part that says yes}
Rates = Mapping[str, Mapping[str, float]]

#: these are the same for everybody at one address, by the name of the dimension
OF_THE_HOME = ("district", "neighbourhood", "part", "place", "area", "wijk", "buurt", "kern", "deelgemeente", "gebied")
#: how many adults live at one address -> of a hundred addresses
HOME_SIZES = {1: 40, 2: 45, 3: 10, 4: 4, 5: 1}
OLDEST = 99
DAYS = 365.25

#: how much more or less often a group answers than all together; a group that is not named answers as all do
EAGER = {
    "practical": 0.6, "praktisch": 0.6, "praktisch geschoold": 0.6, "low": 0.5, "laag": 0.5, "lower": 0.5,
    "theoretical": 1.5, "theoretisch": 1.5, "theoretisch geschoold": 1.5, "high": 1.6, "hoog": 1.6, "higher": 1.6,
}  # fmt: skip
#: from this age on -> how much more or less often people answer
EAGER_AGES = {0: 0.6, 30: 0.85, 45: 1.1, 60: 1.4, 80: 0.8}
#: from this age on -> of a hundred answers: by web, by phone, on paper
CHANNELS = {0: (94, 2, 4), 50: (78, 6, 16), 65: (55, 15, 30), 80: (25, 30, 45)}
#: of a hundred who say no and give a reason
REASONS = {
    "time": 30, "dates": 12, "not_me": 15, "trust": 9, "topic": 8, "care": 10, "health": 10, "language": 3, "other": 3
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who does not exist. `household` is equal for who shares an address."""

    id: str
    first_name: str
    last_name: str
    street: str
    house_number: str
    postcode: str
    town: str
    gender: str
    born: date
    household: str
    features: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def address(self) -> str:
        return f"{self.street} {self.house_number}"

    def age(self, on: date) -> int:
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class Reply:
    """What one invented resident does with the letter: "yes", "no", or nothing at all. Channels and reasons are
    called as in the tables."""

    id: str
    reply: str = ""
    channel: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Home:
    value: str
    size: int
    number: int


def people(
    number: int, groups: Groups, seed: str, with_households: bool = True, *, town: str = "Lindenveld",
    on: date = date(2027, 1, 1),
) -> Iterator[Resident]:  # fmt: skip
    """So many residents in exactly the shares of these groups (largest remainder), in the order of the lot.

    A dimension whose values are ages ("16-29", "65+") gives the day of birth, seen on the day `on`; values such as
    "woman" and "man" give the first name; neighbourhoods are the same for all at one address. For the rest
    dimensions do not hang together: who is young is as likely to live in the north as who is old.
    """
    home = next((name for name in groups if name in OF_THE_HOME), "")
    columns = {name: _shuffled(_column(number, values), seed, name) for name, values in groups.items() if name != home}
    by_age = next((name for name, values in groups.items() if is_age(values)), "")
    by_gender = next((name for name, values in groups.items() if is_gender(values)), "")
    chance = _chance(seed, "who")
    places = list(groups.get(home, {"": 1}))
    row = 0
    for one in _shuffled(_homes(_column(number, groups.get(home, {"": 1})), seed, with_households), seed, "homes"):
        women, men, family = _family(chance)
        street, house, postcode = _address(one, places)
        for _ in range(one.size):
            features = {name: column[row] for name, column in columns.items()}
            if home:
                features[home] = one.value
            gender = features.get(by_gender) or ("woman" if chance.random() < 0.5 else "man")
            low, high = age_range(features[by_age]) if by_age else (16, OLDEST)
            row += 1
            yield Resident(
                f"{row:06d}", chance.choice(_first_names(gender, women, men, chance)), family, street, house, postcode,
                town, gender, _born(low, high, on, chance), f"{places.index(one.value)}-{one.number}", features,
            )  # fmt: skip


def replies(
    rows: Iterable[Resident], rates: Rates, seed: str, *, overall: float = 0.1, yes: int | None = None,
    no: float = 0.08, on: date = date(2027, 1, 1),
) -> Iterator[Reply]:  # fmt: skip
    """What everybody does, in the order of the rows. `overall` is the part that says yes; the rate of a group counts
    beside it as in the letter plan (see `combined`). Of the others a part `no` says no, half of them with a reason.

    With `yes` exactly so many say yes: the weighted lot of P.S. Efraimidis and P.G. Spirakis, "Weighted random
    sampling with a reservoir", Information Processing Letters 97 (2006), with odds as weights.
    """
    known = list(rows)
    flat = {(name, value): rate for name, values in rates.items() for value, rate in values.items()}

    @cache
    def rate(features: tuple[tuple[str, str], ...]) -> float:
        return combined(overall, flat, features)

    chance = _chance(seed, "replies")
    wanted = [rate(tuple(one.features.items())) for one in known]
    tried = [chance.random() for _ in known]
    if yes is None:
        come = {place for place, (lot, part) in enumerate(zip(tried, wanted, strict=True)) if lot < part}
    else:
        keys = [log(1 - lot) * (1 - part) / part for lot, part in zip(tried, wanted, strict=True)]
        come = set(nlargest(yes, range(len(known)), key=keys.__getitem__))
    for place, one in enumerate(known):
        if place in come:
            yield Reply(one.id, "yes", _channel(one.age(on), chance))
        elif chance.random() < no:
            reason = chance.choices(list(REASONS), list(REASONS.values()))[0] if chance.random() < 0.5 else ""
            yield Reply(one.id, "no", _channel(one.age(on), chance), reason)
        else:
            yield Reply(one.id)


def usual_rates(groups: Groups, overall: float = 0.1) -> dict[str, dict[str, float]]:
    """What letters usually bring: who is older or had more schooling answers more often. All together the part that
    says yes stays `overall`.

    >>> usual_rates({"education": {"practical": 6, "theoretical": 4}, "gender": {"woman": 5, "man": 5}})
    {'education': {'practical': 0.0625, 'theoretical': 0.15625}}
    """
    found = {
        name: {value: _eager(value, is_age(values)) for value in values} for name, values in groups.items() if values
    }
    return {
        name: {
            value: round(min(0.9, overall * times / _mean(groups[name], eager)), 6) for value, times in eager.items()
        }
        for name, eager in found.items()
        if len(set(eager.values())) > 1
    }


def _mean(people: Mapping[str, int], eager: Mapping[str, float]) -> float:
    total = sum(people.values())
    return sum(people[value] * times for value, times in eager.items()) / total if total else 1.0


def _eager(value: str, age: bool) -> float:
    if not age:
        return EAGER.get(value.casefold(), 1.0)
    low, high = age_range(value)
    return _from_age(EAGER_AGES, (low + min(high, 80)) // 2)


def _from_age(table: Mapping[int, T], age: int) -> T:
    return table[max(lowest for lowest in table if lowest <= age)]


_BETWEEN = re.compile(r"^(\d{1,3})\s*(?:-|–|tot en met|t/m|to)\s*(\d{1,3})\b")
_FROM = re.compile(r"^(\d{1,3})\s*(?:\+|en ouder|and over|of ouder)")
_BELOW = re.compile(r"^(?:<|onder|under|jonger dan)\s*(\d{1,3})\b")


@cache
def age_range(value: str, youngest: int = 16) -> tuple[int, int]:
    """The first and the last age of a group. Not an age: (-1, -1).

    >>> age_range("16-29"), age_range("65+"), age_range("<30"), age_range("north")
    ((16, 29), (65, 99), (16, 29), (-1, -1))
    """
    text = value.strip().casefold()
    if found := _BETWEEN.match(text):
        return int(found[1]), int(found[2])
    if found := _FROM.match(text):
        return int(found[1]), max(OLDEST, int(found[1]))
    if found := _BELOW.match(text):
        return min(youngest, int(found[1]) - 1), int(found[1]) - 1
    return -1, -1


def is_age(values: Iterable[str]) -> bool:
    """Whether all these groups are ages.

    >>> is_age(["16-29", "30-64", "65+"]), is_age(["north", "south"]), is_age([])
    (True, False, False)
    """
    found = [age_range(value) for value in values]
    return bool(found) and all(low >= 0 for low, _high in found)


def is_gender(values: Iterable[str]) -> bool:
    """Whether women and men are among these groups.

    >>> is_gender(["vrouw", "man", "anders"]), is_gender(["north", "south"])
    (True, False)
    """
    found = {value.casefold() for value in values}
    return bool(found & WOMEN and found & MEN)


def _column(number: int, values: Mapping[str, int]) -> list[str]:
    """So many values in these shares, one group after the other."""
    parts = largest_remainder(number, [Fraction(count) for count in values.values()], [number] * len(values))
    return [value for value, part in zip(values, parts, strict=True) for _ in range(part)]


def _chance(seed: str, what: str) -> Random:
    """Nothing here decides about anybody who exists, so the quick generator will do."""
    return Random(ticket(seed, "invented", what))  # noqa: S311


def _shuffled(items: list[T], seed: str, what: str) -> list[T]:
    _chance(seed, what).shuffle(items)
    return items


def _homes(column: list[str], seed: str, shared: bool) -> list[_Home]:
    """The addresses, one neighbourhood after the other, each with how many live there."""
    chance = _chance(seed, "sizes")
    sizes, weights = list(HOME_SIZES), list(accumulate(HOME_SIZES.values()))
    homes, at, numbers = [], 0, dict.fromkeys(column, 0)
    while at < len(column):
        value = column[at]
        size = chance.choices(sizes, cum_weights=weights)[0] if shared else 1
        while column[min(at + size, len(column)) - 1] != value or at + size > len(column):
            size -= 1
        homes.append(_Home(value, size, numbers[value]))
        numbers[value] += 1
        at += size
    return homes


_WEIGHTS = list(accumulate(share for share, *_ in NAMES))


def _family(chance: Random) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    _share, women, men, families = chance.choices(NAMES, cum_weights=_WEIGHTS)[0]
    return women, men, chance.choice(families)


def _first_names(
    gender: str, women: tuple[str, ...], men: tuple[str, ...], chance: Random
) -> tuple[str, ...]:  # fmt: skip
    known = gender.casefold()
    return men if known in MEN or (known not in WOMEN and chance.random() < 0.5) else women


def _address(home: _Home, places: list[str]) -> tuple[str, str, str]:
    """Every street lies in one neighbourhood, and no two homes have the same number in it."""
    place = places.index(home.value)
    own = STREETS[place :: len(places)] or (f"{STREETS[place % len(STREETS)]} {place}",)
    street = home.number % len(own)
    letters = chr(65 + street // 26) + chr(65 + street % 26)
    return own[street], str(home.number // len(own) + 1), f"{1231 + place} {letters}"


def _born(low: int, high: int, on: date, chance: Random) -> date:
    """As old as the group says on that day; of the oldest there are fewer with every year."""
    part = chance.random()
    years = low + (high + 1 - low) * (1 - sqrt(1 - part) if high == OLDEST else part)
    return on - timedelta(days=round(min(max(years, low + 0.01), high + 0.99) * DAYS))


def _channel(age: int, chance: Random) -> str:
    return chance.choices(("web", "phone", "paper"), _from_age(CHANNELS, age))[0]
