"""`samenraad describe`: who is in the pool, beside the quotas, in plain words."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from samenraad.methods.frame import DONE, add_files, command, read_files, run
from samenraad.methods.language import _, ngettext, say, say_many
from samenraad.methods.sortition.feasibility.examination import Examination, examine
from samenraad.methods.sortition.pool import Quotas
from samenraad.methods.sortition.reading.writing import write_quotas
from samenraad.methods.sortition.reference import SmallGroup
from samenraad.methods.sortition.report.describe import Description, Group, describe
from samenraad.methods.sortition.sentences import decimal, percent
from samenraad.refusals import Refusal

#: thin cells that are shown
CELLS = 10

#: what stands in the last column, beside a group that needs attention
_STATES = {
    "short": _("too few people: {min} needed, {places} can sit together"),
    "everybody": _("everybody in this group is needed"),
    "nearly": _("nearly everybody in this group is needed"),
    "nobody": _("nobody in this group can be drawn"),
    "fine": "",
}


def main(arguments: list[str]) -> int:
    parser = command("describe", _("Says who is in the pool, and how that compares with the quotas."), arguments)
    add_files(parser)
    parser.add_argument("--json", action="store_true", help=parser.tell(_("the same for a machine to read")))
    parser.add_argument("--write-quotas", metavar="FILE", help=parser.tell(_("also write the quotas to this file")))
    return run(parser, _describe)


def _describe(options: argparse.Namespace) -> int:
    files = read_files(options)
    described = describe(files.pool, files.quotas, options.seats, files.already)
    examined = examine(files.pool, files.quotas, options.seats, files.already)
    if options.json:
        print(as_json(described, files.small, examined))
    else:
        print("\n".join(examined.sentences(options.language)), end="\n\n")
        print(as_text(described, files.small, options.language))
    if options.write_quotas:
        _write(files.quotas, Path(options.write_quotas))
    return DONE


def _write(quotas: Quotas, path: Path) -> None:
    if path.is_file():
        raise Refusal("sortition.file_taken", file=path)
    write_quotas(quotas, path)


def as_json(described: Description, small: Sequence[SmallGroup], examined: Examination) -> str:
    """Everything in a description, and whether there is a panel, for machines."""
    groups = [asdict(group) | {"needed": group.needed, "state": group.state} for group in described.groups]
    facts = asdict(described) | {"groups": groups, "too_small": [asdict(group) for group in small]}
    facts |= {"feasible": examined.feasible, "says": list(examined.sentences())}
    facts["repairs"] = [[asdict(change) for change in repair.changes] for repair in examined.repairs]
    facts["never_drawn"] = sorted(one for group in examined.excluded for one in group.ids)
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)


def as_text(described: Description, small: Sequence[SmallGroup] = (), language: str = "en") -> str:
    """A description as plain text, for whoever organises the draw."""
    blocks = [
        list(_who(described, language)),
        *_tables(described, language),
        list(_thin(described, language)),
        list(_small(small, language)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _who(described: Description, language: str) -> Iterator[str]:
    people = ngettext("{n} person in the pool", "{n} people in the pool")
    seats = ngettext("{n} seat", "{n} seats")
    yield f"{say_many(people, described.people, language)}, {say_many(seats, described.seats, language)}."
    if described.people < described.seats:
        yield say(_("That is too few people: no panel can be drawn."), language)
    if described.already:
        settled = ngettext("{n} person is in already.", "{n} people are in already.")
        yield say_many(settled, described.already, language)
    if described.shut_out:
        beside = ngettext(
            "{n} person lives with somebody who is in already, and cannot be drawn.",
            "{n} people live with somebody who is in already, and cannot be drawn.",
        )
        yield say_many(beside, described.shut_out, language)
    yield from _homes(described, language)
    kinds = ngettext("The quotas see {n} kind of person.", "The quotas see {n} kinds of people.")
    yield say_many(kinds, described.types, language)


def _homes(described: Description, language: str) -> Iterator[str]:
    homes = described.households
    if homes.addresses:
        shared = ngettext(
            "{n} address is shared, by {people} people in all; of each address at most one is drawn.",
            "{n} addresses are shared, by {people} people in all; of each address at most one is drawn.",
        )
        yield say_many(shared, homes.addresses, language, people=homes.people)
        yield say(_("The address with most people has {n} of them."), language, n=homes.largest)


def _tables(described: Description, language: str) -> Iterator[list[str]]:
    for one in described.sums:
        groups = [group for group in described.groups if len(group.where) == 1 and group.where[0][0] == one.category]
        sums = _("{category}: the minimums sum to {low}, the maximums to {high}")
        facts = {"category": one.category, "low": one.low, "high": one.high}
        yield [say(sums, language, **facts), *_table([(group.where[0][1], group) for group in groups], language)]
    pairs = [(group.label, group) for group in described.groups if len(group.where) == 2]
    if pairs:
        yield [say(_("Two categories together"), language), *_table(pairs, language)]


def _table(groups: Sequence[tuple[str, Group]], language: str) -> list[str]:
    header = [say(name, language) for name in (_("in the pool"), _("on the panel"), _("needed of them"))]
    rows = [["", *header, ""]] + [[name, *_cells(group, language)] for name, group in groups]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = (
        [row[0].ljust(widths[0]), *(row[column].rjust(widths[column]) for column in (1, 2, 3)), row[4]] for row in rows
    )
    return [("  " + "   ".join(line)).rstrip() for line in lines]


def _cells(group: Group, language: str) -> list[str]:
    limits = str(group.min) if group.min == group.max else f"{group.min}-{group.max}"
    needed = "-" if group.needed is None else percent(group.needed, language)
    state = _STATES[group.state]
    remark = say(state, language, min=group.min, places=group.places) if state else ""
    return [str(group.people), limits, needed, remark]


def _thin(described: Description, language: str) -> Iterator[str]:
    if not described.thin:
        return
    yield say(_("Together these values have fewer people in the pool than a panel might have on it:"), language)
    line = ngettext("{group}: {n} person, against {expected} seats", "{group}: {n} people, against {expected} seats")
    for cell in described.thin[:CELLS]:
        yield "  " + say_many(
            line, cell.people, language, group=cell.label, expected=decimal(cell.expected, 2, language)
        )
    left = len(described.thin) - CELLS
    if left > 0:
        yield "  " + say_many(ngettext("and {n} more", "and {n} more"), left, language)


def _small(small: Sequence[SmallGroup], language: str) -> Iterator[str]:
    if not small:
        return
    yield say(_("These groups are too small for a seat of their own; a panel may be without them:"), language)
    for group in small:
        yield "  " + say(
            _("{group}: {expected} seats"), language, group=group.label, expected=decimal(group.expected, 2, language)
        )
