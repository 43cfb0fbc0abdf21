"""What a draw should reach beside the peer: each goal is True where reached, or where there is nothing to compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import floor

from bench.one_draw import OURS, PEER, Found, Job

SAME = 1e-6
#: goldilocks keeps so much of the best lowest chance, and goes so far above the least highest
LOWEST, HIGHEST = 0.7, 1.4
#: CPU seconds for leximin on these sizes
AT_MOST = {"cca": 1.0, "synthetic_cca_75": 1.0, "example_large": 1.0, "example_large_200": 1.0}
AT_MOST |= {"sf_e": 20.0, "synthetic_sf_e_110": 20.0}

#: per method what a run found, or in words why it found nothing
Answers = dict[str, Found | str]


@dataclass(frozen=True)
class Draw:
    """A draw with what is known of it from outside: the number of types, the least highest chance, the answer."""

    name: str
    job: Job
    types: int
    least_highest: float
    answer: Mapping[str, float] | None
    #: whether fractions of people, at least, allow every chance to lie between these two
    between: Callable[[float, float], bool]


def known(answers: Answers, method: str) -> Found | None:
    found = answers.get(method)
    return None if isinstance(found, str) else found


def in_order(ours: Iterable[float], theirs: Iterable[float]) -> bool:
    """Whether ours is not worse in the leximin order: at the first difference from below, ours is higher."""
    pairs = zip(sorted(ours), sorted(theirs), strict=True)
    return next((one > other for one, other in pairs if abs(one - other) > SAME), True)


def ratios(draw: Draw, answers: Answers, method: str) -> list[float]:
    best, found = known(answers, "leximin"), known(answers, method)
    if best is None or found is None:
        return []
    chances, lowest = found["chances"].values(), min(best["chances"].values())
    return [min(chances) / lowest if lowest else 1.0, max(chances) / draw.least_highest]


def proven(draw: Draw, answers: Answers, limit: float) -> bool:
    found = known(answers, "leximin")
    return found is not None and found["proven"] and found["gap"] <= SAME


def not_below_peer(draw: Draw, answers: Answers, limit: float) -> bool:
    ours, theirs = known(answers, "leximin"), [known(answers, peer) for peer in PEER]
    return ours is not None and all(
        in_order(ours["chances"].values(), one["chances"].values()) for one in theirs if one
    )


def known_answer(draw: Draw, answers: Answers, limit: float) -> bool:
    found = known(answers, "leximin")
    if found is None or draw.answer is None:
        return found is not None
    return all(abs(found["chances"][one] - chance) <= SAME for one, chance in draw.answer.items())


def _peer_seconds(answers: Answers, peer: str, limit: float) -> float | None:
    """At least so many: a run that was stopped took all it was given."""
    found = answers.get(peer)
    if isinstance(found, str):
        return limit if found.startswith("stopped") else None
    return found["seconds"] if found else None


def tenfold(draw: Draw, answers: Answers, limit: float) -> bool:
    ours, theirs = known(answers, "leximin"), _peer_seconds(answers, "peer maximin HiGHS", limit)
    return ours is not None and (theirs is None or theirs <= 5 or ours["seconds"] * 10 <= theirs)


def not_slower(draw: Draw, answers: Answers, limit: float) -> bool:
    ours, theirs = known(answers, "leximin"), _peer_seconds(answers, "peer maximin CBC", limit)
    return ours is not None and (theirs is None or ours["seconds"] <= theirs)


def in_time(draw: Draw, answers: Answers, limit: float) -> bool:
    ours, most = known(answers, "leximin"), AT_MOST.get(draw.name.removeprefix("shared/"), limit)
    return ours is not None and ours["seconds"] <= most


def small(draw: Draw, answers: Answers, limit: float) -> bool:
    return all(found is not None and found["peak"] <= 250 for found in (known(answers, one) for one in OURS))


def rounded_well(draw: Draw, answers: Answers, limit: float) -> bool:
    found = known(answers, "leximin")
    return found is not None and not found["broken"] and bool(found["change"] <= 0.001)


def lowest_kept(draw: Draw, answers: Answers, limit: float) -> bool:
    found = known(answers, "leximin")
    return found is not None and bool(min(found["published"].values()) >= 0.99 * min(found["chances"].values()))


def lowest_kept_where_possible(draw: Draw, answers: Answers, limit: float) -> bool:
    """No lottery has a lowest chance above p, and with m panels a chance is a whole number of them: floor(m p)."""
    found = known(answers, "leximin")
    if found is None:
        return False
    panels = floor(found["m"] * min(found["chances"].values()) + SAME)
    return lowest_kept(draw, answers, limit) or bool(min(found["published"].values()) >= panels / found["m"])


def balanced(draw: Draw, answers: Answers, limit: float) -> bool:
    found = ratios(draw, answers, "goldilocks")
    return bool(found) and found[0] >= LOWEST and found[1] <= HIGHEST


def balance_possible(draw: Draw, answers: Answers) -> bool:
    """False is a proof that no lottery keeps both; True says only that fractions of people do."""
    best = known(answers, "leximin")
    return best is None or draw.between(LOWEST * min(best["chances"].values()), HIGHEST * draw.least_highest)


def balanced_where_possible(draw: Draw, answers: Answers, limit: float) -> bool:
    return balanced(draw, answers, limit) or not balance_possible(draw, answers)


GOALS: dict[str, Callable[[Draw, Answers, float], bool]] = {
    "leximin is proven, gap at most 1e-6": proven,
    "leximin equals the answer where theory tells it": known_answer,
    "never below the peer in the leximin order": not_below_peer,
    "a tenth of the time of the peer with HiGHS, where that takes over 5 s": tenfold,
    "never slower than the peer with CBC": not_slower,
    "cca and example_large within 1 s, sf_e within 20 s": in_time,
    "at most 250 MiB": small,
    "1000 panels: no chance changed by over 0.001, every panel meets every quota": rounded_well,
    "1000 panels: the lowest chance kept for 0.99": lowest_kept,
    "1000 panels: the same, or as many panels as there can be, floor(1000 x lowest)": lowest_kept_where_possible,
    "goldilocks: lowest at least 0.7 of the best, highest at most 1.4 of the least": balanced,
    "goldilocks: the same, where it is not proven that no lottery can": balanced_where_possible,
}
#: these say nothing when there was no peer
BESIDE_PEER = {goal for goal, reached in GOALS.items() if reached in (not_below_peer, tenfold, not_slower)}
