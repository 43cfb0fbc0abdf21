"""`samenraad tally`: counts a file of ballots by a rule, and explains the outcome."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from samenraad.methods.frame import DONE, REFUSED, Parser, command, run, whole_number
from samenraad.methods.language import _, say
from samenraad.methods.saying import explain
from samenraad.methods.tally.ballots import BLANK, Ballots, Graded, Marked, Ranked
from samenraad.methods.tally.catalogue import GRADED, MARKED, NAMES, RANKED, rule_named
from samenraad.methods.tally.commands.text import as_text, bar_lines
from samenraad.methods.tally.explain.abstention import abstention, without_each
from samenraad.methods.tally.explain.bars import bars
from samenraad.methods.tally.explain.compare import approvals_of, compare
from samenraad.methods.tally.explain.flow import overlap, transfer_steps
from samenraad.methods.tally.explain.margin import margin
from samenraad.methods.tally.preferendum.count import Rules, preferendum
from samenraad.methods.tally.preferendum.places import by_place
from samenraad.methods.tally.quorum import Threshold, approval_quorum, turnout
from samenraad.methods.tally.reading.grades import read_grades, read_preferendum
from samenraad.methods.tally.reading.preflib import CATEGORIES, RANKINGS, read_categories, read_preflib
from samenraad.methods.tally.reading.rankings import read_marks, read_rankings
from samenraad.methods.tally.result import Result, plain
from samenraad.refusals import Refusal

#: parts of the voters that stay at home in the samples
SHARES = (Fraction(1, 10), Fraction(3, 10), Fraction(1, 2))

#: option of the command -> rules that know it, by the same name
SETTINGS = {
    "strength": ("schulze", "ranked-pairs", "minimax"),
    "equal": ("irv", "stv", "borda", "modified-borda"),
    "unranked": ("borda",),
    "blank": ("score", "majority-judgment"),
    "floor": ("score",),
    "seats": ("stv",),
    "digits": ("stv",),
    "least": ("approval",),
    "most": ("approval",),
}


def main(arguments: list[str]) -> int:
    parser = command("tally", _("Counts a vote, and shows how the outcome came about."), arguments)
    _add(parser)
    return run(parser, lambda options: _told(parser, options))


def _add(parser: Parser) -> None:
    tell, add = parser.tell, parser.add_argument
    add("ballots", help=tell(_("the ballots: CSV, xlsx or PrefLib (soc, soi, toc, toi, cat)")))
    add("--rule", choices=list(NAMES), required=True, help=tell(_("how to count")))
    add("--seed", help=tell(_("the words, dice or beacon made public before the count; they decide ties")))
    add("--json", action="store_true", help=tell(_("the same for a machine to read")))
    add("--explain", action="store_true", help=tell(_("also: other rules, how close it was, who stayed at home")))
    add("--samples", type=whole_number, default=100, metavar="N", help=tell(_("samples for who stayed at home")))
    add("--scale", metavar="A|B|...", help=tell(_("the grades in words, from the worst to the best")))
    add("--options", metavar="A|B|...", help=tell(_("the options, where the file has a column per choice")))
    add("--sheet", metavar="NAME", help=tell(_("the sheet with the ballots, in an xlsx file")))
    add("--seats", type=whole_number, metavar="N", help=tell(_("how many seats (stv)")))
    add("--digits", type=whole_number, metavar="N", help=tell(_("decimals to which stv rounds down")))
    add("--strength", choices=["winning", "margins"], help=tell(_("what the strength of a pair is")))
    add("--equal", choices=["invalid", "split", "exhausted", "share"], help=tell(_("what equals on a ballot mean")))
    add("--unranked", choices=["share", "zero"], help=tell(_("what is not ranked gets (borda)")))
    add("--blank", choices=["zero", "lowest", "excluded"], help=tell(_("what a missing grade means")))
    add("--floor", type=part, metavar="PART", help=tell(_("the part of the ballots that must grade an option (score)")))
    add("--least", type=whole_number, metavar="N", help=tell(_("the fewest marks on a valid ballot (approval)")))
    add("--most", type=whole_number, metavar="N", help=tell(_("the most marks on a valid ballot (approval)")))
    add("--priorities", type=whole_number, metavar="N", help=tell(_("how many priorities (preferendum)")))
    add("--threshold", type=part, metavar="PART", help=tell(_("the support a shared priority needs (preferendum)")))
    add("--entitled", type=whole_number, metavar="N", help=tell(_("how many people are on the roll")))
    add("--turnout", type=part, metavar="PART", help=tell(_("the turnout that is asked, such as 0.3")))
    add(
        "--approval-quorum", type=part, metavar="PART", help=tell(_("the part of the roll that must be for the winner"))
    )


def part(text: str) -> Fraction:
    """For `type=`: a part such as 0.3, 3/10 or 30%.

    >>> part("30%"), part("0,3")
    (Fraction(3, 10), Fraction(3, 10))
    """
    number = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        value = Fraction(number) if len(number) < 20 and "e" not in number.lower() else Fraction(-1)
    except (ValueError, ZeroDivisionError):
        value = Fraction(-1)
    value = value / 100 if text.strip().endswith("%") else value
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(text)
    return value


def _told(parser: Parser, options: argparse.Namespace) -> int:
    try:
        return _tally(parser, options)
    except Refusal as refusal:
        if not refusal.code.startswith("tally."):
            raise
        print(explain(refusal, options.language), file=sys.stderr)
        return REFUSED


def _tally(parser: Parser, options: argparse.Namespace) -> int:
    if not (options.seed or "").strip():
        raise Refusal("tally.no_seed", command=parser.prog)
    if options.rule == "preferendum":
        return _preferendum(options)
    ballots = _read(options)
    settings = _settings(options)
    chosen = rule_named(options.rule, ballots)

    def rule(some: Any) -> Result:
        return chosen(some, options.seed, **settings)

    result = rule(ballots.without_strata())
    thresholds = _thresholds(options, result, _valid(ballots, result))
    if options.json:
        facts = result.facts() | {"thresholds": [_threshold_facts(one) for one in thresholds]}
        print(as_json(facts | (_explained(ballots, result, rule, options) if options.explain else {})))
        return DONE
    print(as_text(result, options.language))
    _print("\n", [one.sentence(options.language) for one in thresholds])
    if options.explain:
        _print("\n", _explanation(ballots, result, rule, options))
    return DONE


def as_json(facts: object) -> str:
    return json.dumps(plain(facts), ensure_ascii=False, indent=1, sort_keys=True)


def _print(before: str, lines: list[str] | Iterator[str]) -> None:
    made = list(lines)
    if made:
        print(before + "\n".join(made))


def _read(options: argparse.Namespace) -> Ballots:
    ending = Path(options.ballots).suffix.lower().lstrip(".")
    if ending in RANKINGS:
        return read_preflib(options.ballots)
    if ending in CATEGORIES:
        graded = read_categories(options.ballots)
        return approvals_of(graded) if options.rule in MARKED else graded
    if options.rule in GRADED:
        return read_grades(options.ballots, scale=_words(options.scale), sheet=options.sheet)
    if options.rule in RANKED and options.rule not in MARKED:
        return read_rankings(options.ballots, options=_words(options.options) or (), sheet=options.sheet)
    return read_marks(options.ballots, sheet=options.sheet)


def _words(text: str | None) -> tuple[str, ...] | None:
    return tuple(word.strip() for word in text.split("|")) if text else None


def _settings(options: argparse.Namespace) -> dict[str, object]:
    """What was asked, as far as this rule knows it. Refuses (`tally.setting`) what it does not know."""
    asked = {name: getattr(options, name) for name in SETTINGS if getattr(options, name) is not None}
    for name in asked:
        if options.rule not in SETTINGS[name]:
            raise Refusal("tally.setting", option=f"--{name}", rule=options.rule)
    if options.rule == "stv" and "seats" not in asked:
        raise Refusal("tally.seats_missing")
    return asked


def _valid(ballots: Ballots, result: Result) -> int:
    """Ballots that are not blank, and that the rule counts where it says so."""
    if "valid" in result.details:
        return int(str(result.details["valid"]))
    said = ballots.ranked > 0 if isinstance(ballots, Ranked) else (ballots.rows != BLANK).any(axis=0)
    return int(ballots.counts.sum(where=said))


def _thresholds(options: argparse.Namespace, result: Result, valid: int) -> list[Threshold]:
    if (options.turnout is not None or options.approval_quorum is not None) and not options.entitled:
        raise Refusal("tally.entitled_missing")
    made = []
    if options.turnout is not None:
        made.append(turnout(valid, options.entitled, options.turnout))
    if options.approval_quorum is not None:
        if result.rule not in ("plurality", "approval"):
            raise Refusal("tally.setting", option="--approval-quorum", rule=options.rule)
        votes = result.column(result.columns[0])[result.winner or ""]
        made.append(approval_quorum(int(str(votes)), options.entitled, options.approval_quorum))
    return made


def _threshold_facts(one: Threshold) -> dict[str, object]:
    facts = {"name": one.name, "count": one.count, "entitled": one.entitled, "asked": one.asked}
    return facts | {"share": one.share, "needed": one.needed, "met": one.met}


def _explanation(
    ballots: Ballots, result: Result, rule: Callable[[Any], Result], options: argparse.Namespace
) -> Iterator[str]:
    language = options.language
    yield say(_("Would another rule have chosen otherwise?"), language)
    yield from compare(ballots, options.seed).sentences(language)
    close = margin(ballots, result, rule)
    if close:
        yield close.sentence(language)
    if result.winner is not None:
        for share in SHARES:
            found = abstention(ballots, rule, options.seed, share=share, samples=options.samples)
            yield found.sentence(language)
        if ballots.strata:
            yield from without_each(ballots, rule).sentences(language)
    yield from (step.sentence(language) for step in transfer_steps(result))
    if isinstance(ballots, Graded):
        yield from bar_lines(bars(ballots), language)
    if isinstance(ballots, Marked) and result.rule == "approval":
        yield from overlap(ballots).lines(language)


def _explained(
    ballots: Ballots, result: Result, rule: Callable[[Any], Result], options: argparse.Namespace
) -> dict[str, object]:
    close = margin(ballots, result, rule)
    homes = [abstention(ballots, rule, options.seed, share=s, samples=options.samples) for s in SHARES]
    return {
        "other_rules": compare(ballots, options.seed).winners,
        "margin": vars(close) if close else None,
        "abstention": [{"share": one.share, "wins": {str(w): n for w, n in one.wins.items()}} for one in homes],
        "without": dict(without_each(ballots, rule).winners),
        "explanation": list(_explanation(ballots, result, rule, options)),
    }


def _preferendum(options: argparse.Namespace) -> int:
    words = _words(options.scale) or Rules().scale
    priorities = -1 if options.priorities is None else options.priorities
    threshold = Fraction(1, 2) if options.threshold is None else options.threshold
    rules = Rules(words, priorities=priorities, threshold=threshold)
    counted = read_preferendum(options.ballots, rules=rules, sheet=options.sheet)
    result = preferendum(counted, options.seed, rules)
    tables = by_place(counted, rules)
    thresholds = _thresholds(options, result, counted.ballots)
    if options.json:
        places = {
            one.proposal: {
                "grades": dict(zip(one.places, one.cells, strict=True)),
                "support": one.support,
                "spread": one.spread,
            }
            for one in tables
        }
        facts = {"places": places, "thresholds": [_threshold_facts(one) for one in thresholds]}
        print(as_json(result.facts() | facts))
        return DONE
    print(as_text(result, options.language))
    _print("\n", [one.sentence(options.language) for one in tables])
    _print("\n", [one.sentence(options.language) for one in thresholds])
    return DONE
