"""`samenraad verify`: recomputes a draw, and with the private files also every panel against every rule."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from samenraad.methods.frame import DONE, REFUSED, command, run, whole_number
from samenraad.methods.language import _, say
from samenraad.methods.sortition.draw.checking import check, check_chances
from samenraad.methods.sortition.draw.folder import read_key
from samenraad.methods.sortition.draw.pool_check import check_pool, check_quotas, quotas_of
from samenraad.methods.sortition.draw.publication import Facts
from samenraad.methods.sortition.draw.transcript import Finding
from samenraad.refusals import Refusal


def main(arguments: list[str]) -> int:
    parser = command(
        "verify", _("Recomputes a draw from what was published, and says what is not in order."), arguments
    )
    tell, add = parser.tell, parser.add_argument
    add("transcript", help=tell(_("transcript.json: what was published after the draw")))
    add("lottery", help=tell(_("lottery.csv: what was published before the draw")))
    add("--seal", metavar="HEX", help=tell(_("the seal as it was published, to compare")))
    add("--chances", metavar="FILE", help=tell(_("chances.csv: does it count this lottery?")))
    add("--pool", metavar="FILE", help=tell(_("private: the people in the pool")))
    add("--key", metavar="FILE", help=tell(_("private: key.csv")))
    add("--categories", metavar="FILE", help=tell(_("the quotas: are they those of the rules?")))
    add("--room", type=whole_number, default=0, metavar="N", help=tell(_("seats around quotas made from shares")))
    add("--id", metavar="COLUMN", help=tell(_("the column with everybody's number")))
    add("--sheet", metavar="NAME", help=tell(_("the sheet with the people, in an xlsx file")))
    add("--quota-sheet", metavar="NAME", help=tell(_("the sheet with the quotas, in an xlsx file")))
    return run(parser, _verify)


def _verify(options: argparse.Namespace) -> int:
    if bool(options.pool) != bool(options.key) or (options.categories and not options.pool):
        raise Refusal("sortition.pool_and_key")
    transcript, lottery = _content(options.transcript), _content(options.lottery)
    found = check(transcript, lottery, options.seal)
    facts = {} if found else json.loads(transcript)
    if facts and options.chances:
        found = check_chances(facts["rules"], lottery, _content(options.chances))
    if facts and options.pool:
        found = [*found, *_private(options, facts["rules"], lottery)]
    _tell(found, facts, options)
    return REFUSED if found else DONE


def _private(options: argparse.Namespace, rules: Facts, lottery: bytes) -> list[Finding]:
    """The pool is read with the quotas of the rules, or with a file of quotas that is held against them as well."""
    from samenraad.methods.sortition.reading.files import read, read_pool

    asked = {"id": options.id, "household": tuple(rules["households"]), "sheet": options.sheet}
    found: list[Finding] = []
    if options.categories:
        how = {"seats": rules["seats"], "room": options.room, "quota_sheet": options.quota_sheet}
        files = read(options.pool, options.categories, **asked, **how)
        pool, found = files.pool, check_quotas(rules, files.quotas)
    else:
        pool = read_pool(options.pool, quotas_of(rules), **asked)
    return found + check_pool(rules, lottery.decode("ascii"), pool, read_key(Path(options.key)))


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Refusal("sortition.no_file", file=path) from error


def _tell(found: Sequence[Finding], facts: Facts, options: argparse.Namespace) -> None:
    language = options.language
    if found:
        print(say(_("Not in order."), language))
        print("\n".join(finding.sentence(language) for finding in found))
        return
    rules = facts["rules"]
    print(say(_("In order. Panel {number}, {seats} people."), language, number=facts["number"], seats=rules["seats"]))
    if options.pool:
        print(
            say(_("All {panels} panels meet every rule, and the pool is unchanged."), language, panels=rules["panels"])
        )
    print(say(_("Seal: {seal}"), language, seal=facts["seal"]))
    if not options.seal:
        print(say(_("Compare the seal with the one that was published before the draw."), language))
