"""The thresholds that were fixed before the vote, always against everybody on the frozen roll."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from samenraad.methods import tally
from samenraad.methods.tally.quorum import Threshold

Result = Mapping[str, Any]
Rules = Mapping[str, Any]


def quorums(result: Result, rules: Rules) -> dict[str, Any]:
    """`turnout`, and per chosen option `approval`; what was not asked is left out, but turnout is always told."""
    found: dict[str, Any] = {"turnout": _facts(turnout(result, rules))}
    if rules["approval"]:
        found["approval"] = {option: _facts(approval(result, rules, option)) for option in chosen(result)}
    return found


def turnout(result: Result, rules: Rules) -> Threshold:
    """Ballots in the box, blank ones too: who votes blank comes as well."""
    return tally.turnout(result["ballots"], rules["entitled"], Fraction(rules["expected"] or 0))


def approval(result: Result, rules: Rules, option: str) -> Threshold:
    """Who is for it, out of the whole roll."""
    return tally.approval_quorum(in_favour(result, rules, option), rules["entitled"], Fraction(rules["approval"]))


def in_favour(result: Result, rules: Rules, option: str) -> int:
    """Who chose it, marked it, gave it one of the words that agree, or put it first."""
    row = result["options"][option]
    if result["ballot"] == "rate":
        return sum(row["grades"][-rules["agreeing"] :])
    return int(row[{"choose": "votes", "approve": "approvals", "rank": "first"}[result["ballot"]]])


def chosen(result: Result) -> list[str]:
    """The shared priorities in their order, or the one winner."""
    if result["rule"] == "preferendum":
        return list(result["shared"])
    return [result["winner"]] if result["winner"] else []


def _facts(one: Threshold) -> dict[str, Any]:
    return {
        "count": one.count,
        "entitled": one.entitled,
        "share": str(one.share),
        "asked": str(one.asked),
        "needed": one.needed,
        "met": one.met,
    }
