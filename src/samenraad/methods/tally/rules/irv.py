"""Instant runoff: the lowest goes, the ballots move on."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ranked
from samenraad.methods.tally.drawn import drawn_order, in_order
from samenraad.methods.tally.result import Result, Step
from samenraad.methods.tally.rules.rounds import (
    EXHAUSTED,
    INVALID,
    SPLIT,
    Round,
    Votes,
    has_equals,
    lowest,
    tops,
    usable,
    who_goes,
)

EQUAL = (INVALID, SPLIT, EXHAUSTED)
#: so many ways to break ties are followed; with more of them the set of winners may miss somebody
MOST_WAYS = 2_000
#: and fewer when the vote is large: so many places on ballots are looked at for it
MOST_WORK = 100_000_000

FIRST, LAST, ROUND = _("first round"), _("last round in it"), _("goes out after round")


def irv(ballots: Ranked, seed: str, *, equal: str = EXHAUSTED) -> Result:
    """Each ballot counts for the option it ranks highest among those still in it. Who has more than half of these
    votes wins; otherwise the lowest is eliminated and its ballots move on. Several lowest: the fewest in the round
    before, and so backwards; then the last in the drawn order.

    `equal`   when several of those still in it share the top of a ballot: "exhausted" (it no longer counts), "split"
              (each gets an equal part), or "invalid" (a ballot with any equals never counts)

    `winners` are all who can win under some drawn order.

    >>> result = irv(Ranked.of("abc", [("abc", 4), ("bca", 3), ("cba", 2)]), "goose")
    >>> result.winner, [one["eliminated"] for one in result.details["rounds"]]
    ('b', [('c',), ()])

    Source: T. Hare (1859), W.R. Ware (1871). Refuses `tally.equal_ranked` another word.
    """
    counted, drawn = usable(ballots, equal, EQUAL), drawn_order(ballots.options, seed)
    rounds, told = _run(counted, drawn, equal)
    winner = _winner_of(rounds[-1])
    possible, complete = _possible(counted, equal)
    out = {option: place for place, one in enumerate(rounds, start=1) for option in one.eliminated}
    table = tuple(
        (rounds[0].votes[o], next(r.votes[o] for r in reversed(rounds) if o in r.votes), out.get(o))
        for o in ballots.options
    )
    return Result(
        rule="irv",
        options=ballots.options,
        ballots=ballots.total,
        columns=(FIRST, LAST, ROUND),
        table=table,
        winners=in_order({*possible, *([winner] if winner else [])}, drawn),
        winner=winner,
        drawn=drawn,
        trace=(*told, Step(_("{winner} wins."), {"winner": winner})),
        settings={"equal": equal},
        details={"rounds": tuple(one.facts() for one in rounds), "not counted": ballots.total - counted.total},
        complete=complete,
    )


def votes_of(ballots: Ranked, left: Sequence[str], equal: str) -> tuple[Votes, Fraction]:
    """How many votes each option still in it has, and how many ballots count for none of them."""
    _best, first = tops(ballots, left)
    sharing = first.sum(axis=0)
    votes: Votes = {}
    for option in left:
        row = first[ballots.index(option)]
        most = int(sharing[row].max(initial=1)) if equal == SPLIT else 1
        parts = (Fraction(int(ballots.counts.sum(where=row & (sharing == n))), n) for n in range(1, most + 1))
        votes[option] = sum(parts, Fraction(0))
    return votes, ballots.total - sum(votes.values(), Fraction(0))


def _run(ballots: Ranked, drawn: Sequence[str], equal: str) -> tuple[list[Round], list[Step]]:
    left, rounds, told = list(ballots.options), list[Round](), list[Step]()
    votes, exhausted = votes_of(ballots, left, equal)
    while True:
        told += _told(len(rounds) + 1, votes, exhausted, drawn)
        if len(left) == 1 or 2 * max(votes.values()) > sum(votes.values()):
            rounds.append(Round(votes, exhausted))
            return rounds, told
        gone, ties = who_goes(left, [*(one.votes for one in rounds), votes], drawn)
        left.remove(gone)
        after, spent = votes_of(ballots, left, equal)
        moved = {option: after[option] - votes[option] for option in left}
        told += [*ties, Step(_("{gone} goes out."), {"gone": gone})]
        rounds.append(Round(votes, exhausted, (gone,), moved=moved))
        votes, exhausted = after, spent


def _winner_of(last: Round) -> str | None:
    return max(last.votes, key=lambda option: last.votes[option])


def _told(place: int, votes: Votes, exhausted: Fraction, drawn: Sequence[str]) -> list[Step]:
    order = sorted(votes, key=lambda option: (-votes[option], drawn.index(option)))
    step = Step(_("Round {n}:"), {"n": place})
    each = [Step(_("Votes for {option}: {votes}."), {"option": option, "votes": votes[option]}) for option in order]
    return [step, *each, Step(_("Ballots that no longer count: {exhausted}."), {"exhausted": exhausted})]


def _possible(ballots: Ranked, equal: str) -> tuple[set[str], bool]:
    """Who wins when ties that earlier rounds leave open are broken in every way."""
    known: dict[frozenset[str], Votes] = {}
    plain = not has_equals(ballots).any()
    most = max(50, min(MOST_WAYS, MOST_WORK // max(1, ballots.rows.size)))
    waiting: list[tuple[frozenset[str], tuple[Votes, ...]]] = [(frozenset(ballots.options), ())]
    seen: set[object] = set()
    found: set[str] = set()
    while waiting:
        left, before = waiting.pop()
        inside = [option for option in ballots.options if option in left]
        if left not in known:
            known[left] = votes_of(ballots, inside, equal)[0]
        votes = known[left]
        if len(left) == 1 or 2 * max(votes.values()) > sum(votes.values()):
            found.add(max(inside, key=lambda option: votes[option]))
            continue
        past = _past(inside, (*before, votes))
        state = left, tuple(tuple(one.items()) for one in past)
        if state in seen:
            continue
        seen.add(state)
        if len(seen) > most:
            return found, False
        tied, _back = lowest(inside, past)
        if (
            plain and not votes[tied[0]] and max(votes.values())
        ):  # without votes: in whatever order they go, nobody's votes change
            tied = tied[:1]
        waiting += [(left - {gone}, past) for gone in sorted(tied)]
    return found, True


def _past(inside: Sequence[str], history: Sequence[Votes]) -> tuple[Votes, ...]:
    """Earlier rounds as far as they matter for those still in it; a round that changed nothing for them is left out."""
    kept: list[Votes] = []
    for votes in history:
        one = {option: votes[option] for option in inside}
        if not kept or kept[-1] != one:
            kept.append(one)
    return tuple(kept)
