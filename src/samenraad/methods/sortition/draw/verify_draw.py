#!/usr/bin/env python3
"""Recomputes a public draw.    python verify_draw.py transcript.json lottery.csv [seal]

Needs Python 3.8 or later and nothing else: no package, no network. Read it; it is short. It checks that
  1. the transcript is written as it should be, and has the digest that it states;
  2. the rules in it have the stated seal (and the seal that you give, from before the draw);
  3. lottery.csv has the digest that stands in the rules: the lottery is the one that was published;
  4. each line is one panel: numbered, in order, as many different people as there are seats;
  5. the number follows from the dice, phrases or beacon; and the panel drawn is the line with that number.
It prints what is not in order, and where. Exit code 0: in order; 1: not in order; 2: wrong use.
Names are not needed: people appear under the code that stands in their letter.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from typing import Any


def sha256(content: bytes | str) -> str:
    return hashlib.sha256(content.encode("utf-8") if isinstance(content, str) else content).hexdigest()


def spelled(facts: dict[str, Any]) -> str:
    """The only spelling that a transcript may have."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def number_from_dice(throws: list[list[int]], panels: int) -> int:
    """Ten-sided dice, 0 to 9: the digits are the number. A throw that is too high does not count, the next one does."""
    dice = len(str(panels - 1))
    for throw in throws:
        if len(throw) != dice or not all(type(digit) is int and 0 <= digit <= 9 for digit in throw):
            raise ValueError(f"each throw must be {dice} digits from 0 to 9")
    numbers = [int("".join(map(str, throw))) for throw in throws]
    if not numbers or numbers[-1] >= panels or min([*numbers[:-1], panels]) < panels:
        raise ValueError(f"the last throw must be the first one below {panels}")
    return numbers[-1]


def number_from_text(lines: list[str], panels: int, lottery: str) -> int:
    """SHA-256 of label, lottery digest, randomness and counter; again while it is in the last incomplete stretch."""
    limit = 2**256 // panels * panels
    for counter in range(1000):
        value = int(sha256("\n".join(["samenraad draw", lottery, *lines, str(counter)])), 16)
        if value < limit:
            return value % panels
    raise ValueError("no number follows from this")


def number_of(drawn: dict[str, Any], rules: dict[str, Any]) -> int:
    announced, panels = rules["announced"], rules["panels"]
    if drawn["kind"] != announced["kind"]:
        raise ValueError("not the kind of chance that was announced")
    if drawn["kind"] == "dice" and set(drawn) == {"kind", "throws"}:
        return number_from_dice(drawn["throws"], panels)
    if drawn["kind"] == "phrase" and set(drawn) == {"kind", "phrases"}:
        said = drawn["phrases"]
        if len(said) < 2 or not all(phrase and phrase == phrase.strip() and "\n" not in phrase for phrase in said):
            raise ValueError("at least two phrases, each one line, without blanks around it")
        return number_from_text(said, panels, rules["lottery"])
    if drawn["kind"] == "beacon" and set(drawn) == {"kind", "round", "value"}:
        digits = {"drand-quicknet": 64, "nist": 128}[announced["source"]]
        if drawn["round"] != announced["round"] or not re.fullmatch(f"[0-9a-f]{{{digits}}}", drawn["value"]):
            raise ValueError("not the round that was announced, or not a value of this beacon")
        return number_from_text([str(drawn["round"]), drawn["value"]], panels, rules["lottery"])
    raise ValueError("neither dice nor phrases nor a beacon")


def wrong_in_transcript(text: str, facts: dict[str, Any], seal: str | None) -> Iterator[str]:
    if spelled(facts) != text:
        yield "transcript.json: this is not how the file was written"
    if set(facts) != {"digest", "format", "marks", "number", "panel", "randomness", "rules", "seal"}:
        yield "transcript.json: a field is missing or too much"
    if (facts["format"], facts["rules"]["format"]) != ("samenraad transcript 1", "samenraad rules 1"):
        yield "transcript.json (format): another format than this script knows"
    if sha256(spelled(facts["rules"])) != facts["seal"]:
        yield "transcript.json (rules): the rules do not have the stated seal"
    if seal not in (None, facts["seal"]):
        yield "transcript.json (seal): not the seal from before the draw"
    if sha256(spelled({name: value for name, value in facts.items() if name != "digest"})) != facts["digest"]:
        yield "transcript.json (digest): something in the transcript was changed"


def wrong_in_lottery(content: bytes, facts: dict[str, Any]) -> Iterator[str]:
    rules, lines, before = facts["rules"], content.split(b"\n"), [b""]
    if sha256(content) != rules["lottery"]:
        yield "lottery.csv: not the lottery that the rules name"
    if lines.pop() != b"" or len(lines) != rules["panels"]:
        yield f"lottery.csv: {len(lines)} whole lines instead of {rules['panels']}"
    if len(facts["marks"]) != 4 * len(lines):
        yield "transcript.json (marks): too many or too few"
    for place, line in enumerate(lines):
        for trouble in wrong_in_line(place, line, before, facts):
            yield f"lottery.csv, line {place + 1}: {trouble}"
        before = line.split(b",")[1:]
    if len({code for line in lines for code in line.split(b",")[1:]}) > rules["people"]:
        yield "lottery.csv: more people than the rules say are in the pool"


def wrong_in_line(place: int, line: bytes, before: list[bytes], facts: dict[str, Any]) -> Iterator[str]:
    rules, (number, *people) = facts["rules"], line.split(b",")
    if facts["marks"][4 * place : 4 * place + 4] != sha256(line)[:4]:
        yield "not the line that was published"
    if number != str(place).zfill(len(str(rules["panels"] - 1))).encode():
        yield "another number than this panel should have"
    if len(people) != rules["seats"] or people != sorted(set(people)) or people < before:
        yield "too few, too many, twice the same, or not in order"
    if not all(re.fullmatch(b"[0-9a-f]{16}", code) for code in people):
        yield "something that is not a code"
    if not {code.encode() for code in rules["already"]} <= set(people):
        yield "somebody who was already in is missing"


def wrong_in_result(content: bytes, facts: dict[str, Any]) -> Iterator[str]:
    number, lines = number_of(facts["randomness"], facts["rules"]), content.split(b"\n")
    if number != facts["number"] or type(facts["number"]) is not int:
        yield f"transcript.json (number): this randomness leads to panel {number}"
    if number >= len(lines) or [code.encode() for code in facts["panel"]] != lines[number].split(b",")[1:]:
        yield f"transcript.json (panel): this is not panel {number} of lottery.csv"


def main(arguments: list[str]) -> int:
    if len(arguments) not in (2, 3):
        print(__doc__)
        return 2
    with open(arguments[0], "rb") as transcript, open(arguments[1], "rb") as lottery:
        written, content = transcript.read(), lottery.read()
    wrong: list[str] = []
    try:
        text = written.decode("utf-8")
        facts = json.loads(text)
        wrong += wrong_in_transcript(text, facts, arguments[2].strip().lower() if len(arguments) == 3 else None)
        wrong += wrong_in_lottery(content, facts)
        wrong += wrong_in_result(content, facts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ArithmeticError) as error:
        wrong.append(f"transcript.json: this cannot be right: {error!r}")
    print(
        "\n".join(wrong or [f"In order. Panel {facts['number']}, {len(facts['panel'])} people. Seal {facts['seal']}"])
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
