"""From slips to the official result: exact, and the same whoever counts. recount.py does it again, without this module.

The result says of every option all that was counted; then who wins by the rule that was fixed, before any lot
(`winners`) and after it (`winner`). Whole numbers stay whole, parts are written as "3/4". When no ballot says anything
about any option nobody wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from samenraad.instruments.preferendum.rules.outcome import Counted, Votes
from samenraad.instruments.preferendum.rules.quorums import quorums
from samenraad.methods.seeds import settled
from samenraad.methods.tally import Result
from samenraad.methods.tally.rules.pairs import matrix
from samenraad.refusals import Refusal

Rules = Mapping[str, Any]
Row = dict[str, Any]


def count(counted: Counted, ballots: int, rules: Rules, seed: str) -> dict[str, Any]:
    """The result, ready for JSON. `rules` are the published ones, with `entitled`: how many people are on the frozen
    roll. Refuses `preferendum.slips` when there are not as many slips as the ballots gave."""
    votes = votes_of(counted, ballots, rules, settled(seed))
    made = votes.outcome
    winners = list(made.winners) if spoken_for(votes) else []
    result = {
        "ballot": rules["ballot"],
        "rule": rules["rule"],
        "seed": votes.seed,
        "ballots": ballots,
        "drawn": list(made.drawn),
        "options": _options(votes, made, rules),
        "winners": winners,
        "winner": made.winner if winners else None,
        **_whole(votes, made, rules),
    }
    return {**result, "quorums": quorums(result, rules)}


def votes_of(counted: Counted, ballots: int, rules: Rules, seed: str) -> Votes:
    """The slips as numbers: (about, value) -> how many, whatever the neighbourhood. Refuses `preferendum.slips`."""
    numbers: dict[str, dict[str, int]] = {}
    for (about, value, _area), n in counted.items():
        values = numbers.setdefault(about, {})
        values[value] = values.get(value, 0) + n
    votes = Votes(ballots=ballots, rules=rules, numbers=numbers, seed=seed)
    for about, each in votes.expected.items():
        known, given = votes.allowed(about), numbers.get(about, {})
        if sum(given.values()) != each * ballots or not all(known(value) for value in given):
            raise Refusal("preferendum.slips", about=about)
    if not set(numbers) <= set(votes.expected):
        raise Refusal("preferendum.slips", about=min(set(numbers) - set(votes.expected)))
    return votes


def spoken_for(votes: Votes) -> bool:
    """Whether anybody said anything about an option."""
    if votes.ballot == "rate":
        return any(slips.graded for slips in votes.slips.values())
    return any(value and n for values in votes.numbers.values() for value, n in values.items())


def _options(votes: Votes, made: Result, rules: Rules) -> dict[str, Row]:
    return {option: _OPTION[rules["ballot"]](votes, made, option) for option in votes.options}


def _rated(votes: Votes, made: Result, option: str) -> Row:
    slips, row = votes.slips[option], _row(votes.preferendum, option)
    grade = row["majority grade"]
    return {
        "grades": list(slips.grades),
        "graded": slips.graded,
        "no_opinion": slips.no_opinion,
        "blank": votes.ballots - slips.graded - slips.no_opinion,
        "no_opinion_share": part(row["no opinion"]),
        "support": part(row["support"]),
        "grade": None if grade is None else int(str(grade)),
        "above": part(row["share above"]),
        "below": part(row["share below"]),
        "sign": row["sign"],
        "mean": part(row["mean"]),
        "variance": part(row["variance"]),
        "polarisation": part(row["polarisation"]),
        "priority": slips.priority,
        "priority_share": part(row["priority share"]),
        "shared": row["shared priority"],
    }


def _chosen(votes: Votes, made: Result, option: str) -> Row:
    row = _row(made, option)
    return {"votes": row["votes"], "share": part(row["share of votes"])}


def _approved(votes: Votes, made: Result, option: str) -> Row:
    row = _row(made, option)
    return {"approvals": row["approvals"], "share": part(row["share of ballots"])}


def _ranked(votes: Votes, made: Result, option: str) -> Row:
    named = sum(n for ranking, n in votes.rankings if option in ranking)
    first = sum(n for ranking, n in votes.rankings if ranking[:1] == [option])
    table = {name.replace(" ", "_"): part(value) for name, value in _row(made, option).items()}
    return {"ranked": named, "first": first, "table": table}


_OPTION = {"rate": _rated, "choose": _chosen, "approve": _approved, "rank": _ranked}


def _row(made: Result, option: str) -> dict[str, Any]:
    return dict(zip(made.columns, made.table[made.options.index(option)], strict=True))


def _whole(votes: Votes, made: Result, rules: Rules) -> Row:
    """What is not of a single option."""
    if rules["ballot"] == "approve":
        return {"marks": sum(votes.marked.values())}
    if rules["ballot"] == "choose":
        return _valid(votes, votes.numbers.get("choice", {}).get("", 0))
    if rules["ballot"] == "rank":
        return _valid(votes, votes.numbers.get("ranking", {}).get("", 0)) | _pairwise(votes, made)
    priorities = sum(slips.priority for slips in votes.slips.values())
    shared = {"shared": list(votes.preferendum.elected), "priorities": priorities}
    return shared if rules["rule"] == "preferendum" else shared | {"judgment": _judgment(votes, made)}


def _valid(votes: Votes, blank: int) -> Row:
    return {"blank": blank, "valid": votes.ballots - blank}


def _judgment(votes: Votes, made: Result) -> Row:
    """Majority judgment counts a missing grade as the worst word, so its figures are other ones than those above."""
    return {
        option: {
            "grade": int(str(row["majority grade"])) if row["majority grade"] is not None else None,
            "above": part(row["share above"]),
            "below": part(row["share below"]),
            "sign": row["sign"],
            "place": row["place"],
        }
        for option in votes.options
        for row in [_row(made, option)]
    }


def _pairwise(votes: Votes, made: Result) -> Row:
    pairs = matrix(votes.ranked)
    told: Row = {
        "rankings": {">".join(ranking): n for ranking, n in votes.rankings if ranking},
        "pairs": {a: dict(zip(votes.options, row, strict=True)) for a, row in zip(votes.options, pairs, strict=True)},
    }
    if "rounds" in made.details:
        told["rounds"] = [_round(one) for one in _sequence(made.details["rounds"])]
    if "skipped" in made.details:
        told["skipped"] = [list(pair) for pair in _sequence(made.details["skipped"])]
    if "paths" in made.details:
        told["paths"] = [list(row) for row in _sequence(made.details["paths"])]
    return told


def _round(one: Mapping[str, Any]) -> Row:
    return {
        "votes": {option: part(votes) for option, votes in one["votes"].items()},
        "exhausted": part(one["exhausted"]),
        "out": list(one["eliminated"]),
    }


def _sequence(value: object) -> Sequence[Any]:
    assert isinstance(value, Sequence)  # noqa: S101
    return value


def part(value: Any) -> Any:
    """A fraction as text; all else as it is.

    >>> part(Fraction(6, 8)), part(Fraction(4, 2)), part(None)
    ('3/4', '2', None)
    """
    return str(value) if isinstance(value, Fraction) else value
