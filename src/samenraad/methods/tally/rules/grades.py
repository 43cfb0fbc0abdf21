"""Grades added up: the score rule."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Graded
from samenraad.methods.tally.drawn import choose, drawn_order, in_order
from samenraad.methods.tally.result import Result, Step
from samenraad.refusals import Refusal

ZERO, EXCLUDED = "zero", "excluded"
BLANKS = (ZERO, EXCLUDED)

SUM, MEAN, GRADED, MEDIAN, APPROVED = _("sum"), _("mean"), _("graded by"), _("median"), _("approved by")


def score(
    ballots: Graded,
    seed: str,
    *,
    values: Sequence[int] | None = None,
    blank: str = ZERO,
    floor: Fraction = Fraction(0),
    approved_from: int | None = None,
) -> Result:
    """The highest sum of grades wins, or the highest mean of those who gave one.

    `values`          what each word is worth, from the worst to the best; 0, 1, 2, ... unless you say otherwise
    `blank`           "zero": no grade counts as 0, the sum decides. "excluded": only those who graded count, the mean
                      decides, among options graded on at least the part `floor` of the ballots (0 to 1)
    `approved_from`   a grade worth this much or more is an approval; the upper half of the scale unless you say

    Among equals: the highest lower median of the grades given, then most approvals, then the drawn order.

    >>> ballots = Graded.of(["a", "b"], ["bad", "fair", "good"], [(["good", "fair"], 2), ([None, "fair"], 1)])
    >>> score(ballots, "goose").column("sum"), score(ballots, "goose", blank="excluded").column("mean")["a"]
    ({'a': 4, 'b': 3}, Fraction(2, 1))

    Source: W.D. Smith, "Range voting" (2000). Refuses `tally.values`, `tally.blank` and `tally.share`.
    """
    worth = checked_values(values, len(ballots.scale))
    if blank not in BLANKS:
        raise Refusal("tally.blank", blank=blank, known=BLANKS)
    if not 0 <= floor <= 1:
        raise Refusal("tally.share", share=floor)
    limit = approved_from if approved_from is not None else worth[(len(worth) + 1) // 2]
    rows = {o: _row(h, worth, limit) for o, h in zip(ballots.options, ballots.histogram.tolist(), strict=True)}
    enough = [o for o in rows if blank == ZERO or (rows[o][2] and rows[o][2] >= floor * ballots.total)]
    key: dict[str, Fraction] = {o: Fraction(rows[o][0] if blank == ZERO else rows[o][1] or 0) for o in enough}
    drawn = drawn_order(ballots.options, seed)
    winners = in_order((o for o in enough if key[o] == max(key.values())), drawn)
    medians = {o: worth[0] - 1 if rows[o][3] is None else rows[o][3] for o in rows}
    winner, ties = choose(winners, drawn, [(MEDIAN, medians), (APPROVED, {o: rows[o][4] for o in rows})])
    return Result(
        rule="score",
        options=ballots.options,
        ballots=ballots.total,
        columns=(SUM, MEAN, GRADED, MEDIAN, APPROVED),
        table=tuple(rows.values()),
        winners=winners,
        winner=winner,
        drawn=drawn,
        trace=(*_told(rows, drawn, enough, blank), *ties, _end(winner)),
        settings={"blank": blank, "floor": floor, "approved_from": limit},
        details={"values": worth, "scale": ballots.scale, "histogram": ballots.histogram.tolist()},
    )


def checked_values(values: Sequence[int] | None, words: int) -> tuple[int, ...]:
    """Refuses (`tally.values`) not one whole number per word, or numbers that do not rise."""
    worth = tuple(range(words)) if values is None else tuple(values)
    if len(worth) != words or list(worth) != sorted(set(worth)):
        raise Refusal("tally.values", values=worth, words=words)
    return worth


def lower_median(histogram: Sequence[int]) -> int | None:
    """The middle grade, the lower of the two middle ones when their number is even; None when there are none.

    >>> lower_median([1, 0, 1]), lower_median([1, 0, 2])
    (0, 2)
    """
    passed, middle = 0, (sum(histogram) + 1) // 2
    for grade, count in enumerate(histogram):
        passed += count
        if passed >= middle > 0:
            return grade
    return None


def _row(
    histogram: Sequence[int], worth: Sequence[int], limit: int
) -> tuple[int, Fraction | None, int, int | None, int]:
    graded = sum(histogram)
    total = sum(value * count for value, count in zip(worth, histogram, strict=True))
    median = lower_median(histogram)
    approved = sum(count for value, count in zip(worth, histogram, strict=True) if value >= limit)
    mean = Fraction(total, graded) if graded else None
    return total, mean, graded, None if median is None else worth[median], approved


def _told(
    rows: dict[str, tuple[int, Fraction | None, int, int | None, int]],
    drawn: Sequence[str],
    enough: Sequence[str],
    blank: str,
) -> list[Step]:
    text = _("A ballot without a grade for an option counts as 0 for it.")
    steps = [Step(text if blank == ZERO else _("Only those who gave an option a grade count for it."))]
    for option in drawn:
        total, mean, graded, _median, _approved = rows[option]
        facts = {"option": option, "sum": total, "mean": mean, "graded": graded}
        steps.append(Step(_("{option}: sum {sum}, mean {mean}, graded by {graded}."), facts))
        if option not in enough:
            steps.append(Step(_("Too few voters graded {option}, so it cannot win."), {"option": option}))
    return steps


def _end(winner: str | None) -> Step:
    return Step(_("{winner} wins."), {"winner": winner}) if winner else Step(_("No option can win."))
