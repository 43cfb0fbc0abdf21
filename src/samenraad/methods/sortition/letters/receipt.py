"""What comes out of an invitation: the addressees for who prints the letters, and a receipt for everybody.

The receipt names nobody. It holds the seed, the digest of the register, the rules, the numbers per stratum with the
largest ticket that was invited, and the digest of the list of addressees: who has the register can draw again and
compare, and who knows their own number can see whether they should have had a letter.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction

from samenraad.methods.seeds import settled
from samenraad.methods.sortition.letters.addressees import Invited, LetterDraw
from samenraad.methods.sortition.letters.home_chances import HOMES
from samenraad.methods.sortition.letters.how_many import LetterPlan
from samenraad.methods.sortition.letters.register import HOME, LETTER

#: the columns that are put before those of the register
OWN_COLUMNS = ("list", "number", "ticket")
LETTER_LIST, RESERVE_LIST = "letter", "reserve"


@dataclass(frozen=True)
class Receipt:
    """The two texts, and the digest of the first: SHA-256 of its UTF-8, without a byte order mark."""

    addressees: str
    receipt: str
    digest: str


def write_down(draw: LetterDraw, plan: LetterPlan) -> Receipt:
    """The addressees as CSV, letters first, stratum by stratum, in the order of their tickets; and the receipt."""
    addressees = _csv(draw)
    digest = hashlib.sha256(addressees.encode()).hexdigest()
    facts = _facts(draw, plan, digest)
    return Receipt(addressees, json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n", digest)


def _csv(draw: LetterDraw) -> str:
    register = draw.register
    text = io.StringIO()
    writer = csv.writer(text, delimiter=register.file.delimiter or ";", lineterminator="\n")
    writer.writerow([*OWN_COLUMNS, *register.file.columns])
    cells = register.cells(row for stratum in draw.strata for row in (*stratum.rows, *stratum.reserve))
    for name, numbered in ((LETTER_LIST, _letters(draw)), (RESERVE_LIST, _reserve(draw))):
        for number, row in enumerate(numbered, start=1):
            writer.writerow([name, number, f"{draw.key[row]:016x}", *cells[row]])
    return text.getvalue()


def _letters(draw: LetterDraw) -> Iterator[int]:
    return (row for stratum in draw.strata for row in stratum.rows)


def _reserve(draw: LetterDraw) -> Iterator[int]:
    return (row for stratum in draw.strata for row in stratum.reserve)


def _facts(draw: LetterDraw, plan: LetterPlan, digest: str) -> dict[str, object]:
    register, rules = draw.register, asdict(draw.register.rules)
    return {
        "kind": "samenraad invitation",
        "seed": settled(register.seed),
        "ticket": f"first 16 hexadecimal digits of SHA-256 of the lines samenraad, {_ticket_lines(draw)}",
        "register": {
            "sha256": register.file.digest,
            "rows": len(register.group),
            "people": sum(register.people.values()),
            "left_out": register.left_out,
        },
        "rules": {**rules, "on": _day(register.rules.on), "equal": draw.equal if rules["household"] else None},
        "letters": plan.letters,
        "invited": draw.invited,
        "expected": round(plan.expected, 2),
        "between": [plan.low, plan.high],
        "confidence": plan.confidence,
        "notices": [{"code": notice.code, **_plain(notice.facts)} for notice in (*plan.notices, *draw.notices)],
        "strata": [_stratum(stratum, draw) for stratum in draw.strata],
        "addressees": {"sha256": digest, "rows": sum(len(one.rows) + len(one.reserve) for one in draw.strata)},
    }


def _ticket_lines(draw: LetterDraw) -> str:
    by_home = draw.equal == HOMES and draw.register.homes is not None
    return f"{HOME}, seed, address" if by_home else f"{LETTER}, seed, number"


def _stratum(stratum: Invited, draw: LetterDraw) -> dict[str, object]:
    facts: dict[str, object] = {
        "stratum": dict(stratum.where),
        "people": stratum.people,
        "had_a_letter_before": stratum.earlier,
        "letters": stratum.letters,
        "invited": len(stratum.rows),
        "reserve": len(stratum.reserve),
        "chance": f"{stratum.earlier + len(stratum.rows)}/{stratum.people}",
        "largest_ticket_invited": None if stratum.cut is None else f"{stratum.cut:016x}",
    }
    if draw.register.homes is not None:
        chances = stratum.chances(draw.equal)
        facts["chances_by_people_at_the_address"] = {str(m): _rounded(chance) for m, chance in chances.items()}
    return facts


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: _rounded(fact) if isinstance(fact, (float, Fraction)) else fact for name, fact in facts.items()}


def _rounded(number: float | Fraction) -> float:
    return float(f"{float(number):.6g}")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
