"""Majority judgment: the highest majority grade wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Graded
from samenraad.methods.tally.drawn import choose, drawn_order, in_order
from samenraad.methods.tally.result import Result, Share, Step
from samenraad.methods.tally.rules.grades import lower_median
from samenraad.refusals import Refusal

LOWEST, EXCLUDED = "lowest", "excluded"
BLANKS = (LOWEST, EXCLUDED)

GRADE, ABOVE, BELOW, SIGN, PLACE = _("majority grade"), _("share above"), _("share below"), _("sign"), _("place")

NONE = Fraction(0)

#: the grades in the middle, step by step outwards: at each, the lower and the upper one
Value = tuple[tuple[int, int], ...]


def majority_judgment(ballots: Graded, seed: str, *, blank: str = LOWEST) -> Result:
    """An option's majority grade is the lower median of its grades. The highest wins. Options with the same grade each
    lose one such grade, again and again, until they differ. Who stays equal to the end has identical grades; then the
    drawn order decides.

    `blank`   a missing grade: "lowest" (counts as the worst word) or "excluded" (only the grades given count, with
              every option's grades multiplied to the same number)

    The gauge of an option is its share above the majority grade, that grade with + (more above than below) or -, and
    its share below.

    >>> ballots = Graded.of(["a", "b"], ["bad", "fair", "good"], [(["good", "fair"], 2), (["bad", "fair"], 1)])
    >>> result = majority_judgment(ballots, "goose")
    >>> result.winner, result.table[0]
    ('a', ('good', Fraction(0, 1), Fraction(1, 3), '-', 1))

    Source: M. Balinski and R. Laraki, "A theory of measuring, electing, and ranking", PNAS 104 (2007) 8720-8725.
    Refuses `tally.blank` another word.
    """
    if blank not in BLANKS:
        raise Refusal("tally.blank", blank=blank, known=BLANKS)
    grades = _counted(ballots, blank)
    values = majority_values(list(grades.values()))
    value = dict(zip(grades, values, strict=True))
    drawn = drawn_order(ballots.options, seed)
    order = sorted(value, key=lambda option: (value[option], -drawn.index(option)), reverse=True)
    winners = in_order((option for option in value if value[option] == max(values)), drawn)
    winner, ties = choose(winners, drawn)
    rows = {o: (*gauge(grades[o], ballots.scale), 1 + sum(v > value[o] for v in values)) for o in grades}
    told = [
        Step(
            _("{option}: {grade}{sign}, above it {above}, below it {below}."),
            {
                "option": o,
                "grade": rows[o][0],
                "sign": rows[o][3],
                "above": Share(rows[o][1] or NONE),
                "below": Share(rows[o][2] or NONE),
            },
        )
        for o in order
    ]
    return Result(
        rule="majority judgment",
        options=ballots.options,
        ballots=ballots.total,
        columns=(GRADE, ABOVE, BELOW, SIGN, PLACE),
        table=tuple(rows.values()),
        winners=winners,
        winner=winner,
        drawn=drawn,
        trace=(*told, *_why(order, rows, winners), *ties, Step(_("{winner} wins."), {"winner": winner})),
        settings={"blank": blank},
        details={"scale": ballots.scale, "histogram": ballots.histogram.tolist()},
    )


def majority_values(histograms: Sequence[Sequence[int]]) -> list[Value]:
    """For each option what stands in the middle, and what stands there after taking grades away one by one. Larger is
    better. Only the points are kept at which some option changes, so comparing costs nothing. Options with other
    numbers of grades are multiplied to the same number.

    >>> majority_values([[0, 3, 0], [1, 0, 2]])
    [((1, 1), (1, 1)), ((2, 2), (0, 2))]
    """
    totals = [sum(counts) for counts in histograms]
    common = lcm(*(total for total in totals if total), 1)
    lines = [
        [count * (common // total) for count in counts] if total else [0] * len(counts)
        for counts, total in zip(histograms, totals, strict=True)
    ]
    low, high = (common - 1) // 2, common // 2  # the two in the middle; one and the same when odd
    ends = {end for counts in lines for end in accumulate(counts) if end}
    outward = {0, *(low - end + 1 for end in ends if end <= low), *(end - high for end in ends if end > high)}
    steps = sorted(step for step in outward if 0 <= step <= low)
    return [tuple((_grade_at(line, low - step), _grade_at(line, high + step)) for step in steps) for line in lines]


def gauge(counts: Sequence[int], scale: Sequence[str]) -> tuple[str | None, Fraction | None, Fraction | None, str]:
    """Majority grade, share above it, share below it, and + when more stand above than below."""
    middle, total = lower_median(counts), sum(counts)
    if middle is None:
        return None, None, None, ""
    above, below = sum(counts[middle + 1 :]), sum(counts[:middle])
    return scale[middle], Fraction(above, total), Fraction(below, total), "+" if above > below else "-"


def _counted(ballots: Graded, blank: str) -> dict[str, list[int]]:
    counted = {}
    for option, histogram in zip(ballots.options, ballots.histogram.tolist(), strict=True):
        missing = ballots.total - sum(histogram) if blank == LOWEST else 0
        counted[option] = [histogram[0] + missing, *histogram[1:]]
    return counted


def _grade_at(counts: Sequence[int], place: int) -> int:
    """The grade that stands at this place from below, counted from 0; -1 where nothing was graded."""
    for grade, end in enumerate(accumulate(counts)):
        if place < end:
            return grade
    return -1


def _why(order: Sequence[str], rows: Mapping[str, tuple[object, ...]], winners: Sequence[str]) -> list[Step]:
    if len(winners) > 1 or len(order) < 2 or rows[order[0]][0] != rows[order[1]][0]:
        return []
    facts = {"a": order[0], "b": order[1], "grade": rows[order[0]][0]}
    text = _("{a} and {b} both have {grade}. Taking away one such grade of each at a time puts {a} first.")
    return [Step(text, facts)]
