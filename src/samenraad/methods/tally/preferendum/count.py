"""The preferendum: rate every proposal in words, and mark the few that matter most.

Everything is counted per proposal, so it can be counted from slips with a single proposal each; nobody needs to see a
whole ballot. Support and priority stand side by side; they are never multiplied into one number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from samenraad.methods.language import _
from samenraad.methods.tally.drawn import drawn_order
from samenraad.methods.tally.explain.bars import mean_of, polarisation, variance_of
from samenraad.methods.tally.result import Result, Share, Step, Term
from samenraad.methods.tally.rules.judgment import gauge
from samenraad.refusals import Refusal

SCALE = (_("strongly disagree"), _("disagree"), _("agree"), _("strongly agree"))
SUPPORT, GRADE, PRIORITY, NO_OPINION = _("support"), _("majority grade"), _("priority share"), _("no opinion")
ABOVE, BELOW, SIGN = _("share above"), _("share below"), _("sign")
MEAN, VARIANCE, POLARISED, SHARED = _("mean"), _("variance"), _("polarisation"), _("shared priority")
COLUMNS = (SUPPORT, NO_OPINION, GRADE, SIGN, ABOVE, BELOW, MEAN, VARIANCE, PRIORITY, POLARISED, SHARED)


@dataclass(frozen=True)
class Rules:
    """What is fixed in public before the vote opens.

    `scale`       words from the worst to the best; "no opinion" is not one of them
    `agreeing`    how many of the best words mean that somebody agrees; the upper half unless said
    `priorities`  how many proposals a voter may mark; min(5, a quarter of the proposals, rounded up) unless said
    `threshold`   the part of the grades that must agree for a shared priority
    `graded`      the part of the ballots that must have graded it
    """

    scale: tuple[str, ...] = SCALE
    agreeing: int = 0
    priorities: int = -1
    threshold: Fraction = Fraction(1, 2)
    graded: Fraction = Fraction(1, 2)

    def for_proposals(self, proposals: int) -> Rules:
        """With what was left open filled in. Refuses `tally.preferendum` and `tally.share`.

        >>> Rules().for_proposals(30).priorities, Rules().for_proposals(8).priorities
        (5, 2)
        """
        agreeing = self.agreeing or len(self.scale) // 2
        priorities = min(5, -(-proposals // 4)) if self.priorities == -1 else self.priorities
        if not 0 < agreeing < len(self.scale) or not 0 <= priorities <= proposals:
            raise Refusal("tally.preferendum")
        for part in (self.threshold, self.graded):
            if not 0 <= part <= 1:
                raise Refusal("tally.share", share=part)
        return Rules(self.scale, agreeing, priorities, self.threshold, self.graded)


@dataclass(frozen=True)
class Slips:
    """All that is counted of one proposal: how often each word was given (from the worst), how many said "no opinion"
    and how many marked it as a priority. Who left it blank is what remains of the ballots."""

    grades: tuple[int, ...]
    no_opinion: int = 0
    priority: int = 0

    @property
    def graded(self) -> int:
        return sum(self.grades)

    def __add__(self, other: Slips) -> Slips:
        grades = tuple(a + b for a, b in zip(self.grades, other.grades, strict=True))
        return Slips(grades, self.no_opinion + other.no_opinion, self.priority + other.priority)


@dataclass(frozen=True)
class Preferendum:
    """What was counted: ballots and slips per proposal, in all and per neighbourhood."""

    ballots: int
    slips: Mapping[str, Slips]
    places: Mapping[str, tuple[int, Mapping[str, Slips]]] = field(default_factory=dict)


def preferendum(counted: Preferendum, seed: str, rules: Rules | None = None) -> Result:
    """Support, majority grade, mean, priority and polarisation of every proposal, and the list of shared priorities.

    support          who agrees / who gave a grade; "no opinion" is neither, and stands beside it
    priority share   who marked it / valid ballots
    shared           support ≥ threshold, and graded on at least the part `graded` of the ballots; ordered by priority
                     share, then support, then the drawn order

    `elected` are the shared priorities in that order. `winners` and `winner` are the first of them.

    >>> two = {"trees": Slips((1, 1, 4, 4), 0, 6), "cars": Slips((5, 1, 2, 1), 1, 2)}
    >>> result = preferendum(Preferendum(10, two), "goose")
    >>> result.column("support"), result.elected
    ({'trees': Fraction(4, 5), 'cars': Fraction(1, 3)}, ('trees',))

    Refuses `tally.slips` numbers that contradict one another, `tally.preferendum` and `tally.share`.
    """
    agreed = (rules or Rules()).for_proposals(len(counted.slips))
    _check(counted, agreed)
    drawn = drawn_order(counted.slips, seed)
    rows = {name: _row(slips, counted.ballots, agreed) for name, slips in counted.slips.items()}
    shared = [name for name in drawn if rows[name][-1]]
    shared.sort(key=lambda name: (-_priority(rows[name]), -_support(rows[name]), drawn.index(name)))
    first = [name for name in shared if _level(rows[name]) == _level(rows[shared[0]])]
    return Result(
        rule="preferendum",
        options=tuple(counted.slips),
        ballots=counted.ballots,
        columns=COLUMNS,
        table=tuple(rows.values()),
        winners=tuple(first),
        winner=shared[0] if shared else None,
        drawn=drawn,
        trace=tuple(_told(rows, shared, drawn, counted, agreed)),
        settings={
            "agreeing": agreed.agreeing,
            "priorities": agreed.priorities,
            "threshold": agreed.threshold,
            "graded": agreed.graded,
        },
        details={
            "scale": agreed.scale,
            "grades": {name: slips.grades for name, slips in counted.slips.items()},
            "no opinion": {name: slips.no_opinion for name, slips in counted.slips.items()},
            "priorities": {name: slips.priority for name, slips in counted.slips.items()},
        },
        elected=tuple(shared),
    )


Row = tuple[
    Fraction | None,
    Fraction | None,
    str | None,
    str,
    Fraction | None,
    Fraction | None,
    Fraction | None,
    Fraction | None,
    Fraction | None,
    Fraction | None,
    bool,
]


def support(slips: Slips, agreeing: int) -> Fraction | None:
    """Who agrees, of those who gave a grade; None when nobody did."""
    return Fraction(sum(slips.grades[-agreeing:]), slips.graded) if slips.graded else None


def _row(slips: Slips, ballots: int, rules: Rules) -> Row:
    backed = support(slips, rules.agreeing)
    grade, above, below, sign = gauge(slips.grades, rules.scale)
    enough = slips.graded >= rules.graded * ballots and backed is not None and backed >= rules.threshold
    return (
        backed,
        Fraction(slips.no_opinion, ballots) if ballots else None,
        grade,
        sign,
        above,
        below,
        mean_of(slips.grades),
        variance_of(slips.grades),
        Fraction(slips.priority, ballots) if ballots else None,
        polarisation(slips.grades),
        enough,
    )


def _support(row: Row) -> Fraction:
    return row[0] or Fraction(0)


def _priority(row: Row) -> Fraction:
    return row[8] or Fraction(0)


def _level(row: Row) -> tuple[Fraction, Fraction]:
    return _priority(row), _support(row)


def _check(counted: Preferendum, rules: Rules) -> None:
    """Refuses slips that cannot come from so many ballots, and neighbourhoods that do not sum to the whole."""
    groups = [(counted.ballots, counted.slips), *counted.places.values()]
    for ballots, slips in groups:
        for name, one in slips.items():
            numbers = (*one.grades, one.no_opinion, one.priority)
            too_many = one.graded + one.no_opinion > ballots or one.priority > ballots
            if min(numbers) < 0 or too_many or len(one.grades) != len(rules.scale):
                raise Refusal("tally.slips", proposal=name)
        if sum(one.priority for one in slips.values()) > rules.priorities * ballots:
            raise Refusal("tally.slips", proposal=_("priorities"))
    for name, one in counted.slips.items():
        parts: Sequence[Slips] = [slips[name] for _ballots, slips in counted.places.values()]
        if parts and sum(parts[1:], parts[0]) != one:
            raise Refusal("tally.slips", proposal=name)


def _told(
    rows: Mapping[str, Row], shared: Sequence[str], drawn: Sequence[str], counted: Preferendum, rules: Rules
) -> list[Step]:
    limits = {"threshold": Share(rules.threshold), "graded": Share(rules.graded), "ballots": counted.ballots}
    text = _(
        "{ballots} valid ballots. A shared priority has the support of at least {threshold} of those who gave a grade, "
        "and a grade on at least {graded} of the ballots."
    )
    steps = [Step(text, limits)]
    order = [*shared, *(name for name in drawn if name not in shared)]
    for place, name in enumerate(order, start=1):
        row, slips = rows[name], counted.slips[name]
        facts = {
            "place": place,
            "proposal": name,
            "support": Share(_support(row)),
            "graded": slips.graded,
            "no_opinion": slips.no_opinion,
            "priority": slips.priority,
            "grade": Term(row[2] or "-"),
        }
        known = _(
            "{proposal}: {support} agree, of {graded} who gave a grade; majority grade: {grade}; no opinion: "
            "{no_opinion}; marked as a priority by {priority}."
        )
        ranked = _(
            "{place}. {proposal}: {support} agree, of {graded} who gave a grade; majority grade: {grade}; no opinion: "
            "{no_opinion}; marked as a priority by {priority}."
        )
        steps.append(Step(ranked if name in shared else known, facts))
        if name == (shared[-1] if shared else None) and len(order) > len(shared):
            steps.append(Step(_("These proposals are no shared priority:")))
    return steps if shared else [steps[0], Step(_("No proposal is a shared priority.")), *steps[1:]]
