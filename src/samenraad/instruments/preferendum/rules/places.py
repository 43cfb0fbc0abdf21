"""The same figures per neighbourhood, and what remains of the outcome without each of them.

A slip names a neighbourhood only when 50 people or more on the roll live there. No cell below ten is told, nor what
would give one away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from samenraad.instruments.preferendum.rules.counting import count, votes_of
from samenraad.instruments.preferendum.rules.outcome import Counted, Votes, preferendum_rules
from samenraad.instruments.preferendum.rules.quorums import chosen
from samenraad.methods.tally.preferendum.count import Preferendum
from samenraad.methods.tally.preferendum.places import SMALLEST, by_place, suppressed

Rules = Mapping[str, Any]
Table = dict[str, Any]


def split(counted: Counted, rules: Rules, seed: str) -> dict[str, Votes]:
    """The votes of each neighbourhood by itself. Empty when there is only one."""
    parts: dict[str, dict[tuple[str, str, str], int]] = {}
    for (about, value, area), n in counted.items():
        parts.setdefault(area, {})[about, value, area] = n
    if len(parts) < 2:
        return {}
    return {area: votes_of(part, _ballots(part, rules), rules, seed) for area, part in sorted(parts.items())}


def _ballots(part: Counted, rules: Rules) -> int:
    """Each ballot gives one slip about the first thing."""
    first = next(iter(Votes(0, rules, {}, "-").expected))
    return sum(n for (about, _value, _area), n in part.items() if about == first)


def places(parts: Mapping[str, Votes], rules: Rules) -> dict[str, Table]:
    """Per option, or per whole ballot, a table: a row per neighbourhood, its small cells hidden."""
    if not parts:
        return {}
    if rules["ballot"] == "rate":
        return _rated(parts, rules)
    if rules["ballot"] == "approve":
        return {option: _table(["1", ""], _marked(parts, option)) for option in _options(parts)}
    options = _options(parts)
    return {"": _table([*options, ""], {area: _first(votes) for area, votes in parts.items()})}


def _marked(parts: Mapping[str, Votes], option: str) -> dict[str, list[int]]:
    """How many marked it, and how many did not."""
    return {area: [one.marked[option], one.ballots - one.marked[option]] for area, one in parts.items()}


def _first(votes: Votes) -> list[int]:
    """How many chose each option, or put it first; then blank."""
    if votes.ballot == "choose":
        each = list(votes.marked.values())
    else:
        each = [sum(n for ranking, n in votes.rankings if ranking[:1] == [one]) for one in votes.options]
    return [*each, votes.ballots - sum(each)]


def _rated(parts: Mapping[str, Votes], rules: Rules) -> dict[str, Table]:
    together = {option: _sum([votes.slips[option] for votes in parts.values()]) for option in _options(parts)}
    ballots = sum(votes.ballots for votes in parts.values())
    split_up = {area: (votes.ballots, votes.slips) for area, votes in parts.items()}
    found = by_place(Preferendum(ballots, together, split_up), preferendum_rules(rules))
    return {
        one.proposal: {
            "areas": list(one.places),
            "cells": [list(row) for row in one.cells],
            "support": {area: str(part) for area, part in one.support.items()},
            "spread": None if one.spread is None else str(one.spread),
        }
        for one in found
    }


def _options(parts: Mapping[str, Votes]) -> Sequence[str]:
    return next(iter(parts.values())).options


def _sum(slips: Sequence[Any]) -> Any:
    return sum(slips[1:], slips[0])


def _table(columns: Sequence[str], rows: Mapping[str, Sequence[int]]) -> Table:
    cells = suppressed(list(rows.values()))
    return {"areas": list(rows), "columns": list(columns), "cells": [list(row) for row in cells]}


def turnout(entries: Mapping[str, Sequence[int]]) -> Table:
    """Per neighbourhood how many voted over the web, on paper, and not; small cells hidden. A way that nobody took is
    left out."""
    names = ("web", "paper", "not")
    taken = [place for place in range(len(names)) if any(row[place] for row in entries.values())]
    rows = {area: [row[place] for place in taken] for area, row in sorted(entries.items())}
    return _table([names[place] for place in taken], rows) if taken else {}


def without_each(counted: Counted, parts: Mapping[str, Votes], rules: Rules, seed: str) -> dict[str, list[str]]:
    """What would have been chosen without each neighbourhood with ten ballots or more."""
    found = {}
    ballots = sum(votes.ballots for votes in parts.values())
    for area, votes in parts.items():
        if votes.ballots >= SMALLEST:
            rest = {key: n for key, n in counted.items() if key[2] != area}
            found[area] = chosen(count(rest, ballots - votes.ballots, rules, seed))
    return found


def share(part: str | None) -> Fraction | None:
    return Fraction(part) if part else None
