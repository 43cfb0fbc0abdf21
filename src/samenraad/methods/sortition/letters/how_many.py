"""How many letters go to each stratum, so that those who say yes, not the letters, match the population.

Groups that answer less get more letters. Both questions are answered: "I have 10,000 letters" (`letters=`) and "I
want 40 people, with 95 % certainty" (`seats=`, `certainty=`). Shares are exact fractions, rounded by largest
remainder; the same input gives the same letters, in any order. Who had letters before (`sent`, `accepted`) gets only
what is still missing: that is the second wave.

The forecast: in each stratum acceptors are beta-binomial (see `response`). Rates that were assumed may all be wrong
in the same direction, so for the total the deviations of the strata are added up, not averaged out: the total is
beta-binomial with the mean rate r = Σ n_s r_s / N and the strength for which

    N √(r(1 - r) / (strength + 1)) = Σ n_s √(r_s(1 - r_s) / (strength_s + 1))

Given the rates, acceptors count as if every letter had the same rate r, which spreads them a little more than they
are: W. Hoeffding, "On the distribution of the number of successes in independent trials", Annals of Mathematical
Statistics 27 (1956) 713-721.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, inf, sqrt

from samenraad.methods.sortition.letters.apportion import largest_remainder
from samenraad.methods.sortition.letters.notices import notices
from samenraad.methods.sortition.letters.response import Response
from samenraad.methods.sortition.letters.strata import Notice, Share, Stratum, exact, label
from samenraad.methods.sortition.pool import Feature
from samenraad.refusals import Refusal

#: sums of chances are exact up to this
ROUNDING = 1e-9


@dataclass(frozen=True)
class LetterPlan:
    """Letters per stratum, in the order of the strata's features, with the forecast and what to look out for.

    `low, high`  the total number of acceptors lies between these, with this `confidence`
    `enough`     the chance of at least as many acceptors as seats
    `complete`   the chance, at least, that every stratum brings its own part of the seats
    The last two are None when no seats were given.
    """

    shares: tuple[Share, ...]
    low: int
    high: int
    confidence: float
    enough: float | None
    complete: float | None
    notices: tuple[Notice, ...]

    @property
    def letters(self) -> int:
        return sum(share.letters for share in self.shares)

    @property
    def people(self) -> int:
        return sum(share.stratum.people for share in self.shares)

    @property
    def expected(self) -> float:
        return sum(share.expected for share in self.shares)

    @property
    def by_stratum(self) -> dict[tuple[Feature, ...], int]:
        return {share.stratum.where: share.letters for share in self.shares}


def letter_plan(
    strata: Sequence[Stratum],
    *,
    seats: int | None = None,
    letters: int | None = None,
    fixed: Mapping[tuple[Feature, ...], int] | None = None,
    per_seat: float = 1.0,
    certainty: float | None = None,
    limit: float | None = None,
    confidence: float = 0.95,
) -> LetterPlan:
    """Divides the given letters, or computes how many are needed for `seats`.

    `fixed`       letters per stratum that were decided already; only the forecast and the notices are made
    `per_seat`    acceptors wanted for each seat, on average
    `certainty`   the chance that *every* stratum brings at least its part of the seats: strata get what the average
                  needs, and more where this certainty needs more. The chance to fail is divided equally over the
                  strata (C.E. Bonferroni, 1936), so the certainty also holds when strata fail together
    `limit`       the highest chance to be invited is at most this many times the average chance
    `confidence`  of the forecast's intervals

    A village of 1,200 wants 15 members and expects that 5 % answer (R025):

    >>> village = letter_plan([Stratum((), 1200, Response(0.05, inf))], seats=15)
    >>> village.letters, village.expected, (village.low, village.high)
    (300, 15.0, (8, 23))
    >>> [(notice.code, str(notice.facts["share"])) for notice in village.notices]
    [('sortition.large_share', '1/4')]

    Refuses `sortition.letters_or_seats` when none of these is given, `sortition.no_people` nobody to write to,
    `sortition.stratum_twice`, `sortition.letters_number` numbers that cannot be (no seats, a certainty of 1), and of
    fixed letters `sortition.letters_strata` (other strata) and `sortition.letters_above` (more letters than people).
    """
    _check_strata(strata, fixed)
    _check_numbers(seats, letters if fixed is None else 0, per_seat, certainty, limit, confidence)
    ordered = sorted(strata, key=lambda stratum: stratum.where)
    if fixed is not None:
        numbers = [fixed[stratum.where] for stratum in ordered]
    elif letters is None:
        numbers = _for_seats(ordered, seats or 0, per_seat, certainty, limit)
    else:
        numbers = _divided(ordered, letters, limit)
    goal = exact(per_seat) * seats if seats else _goal(ordered, sum(numbers))
    shares = tuple(
        Share(stratum, number, part, *_interval(stratum, number, confidence))
        for stratum, number, part in zip(ordered, numbers, _wanted(ordered, goal), strict=True)
    )
    plain = _divided([replace(stratum, factor=1.0) for stratum in ordered], sum(numbers), limit)
    enough, complete = _chances(shares, seats) if seats else (None, None)
    found = notices(shares, plain)
    if certainty is not None and complete is not None and complete < certainty - ROUNDING:
        found = (*found, Notice("sortition.not_certain", {"wanted": certainty, "reached": complete}))
    return LetterPlan(shares, *_total_interval(shares, confidence), confidence, enough, complete, found)


def _wanted(strata: Sequence[Stratum], goal: Fraction) -> list[Fraction]:
    """The acceptors that match the population, for a goal in all."""
    weights = sum(stratum.weight for stratum in strata)
    return [goal * stratum.weight / weights for stratum in strata]


def _missing(strata: Sequence[Stratum], goal: Fraction) -> list[Fraction]:
    """The letters, not yet whole, that bring on average what each stratum still misses."""
    parts = zip(strata, _wanted(strata, goal), strict=True)
    return [max(Fraction(0), part - stratum.accepted) / stratum.rate for stratum, part in parts]


def _goal(strata: Sequence[Stratum], letters: int) -> Fraction:
    """The acceptors in all that so many letters can bring in the right proportions.

    Strata that already have more than their part get no letters; they are found by adding strata one by one, those
    that miss most first.
    """
    weights = sum((stratum.weight for stratum in strata), Fraction(0))
    some = [stratum for stratum in strata if stratum.people]
    need, have = Fraction(0), Fraction(letters)
    goal = Fraction(0)
    for stratum in sorted(some, key=lambda stratum: stratum.accepted / stratum.weight):
        if need and goal * stratum.weight <= stratum.accepted * weights:
            break
        need += stratum.weight / weights / stratum.rate
        have += stratum.accepted / stratum.rate
        goal = have / need
    return goal


def _divided(strata: Sequence[Stratum], letters: int, limit: float | None) -> list[int]:
    """Letters where they are missed most; what a full stratum cannot take goes to the others."""
    return largest_remainder(letters, _missing(strata, _goal(strata, letters)), _most(strata, letters, limit))


def _for_seats(
    strata: Sequence[Stratum], seats: int, per_seat: float, certainty: float | None, limit: float | None
) -> list[int]:
    """The letters that bring what is wanted on average, rounded so that the sum is not short; then the certainty."""
    missing = _missing(strata, exact(per_seat) * seats)
    most = _most(strata, ceil(sum(missing)), limit)
    held = [min(number, Fraction(top)) for number, top in zip(missing, most, strict=True)]
    numbers = largest_remainder(ceil(sum(held)), held, most)
    if certainty is None:
        return numbers
    more = [max(pair) for pair in zip(numbers, _sure(strata, seats, certainty), strict=True)]
    return [min(pair) for pair in zip(more, _most(strata, sum(more), limit), strict=True)]


def _quotas(strata: Sequence[Stratum], seats: int) -> list[int]:
    """Each stratum's part of the seats."""
    return largest_remainder(seats, [stratum.weight for stratum in strata], [seats] * len(strata))


def _sure(strata: Sequence[Stratum], seats: int, certainty: float) -> list[int]:
    """The letters with which every stratum fills its part of the seats with this certainty; or all there are."""
    quotas = _quotas(strata, seats)
    each = 1 - (1 - certainty) / sum(quota > 0 for quota in quotas)
    found = [
        stratum.response.letters_for(quota - stratum.accepted, each, stratum.left)
        for stratum, quota in zip(strata, quotas, strict=True)
    ]
    return [stratum.left if number is None else number for stratum, number in zip(strata, found, strict=True)]


def _chances(shares: Sequence[Share], seats: int) -> tuple[float, float]:
    """The chance of enough acceptors in all, and at least the chance of enough in every stratum."""
    strata = [share.stratum for share in shares]
    fails = sum(
        1 - share.stratum.response.at_least(quota - share.stratum.accepted, share.letters)
        for share, quota in zip(shares, _quotas(strata, seats), strict=True)
    )
    missing = seats - sum(stratum.accepted for stratum in strata)
    letters = sum(share.letters for share in shares)
    response = _together(shares)
    enough = response.at_least(missing, letters) if response else float(missing <= 0)
    return enough, max(0.0, 1 - fails)


def _most(strata: Sequence[Stratum], letters: int, limit: float | None) -> list[int]:
    """How many letters a stratum can take: those who had none, within the limit on its chance."""
    if limit is None:
        return [stratum.left for stratum in strata]
    people = sum(stratum.people for stratum in strata)
    highest = exact(limit) * (letters + sum(stratum.sent for stratum in strata)) / people
    return [max(0, min(stratum.left, floor(highest * stratum.people) - stratum.sent)) for stratum in strata]


def _interval(stratum: Stratum, letters: int, confidence: float) -> tuple[int, int]:
    low, high = stratum.response.interval(letters, confidence)
    return stratum.accepted + low, stratum.accepted + high


def _total_interval(shares: Sequence[Share], confidence: float) -> tuple[int, int]:
    accepted = sum(share.stratum.accepted for share in shares)
    response = _together(shares)
    low, high = response.interval(sum(share.letters for share in shares), confidence) if response else (0, 0)
    return accepted + low, accepted + high


def _together(shares: Sequence[Share]) -> Response | None:
    """The response of all letters as one, by the formula of this module's first page; None without letters."""
    letters = sum(share.letters for share in shares)
    if letters == 0:
        return None
    rate = min(1.0, sum(share.letters * share.stratum.response.rate for share in shares) / letters)
    spread = sum(share.letters * _deviation(share.stratum.response) for share in shares) / letters
    return Response(rate, rate * (1 - rate) / spread**2 - 1 if spread > 0 else inf)


def _deviation(response: Response) -> float:
    return 0.0 if response.certain else sqrt(response.rate * (1 - response.rate) / (response.strength + 1))


def _check_strata(strata: Sequence[Stratum], fixed: Mapping[tuple[Feature, ...], int] | None) -> None:
    if sum(stratum.people for stratum in strata) == 0:
        raise Refusal("sortition.no_people")
    labels = [stratum.label for stratum in strata]
    double = sorted({name for name in labels if labels.count(name) > 1})
    if double:
        raise Refusal("sortition.stratum_twice", strata=double)
    if fixed is None:
        return
    other = sorted(label(where) for where in fixed.keys() ^ {stratum.where for stratum in strata})
    if other:
        raise Refusal("sortition.letters_strata", strata=other)
    above = sorted(stratum.label for stratum in strata if not 0 <= fixed[stratum.where] <= stratum.left)
    if above:
        raise Refusal("sortition.letters_above", strata=above)


def _check_numbers(
    seats: int | None,
    letters: int | None,
    per_seat: float,
    certainty: float | None,
    limit: float | None,
    confidence: float,
) -> None:
    if seats is None and letters is None:
        raise Refusal("sortition.letters_or_seats")
    sensible = {
        "seats": seats is None or seats >= 1,
        "letters": letters is None or letters >= 0,
        "per_seat": 0 < per_seat < inf,
        "certainty": certainty is None or 0 < certainty < 1,
        "limit": limit is None or 1 <= limit < inf,
        "confidence": 0 < confidence < 1,
    }
    wrong = [name for name, right in sensible.items() if not right]
    if wrong:
        raise Refusal("sortition.letters_number", names=wrong)
