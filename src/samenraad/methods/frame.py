"""What the commands of a draw have in common: options, languages, and how they say no.

A command is a module with `main(arguments) -> exit code`, made of a parser and one function:

    def main(arguments: list[str]) -> int:
        parser = command("verify", _("Recomputes a draw."), arguments)
        parser.add_argument("transcript", help=parser.tell(_("what was published")))
        return run(parser, work)

`work(options)` prints, in `options.language`, and returns the exit code; it may refuse. Exit codes: 0 done, 1 refused
or not in order, 2 not understood (an unknown option, a file that is not there). Nobody ever sees a traceback.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn

from samenraad.methods.language import _, say
from samenraad.methods.saying import explain
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from samenraad.methods.sortition.reading.files import Files

LANGUAGES = ("nl", "en")
DONE, REFUSED, NOT_UNDERSTOOD = 0, 1, 2

#: refusals about the command itself rather than about what is in the files
_NOT_UNDERSTOOD = {
    "sortition.no_file",
    "sortition.option_missing",
    "sortition.option_unknown",
    "sortition.option_value",
    "sortition.command",
}

#: what argparse says -> our code, with the part of its sentence that is a name
_COMPLAINTS = (
    (r"the following arguments are required: (.*)", "sortition.option_missing"),
    (r"unrecognized arguments: (.*)", "sortition.option_unknown"),
    (r"argument (.+?): .*", "sortition.option_value"),
)


class Parser(argparse.ArgumentParser):
    """Speaks the reader's language, and refuses (`sortition.option_...`) instead of leaving the program."""

    language: str = "en"
    given: Sequence[str] = ()

    def tell(self, sentence: str, **facts: object) -> str:
        """The sentence in the language of this command."""
        return say(sentence, self.language, **facts)

    def error(self, message: str) -> NoReturn:
        for pattern, code in _COMPLAINTS:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                raise Refusal(code, command=self.prog, option=found[1])
        raise Refusal("sortition.command", command=self.prog, message=message)


def command(name: str, about: str, arguments: Sequence[str]) -> Parser:
    """The parser of `samenraad <name> <arguments>`, with the option `--language`; `about` says what it is for."""
    language = _language_asked(arguments)
    parser = Parser(prog=f"samenraad {name}", description=say(about, language), allow_abbrev=False)
    parser.language, parser.given = language, arguments
    parser.add_argument("--language", choices=LANGUAGES, default=language, help=parser.tell(_("nl or en")))
    return parser


def run(parser: Parser, work: Callable[[argparse.Namespace], int]) -> int:
    """Does the work and gives the exit code; a refusal becomes its sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        return work(parser.parse_args(parser.given))
    except Refusal as refusal:
        print(explain(refusal, parser.language), file=sys.stderr)
        return _exit_code(refusal)
    except KeyboardInterrupt:
        print(parser.tell(_("Stopped.")), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _exit_code(refusal: Refusal) -> int:
    problems = refusal.facts.get("problems", ())
    absent = isinstance(problems, tuple) and any(problem.code == "sortition.unopened" for problem in problems)
    return NOT_UNDERSTOOD if absent or refusal.code in _NOT_UNDERSTOOD else REFUSED


def _language_asked(arguments: Sequence[str]) -> str:
    """Known before the other options are understood, so that even their mistakes are told in it."""
    for option, value in pairwise([*arguments, ""]):
        asked = value if option == "--language" else option.removeprefix("--language=")
        if option.startswith("--language") and asked in LANGUAGES:
            return asked
    return _own_language()


def _own_language() -> str:
    """What the computer is set to, when we speak that; else English."""
    settings = (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    own = next((setting[:2] for setting in settings if setting), "en")
    return own if own in LANGUAGES else "en"


def whole_number(text: str) -> int:
    """For `type=`: a whole number of at least zero."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError(text)
    return int(text)


def add_files(parser: Parser) -> None:
    """The two files of a draw, and how to read them: `read_files(options)` does."""
    tell, add = parser.tell, parser.add_argument
    add("respondents", help=tell(_("the people in the pool: a CSV or xlsx file")))
    add(
        "categories",
        help=tell(_("the quotas: a CSV or xlsx file with category, value, min and max; or with share, to make quotas")),
    )
    add("--seats", type=whole_number, required=True, metavar="N", help=tell(_("how many people to draw")))
    add("--room", type=whole_number, default=0, metavar="N", help=tell(_("seats around quotas made from shares")))
    add("--id", metavar="COLUMN", help=tell(_("the column with everybody's number")))
    add("--household", action="append", default=[], metavar="COLUMN", help=tell(_("address column; may be repeated")))
    add("--already", metavar="COLUMN", help=tell(_("the column that marks who is in already")))
    add("--sheet", metavar="NAME", help=tell(_("the sheet with the people, in an xlsx file")))
    add("--quota-sheet", metavar="NAME", help=tell(_("the sheet with the quotas, in an xlsx file")))


def read_files(options: argparse.Namespace) -> Files:
    """Pool, quotas and who is in already, from the options of `add_files`."""
    from samenraad.methods.sortition.reading.files import read

    return read(
        options.respondents,
        options.categories,
        seats=options.seats,
        room=options.room,
        id=options.id,
        household=tuple(options.household),
        already=options.already or (),
        sheet=options.sheet,
        quota_sheet=options.quota_sheet,
    )
