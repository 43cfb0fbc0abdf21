"""The same figures per neighbourhood, and what remains of the outcome without each of them.

A slip names a neighbourhood only when 50 people or more on the roll live there. No cell below ten is told, nor what
would give one away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samenraad.instruments.preferendum.rules.counting import count, votes_of
from samenraad.instruments.preferendum.rules.outcome import Counted, Votes
from samenraad.instruments.preferendum.rules.quorums import chosen
from samenraad.methods.tally.explain.bars import spread
from samenraad.methods.tally.preferendum.count import support
from samenraad.methods.tally.preferendum.places import SMALLEST, suppressed

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
        return {option: _without_empty(["1", ""], _marked(parts, option)) for option in _options(parts)}
    options = _options(parts)
    return {"": _without_empty([*options, ""], {area: _first(votes) for area, votes in parts.items()})}


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
    return {option: _graded(parts, option, rules["agreeing"]) for option in _options(parts)}


def _graded(parts: Mapping[str, Votes], option: str, agreeing: int) -> Table:
    """As fine as it can be told without hiding anything: every word; else no opinion and blank together; else only for
    and against, and then with its small cells hidden. One of the three, so that none gives away another."""
    fine = {area: _words(votes, option) for area, votes in parts.items()}
    words = len(next(iter(fine.values()))) - 2
    names = [str(place) for place in range(words)]
    silent = {area: [*row[:words], row[-2] + row[-1]] for area, row in fine.items()}
    sides = {
        area: [sum(row[: words - agreeing]), sum(row[words - agreeing : -1]), row[-1]] for area, row in silent.items()
    }
    tables = (
        _without_empty([*names, "none", ""], fine),
        _without_empty([*names, "silent"], silent),
        _without_empty(["against", "for", "silent"], sides),
    )
    table = next((one for one in tables if not _hides(one)), tables[-1])
    told = {
        area: support(parts[area].slips[option], agreeing)
        for area, row in zip(table["areas"], table["cells"], strict=True)
        if None not in row
    }
    shares = {area: part for area, part in told.items() if part is not None}
    apart = spread(list(shares.values()))
    texts = {area: str(part) for area, part in shares.items()}
    return {**table, "support": texts, "spread": None if apart is None else str(apart)}


def _words(votes: Votes, option: str) -> list[int]:
    """How often each word was given, then no opinion, then left blank."""
    one = votes.slips[option]
    return [*one.grades, one.no_opinion, votes.ballots - one.graded - one.no_opinion]


def _hides(table: Table) -> bool:
    return any(None in row for row in table["cells"])


def _without_empty(columns: Sequence[str], rows: Mapping[str, Sequence[int]]) -> Table:
    """A column that sums to nothing hides nothing: the whole result says so already."""
    kept = [place for place in range(len(columns)) if any(row[place] for row in rows.values())]
    return _table([columns[place] for place in kept], {area: [row[p] for p in kept] for area, row in rows.items()})


def _options(parts: Mapping[str, Votes]) -> Sequence[str]:
    return next(iter(parts.values())).options


def _table(columns: Sequence[str], rows: Mapping[str, Sequence[int]]) -> Table:
    cells = suppressed(list(rows.values()))
    return {"areas": list(rows), "columns": list(columns), "cells": [list(row) for row in cells]}


def turnout(entries: Mapping[str, Sequence[int]]) -> Table:
    """Per neighbourhood how many voted over the web, on paper, and not; small cells hidden. A way that nobody took is
    left out."""
    return _without_empty(["web", "paper", "not"], dict(sorted(entries.items()))) if entries else {}


def without_each(counted: Counted, parts: Mapping[str, Votes], rules: Rules, seed: str) -> dict[str, list[str]]:
    """What would have been chosen without each neighbourhood with ten ballots or more."""
    found = {}
    ballots = sum(votes.ballots for votes in parts.values())
    for area, votes in parts.items():
        if votes.ballots >= SMALLEST:
            rest = {key: n for key, n in counted.items() if key[2] != area}
            found[area] = chosen(count(rest, ballots - votes.ballots, rules, seed))
    return found
