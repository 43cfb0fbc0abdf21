"""`samenraad invite`: who gets a letter, drawn from a register extract."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil
from pathlib import Path

from samenraad.methods.frame import DONE, Parser, command, run, whole_number
from samenraad.methods.language import _
from samenraad.methods.seeds import settled
from samenraad.methods.sortition.letters.addressees import draw_letters, had_letters
from samenraad.methods.sortition.letters.apportion import largest_remainder
from samenraad.methods.sortition.letters.home_chances import HOMES, PEOPLE
from samenraad.methods.sortition.letters.how_many import LetterPlan
from samenraad.methods.sortition.letters.plan_file import Wishes, plan_for, read_wishes
from samenraad.methods.sortition.letters.receipt import LETTER_LIST, OWN_COLUMNS, write_down
from samenraad.methods.sortition.letters.register import RegisterRules, read_register
from samenraad.methods.sortition.letters.register_file import open_register
from samenraad.methods.sortition.letters.summary import summary
from samenraad.methods.sortition.pool import Feature
from samenraad.refusals import Refusal

OWNER_ONLY, EVERYBODY = 0o600, 0o644
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def main(arguments: list[str]) -> int:
    about = _("Draws who gets a letter from a register: the same seed always draws the same people.")
    parser = command("invite", about, arguments)
    parser.add_argument("register", help=parser.tell(_("everybody in the register: a CSV file, or a small xlsx file")))
    return run(_with_files(_with_wishes(_with_columns(parser))), _invite)


def _with_columns(parser: Parser) -> Parser:
    tell, add = parser.tell, parser.add_argument
    add("--seed", required=True, metavar="TEXT", help=tell(_("the public words or numbers that decide")))
    add("--id", default="id", metavar="COLUMN", help=tell(_("the column with everybody's own number")))
    add("--strata", action="append", default=[], metavar="COLUMN,COLUMN", help=tell(_("the columns that make strata")))
    add("--leave-out", action="append", default=[], type=_pair, metavar="COLUMN=VALUE", help=tell(_("who gets none")))
    add("--age", metavar="COLUMN", help=tell(_("the column with ages or dates of birth")))
    add("--ages", type=_numbers, default=(), metavar="16,25,65", help=tell(_("the lowest age of each age class")))
    add("--on", type=_day, metavar="YYYY-MM-DD", help=tell(_("the day on which somebody has that age")))
    add(
        "--household",
        action="append",
        default=[],
        metavar="COLUMN,COLUMN",
        help=tell(_("the columns of the address: at most one letter goes to each")),
    )
    add("--equal", choices=(PEOPLE, HOMES), default=PEOPLE, help=tell(_("whose chances are equal: people or homes")))
    return parser


def _with_wishes(parser: Parser) -> Parser:
    tell, add = parser.tell, parser.add_argument
    add("--plan", metavar="FILE", help=tell(_("what you wish, as JSON; options go before it")))
    add("--letters", type=whole_number, metavar="N", help=tell(_("how many letters there are")))
    add("--seats", type=whole_number, metavar="N", help=tell(_("how many seats there are: computes the letters")))
    add("--certainty", type=_part, metavar="95%", help=tell(_("how sure that every stratum fills its seats")))
    add("--rate", type=_part, metavar="5%", help=tell(_("which part says yes to a letter")))
    add("--limit", type=float, metavar="X", help=tell(_("no chance is more than X times the average chance")))
    add("--reserve", default="0", metavar="N", help=tell(_("how many are next, as a number or as 20%%")))
    add("--earlier", metavar="FILE", help=tell(_("the list of an earlier wave: who had a letter gets no other one")))
    return parser


def _with_files(parser: Parser) -> Parser:
    tell, add = parser.tell, parser.add_argument
    add("--out", default="letters.csv", metavar="FILE", help=tell(_("the list to make; it holds names: keep it safe")))
    add("--receipt", default="letters.json", metavar="FILE", help=tell(_("the receipt to make; it holds no names")))
    add("--overwrite", action="store_true", help=tell(_("replace files that are there already")))
    return parser


def _invite(options: argparse.Namespace) -> int:
    targets = {"--out": Path(options.out), "--receipt": Path(options.receipt)}
    _refuse_taken(targets, options.overwrite)
    _refuse_needed(targets, [options.register, options.plan, options.earlier])
    wishes, seed = _wishes(options), settled(options.seed)
    earlier = _earlier(options.earlier, options.id) if options.earlier else ()
    register = read_register(options.register, _rules(options), seed)
    plan = plan_for(register.people, wishes, had_letters(register, earlier) if options.earlier else None)
    draw = draw_letters(
        register,
        plan.by_stratum,
        reserve=_reserve(plan, options.reserve),
        earlier=earlier,
        equal=options.equal,
    )
    written = write_down(draw, plan)
    _write(targets["--out"], "\ufeff" + written.addressees, OWNER_ONLY)
    _write(targets["--receipt"], written.receipt, EVERYBODY)
    print(summary(draw, plan, written, tuple(targets.values()), options.language))
    return DONE


def _rules(options: argparse.Namespace) -> RegisterRules:
    return RegisterRules(
        id=options.id,
        strata=_names(options.strata),
        leave_out=tuple(options.leave_out),
        age=options.age or ("age" if options.ages else None),
        ages=options.ages,
        on=options.on,
        household=_names(options.household),
    )


def _wishes(options: argparse.Namespace) -> Wishes:
    wishes = read_wishes(options.plan) if options.plan else Wishes()
    asked = {name: getattr(options, name) for name in ("letters", "seats", "certainty", "rate", "limit")}
    return replace(wishes, **{name: value for name, value in asked.items() if value is not None})


def _earlier(path: str, column: str) -> tuple[str, ...]:
    """The numbers of who had a letter: of our own lists without the reserve, of other files everybody."""
    file = open_register(path)
    at, kind = file.find(column), file.find(OWN_COLUMNS[0])
    if at is None:
        raise Refusal("sortition.earlier_file", file=file.path.name, column=column)
    rows = [cells for _line, cells in file.rows() if cells and len(cells) > at]
    return tuple(cells[at] for cells in rows if kind is None or cells[kind] == LETTER_LIST)


def _reserve(plan: LetterPlan, asked: str) -> dict[tuple[Feature, ...], int]:
    """So many in all, or a part of the letters, divided over the strata as the letters are."""
    number = _spare(plan.letters, asked)
    spread = [Fraction(share.letters) for share in plan.shares]
    divided = largest_remainder(number, spread, [share.stratum.people for share in plan.shares])
    return {share.stratum.where: spare for share, spare in zip(plan.shares, divided, strict=True)}


def _refuse_taken(targets: dict[str, Path], overwrite: bool) -> None:
    for option, path in targets.items():
        if path.exists() and not overwrite:
            raise Refusal("sortition.there_already", path=path, option=option)


def _refuse_needed(targets: dict[str, Path], read: Sequence[str | None]) -> None:
    """Not even `--overwrite` replaces what is read (register, plan, earlier list), nor one result the other."""
    taken = {Path(one).resolve() for one in read if one}
    for option, path in targets.items():
        if path.resolve() in taken:
            raise Refusal("sortition.needed", path=path, option=option)
        taken.add(path.resolve())


def _write(path: Path, text: str, mode: int) -> None:
    """Written beside its place and then moved there, so that a list is never half a list."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as stream:
            stream.write(text.encode())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Refusal("sortition.disk", path=path, why=error.strerror) from error


def _names(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for text in given for name in text.split(",") if name.strip())


def _pair(text: str) -> Feature:
    column, found, value = text.partition("=")
    if not (found and column.strip()):
        raise argparse.ArgumentTypeError(text)
    return column.strip(), value.strip()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(whole_number(part.strip()) for part in text.split(","))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _part(text: str) -> float:
    """95% or 0.95."""
    try:
        return float(_percent(text)) if text.endswith("%") else float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(text) from error


def _percent(text: str) -> Fraction:
    """Raises `ValueError` for anything but digits and one decimal sign before the percent sign."""
    number = text.removesuffix("%").strip().replace(",", ".")
    if not _DECIMAL.fullmatch(number):
        raise ValueError(text)
    return Fraction(number) / 100


def _spare(letters: int, asked: str) -> int:
    try:
        return ceil(letters * _percent(asked)) if asked.endswith("%") else whole_number(asked)
    except (ValueError, argparse.ArgumentTypeError) as error:
        raise Refusal("sortition.option_value", command="samenraad invite", option="--reserve") from error
