"""The options of `samenraad budget`, and the settings they make."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from samenraad.methods.budgeting.pb.numbers import number
from samenraad.methods.budgeting.pb.pb_file import PbFile, settings_of
from samenraad.methods.budgeting.settings import PRESETS, Settings
from samenraad.methods.frame import Parser, command, whole_number
from samenraad.methods.language import _
from samenraad.refusals import Refusal

#: option -> what it says in --help
CHOSEN = {
    "score": _("greedy: votes, cost-votes, votes-per-cost or points"),
    "fit": _("greedy, when a project does not fit: skip or stop"),
    "utility": _("equal shares, what a project is worth: cost, votes (one for each) or points"),
    "ranks": _("how an order becomes points: length, projects or lowest"),
    "share": _("the first share: exact, or rounded down"),
    "completion": _("money that is left: none, add1, add1u or greedy"),
    "stop": _("when add1 stops: exhaustive or overspend"),
    "step": _("add1: unit counts every step, jump skips what provably changes nothing"),
    "compare": _("greedy: equal shares give way when more voters do better with greedy; or no"),
    "phragmen": _("Phragmén, when a project does not fit: first stops, skip goes on"),
}


#: so many distinct ballots times losing projects are looked at in some seconds; with add1 it takes so many times longer
QUICK, ADD1 = 250_000, 300


def parser_of(arguments: list[str]) -> Parser:
    parser = command(
        "budget", _("Divides a budget over projects by the votes in a .pb file, and explains it."), arguments
    )
    add, tell = parser.add_argument, parser.tell
    add("file", metavar="FILE.pb", help=tell(_("projects and votes, as Pabulib writes them")))
    add("--rule", metavar="RULE", help=tell(_("one of: {rules}; without, that of the file"), rules=", ".join(PRESETS)))
    for name, about in CHOSEN.items():
        add(f"--{name}", metavar="WORD", help=tell(about))
    add("--increment", metavar="N", help=tell(_("by how much add1 raises the share")))
    add("--threshold", type=whole_number, metavar="N", help=tell(_("projects with fewer votes take no part")))
    add("--withdrawn", action="append", default=[], metavar="ID", help=tell(_("takes no part; may be repeated")))
    add("--exclusive", action="append", default=[], metavar="ID,ID", help=tell(_("at most one of these can win")))
    add("--ties", metavar="WORDS", help=tell(_("what decides between equals: of cost, votes, lot and list, in order")))
    add("--seed", default="", metavar="TEXT", help=tell(_("the public seed of the lot")))
    add("--margins", metavar="N", help=tell(_("for how many losing projects to compute what they lacked, or all")))
    add("--write", metavar="FILE", help=tell(_("also write the .pb file with the winners")))
    add("--json", action="store_true", help=tell(_("the same for a machine to read")))
    return parser


def settings_from(options: argparse.Namespace, file: PbFile) -> Settings:
    """The rule of the file or the one asked for, with what was asked changed.

    Refuses `budgeting.rule` and `budgeting.setting`.
    """
    if options.rule is not None and options.rule not in PRESETS:
        raise Refusal("budgeting.rule", rule=options.rule, rules=", ".join(PRESETS))
    start = _preset(options.rule, file)
    changes: dict[str, object] = {name: value for name in CHOSEN if (value := getattr(options, name)) is not None}
    if options.increment is not None:
        step = number(options.increment)
        if not step:
            raise Refusal("budgeting.setting", name="increment", value=options.increment, allowed=("> 0",))
        changes["increment"] = step
    if options.threshold is not None:
        changes["threshold"] = options.threshold
    if options.ties is not None:
        changes["ties"] = _listed(options.ties)
    return start.with_(
        **changes,
        seed=options.seed,
        withdrawn=tuple(options.withdrawn),
        exclusive=tuple(_listed(group) for group in options.exclusive),
    )


def _preset(rule: str | None, file: PbFile) -> Settings:
    named = settings_of(file)
    if rule is None:
        return named
    return PRESETS[rule].with_(threshold=named.threshold) if rule == "greedy-threshold" else PRESETS[rule]


def _listed(text: str) -> Sequence[str]:
    return tuple(part for one in text.split(",") if (part := one.strip()))


def margins_asked(text: str | None, losers: int, ballots: int, settings: Settings) -> int:
    """For how many losing projects. Without being told: for as many as takes some seconds."""
    if text is None:
        slow = ADD1 if settings.completion in ("add1", "add1u") else 1
        return min(losers, QUICK // max(1, ballots * slow))
    if text == "all":
        return losers
    asked = number(text)
    if not isinstance(asked, int):
        raise Refusal("budgeting.setting", name="margins", value=text, allowed=("all", "0", "1", "2", "..."))
    return min(asked, losers)
