"""Recomputes a draw from what was published: `check` finds everything that is not in order, and says where."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from samenraad.methods.language import _
from samenraad.methods.saying import explain
from samenraad.methods.sortition.draw.publication import CODE, RULES_FORMAT, Facts, canonical, digest, pool_digest
from samenraad.methods.sortition.draw.transcript import (
    FORMAT,
    MARK,
    SHAPE,
    Finding,
    line_of,
    mark,
    randomness_facts,
    randomness_of,
    read,
)
from samenraad.refusals import Refusal

TRANSCRIPT, LOTTERY, CHANCES, RULES = "transcript.json", "lottery.csv", "chances.csv", "rules.json"
#: so many broken lines of one file are named
NAMED = 5


def check(transcript: bytes, lottery: bytes, seal: str | None = None) -> list[Finding]:
    """Nothing when the draw is in order. `seal` is what was published before the draw, when the reader has it.

    The rules have the stated seal; the lottery has the stated digest and the stated shape; the number follows from the
    chance; the panel is the line with that number; and neither file differs in a single byte from what was written.
    """
    facts, found = read(transcript, SHAPE, TRANSCRIPT)
    if found:
        return found
    rules, lines = facts["rules"], lottery.split(b"\n")
    if rules["panels"] < 1 or rules["seats"] < 1:
        return [_at(canonical(facts), "rules", _("There must be at least one panel and one seat."))]
    return [
        *_own_digests(facts, seal),
        *_touched(facts, lottery, lines),
        *check_lottery(rules, lottery),
        *_result(facts, lines),
    ]


def check_lottery(rules: Facts, lottery: bytes) -> list[Finding]:
    """lottery.csv is the one of the rules: a line per panel, numbered, in order, so many different people on each."""
    lines = lottery.split(b"\n")
    found = []
    if hashlib.sha256(lottery).hexdigest() != rules["lottery"]:
        found.append(Finding(LOTTERY, 0, "", _("This is not the lottery that the rules name: its digest differs.")))
    found += _count_of_lines(rules, lines)
    found += _first(_misshapen(rules, lines[: rules["panels"]]))
    people = {code for line in lines[:-1] for code in line.split(b",")[1:]}
    if not found and len(people) > rules["people"]:
        found.append(
            Finding(LOTTERY, 0, "", _("More people than the rules say are in the pool: {n}."), {"n": len(people)})
        )
    return found


def check_seal(rules: Facts, seal: str) -> list[Finding]:
    """rules.json has this seal."""
    if digest(canonical(rules)) == seal.strip().lower():
        return []
    return [
        Finding(
            RULES,
            0,
            "",
            _("The rules do not have the seal {seal}: they were changed, or it is another draw's."),
            {"seal": seal},
        )
    ]


def check_chances(rules: Facts, lottery: bytes, chances: bytes) -> list[Finding]:
    """chances.csv counts this lottery, and its stamps have the pool's digest."""
    counts = Counter(code.decode("ascii", "replace") for line in lottery.splitlines() for code in line.split(b",")[1:])
    lines = chances.decode("utf-8", "replace").split("\n")
    shape = re.compile(rf"[0-9a-f]{{{CODE}}},\d+,[0-9a-f]{{64}}")
    wrong = _first(
        Finding(CHANCES, place, "", _("This is not a code with its number of panels in lottery.csv."))
        for place, line in enumerate(lines[1:-1], start=2)
        if not shape.fullmatch(line) or line.split(",")[1] != str(counts.get(line.split(",")[0], 0))
    )
    if wrong:
        return wrong
    stamps = {line.split(",")[0]: line.split(",")[2] for line in lines[1:-1]}
    whole = lines[0] == "code,panels,stamp" and lines[-1] == "" and len(stamps) == len(lines) - 2
    if not whole or list(stamps) != sorted(stamps) or not set(counts) <= set(stamps):
        return [Finding(CHANCES, 0, "", _("A line is missing, stands twice or stands in another place."))]
    if pool_digest(stamps) != rules["pool"]:
        return [Finding(CHANCES, 0, "", _("The codes and stamps are not those of the pool that the rules name."))]
    return []


def _own_digests(facts: Facts, seal: str | None) -> Iterator[Finding]:
    rules, text = facts["rules"], canonical(facts)
    if (facts["format"], rules["format"]) != (FORMAT, RULES_FORMAT):
        yield _at(text, "format", _("This is another format than {format}."), format=f"{FORMAT}, {RULES_FORMAT}")
    if digest(canonical(rules)) != facts["seal"]:
        said = _("The rules on line {line} do not have this seal: one of the two was changed.")
        yield _at(text, "seal", said, line=line_of(text, "rules"))
    if seal is not None and seal.strip().lower() != facts["seal"]:
        yield _at(text, "seal", _("This is not the seal that was published before the draw: {seal}."), seal=seal)
    if digest(canonical({name: value for name, value in facts.items() if name != "digest"})) != facts["digest"]:
        yield _at(
            text, "digest", _("The transcript does not have the digest that is stated: something in it was changed.")
        )


def _touched(facts: Facts, lottery: bytes, lines: list[bytes]) -> Iterator[Finding]:
    """Which lines of the lottery are not the published ones. Marks only point; the digest decides."""
    rules, marks = facts["rules"], facts["marks"]
    stated = [marks[start : start + MARK] for start in range(0, len(marks), MARK)]
    differing = [place for place, (line, told) in enumerate(zip(lines, stated, strict=False), 1) if mark(line) != told]
    if hashlib.sha256(lottery).hexdigest() != rules["lottery"]:
        for place in differing[:NAMED]:
            yield Finding(LOTTERY, place, "", _("This line is not the one that was published."))
    elif differing or len(stated) != len(lines) - 1:
        yield _at(canonical(facts), "marks", _("These are not the marks of the lines of lottery.csv."))


def _count_of_lines(rules: Facts, lines: list[bytes]) -> Iterator[Finding]:
    if lines[-1] != b"":
        yield Finding(LOTTERY, len(lines), "", _("The last line does not end."))
    if len(lines) - 1 != rules["panels"]:
        yield Finding(
            LOTTERY, 0, "", _("{n} panels instead of {panels}."), {"n": len(lines) - 1, "panels": rules["panels"]}
        )


def _misshapen(rules: Facts, lines: list[bytes]) -> Iterator[Finding]:
    width, seats = len(str(rules["panels"] - 1)), rules["seats"]
    already = {code.encode() for code in rules["already"]}
    code, before = re.compile(rb"[0-9a-f]{%d}" % CODE), [b""]
    for number, line in enumerate(lines):
        named, *people = line.split(b",")
        if named != b"%0*d" % (width, number):
            yield Finding(
                LOTTERY, number + 1, "", _("The number of this panel should be {n}."), {"n": f"{number:0{width}}"}
            )
        if len(people) != seats:
            yield Finding(
                LOTTERY, number + 1, "", _("{n} people instead of {seats}."), {"n": len(people), "seats": seats}
            )
        elif not all(code.fullmatch(one) for one in people) or people != sorted(set(people)):
            yield Finding(LOTTERY, number + 1, "", _("The codes are not in order, or somebody stands here twice."))
        elif not already <= set(people):
            yield Finding(LOTTERY, number + 1, "", _("Somebody who was already in is missing."))
        elif people < before:
            yield Finding(LOTTERY, number + 1, "", _("This panel should stand before the one above it."))
        before = people


def _result(facts: Facts, lines: list[bytes]) -> Iterator[Finding]:
    rules, text = facts["rules"], canonical(facts)
    try:
        drawn = randomness_of(facts["randomness"], rules)
        number = drawn.number(rules["panels"], rules["lottery"])
    except Refusal as refusal:
        yield _at(text, "randomness", "{why}", why=_Explained(refusal))
        return
    if randomness_facts(drawn) != facts["randomness"]:
        yield _at(text, "randomness", _("This is not how it would have been written down."))
    if number != facts["number"]:
        chance = line_of(text, "randomness")
        yield _at(text, "number", _("The randomness on line {line} leads to panel {n}."), line=chance, n=number)
    panel = lines[number].split(b",")[1:] if number < len(lines) else []
    if [code.encode() for code in facts["panel"]] != panel:
        yield _at(text, "panel", _("This is not panel {n} of lottery.csv, line {line}."), n=number, line=number + 1)


@dataclass(frozen=True)
class _Explained:
    """A refusal inside a finding, in the language of whoever reads it."""

    refusal: Refusal

    def sentence(self, language: str) -> str:
        return explain(self.refusal, language)


def _at(text: str, path: str, sentence: str, **facts: object) -> Finding:
    return Finding(TRANSCRIPT, line_of(text, path), path, sentence, facts)


def _first(found: Iterator[Finding]) -> list[Finding]:
    return [finding for finding, _place in zip(found, range(NAMED), strict=False)]
