"""The drawn order: one lot that decides every tie of a vote, known before a ballot is opened.

The seed is made in public (dice at the counting session, the round of a beacon) and written down before the count. The
order is that of SHA-256 over four lines: samenraad, tie, the seed, the option. In a shell:

    printf 'samenraad\\ntie\\nThree hats and a goose\\nPlan B' | sha256sum

The smallest hash stands first. First in the order wins a tie; last in the order is eliminated in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from samenraad.methods.language import _
from samenraad.methods.seeds import in_lot_order
from samenraad.methods.tally.result import Step

#: what the lot is for, as in `sortition.seeds`
PURPOSE = "tie"

Key = tuple[str, Mapping[str, Any]]


def drawn_order(options: Iterable[str], seed: str) -> tuple[str, ...]:
    """The options in the order of the lot. The order in which they are given changes nothing.

    >>> drawn_order(["Plan A", "Plan B", "Plan C"], "Three hats and a goose")
    ('Plan A', 'Plan B', 'Plan C')

    Refuses `sortition.no_seed` an empty seed.
    """
    return tuple(in_lot_order(options, seed, PURPOSE))


def in_order(options: Iterable[str], drawn: Sequence[str]) -> tuple[str, ...]:
    """These options as they stand in the drawn order."""
    chosen = set(options)
    return tuple(option for option in drawn if option in chosen)


def choose(best: Iterable[str], drawn: Sequence[str], keys: Iterable[Key] = ()) -> tuple[str | None, tuple[Step, ...]]:
    """One of the best: by the keys (a name, and a value per option; the highest goes on) and then the drawn order.

    >>> choose(["a", "b"], ["b", "a"], [("marks", {"a": 1, "b": 1})])[0]
    'b'
    """
    left, steps = in_order(best, drawn), []
    for name, values in keys:
        if len(left) < 2:
            break
        high = max(values[option] for option in left)
        kept = tuple(option for option in left if values[option] == high)
        if len(kept) < len(left):
            told = {"tied": left, "key": name, "kept": kept}
            steps.append(Step(_("{tied} are level. What decides next is {key}: {kept}."), told))
        left = kept
    if len(left) > 1:
        told = {"tied": left, "winner": left[0]}
        steps.append(Step(_("{tied} are level. The drawn order decides: {winner} comes first in it."), told))
    return (left[0] if left else None), tuple(steps)
