"""Recomputing a draw on the server, from the very bytes that everybody can download."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenraad.instruments.lot.models import Draw, Lot
from samenraad.ledger.models import Entry
from samenraad.methods.sortition.draw import pool_check
from samenraad.methods.sortition.draw.checking import check, check_chances, check_lottery, check_seal
from samenraad.methods.sortition.draw.publication import Key
from samenraad.methods.sortition.draw.transcript import Finding
from samenraad.methods.sortition.pool import Candidate, Pool
from samenraad.ui.formats import number, short_date

#: so many lines of somebody's copy that differ from ours are named
NAMED = 5
TRANSCRIPT, LOTTERY = "transcript.json", "lottery.csv"


@dataclass(frozen=True)
class Line:
    """One thing that was recomputed, in words; `good` says whether it is in order."""

    good: bool
    text: str


@dataclass(frozen=True)
class Recount:
    lines: list[Line]
    findings: list[str]

    @property
    def good(self) -> bool:
        return not self.findings and all(line.good for line in self.lines)


def recount(draw: Draw) -> Recount:
    """Everything that can be checked now: before the draw the lottery, after it the outcome too."""
    rules, lottery = json.loads(draw.rules), draw.lottery.encode()
    seal = published_seal(draw.lot)
    done = [
        (check_seal(rules, draw.seal) + ([] if seal in (None, draw.seal) else check_seal(rules, seal)),
            _("The rules have the seal that stands in the public ledger since {day}.")),
        (check_lottery(rules, lottery),
            _("The {panels} panels are those of the rules: each has {seats} different people.")),
        (check_chances(rules, lottery, draw.chances.encode()),
            _("Everybody’s chance was counted from those panels, and the pool has the digest of the rules.")),
    ]  # fmt: skip
    if draw.drawn_at:
        found = check(draw.transcript.encode(), lottery, seal or draw.seal)
        done.append((found, _("The chance leads to panel {number}, and its {seats} people are those who were drawn.")))
    facts = {
        "panels": number(rules["panels"]), "seats": rules["seats"], "number": draw.number,
        "day": _day(draw.published_at),
    }  # fmt: skip
    lines = [Line(not found, text.format(**facts)) for found, text in done]
    return Recount([*lines, _limits(draw, rules)], [_said(one) for found, _text in done for one in found])


def _day(moment: datetime | None) -> str:
    return short_date(moment) if moment else "…"


def published_seal(lot: Lot) -> str | None:
    """As it was written in the ledger at publication, where nobody can change it."""
    entry = Entry.objects.filter(act="lot.lottery_published", subject=f"step:{lot.pk}").order_by("-seq").first()
    return str(entry.facts["seal"]) if entry else None


def _limits(draw: Draw, rules: dict[str, Any]) -> Line:
    """Each panel against each limit and each address, with the answers that only the town hall has: a count only."""
    pool = Pool(tuple(Candidate(number, features, home or None) for number, features, home in draw.pool))
    wrong = pool_check.check_pool(rules, draw.lottery, pool, [Key(*key) for key in draw.keys])
    if any(one.file != pool_check.LOTTERY for one in wrong):
        return Line(False, _("The answers that the town hall keeps are not those that were frozen."))
    good = rules["panels"] - len({one.line for one in wrong})
    text = _("{good} of the {panels} panels meet every limit. Only the town hall can count this: it has the answers.")
    return Line(good == rules["panels"], text.format(good=number(good), panels=number(rules["panels"])))


@dataclass(frozen=True)
class Comparison:
    """Somebody's own copy beside ours, and recomputed by itself."""

    same: list[str]
    findings: list[str]

    @property
    def good(self) -> bool:
        return not self.findings


def compare(draw: Draw, transcript: bytes | None, lottery: bytes | None) -> Comparison:
    """Which of the copies is the same as ours, byte for byte; and of one that is not, where it differs."""
    ours = {TRANSCRIPT: draw.transcript.encode(), LOTTERY: draw.lottery.encode()}
    copies = {TRANSCRIPT: transcript, LOTTERY: lottery}
    given = {name: content for name, content in copies.items() if content is not None}
    same = [name for name, content in given.items() if content == ours[name]]
    differing = {name: content for name, content in given.items() if name not in same}
    wrong = [text for name, content in differing.items() for text in _differs(name, content, ours[name])]
    if wrong and draw.drawn_at:
        found = check(transcript or ours[TRANSCRIPT], lottery or ours[LOTTERY], published_seal(draw.lot))
        wrong += [text for text in map(_said, found) if text not in wrong]
    return Comparison(same, wrong)


def _differs(name: str, copy: bytes, ours: bytes) -> Iterator[str]:
    """The first lines that are not as we published them."""
    theirs, lines = copy.split(b"\n"), ours.split(b"\n")
    if len(theirs) != len(lines):
        text = _("{file} has {n} lines; ours has {ours}.")
        yield text.format(file=name, n=len(theirs) - 1, ours=len(lines) - 1)
    places = [place for place, (one, other) in enumerate(zip(theirs, lines, strict=False), 1) if one != other]
    for place in places[:NAMED]:
        yield _("{file}, line {line}: this line differs from what we published.").format(file=name, line=place)
    if len(places) > NAMED:
        yield _("{file}: {n} more lines differ.").format(file=name, n=len(places) - NAMED)


def _said(finding: Finding) -> str:
    return finding.sentence((get_language() or "nl")[:2])
