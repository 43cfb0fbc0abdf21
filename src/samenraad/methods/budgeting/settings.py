"""Every choice that can change who wins has a name. Two councils that say "equal shares" may mean different things;
what stands here, printed with the result, leaves nothing open."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from fractions import Fraction

from samenraad.methods.budgeting.instance import Money
from samenraad.refusals import Refusal

RULES = ("greedy", "equal-shares", "phragmen")

_CHOICES: dict[str, tuple[str, ...]] = {
    "rule": RULES,
    "score": ("votes", "cost-votes", "votes-per-cost", "points"),
    "fit": ("skip", "stop"),
    "utility": ("cost", "votes", "points"),
    "ranks": ("length", "projects", "lowest"),
    "share": ("exact", "down"),
    "completion": ("none", "add1", "add1u", "greedy"),
    "stop": ("exhaustive", "overspend"),
    "step": ("unit", "jump"),
    "compare": ("no", "greedy"),
    "phragmen": ("first", "skip"),
}


@dataclass(frozen=True)
class Settings:
    """
    `rule`         greedy, equal-shares or phragmen
    `score`        greedy: by votes, by votes times cost, by votes divided by cost, or by points
    `fit`          greedy: skip a project that does not fit, or stop there
    `threshold`    projects with fewer votes than this are left out
    `utility`      equal shares: a project is worth its cost, one, or the points given to it
    `ranks`        how an order becomes points: first gets the length of the list (length), the number of projects
                   (projects), or n-1 with the last named getting 0 places from the bottom of all projects (lowest)
    `share`        equal shares starts from the budget divided by the voters, exact or rounded down
    `completion`   what happens with money that is left: none, add1, add1u (add1 and then greedy), greedy
    `stop`         add1 stops when nothing more fits or the next overspends (exhaustive), or only at the latter
    `increment`    by how much add1 raises the share, in the currency
    `step`         every increment is counted (unit), or those that provably change nothing are skipped (jump)
    `compare`      equal shares gives way to greedy when more voters do better with greedy
    `phragmen`     stop at the first project that would overspend, or skip it
    `withdrawn`    ids that take no part; `exclusive` sets of ids of which at most one can win
    `ties`         who goes first when all is equal: cost (lower), votes (more), lot, list (order of the instance)
    `seed`         the public seed of the lot; without one, `lot` reads as `list`

    >>> Settings().utility, Settings(rule="greedy").fit
    ('cost', 'skip')
    """

    rule: str = "equal-shares"
    score: str = "votes"
    fit: str = "skip"
    threshold: int = 0
    utility: str = "cost"
    ranks: str = "length"
    share: str = "exact"
    completion: str = "none"
    stop: str = "exhaustive"
    increment: Money = 1
    step: str = "unit"
    compare: str = "no"
    phragmen: str = "first"
    withdrawn: tuple[str, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    ties: tuple[str, ...] = ("cost", "votes", "lot")
    seed: str = ""

    def __post_init__(self) -> None:
        for name, allowed in _CHOICES.items():
            if getattr(self, name) not in allowed:
                raise Refusal("budgeting.setting", name=name, value=getattr(self, name), allowed=allowed)
        wrong = [key for key in self.ties if key not in ("cost", "votes", "lot", "list")]
        if wrong or len(set(self.ties)) < len(self.ties):
            raise Refusal("budgeting.setting", name="ties", value=self.ties, allowed=("cost", "votes", "lot", "list"))
        if self.increment <= 0 or self.threshold < 0:
            name = "threshold" if self.threshold < 0 else "increment"
            raise Refusal("budgeting.setting", name=name, value=getattr(self, name), allowed=("> 0",))

    def with_(self, **changes: object) -> Settings:
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def relevant(self) -> dict[str, object]:
        """The settings that mean something for this rule, ready to print."""
        everything = asdict(self)
        names = [*_COMMON, *_OF_RULE[self.rule]]
        if self.rule == "equal-shares" and self.completion in ("add1", "add1u"):
            names += ["stop", "increment", "step"]
        order = [one.name for one in fields(self)]
        return {name: _plain(everything[name]) for name in sorted(names, key=order.index)}


_COMMON = ("rule", "threshold", "ranks", "withdrawn", "exclusive", "ties", "seed")
_OF_RULE: dict[str, tuple[str, ...]] = {
    "greedy": ("score", "fit"),
    "equal-shares": ("utility", "share", "completion", "compare"),
    "phragmen": ("phragmen",),
}


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


#: what people call these rules, Pabulib's names among them
PRESETS: dict[str, Settings] = {
    "greedy": Settings(rule="greedy"),
    "greedy-no-skip": Settings(rule="greedy", fit="stop"),
    "greedy-threshold": Settings(rule="greedy"),
    "greedy-exclusive": Settings(rule="greedy"),
    "greedy-cost": Settings(rule="greedy", score="cost-votes"),
    "greedy-density": Settings(rule="greedy", score="votes-per-cost"),
    "greedy-points": Settings(rule="greedy", score="points"),
    "equalshares": Settings(),
    "equalshares-votes": Settings(utility="votes"),
    "equalshares-points": Settings(utility="points"),
    "equalshares-comparison": Settings(compare="greedy"),
    "equalshares/add1": Settings(completion="add1", stop="overspend"),
    "equalshares/add1-exhaustive": Settings(completion="add1"),
    "equalshares/add1u": Settings(completion="add1u"),
    "equalshares/add1-comparison": Settings(completion="add1", stop="overspend", compare="greedy"),
    "phragmen": Settings(rule="phragmen"),
}
