"""What an outcome means for people: who got something, how much of the money went where they wanted, per neighbourhood
and category. Always for two outcomes on the same ballots, also where the chosen rule does worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from samenraad.methods.budgeting.count import winners
from samenraad.methods.budgeting.entry import Entry
from samenraad.methods.budgeting.explain.justified import Claim, claims
from samenraad.methods.budgeting.instance import Ballot
from samenraad.methods.budgeting.outcome import Outcome, digest


@dataclass(frozen=True)
class Group:
    """Voters together: a neighbourhood, or everybody (place ""). `satisfied` named at least one winner, `excluded`
    none. `winners` is the mean number of winners a voter named; `own` the mean part of the money spent that went to
    projects the voter named; `money` what was spent on the group, when each winner counts for its voters in equal
    parts."""

    place: str
    voters: int
    satisfied: int
    winners: Fraction
    own: Fraction
    money: Fraction

    @property
    def excluded(self) -> int:
        return self.voters - self.satisfied

    @property
    def exclusion(self) -> Fraction:
        """The exclusion ratio."""
        return Fraction(self.excluded, self.voters) if self.voters else Fraction(0)

    @property
    def per_voter(self) -> Fraction:
        return self.money / self.voters if self.voters else Fraction(0)


@dataclass(frozen=True)
class Category:
    """`votes` is its part of all votes, `money` its part of what was spent. A project with several categories counts
    in each for an equal part."""

    name: str
    votes: Fraction
    money: Fraction


@dataclass(frozen=True)
class Figures:
    """`numbers` says how many voters named 0, 1, 2, ... winners. `gini` is of what was spent on projects that voters
    named: 0 when all got the same."""

    winners: tuple[str, ...]
    digest: str
    spent: Fraction
    everybody: Group
    places: tuple[Group, ...]
    categories: tuple[Category, ...]
    numbers: tuple[int, ...]
    gini: Fraction
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Beside:
    """Two outcomes on the same ballots: of the rule that was chosen, and of greedy by votes (or by points) without
    further ado. `only` won with the one and not with the other."""

    chosen: Figures
    greedy: Figures
    only_chosen: tuple[str, ...]
    only_greedy: tuple[str, ...]


def figures(entry: Entry, ids: Sequence[str]) -> Figures:
    """The figures of an outcome.

    >>> from samenraad.methods.budgeting import Instance, count
    >>> made = Instance.of({"park": 80, "club": 40}, 100, [["park"]] * 6 + [["club"]] * 4)
    >>> of = figures(count(made).entry, ["park"])
    >>> of.everybody.satisfied, str(of.everybody.exclusion), str(of.everybody.own)
    (6, '2/5', '3/5')
    """
    ballots, chosen = entry.instance.ballots, frozenset(ids)
    places = sorted({one.place for one in ballots} - {""})
    return Figures(
        tuple(ids),
        digest(ids),
        Fraction(entry.instance.sum_of(ids)),
        _group(entry, "", ballots, chosen),
        tuple(_group(entry, place, [one for one in ballots if one.place == place], chosen) for place in places),
        _categories(entry, chosen),
        _numbers(ballots, chosen),
        _gini(_got(entry, ballots, chosen)),
        claims(entry, ids),
    )


def beside_greedy(outcome: Outcome) -> Beside:
    """The figures of this outcome and of greedy, with the same projects left out and the same ties."""
    entry = outcome.entry
    by = "points" if entry.instance.kind != "approval" else "votes"
    plain = entry.settings.with_(rule="greedy", score=by, fit="skip", completion="none", compare="no")
    other = winners(entry.instance, plain)
    return Beside(
        figures(entry, outcome.winners),
        figures(entry, other),
        tuple(id for id in outcome.winners if id not in other),
        tuple(id for id in other if id not in outcome.winners),
    )


def _group(entry: Entry, place: str, ballots: Sequence[Ballot], chosen: frozenset[str]) -> Group:
    many = sum(one.voters for one in ballots)
    named = Counter[int]()
    for one in ballots:
        named[len(chosen.intersection(one.choices))] += one.voters
    got = sum((amount * people for amount, people in _got(entry, ballots, chosen)), Fraction(0))
    spent = entry.instance.sum_of(chosen)
    mean = Fraction(sum(times * people for times, people in named.items()), max(1, many))
    own = got / (spent * many) if spent and many else Fraction(0)
    return Group(place, many, many - named[0], mean, own, _money(entry, ballots, chosen))


def _got(entry: Entry, ballots: Iterable[Ballot], chosen: Collection[str]) -> list[tuple[Fraction, int]]:
    """(what was spent on projects they named, how many voters)"""
    cost = entry.instance.cost
    return [(Fraction(sum(cost[id] for id in one.choices if id in chosen)), one.voters) for one in ballots]


def _money(entry: Entry, ballots: Iterable[Ballot], chosen: Collection[str]) -> Fraction:
    here = Counter[str]()
    for one in ballots:
        for id in one.choices:
            here[id] += one.voters
    cost, votes = entry.instance.cost, entry.instance.votes
    return sum((Fraction(cost[id] * here[id]) / votes[id] for id in chosen if votes[id]), Fraction(0))


def _categories(entry: Entry, chosen: Collection[str]) -> tuple[Category, ...]:
    votes: dict[str, Fraction] = {}
    money: dict[str, Fraction] = {}
    for one in entry.instance.projects:
        for name in one.categories:
            part = Fraction(1, len(one.categories))
            votes[name] = votes.get(name, Fraction(0)) + part * entry.instance.votes[one.id]
            money[name] = money.get(name, Fraction(0)) + part * (one.cost if one.id in chosen else 0)
    all_votes = sum(entry.instance.votes.values()) or 1
    spent = entry.instance.sum_of(chosen) or 1
    return tuple(Category(name, votes[name] / all_votes, money[name] / spent) for name in sorted(votes))


def _numbers(ballots: Iterable[Ballot], chosen: frozenset[str]) -> tuple[int, ...]:
    counted = Counter[int]()
    for one in ballots:
        counted[len(chosen.intersection(one.choices))] += one.voters
    return tuple(counted[number] for number in range(max(counted, default=0) + 1))


def _gini(amounts: Iterable[tuple[Fraction, int]]) -> Fraction:
    """
    >>> _gini([(Fraction(0), 1), (Fraction(1), 1)])
    Fraction(1, 2)
    """
    ranked = Counter[Fraction]()
    for amount, people in amounts:
        ranked[amount] += people
    total = sum((amount * people for amount, people in ranked.items()), Fraction(0))
    many = sum(ranked.values())
    if not total:
        return Fraction(0)
    before, area = Fraction(0), Fraction(0)
    for amount in sorted(ranked):
        after = before + amount * ranked[amount]
        area += (before + after) * ranked[amount]
        before = after
    return 1 - area / (many * total)
