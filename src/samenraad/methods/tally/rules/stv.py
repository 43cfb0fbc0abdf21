"""Single transferable vote: several seats, each for a quota of voters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ranked
from samenraad.methods.tally.drawn import drawn_order, in_order
from samenraad.methods.tally.result import Result, Step
from samenraad.methods.tally.rules.rounds import EXHAUSTED, INVALID, Round, Votes, tops, usable, who_goes
from samenraad.refusals import Refusal

EQUAL = (INVALID, EXHAUSTED)
FIRST, FINAL, ELECTED = _("first round"), _("at the end"), _("elected in round")


def stv(ballots: Ranked, seed: str, *, seats: int, equal: str = EXHAUSTED, digits: int | None = 5) -> Result:
    """Who reaches the quota, floor(v / (seats + 1)) + 1 of v ballots (Droop), has a seat. Largest surplus first, all
    ballots of who has one pass on the same part of their value, the surplus over the votes (weighted inclusive
    Gregory). When there is no surplus the lowest goes out. As many left as seats: they all get one.

    `equal`    when several of those still in it share the top of a ballot: "exhausted" (it no longer counts) or
               "invalid" (a ballot with any equals never counts)
    `digits`   the value of a ballot is rounded down to so many decimals (5, as in Scotland); None: not rounded

    Equal surpluses or equally few votes: the round before decides, and so backwards; then the drawn order.

    >>> result = stv(Ranked.of("abc", [("ab", 6), ("c", 3), ("b", 1)]), "goose", seats=2)
    >>> result.elected, result.details["quota"], result.details["lost in rounding"]
    (('a', 'c'), 4, Fraction(1, 50000))

    Source: Scottish Local Government Elections Order 2011, schedule 1, rules 45-52 (quota, transfer, five decimals).
    Refuses `tally.seats` fewer than one seat or more than options, `tally.equal_ranked` and `tally.digits`.
    """
    if not 1 <= seats <= len(ballots.options):
        raise Refusal("tally.seats", seats=seats, options=len(ballots.options))
    if digits is not None and not 0 <= digits <= 30:
        raise Refusal("tally.digits", digits=digits)
    count = Count(usable(ballots, equal, EQUAL), drawn_order(ballots.options, seed), seats, digits)
    count.run()
    when = {option: n for n, one in enumerate(count.rounds, start=1) for option in one.elected}
    first, last = count.rounds[0].votes, count.rounds[-1].votes
    return Result(
        rule="stv",
        options=ballots.options,
        ballots=ballots.total,
        columns=(FIRST, FINAL, ELECTED),
        table=tuple((first[o], last[o], when.get(o)) for o in ballots.options),
        winners=in_order(count.elected, count.drawn),
        winner=count.elected[0] if seats == 1 else None,
        drawn=count.drawn,
        trace=tuple(count.told),
        settings={"seats": seats, "equal": equal, "digits": digits},
        details={
            "quota": count.quota,
            "rounds": tuple(one.facts() for one in count.rounds),
            "lost in rounding": count.lost,
            "not counted": ballots.total - count.ballots.total,
        },
        elected=tuple(count.elected),
    )


class Count:
    """One count under way. `holder` says per column whose vote it is (-1: nobody's), `worth` which value it has."""

    def __init__(self, ballots: Ranked, drawn: tuple[str, ...], seats: int, digits: int | None) -> None:
        self.ballots, self.drawn, self.seats, self.digits = ballots, drawn, seats, digits
        self.left, self.elected, self.surplus = list(ballots.options), list[str](), list[str]()
        self.values, self.worth = [Fraction(1)], np.zeros(ballots.rows.shape[1], dtype=np.int64)
        self.holder = np.full(ballots.rows.shape[1], -1, dtype=np.int64)
        self.rounds, self.told, self.lost = list[Round](), list[Step](), Fraction(0)
        self._hand_out(np.ones(len(self.holder), dtype=bool))
        self.votes = self._votes()
        self.counting = sum(self.votes.values(), Fraction(0))
        self.quota = int(self.counting) // (seats + 1) + 1

    def run(self) -> None:
        facts = {"ballots": self.counting, "seats": self.seats, "quota": self.quota}
        self.told.append(Step(_("{ballots} ballots count for {seats} seats; the quota is {quota}."), facts))
        while True:
            self._tell_votes()
            reached = self._reached()
            self._seat(reached)
            if len(self.elected) == self.seats or not self.left:
                self._close(reached)
                return
            if self.surplus:
                self._transfer(reached)
            else:
                self._eliminate(reached)

    def _reached(self) -> list[str]:
        """Who now gets a seat, most votes first."""
        room = self.seats - len(self.elected)
        if len(self.left) <= room:
            return self._by_votes(self.left)
        return self._by_votes([option for option in self.left if self.votes[option] >= self.quota])[:room]

    def _seat(self, reached: Sequence[str]) -> None:
        for option in reached:
            self.left.remove(option)
            self.elected.append(option)
            if self.votes[option] > self.quota:
                self.surplus.append(option)
            self.told.append(Step(_("{option} gets a seat."), {"option": option}))

    def _transfer(self, reached: Sequence[str]) -> None:
        giver = self._by_votes(self.surplus)[0]
        self.surplus.remove(giver)
        held, over = self.votes[giver], self.votes[giver] - self.quota
        mine = self.holder == self.ballots.index(giver)
        self._revalue(mine, over / held)
        facts = {"option": giver, "surplus": over, "votes": held}
        self.told.append(Step(_("{option} passes on a surplus of {surplus} out of {votes} votes."), facts))
        self._move(mine, reached, {giver: Fraction(self.quota)}, over)

    def _eliminate(self, reached: Sequence[str]) -> None:
        gone, ties = who_goes(self.left, self._history(), self.drawn)
        self.left.remove(gone)
        self.told += [*ties, Step(_("{gone} goes out."), {"gone": gone})]
        mine = self.holder == self.ballots.index(gone)
        self._move(mine, reached, {gone: Fraction(0)}, self.votes[gone], gone)

    def _move(
        self, mine: np.ndarray, reached: Sequence[str], fixed: Mapping[str, Fraction], passed: Fraction, *gone: str
    ) -> None:
        """Ballots go to the next option still in it; the votes after it, and what became of them."""
        before, spent = self.votes, self._spent()
        self._hand_out(mine)
        self.votes = {**self._kept(before), **self._votes(), **fixed}
        moved = {option: self.votes[option] - before[option] for option in self.left}
        self.rounds.append(Round(before, spent, tuple(gone), tuple(reached), moved))
        self.lost += passed - sum(moved.values()) - (self._spent() - spent)

    def _kept(self, before: Votes) -> Votes:
        """Who has a seat keeps its votes, or its quota; who went out has none."""
        return {option: votes for option, votes in before.items() if option not in self.left}

    def _close(self, reached: Sequence[str]) -> None:
        self.rounds.append(Round(self.votes, self._spent(), (), tuple(reached)))

    def _hand_out(self, mine: np.ndarray) -> None:
        """These ballots to the one option on top among those still in it; to nobody when it is not one."""
        _best, first = tops(self.ballots.only(mine), self.left)
        one = first.sum(axis=0) == 1
        self.holder[mine] = np.where(one, first.argmax(axis=0), -1)

    def _revalue(self, mine: np.ndarray, part: Fraction) -> None:
        for old in np.unique(self.worth[mine]):
            self.worth[mine & (self.worth == old)] = len(self.values)
            self.values.append(self._rounded(self.values[int(old)] * part))

    def _rounded(self, value: Fraction) -> Fraction:
        return value if self.digits is None else Fraction(value * 10**self.digits // 1, 10**self.digits)

    def _value(self, option: int) -> Fraction:
        """Of all ballots that this option holds (-1: those that nobody holds any more)."""
        mine = self.holder == option
        kinds = np.unique(self.worth[mine])
        held = (int(self.ballots.counts.sum(where=mine & (self.worth == kind))) for kind in kinds)
        return sum((number * self.values[int(k)] for number, k in zip(held, kinds, strict=True)), Fraction(0))

    def _votes(self) -> Votes:
        return {option: self._value(self.ballots.index(option)) for option in self.left}

    def _spent(self) -> Fraction:
        return self._value(-1)

    def _history(self) -> list[Mapping[str, Fraction]]:
        return [*(one.votes for one in self.rounds), self.votes]

    def _by_votes(self, options: Sequence[str]) -> list[str]:
        """Most votes first; then in earlier rounds backwards, then as drawn."""
        history = list(reversed(self._history()))
        return sorted(options, key=lambda o: (*(-votes[o] for votes in history), self.drawn.index(o)))

    def _tell_votes(self) -> None:
        self.told.append(Step(_("Round {n}:"), {"n": len(self.rounds) + 1}))
        for option in self._by_votes(self.left):
            self.told.append(Step(_("Votes for {option}: {votes}."), {"option": option, "votes": self.votes[option]}))
        if exhausted := self._spent():
            self.told.append(Step(_("Ballots that no longer count: {exhausted}."), {"exhausted": exhausted}))
