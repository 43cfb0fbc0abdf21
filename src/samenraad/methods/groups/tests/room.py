"""People for the tests, and everything that could be done with a few of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from random import Random

from samenraad.methods.groups.wishes import Round, broken


def people(number, *sizes, seed=1):
    """`p000`, `p001`, ... with fields `f0`, `f1`, ... of so many values, some more common than others."""
    chance = Random(seed)
    weights = [[chance.random() + 0.2 for _value in range(size)] for size in sizes]
    return {
        f"p{nr:03}": {
            f"f{field}": f"v{chance.choices(range(size), weight)[0]}"
            for field, (size, weight) in enumerate(zip(sizes, weights, strict=True))
        }
        for nr in range(number)
    }


def fields(room):
    return sorted(next(iter(room.values())))


def every_round(ids, tables) -> Iterator[Round]:
    """Each way to seat these people at tables that differ by at most one seat."""
    ids, (low, more) = sorted(ids), divmod(len(ids), tables)
    for large in combinations(range(tables), more):
        yield from _seatings(ids, [low + (table in large) for table in range(tables)])


def _seatings(ids, sizes) -> Iterator[Round]:
    if not sizes:
        yield ()
        return
    for table in combinations(ids, sizes[0]):
        left = [one for one in ids if one not in table]
        for others in _seatings(left, sizes[1:]):
            yield (table, *others)


def keeping(room, tables, wishes, accessible=()):
    """Each round that keeps the wishes."""
    return [one for one in every_round(room, tables) if not broken(wishes, one, room, accessible)]


def most_different_pairs(ids, tables, rounds):
    """By trying everything; the first round may as well be fixed, and the order of tables is nothing."""
    met = {frozenset(pairs(one)): one for one in every_round(ids, tables)}
    first = next(iter(met))
    return max(len(first.union(*others)) for others in product(met, repeat=rounds - 1))


def pairs(round):
    return {pair for table in round for pair in combinations(sorted(table), 2)}
