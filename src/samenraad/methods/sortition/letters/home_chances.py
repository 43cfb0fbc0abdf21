"""The chance of a letter for who lives alone and for who lives with others, when each address gets at most one.

An address with m people who can be invited gets a letter with chance q(m), and each of the m people has q(m) / m.

`people`   addresses take part with the smallest of m tickets: q(m) = 1 - (1 - u)^m
`homes`    each address takes part with one ticket of its own: q(m) = u

u is the part of all tickets that is invited. It follows from the letters: with n_m people at addresses of m, the
letters are Σ n_m q(m) / m. In a stratum of hundreds the outcome is as good as exact; in a very small one u itself
depends on the lot, and this is the chance on average.
"""

from __future__ import annotations

from collections.abc import Mapping

PEOPLE, HOMES = "people", "homes"


def chances_by_home(people: Mapping[int, int], letters: int, equal: str = PEOPLE) -> dict[int, float]:
    """How many can be invited at the address (m) -> the chance of each of them. `people` is m -> number of people.

    Of 100 people alone and 100 in homes of two, 30 are invited. By homes: 150 addresses, one in five.

    >>> chances_by_home({1: 100, 2: 100}, 30, HOMES)
    {1: 0.2, 2: 0.1}
    >>> {m: round(chance, 4) for m, chance in chances_by_home({1: 100, 2: 100}, 30).items()}
    {1: 0.1561, 2: 0.1439}
    """
    u = _part(people, letters, equal)
    return {m: _each(u, m, equal) for m in sorted(people) if people[m]}


def _each(u: float, m: int, equal: str) -> float:
    return u / m if equal == HOMES else (1 - (1 - u) ** m) / m


def _part(people: Mapping[int, int], letters: int, equal: str) -> float:
    """u, by halving: more of the tickets means more letters."""
    addresses = sum(number / m for m, number in people.items())
    if letters >= addresses:
        return 1.0
    if equal == HOMES:
        return letters / addresses
    low, high = 0.0, 1.0
    for _halving in range(60):
        middle = (low + high) / 2
        reached = sum(number * _each(middle, m, equal) for m, number in people.items())
        low, high = (middle, high) if reached < letters else (low, middle)
    return (low + high) / 2
