"""Ranked pairs: lock the clearest majorities first, and skip those that would close a circle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ranked
from samenraad.methods.tally.drawn import drawn_order, in_order
from samenraad.methods.tally.result import Result, Step
from samenraad.methods.tally.rules.pairs import (
    BEATS,
    LOSES,
    TIES,
    WINNING,
    Matrix,
    defeats,
    matrix,
    record,
    strength_word,
    told_pairs,
)

#: so many steps are taken along ways to break ties; with more of them the set of winners may miss somebody
MOST_WAYS = 20_000

Pair = tuple[int, int]
#: per option a number whose bit j says that option j stands below it
Below = tuple[int, ...]


def ranked_pairs(ballots: Ranked, seed: str, *, strength: str = WINNING) -> Result:
    """Pairs are taken from strong to weak: by `strength` (among equal winning votes the fewest against), then by the
    drawn order (of the winner of the pair, then of its loser). A pair that contradicts those before it is skipped.

    `winners` are all who can win in some order of equally strong pairs; `winner` is the one in the drawn order.

    >>> ranked_pairs(Ranked.of("abc", [("abc", 4), ("bca", 3), ("cab", 2)]), "goose").details["skipped"]
    (('c', 'a'),)

    Source: T.N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4 (1987)
    185-206; T.M. Zavist and T.N. Tideman, the same, 6 (1989) 167-173, for deciding ties by a lot known before.
    """
    pairs, drawn = matrix(ballots), drawn_order(ballots.options, seed)
    names, place = ballots.options, {ballots.options.index(option): n for n, option in enumerate(drawn)}
    groups = equally_strong(pairs, strength)
    ordered = [pair for group in groups for pair in sorted(group, key=lambda p: (place[p[0]], place[p[1]]))]
    below, skipped, told = _lock(ordered, names, pairs)
    tops = in_order((names[i] for i in sources(below)), drawn)
    possible, complete = possible_winners(groups, len(names))
    ends = [Step(_("{winner} wins: no pair that was kept stands above it."), {"winner": tops[0]})]
    if len(tops) > 1:
        ends.insert(0, Step(_("{tied} are level. The drawn order decides."), {"tied": tops}))
    first = Step(_("A pair is as strong as {strength}."), {"strength": strength_word(strength)})
    final = tuple(tuple(int(row >> j & 1) for j in range(len(names))) for row in below)
    return Result(
        rule="ranked pairs",
        options=names,
        ballots=ballots.total,
        columns=(BEATS, TIES, LOSES),
        table=tuple(record(final, i) for i in range(len(names))),
        winners=in_order({names[i] for i in possible} | {tops[0]}, drawn),
        winner=tops[0],
        drawn=drawn,
        trace=(*told_pairs(names, pairs, drawn), first, *told, *ends),
        settings={"strength": strength},
        details={"pairs": pairs, "skipped": skipped},
        complete=complete,
    )


def equally_strong(pairs: Matrix, strength: str = WINNING) -> tuple[tuple[Pair, ...], ...]:
    """The pairs that somebody wins, strongest first; those that are exactly as strong together.

    >>> equally_strong(((0, 3, 2), (1, 0, 3), (2, 1, 0)))
    (((0, 1), (1, 2)),)
    """
    links = defeats(pairs, strength)
    each = range(len(pairs))

    def weakness(pair: Pair) -> tuple[int, int]:
        i, j = pair
        return -links[i][j], pairs[j][i] if strength == WINNING else 0

    won = sorted(((i, j) for i in each for j in each if links[i][j]), key=weakness)
    return tuple(tuple(group) for _same, group in groupby(won, key=weakness))


def locked(below: Below, pair: Pair) -> Below:
    """With this pair too: everything above and at its winner now stands above everything at and below its loser."""
    i, j = pair
    under = below[j] | 1 << j
    return tuple(row | under if k == i or row >> i & 1 else row for k, row in enumerate(below))


def clashes(below: Below, pair: Pair) -> bool:
    """Whether its loser stands above its winner already."""
    return bool(below[pair[1]] >> pair[0] & 1)


def sources(below: Below) -> list[int]:
    """Options that nothing stands above."""
    return [i for i in range(len(below)) if not any(row >> i & 1 for row in below)]


def possible_winners(groups: Sequence[Sequence[Pair]], options: int) -> tuple[set[int], bool]:
    """Who can win in some order of the equally strong pairs, and whether all orders could be followed."""
    states: set[Below] = {(0,) * options}
    steps = MOST_WAYS
    for group in groups:
        following: set[Below] = set()
        for state in sorted(states) if steps > 0 else sorted(states)[:1]:
            found, used = _ways(state, group, steps)
            following |= found
            steps -= used
        states = following
    return {i for state in states for i in sources(state)}, steps > 0


def _ways(state: Below, group: Sequence[Pair], steps: int) -> tuple[set[Below], int]:
    """What can stand locked after this group, in any order of it, and how many steps that took; when there are no
    `steps` left, in one order. Pairs on no circle are always locked."""
    together = state
    for pair in group:
        together = locked(together, pair)
    free = [pair for pair in group if not clashes(together, pair)]
    for pair in free:
        state = locked(state, pair)
    start = state, frozenset(group) - frozenset(free)
    found, seen, waiting = set[Below](), {start}, [start]
    while waiting:
        below, left = waiting.pop()
        open_pairs = frozenset(p for p in left if not clashes(below, p) and not below[p[0]] >> p[1] & 1)
        if not open_pairs:
            found.add(below)
        for pair in sorted(open_pairs) if len(seen) < steps else sorted(open_pairs)[: not found]:
            step = locked(below, pair), open_pairs - {pair}
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return found, len(seen) if start[1] else 0


def _lock(
    ordered: Sequence[Pair], names: tuple[str, ...], pairs: Matrix
) -> tuple[Below, tuple[tuple[str, str], ...], list[Step]]:
    below: Below = (0,) * len(names)
    skipped, told = [], []
    for i, j in ordered:
        facts = {"a": names[i], "b": names[j], "for": pairs[i][j], "against": pairs[j][i]}
        if clashes(below, (i, j)):
            skipped.append((names[i], names[j]))
            text = _("Skipped: {a} over {b} ({for} to {against}). It contradicts what was kept before.")
        else:
            below = locked(below, (i, j))
            text = _("Kept: {a} over {b} ({for} to {against}).")
        told.append(Step(text, facts))
    return below, tuple(skipped), told
