"""`samenraad draw`: first the lottery that is published, later the draw from what was published.

Two moments, because who draws may not choose: the lottery, the rules and the kind of chance are fixed and public
before chance speaks, and from then on only whole numbers decide. The draw itself needs Python only, no solver.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from samenraad.methods.frame import DONE, Parser, add_files, command, read_files, run, whole_number
from samenraad.methods.language import _, ngettext, say, say_many
from samenraad.methods.sortition.draw.folder import (
    KEY,
    LINES,
    NEVER,
    PANEL,
    PRIVATE,
    PUBLISH,
    TRANSCRIPT,
    Published,
    lines_csv,
    must_be_free,
    open_publication,
    read_key,
    write_draw,
    write_publication,
)
from samenraad.methods.sortition.draw.publication import SALT, Facts, Publication, publish
from samenraad.methods.sortition.draw.randomness import (
    BEACON,
    DICE,
    KINDS,
    PHRASE,
    SOURCES,
    Announced,
    Randomness,
    beacon,
    dice,
    dice_for,
    phrases,
)
from samenraad.methods.sortition.draw.sentences import Chance
from samenraad.methods.sortition.draw.transcript import build
from samenraad.methods.sortition.lottery import Lottery
from samenraad.methods.sortition.pool import Pool, Quotas
from samenraad.methods.sortition.progress import Progress
from samenraad.methods.sortition.sentences import spoken
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from samenraad.methods.sortition.feasibility.excluded import Excluded
    from samenraad.methods.sortition.reading.files import Files

METHODS = ("leximin", "maximin", "nash", "goldilocks")
#: the older draw is only there to compare with; so many of its draws are made to estimate its chances
LEGACY, LEGACY_DRAWS = "legacy", 1000
#: options that only the draw itself has
OF_THE_DRAW = {"--from", "--dice", "--phrase", "--beacon"}


def main(arguments: list[str]) -> int:
    if any(argument.partition("=")[0] in OF_THE_DRAW for argument in arguments):
        parser = command("draw", _("The draw itself, from the folder that was published."), arguments)
        return run(_with_draw_options(parser), _draw)
    about = _("Makes the lottery and the folder to publish. On the day: samenraad draw --from FOLDER --dice 4 0 7.")
    return run(_with_lottery_options(command("draw", about, arguments)), _prepare)


def _with_lottery_options(parser: Parser) -> Parser:
    tell, add = parser.tell, parser.add_argument
    add_files(parser)
    add("--method", choices=METHODS, default="leximin", help=tell(_("how chances are divided; leximin unless you say")))
    add("--compare", nargs="+", choices=(*METHODS, LEGACY), default=(), help=tell(_("report other methods beside it")))
    add("--panels", type=whole_number, default=1000, metavar="M", help=tell(_("how many panels; 1000 unless you say")))
    add("--out", default="draw", metavar="FOLDER", help=tell(_("the folder to make")))
    add("--randomness", choices=KINDS, default=DICE, help=tell(_("which chance will decide")))
    add("--when", default="", metavar="TEXT", help=tell(_("when and where it will decide, in words")))
    add("--source", choices=sorted(SOURCES), default="drand-quicknet", help=tell(_("which beacon")))
    add("--round", type=whole_number, default=0, metavar="N", help=tell(_("which round of the beacon")))
    add("--salt-file", metavar="FILE", help=tell(_("a secret in hexadecimal; a new one is made unless you give one")))
    add(
        "--time-limit", type=whole_number, metavar="S", help=tell(_("stop after so many seconds, with the best so far"))
    )
    return parser


def _with_draw_options(parser: Parser) -> Parser:
    tell, add = parser.tell, parser.add_argument
    add("--from", dest="folder", required=True, metavar="FOLDER", help=tell(_("the folder made before")))
    add("--dice", action="append", nargs="+", type=whole_number, metavar="N", help=tell(_("the digits of one throw")))
    add("--phrase", action="append", metavar="TEXT", help=tell(_("what one person said; repeat for each")))
    add("--beacon", nargs=2, metavar=("ROUND", "VALUE"), help=tell(_("the round and its value in hexadecimal")))
    add("--seal", metavar="HEX", help=tell(_("the seal as it was published, to compare")))
    return parser


def _prepare(options: argparse.Namespace) -> int:
    announced = _announced(options)
    if options.panels < 1:
        raise Refusal("sortition.panels", panels=options.panels, least=1)
    salt, root = _salt(options.salt_file), Path(options.out)
    must_be_free(root)
    files = read_files(options)
    lottery = _lottery(files, options)
    publication = publish(lottery, salt, announced, options.household)
    impossible = _impossible(lottery)
    never = _never_drawn(lottery, impossible, options.language)
    private = {LINES: lines_csv(files.lines), **({NEVER: _never_txt(lottery, never)} if never else {})}
    write_publication(root, publication, _reports(publication, _hidden(impossible, publication), options), private)
    print("\n".join([*never, _prepared(publication, root, options.language)]))
    return DONE


def _draw(options: argparse.Namespace) -> int:
    published = open_publication(Path(options.folder), options.seal)
    facts = build(published.rules, published.lottery, _randomness(options, published.rules))
    key = published.root / PRIVATE / KEY
    write_draw(published.root, facts, read_key(key) if key.exists() else None)
    print(_drawn(published, facts["number"], facts["panel"], key.exists(), options.language))
    return DONE


def _lottery(files: Files, options: argparse.Namespace) -> Lottery:
    return _made(options.method, files.pool, files.quotas, files.already, options)


def _made(name: str, pool: Pool, quotas: Quotas, already: tuple[str, ...], options: argparse.Namespace) -> Lottery:
    method = getattr(import_module("samenraad.methods.sortition.lotteries"), name)
    made = method(pool, quotas, options.seats, already=already, m=options.panels, progress=_progress(options))
    return cast(Lottery, made)


def _progress(options: argparse.Namespace) -> Progress:
    """Tells somebody who is waiting at a screen how far it is, and stops at the time limit."""
    limit = float("inf") if options.time_limit is None else options.time_limit
    deadline = time.monotonic() + limit
    if not sys.stderr.isatty():
        return Progress(stop=lambda: time.monotonic() > deadline)
    return Progress(_show, lambda: time.monotonic() > deadline)


def _show(stage: str, share: float) -> None:
    print(f"\r{stage} {share:4.0%} ", end="" if share < 1 else "\n", file=sys.stderr, flush=True)


def _announced(options: argparse.Namespace) -> Announced:
    if options.randomness == BEACON:
        announced = Announced(BEACON, options.when, options.source, options.round)
        moment = SOURCES[options.source].moment(options.round)
        if moment is not None and moment <= datetime.now(UTC):
            raise Refusal("sortition.beacon_past", round=options.round, moment=_at(moment))
        return announced
    return Announced(options.randomness, options.when)


def _salt(path: str | None) -> bytes:
    """From a file of hexadecimal digits, or new; a new one is forgotten, because key.csv holds what follows from it."""
    if path is None:
        return secrets.token_bytes(2 * SALT)
    try:
        salt = bytes.fromhex(Path(path).read_text(encoding="ascii").strip())
    except OSError as error:
        raise Refusal("sortition.no_file", file=path) from error
    except ValueError as error:
        raise Refusal("sortition.salt_file", path=path) from error
    if len(salt) < SALT:
        raise Refusal("sortition.salt_short", bytes=len(salt), least=SALT)
    return salt


def _randomness(options: argparse.Namespace, rules: Facts) -> Randomness:
    given = [kind for kind in KINDS if getattr(options, kind) is not None]
    if len(given) != 1:
        raise Refusal("sortition.randomness_one")
    announced = Announced(**rules["announced"])
    if given[0] != announced.kind:
        raise Refusal("sortition.randomness_other", kind=Chance(given[0]), announced=Chance(announced.kind))
    if given == [DICE]:
        return dice(options.dice, rules["panels"])
    if given == [PHRASE]:
        return phrases(options.phrase)
    round, value = options.beacon
    if not round.isdecimal():
        raise Refusal("sortition.beacon_round", round=round)
    return beacon(int(round), value, announced)


def _reports(publication: Publication, hidden: tuple[_Hidden, ...], options: argparse.Namespace) -> dict[str, str]:
    """The report to publish speaks of groups and chances only: it is made of the lottery under codes."""
    from samenraad.methods.sortition.lotteries.legacy import legacy
    from samenraad.methods.sortition.report.report import report

    lottery = publication.lottery
    others = [name for name in METHODS if name in options.compare and name != lottery.method]
    compare = [_made(name, lottery.pool, lottery.quotas, lottery.already, options) for name in others]
    older = None
    if LEGACY in options.compare:
        whom = lottery.pool, lottery.quotas, lottery.seats
        older = legacy(*whom, draws=LEGACY_DRAWS, seed=lottery.digest, already=lottery.already)
    told = report(lottery, compare=compare, legacy=older, excluded=hidden)
    return {"report.txt": told.as_text(options.language), "report.json": told.as_json()}


def _on_no_panel(lottery: Lottery) -> set[str]:
    return {one for one, count in lottery.counts.items() if count == 0}


def _never_txt(lottery: Lottery, sentences: list[str]) -> str:
    """The sentences, which name a few, and then everybody they are about, one on a line."""
    return "".join(f"{one}\n" for one in (*sentences, "", *sorted(_on_no_panel(lottery))))


def _impossible(lottery: Lottery) -> tuple[Excluded, ...]:
    """Who can be on no panel whatever, and why."""
    from samenraad.methods.sortition.feasibility.excluded import excluded
    from samenraad.methods.sortition.problem import pose

    if not _on_no_panel(lottery):
        return ()
    return excluded(pose(lottery.pool, lottery.quotas, lottery.seats, lottery.already), lottery.panels)


@dataclass(frozen=True)
class _Hidden:
    """Those people under their codes, for the report: why would tell what a code has answered."""

    ids: tuple[str, ...]

    def sentence(self, language: str) -> str:
        why = _("This follows from the quotas and from who is in already. The organiser knows why, for each of them.")
        return say(why, language)


def _hidden(impossible: Sequence[Excluded], publication: Publication) -> tuple[_Hidden, ...]:
    code = {key.id: key.code for key in publication.keys}
    codes = tuple(sorted(code[one] for group in impossible for one in group.ids))
    return (_Hidden(codes),) if codes else ()


def _never_drawn(lottery: Lottery, groups: Sequence[Excluded], language: str) -> list[str]:
    """Nobody silently at zero: for the organiser, who is on no panel, and why."""
    unlucky = sorted(_on_no_panel(lottery) - {one for group in groups for one in group.ids})
    sentences = [group.sentence(language) for group in groups]
    if unlucky:
        rare = _("On none of these panels, although it is possible: {ids}. With more panels they have a chance.")
        if lottery.reached == "stopped":
            rare = _("On none of these panels, because time was up: {ids}. Give it more time: --time-limit.")
        sentences.append(say(rare, language, ids=spoken(unlucky, language)))
    return sentences


def _prepared(publication: Publication, root: Path, language: str) -> str:
    rules, kind = publication.rules, publication.rules["announced"]["kind"]
    throw = ngettext(
        "On the day, throw {n} ten-sided die: samenraad draw --from {root} --dice ...",
        "On the day, throw {n} ten-sided dice: samenraad draw --from {root} --dice ...",
    )
    how = {
        PHRASE: _("On the day, let people speak: samenraad draw --from {root} --phrase ... --phrase ..."),
        BEACON: _("After round {round}{moment}: samenraad draw --from {root} --beacon {round} VALUE"),
    }
    sentences = (
        _("{panels} panels of {seats} people, from the {people} people in the pool."),
        _("Seal: {seal}"),
        _("Publish {public} as it is, and the seal. Keep {private} to yourself."),
    )
    facts = {name: rules[name] for name in ("panels", "seats", "people")}
    places = {"root": root, "public": root / PUBLISH, "private": root / PRIVATE}
    lines = [say(one, language, seal=publication.seal, **facts, **places) for one in sentences]
    if kind == DICE:
        lines.append(say_many(throw, dice_for(rules["panels"]), language, root=root))
    else:
        lines.append(say(how[kind], language, root=root, round=rules["announced"]["round"], moment=_moment(rules)))
    return "\n".join(lines)


def _moment(rules: Facts) -> str:
    """When a beacon will have spoken, so that everybody sees that it has not done so yet."""
    source = SOURCES.get(rules["announced"]["source"])
    moment = source.moment(rules["announced"]["round"]) if source else None
    return f" ({_at(moment)})" if moment else ""


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _drawn(published: Published, number: int, panel: list[str], with_key: bool, language: str) -> str:
    sentences = [
        _("Panel {number} was drawn: line {line} of lottery.csv."),
        _("Its {seats} people, by the code in their letter:"),
        *(f"    {code}" for code in panel),
        _("Seal: {seal}"),
        _("Publish {transcript} too. Anybody can check it: samenraad verify, or python verify_draw.py."),
        *([_("{names} says who they are. It is private.")] if with_key else []),
    ]
    places = {"transcript": published.root / PUBLISH / TRANSCRIPT, "names": published.root / PRIVATE / PANEL}
    facts = {"number": number, "line": number + 1, "seats": len(panel), "seal": published.seal}
    return "\n".join(say(one, language, **facts, **places) for one in sentences)
