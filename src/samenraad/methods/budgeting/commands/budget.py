"""`samenraad budget`: who wins, by which rule, paid by whom; why the others lost; and what greedy would have done."""

from __future__ import annotations

import argparse
import sys

from samenraad.methods.budgeting.commands.as_json import as_json
from samenraad.methods.budgeting.commands.as_text import as_text
from samenraad.methods.budgeting.commands.options import margins_asked, parser_of, settings_from
from samenraad.methods.budgeting.commands.report import Report
from samenraad.methods.budgeting.count import count
from samenraad.methods.budgeting.explain.margins import Margin, margin
from samenraad.methods.budgeting.explain.reasons import reasons
from samenraad.methods.budgeting.figures import beside_greedy
from samenraad.methods.budgeting.outcome import Outcome
from samenraad.methods.budgeting.pb.pb_file import with_winners
from samenraad.methods.budgeting.pb.reading import read_pb
from samenraad.methods.budgeting.pb.remarks import remarks
from samenraad.methods.budgeting.pb.writing import write_pb
from samenraad.methods.frame import DONE, NOT_UNDERSTOOD, REFUSED, run
from samenraad.methods.saying import explain
from samenraad.refusals import Refusal

_ABOUT_THE_COMMAND = ("budgeting.rule", "budgeting.setting")


def main(arguments: list[str]) -> int:
    return run(parser_of(arguments), _said)


def _said(options: argparse.Namespace) -> int:
    """The work, with what a budget refuses said in its own words."""
    try:
        return _budget(options)
    except Refusal as refusal:
        if not refusal.code.startswith("budgeting."):
            raise
        print(explain(refusal, options.language), file=sys.stderr)
        problems = refusal.facts.get("problems", ())
        absent = isinstance(problems, tuple) and any(one.code == "budgeting.unopened" for one in problems)
        return NOT_UNDERSTOOD if absent or refusal.code in _ABOUT_THE_COMMAND else REFUSED


def _budget(options: argparse.Namespace) -> int:
    file = read_pb(options.file)
    outcome = count(file.instance, settings_from(options, file))
    asked = margins_asked(options.margins, len(outcome.losers), len(file.instance.ballots), outcome.entry.settings)
    made = Report(
        file,
        outcome,
        reasons(outcome),
        _margins(outcome, asked),
        beside_greedy(outcome),
        remarks(file, options.file),
    )
    print(as_json(made) if options.json else as_text(made, options.language))
    if options.write:
        write_pb(with_winners(file, outcome.winners), options.write)
    return DONE


def _margins(outcome: Outcome, many: int) -> dict[str, Margin]:
    """What the losing projects with most votes lacked."""
    entry = outcome.entry
    able = [id for id in outcome.losers if entry.left_out.get(id) != "withdrawn"]
    nearest = sorted(able, key=lambda id: (-entry.instance.votes[id], entry.place[id]))
    return {id: margin(outcome, id) for id in nearest[:many]}
