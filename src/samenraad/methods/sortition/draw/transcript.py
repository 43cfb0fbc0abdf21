"""The transcript of a draw: everything that decided it, in one small file that anybody can recompute.

    digest      SHA-256 of the transcript without this field
    format      "samenraad transcript 1"
    marks       four hexadecimal digits for each line of lottery.csv: the first of the SHA-256 of that line. The digest
                of the lottery tells that something changed, the marks tell where
    number      the number of the panel that was drawn
    panel       the codes of its people, sorted
    randomness  dice: {kind, throws}; phrase: {kind, phrases}; beacon: {kind, round, value}
    rules       rules.json as it was published: seats, quotas, method, number of panels, what was announced,
                and the digests of the lottery and of the pool
    seal        SHA-256 of rules.json. It was published before the draw: compare it

The file has one spelling only (`publication.canonical`): a byte that changes makes another value or another spelling,
and both are found, with the line and the field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made_with
from typing import Any

from samenraad.methods.language import _, say
from samenraad.methods.sortition.draw.publication import Facts, canonical, digest
from samenraad.methods.sortition.draw.randomness import (
    BEACON,
    DICE,
    PHRASE,
    Announced,
    Randomness,
    beacon,
    dice,
    phrases,
)
from samenraad.methods.sortition.draw.sentences import Chance
from samenraad.methods.sortition.sentences import spoken
from samenraad.refusals import Refusal

FORMAT = "samenraad transcript 1"
MARK = 4
RULES_SHAPE: Facts = {
    "already": [str],
    "announced": {"kind": str, "round": int, "source": str, "when": str},
    "format": str,
    "households": [str],
    "lottery": str,
    "method": str,
    "panels": int,
    "people": int,
    "pool": str,
    "proven": bool,
    "quotas": [{"max": int, "min": int, "of": [[str]]}],
    "seats": int,
}
SHAPE: Facts = {
    "digest": str,
    "format": str,
    "marks": str,
    "number": int,
    "panel": [str],
    "randomness": {},
    "rules": RULES_SHAPE,
    "seal": str,
}
RANDOMNESS_SHAPES: dict[str, Facts] = {
    DICE: {"kind": str, "throws": [[int]]},
    PHRASE: {"kind": str, "phrases": [str]},
    BEACON: {"kind": str, "round": int, "value": str},
}


@dataclass(frozen=True)
class Finding:
    """Something that is not in order: in which file, on which line (0: nowhere in particular) and in which field."""

    file: str
    line: int
    field: str
    text: str
    facts: Mapping[str, object] = made_with(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        place = say(_("{file}, line {line}"), language, file=self.file, line=self.line) if self.line else self.file
        facts = {name: spoken(fact, language) for name, fact in self.facts.items()}
        named = f" ({self.field})" if self.field else ""
        return f"{place}{named}: {say(self.text, language, **facts)}"


def build(rules: Facts, lottery: str, randomness: Randomness) -> Facts:
    """The transcript of this draw. `lottery` is the text of lottery.csv.

    Refuses `sortition.randomness_other` (another kind of chance than was announced).
    """
    if randomness.kind != rules["announced"]["kind"]:
        raise Refusal(
            "sortition.randomness_other", kind=Chance(randomness.kind), announced=Chance(rules["announced"]["kind"])
        )
    number = randomness.number(rules["panels"], rules["lottery"])
    lines = lottery.splitlines()
    facts = {
        "format": FORMAT,
        "marks": "".join(mark(line.encode()) for line in lines),
        "number": number,
        "panel": lines[number].split(",")[1:],
        "randomness": randomness_facts(randomness),
        "rules": rules,
        "seal": digest(canonical(rules)),
    }
    return {"digest": digest(canonical(facts)), **facts}


def mark(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()[:MARK]


def randomness_facts(randomness: Randomness) -> Facts:
    if randomness.kind == DICE:
        return {"kind": DICE, "throws": [list(throw) for throw in randomness.throws]}
    if randomness.kind == PHRASE:
        return {"kind": PHRASE, "phrases": list(randomness.lines)}
    return {"kind": BEACON, "round": int(randomness.lines[0]), "value": randomness.lines[1]}


def randomness_of(facts: Facts, rules: Facts) -> Randomness:
    """Back from the transcript, by the same doors as on the day of the draw: what is refused there is refused here."""
    announced = Announced(**rules["announced"])
    if facts["kind"] != announced.kind:
        raise Refusal("sortition.randomness_other", kind=Chance(facts["kind"]), announced=Chance(announced.kind))
    if facts["kind"] == DICE:
        return dice(facts["throws"], rules["panels"])
    if facts["kind"] == PHRASE:
        return phrases(facts["phrases"])
    return beacon(facts["round"], facts["value"], announced)


def read(content: bytes, shape: Facts, file: str) -> tuple[Facts, list[Finding]]:
    """The facts in a canonical JSON file, or what is wrong with the file, and where."""
    text, facts, found = _parsed(content, file)
    if found:
        return {}, found
    wrong = list(misfits(facts, shape, ""))
    if not wrong and "randomness" in shape:
        kind = facts["randomness"].get("kind")
        wrong = list(misfits(facts["randomness"], RANDOMNESS_SHAPES.get(str(kind), {"kind": None}), "randomness"))
    said = _("This is missing, or too much, or of another kind than it should be.")
    found = [Finding(file, line_of(text, path), path, said) for path in wrong]
    if not found and canonical(facts) != text:
        place = _first_difference(text, canonical(facts))
        found = [Finding(file, place, "", _("This is not how the file was written."))]
    return facts, found


def _parsed(content: bytes, file: str) -> tuple[str, Any, list[Finding]]:
    try:
        text = content.decode("utf-8")
        return text, json.loads(text), []
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return "", None, [Finding(file, line, "", _("This is not UTF-8 text."))]
    except json.JSONDecodeError as error:
        return (
            "",
            None,
            [
                Finding(
                    file, error.lineno, "", _("This is not JSON: something is too much or missing here or just above.")
                )
            ],
        )
    except (ValueError, RecursionError):
        return "", None, [Finding(file, 0, "", _("This is not JSON that we know."))]


def misfits(value: object, shape: Any, path: str) -> Iterator[str]:
    """The paths at which a value is not of this shape: a type, [shape of each] or {key: shape}; {} takes any object."""
    if isinstance(shape, dict):
        if type(value) is not dict:
            yield path
        elif shape:
            for key in sorted(set(shape) | set(value)):
                inside = f"{path}.{key}" if path else key
                if key in shape and key in value:
                    yield from misfits(value[key], shape[key], inside)
                else:
                    yield inside
    elif isinstance(shape, list):
        fits = type(value) is list and not any(any(misfits(one, shape[0], "x")) for one in value)
        if not fits:
            yield path
    elif type(value) is not shape:
        yield path


def line_of(text: str, path: str) -> int:
    """On which line of a canonical file this field starts; 0 when nowhere.

    >>> line_of(canonical({"rules": {"seats": 3}}), "rules.seats")
    3
    """
    wanted, depth = path.split("."), 0
    for number, line in enumerate(text.split("\n"), start=1):
        if depth < len(wanted) and line.startswith(" " * (depth + 1) + json.dumps(wanted[depth], ensure_ascii=False)):
            depth += 1
            if depth == len(wanted):
                return number
    return 0


def _first_difference(text: str, other: str) -> int:
    pairs = zip(text.split("\n"), other.split("\n"), strict=False)
    return next(
        (number for number, (mine, theirs) in enumerate(pairs, start=1) if mine != theirs), text.count("\n") + 1
    )
