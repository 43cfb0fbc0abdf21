"""A public folder of a vote out of counted slips, and both counts of it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from typing import Any

import samenraad.ballots
from samenraad.ballots.rules.board import canonical
from samenraad.instruments.preferendum.rules.ballots import Shape, usual_most
from samenraad.instruments.preferendum.rules.counting import count

SCRIPT = Path(samenraad.ballots.__file__).parent / "public" / "recount.py"


def second_implementation() -> Any:
    spec = spec_from_file_location("recount", SCRIPT)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rules_for(ballot: str, rule: str, options: int, **more: Any) -> dict[str, Any]:
    usual = {"choose": 1, "rank": options}.get(ballot, usual_most(ballot, options))
    return {
        "ballot": ballot,
        "rule": rule,
        "options": [{"id": str(number), "title": f"Plan {number}"} for number in range(1, options + 1)],
        "scale": [{"en": word} for word in ("never", "no", "yes", "always")] if ballot == "rate" else [],
        "agreeing": 2 if ballot == "rate" else 0,
        "most": usual,
        "threshold": "1/2",
        "graded": "1/2",
        "expected": "3/10",
        "approval": "1/4",
        "entitled": 1000,
        **more,
    }


def shape_of(rules: dict[str, Any]) -> Shape:
    ids = tuple(option["id"] for option in rules["options"])
    return Shape(rules["ballot"], ids, len(rules["scale"]), rules["most"])


def torn(rules: dict[str, Any], ballots: list[dict[str, Any]], areas: tuple[str, ...] = ("",)) -> Counter[Any]:
    shape = shape_of(rules)
    return Counter(
        (about, value, areas[place % len(areas)])
        for place, choices in enumerate(ballots)
        for about, value in shape.answers(shape.clean(choices))
    )


def any_ballot(chance: Random, rules: dict[str, Any]) -> dict[str, Any]:
    """Blank now and then, and short now and then."""
    ids = [option["id"] for option in rules["options"]]
    some = chance.sample(ids, chance.randrange(len(ids) + 1))
    if rules["ballot"] == "rate":
        words = ["none", *range(len(rules["scale"]))]
        marks = chance.sample(ids, chance.randrange(rules["most"] + 1))
        return {"grades": {one: chance.choice(words) for one in some}, "priorities": marks}
    if rules["ballot"] == "approve":
        return {"marks": some[: rules["most"]]}
    if rules["ballot"] == "choose":
        return {"choice": chance.choice(["", *ids])}
    return {"ranking": some}


def folder_with(path: Path, rules: dict[str, Any], slips: Counter[Any], ballots: int, seed: str) -> Path:
    """What the public ZIP holds, as far as a count needs it."""
    published = {name: value for name, value in rules.items() if name != "entitled"}
    lines = [
        {"kind": "open", "rules": published, "roll": {"size": rules["entitled"]}},
        {"kind": "batch", "trackers": [f"T{number}" for number in range(ballots)]},
        {"kind": "seed", "seed": seed, "how": "dice"},
    ]
    (path / "slips").mkdir(parents=True)
    (path / "board.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    for about in {about for about, _value, _area in slips}:
        with (path / "slips" / f"{about.replace(':', '-')}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["value", "nonce"])
            for (other, value, _area), number in slips.items():
                rows.writerows([[value, "00"]] * number if other == about else [])
    return path


def official(rules: dict[str, Any], slips: Counter[Any], ballots: int, seed: str) -> bytes:
    return canonical(count(slips, ballots, rules, seed)).encode()
