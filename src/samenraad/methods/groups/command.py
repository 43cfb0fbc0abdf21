"""`samenraad seat`: who sits at which table in which round; with `--from`, an earlier seating changed on the day."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from samenraad.methods.files.tables import fold
from samenraad.methods.frame import DONE, NOT_UNDERSTOOD, REFUSED, Parser, command, run, whole_number
from samenraad.methods.groups.changes import reseat
from samenraad.methods.groups.files import as_csv, as_json, read_people, read_seating
from samenraad.methods.groups.seating import TRIES, Seating, seat
from samenraad.methods.groups.sentences import SENTENCES
from samenraad.methods.groups.text import as_text
from samenraad.methods.groups.wishes import COMPANY, People, Wish, apart, host, needs_access, never_alone, together
from samenraad.methods.language import _
from samenraad.methods.saying import explain
from samenraad.refusals import Refusal

#: refusals about the command itself
_OPTIONS = {
    "groups.one_output",
    "groups.option_needed",
    "groups.option_fixed",
    "groups.pair_value",
    "groups.host_table",
}


def main(arguments: list[str]) -> int:
    about = _("Seats people at tables, round after round, so that they meet and every table looks like the room.")
    return run(_with_options(command("seat", about, arguments)), _work)


def _with_options(parser: Parser) -> Parser:
    tell, add = parser.tell, parser.add_argument
    add("people", help=tell(_("everybody who sits: a CSV or xlsx file with a row per person")))
    add("--tables", type=whole_number, metavar="N", help=tell(_("how many tables")))
    add("--rounds", type=whole_number, metavar="N", help=tell(_("how many rounds")))
    add("--seed", metavar="TEXT", help=tell(_("any text; the same text gives the same seating")))
    add("--mix", metavar="A,B", help=tell(_("columns to spread over the tables, such as age,district")))
    add("--id", metavar="COLUMN", help=tell(_("the column that says who it is")))
    add("--sheet", metavar="NAME", help=tell(_("the sheet with the people, in an xlsx file")))
    add("--tries", type=whole_number, default=TRIES, metavar="N", help=tell(_("how many changes are tried")))
    _with_wishes(parser)
    add("--from", dest="earlier", metavar="FILE", help=tell(_("an earlier seating (made with --json), to change")))
    add("--absent", metavar="A,B", help=tell(_("who does not come; with --from")))
    add("--next-round", type=whole_number, metavar="N", help=tell(_("the first round to be held; with --from")))
    add("--json", action="store_true", help=tell(_("the answer as JSON, to keep and to change")))
    add("--csv", action="store_true", help=tell(_("the answer as CSV: a row per person")))
    return parser


def _with_wishes(parser: Parser) -> None:
    tell = parser.tell

    def add(name: str, sign: str, about: str) -> None:
        parser.add_argument(name, action="append", default=[], metavar=sign, help=about)

    add("--together", "A,B", tell(_("these people always share a table; may be repeated")))
    add("--apart", "A,B", tell(_("these people never share a table; may be repeated")))
    add("--host", "A[=N]", tell(_("has a table of her own and stays there (table N); may be repeated")))
    add("--needs-access", "A,B", tell(_("these people need an accessible table")))
    add("--accessible", "N,M", tell(_("the numbers of the accessible tables")))
    add("--never-alone", "FIELD=VALUE", tell(_("of these people two or more at a table, or none; may be repeated")))


def _work(options: argparse.Namespace) -> int:
    try:
        seating = _answer(options)
    except Refusal as refusal:
        if refusal.code not in SENTENCES:
            raise
        print(explain(refusal, options.language), file=sys.stderr)
        return NOT_UNDERSTOOD if refusal.code in _OPTIONS else REFUSED
    shown = as_json(seating) if options.json else as_csv(seating) if options.csv else None
    print(as_text(seating, options.language) if shown is None else shown, end="\n" if shown is None else "")
    return DONE


def _answer(options: argparse.Namespace) -> Seating:
    if options.json and options.csv:
        raise Refusal("groups.one_output")
    return _made(options) if options.earlier is None else _changed(options)


def _made(options: argparse.Namespace) -> Seating:
    _must_be(options, given=("tables", "rounds", "seed"), absent=())
    wishes, mix = _wishes(options), _listed(options.mix)
    people = _people(options, mix, wishes)
    return seat(
        people,
        tables=options.tables,
        rounds=options.rounds,
        seed=options.seed,
        mix=mix,
        wishes=[_spelled(wish, people) for wish in wishes],
        accessible=_tables(options),
        tries=options.tries,
    )


def _changed(options: argparse.Namespace) -> Seating:
    _must_be(options, given=("next_round",), absent=("tables", "rounds", "seed", "mix", "accessible"))
    earlier, wishes = read_seating(options.earlier), _wishes(options)
    people = _people(options, earlier.mix, [*earlier.wishes, *wishes])
    added = [_spelled(wish, people) for wish in wishes]
    return reseat(earlier, people, next_round=options.next_round, absent=_listed(options.absent), wishes=added)


def _must_be(options: argparse.Namespace, given: tuple[str, ...], absent: tuple[str, ...]) -> None:
    missing = [_named(name) for name in given if getattr(options, name) is None]
    if missing:
        raise Refusal("groups.option_needed", options=missing)
    fixed = [_named(name) for name in absent if getattr(options, name)]
    if fixed:
        raise Refusal("groups.option_fixed", options=fixed)


def _named(option: str) -> str:
    return "--" + option.replace("_", "-")


def _people(options: argparse.Namespace, mix: tuple[str, ...], wishes: list[Wish]) -> dict[str, dict[str, str]]:
    fields = [*mix, *(wish.field for wish in wishes if wish.kind == COMPANY)]
    return read_people(options.people, fields, id=options.id, sheet=options.sheet)


def _wishes(options: argparse.Namespace) -> list[Wish]:
    return [
        *(together(*_listed(people)) for people in options.together),
        *(apart(*_listed(people)) for people in options.apart),
        *(_host(text) for text in options.host),
        *(needs_access(one) for people in options.needs_access for one in _listed(people)),
        *(_company(text) for text in options.never_alone),
    ]


def _spelled(wish: Wish, people: People) -> Wish:
    """With the value as the file spells it; capitals and spaces make no difference."""
    values = {fold(one[wish.field]): one[wish.field] for one in people.values()} if wish.kind == COMPANY else {}
    return replace(wish, value=values.get(fold(wish.value), wish.value))


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _host(text: str) -> Wish:
    who, sign, table = (part.strip() for part in text.partition("="))
    if not who or (sign and not (table.isascii() and table.isdigit() and 0 < len(table) < 10)):
        raise Refusal("groups.host_table", text=text)
    return host(who, int(table or 0))


def _company(text: str) -> Wish:
    field, _sign, value = (part.strip() for part in text.partition("="))
    if not field or not value:
        raise Refusal("groups.pair_value", text=text)
    return never_alone(field, value)


def _tables(options: argparse.Namespace) -> tuple[int, ...]:
    numbers = [number for text in options.accessible for number in _listed(text)]
    wrong = [number for number in numbers if not (number.isascii() and number.isdigit() and len(number) < 10)]
    if wrong:
        raise Refusal("groups.unknown_table", numbers=wrong, tables=options.tables)
    return tuple(int(number) for number in numbers)
