"""Invented ballots for tests, measurements and the demo: the same seed gives the same ballots.

Voters and proposals have a place in a plane of opinions. A voter likes what is near, with noise; that is cut into the
words of the scale. 15 per cent have no opinion. Priorities are drawn without putting back, more likely what one likes
(Plackett and Luce). Two proposals divide people in two halves, two please nearly everybody; three neighbourhoods differ
a little.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from samenraad.instruments.preferendum.rules.ballots import NO_OPINION

NO_OPINION_SHARE = 0.15
NOISE = 0.7
AREAS = ("Noord", "Midden", "Zuid")
#: how much more a neighbourhood likes everything
OFFSETS = (-0.25, 0.0, 0.25)


@dataclass(frozen=True)
class Invented:
    """One ballot, and where its voter lives."""

    choices: dict[str, Any]
    area: str


def preferendum(n: int, m: int, s: int, k: int, seed: str) -> Iterator[Invented]:
    """`n` ballots on `m` proposals ("1", "2", ...) with `s` words and at most `k` priorities. Proposals 1 and 2 are the
    ones that divide, 3 and 4 those that please.

    >>> one = next(preferendum(1, 6, 4, 2, "goose"))
    >>> sorted(one.choices), len(one.choices["priorities"])
    (['grades', 'priorities'], 2)
    """
    chance = Random(seed)  # noqa: S311  not for secrets
    places = [(chance.gauss(0, 1), chance.gauss(0, 1)) for _proposal in range(m)]
    for _voter in range(n):
        where = chance.randrange(len(AREAS))
        liked = _liked(chance, places, OFFSETS[where])
        grades = {
            str(number): NO_OPINION if chance.random() < NO_OPINION_SHARE else _grade(one, s)
            for number, one in enumerate(liked, 1)
        }
        yield Invented({"grades": grades, "priorities": _priorities(chance, liked, k)}, AREAS[where])


def _liked(chance: Random, places: Sequence[tuple[float, float]], offset: float) -> list[float]:
    """How much a voter likes each proposal: about 0, and 1 is much."""
    x, y, side = chance.gauss(0, 1), chance.gauss(0, 1), chance.choice((-1, 1))
    liked = [1 - math.hypot(x - a, y - b) / 1.7 + offset + chance.gauss(0, NOISE) for a, b in places]
    planted = [side * 1.6, -side * 1.6, 1.1, 0.9]
    return [base + chance.gauss(0, 0.3) for base in planted[: len(places)]] + liked[len(planted) :]


def _grade(liked: float, words: int) -> int:
    """Cut into words: the middle of the scale at 0, the ends beyond 1 and -1."""
    return max(0, min(words - 1, math.floor((liked + 1.25) / 2.5 * words)))


def _priorities(chance: Random, liked: Sequence[float], k: int) -> list[str]:
    """Drawn without putting back, with chances that grow with how much one likes them."""
    keys = [(one - math.log(-math.log(chance.random() or 0.5)), number) for number, one in enumerate(liked, 1)]
    return sorted((str(number) for _key, number in sorted(keys)[-k:]), key=int) if k else []


def slips(ballots: Iterator[Invented], shape: Any) -> tuple[Counter[tuple[str, str, str]], int]:
    """Torn and counted: (about, value, area) -> how many, and how many ballots there were."""
    counted: Counter[tuple[str, str, str]] = Counter()
    number = 0
    for number, one in enumerate(ballots, 1):  # noqa: B007
        counted.update((about, value, one.area) for about, value in shape.answers(shape.clean(one.choices)))
    return counted, number
