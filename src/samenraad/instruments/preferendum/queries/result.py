"""The page of the result, ready to print."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samenraad.ballots.models import Vote
from samenraad.ballots.queries.books import Books, published
from samenraad.instruments.preferendum.queries import explain
from samenraad.instruments.preferendum.queries.outcome import Verdict, verdicts
from samenraad.instruments.preferendum.queries.pieces import (
    WIDE,
    Dot,
    Judged,
    Pair,
    Piece,
    PlaceTable,
    Rated,
    as_float,
)
from samenraad.instruments.preferendum.rules.outcome import Votes
from samenraad.instruments.preferendum.rules.quorums import chosen
from samenraad.texts import translated
from samenraad.ui.formats import number, percent
from samenraad.ui.pieces import Figure, Part


@dataclass(frozen=True)
class Outcome:
    """The counted result with the rules of its vote."""

    vote: Vote

    @cached_property
    def result(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.vote.result)
        return found

    @property
    def rules(self) -> dict[str, Any]:
        found: dict[str, Any] = self.vote.rules
        return found

    @property
    def ballot(self) -> str:
        return str(self.result["ballot"])

    @property
    def ballots(self) -> int:
        return int(self.result["ballots"])

    @cached_property
    def titles(self) -> dict[str, str]:
        return {option["id"]: option["title"] for option in self.rules["options"]}

    @cached_property
    def scale(self) -> list[str]:
        return [str(translated(word)) for word in self.rules["scale"]]

    @cached_property
    def votes(self) -> Votes:
        return explain.votes_again(self.result, {**self.rules, "entitled": self.vote.entitled})

    @cached_property
    def books(self) -> Books | None:
        return published(self.vote)

    @cached_property
    def chosen(self) -> list[str]:
        return [self.titles[one] for one in chosen(self.result)]

    @property
    def level(self) -> list[str]:
        """All who were best before the lot, when there were several."""
        winners = self.result["winners"]
        return [self.titles[one] for one in winners] if len(winners) > 1 else []

    @property
    def turnout(self) -> dict[str, Any]:
        found: dict[str, Any] = self.result["quorums"]["turnout"]
        return {**found, "share": as_float(found["share"]), "asked": as_float(found["asked"])}

    @property
    def approvals(self) -> list[dict[str, Any]]:
        """The threshold of people who are for it, per chosen option."""
        return [
            {**one, "title": self.titles[option], "share": as_float(one["share"]), "asked": as_float(one["asked"])}
            for option, one in self.result["quorums"].get("approval", {}).items()
        ]

    @property
    def figures(self) -> list[Figure]:
        turned = sum(self.books.turned.values()) if self.books else 0
        blank = [Figure(number(self.result["blank"]), _("ballots were blank"))] if "blank" in self.result else []
        return [
            Figure(number(self.ballots), _("ballots counted")),
            Figure(percent(self.turnout["share"], 0), _("of everybody on the list voted")),
            Figure(number(self.vote.entitled), _("people could vote")),
            Figure(number(turned), _("second ballots were refused")),
            *blank,
        ]

    @cached_property
    def rated(self) -> list[Rated]:
        """Chosen ones first, in their order; then the others by support."""
        if self.ballot != "rate":
            return []
        order = chosen(self.result)
        rest = sorted((o for o in self.titles if o not in order), key=self._support, reverse=True)
        return [self._rated(option) for option in (*order, *rest)]

    def _support(self, option: str) -> Fraction:
        return Fraction(self.result["options"][option]["support"] or 0)

    def _rated(self, option: str) -> Rated:
        row = self.result["options"][option]
        graded = row["graded"] or 1
        spread = self.vote.explained.get("places", {}).get(option, {}).get("spread")
        return Rated(
            option, self.titles[option], _pieces(row["grades"], self.scale, self.rules["agreeing"]),
            as_float(row["support"]), row["grades"][0] / graded, row["grades"][-1] / graded, row, as_float(spread),
        )  # fmt: skip

    @property
    def line(self) -> float:
        """Where the support that was asked stands in the quadrant."""
        return _across(float(Fraction(self.rules["threshold"])))

    @property
    def judged(self) -> list[Judged]:
        """Majority judgment: the word in the middle, best first."""
        told, drawn = self.result.get("judgment", {}), self.result["drawn"]
        order = sorted(told, key=lambda option: (told[option]["place"], drawn.index(option)))
        return [self._judged(self.titles[option], told[option]) for option in order]

    def _judged(self, title: str, one: Mapping[str, Any]) -> Judged:
        word = "–" if one["grade"] is None else f"{self.scale[one['grade']]} {one['sign']}"
        return Judged(title, word, one["place"], as_float(one["above"]) or 0.0, as_float(one["below"]) or 0.0)

    @property
    def dots(self) -> list[Dot]:
        top = max((one.priority_share for one in self.rated), default=0) or 1
        return [
            Dot(one.number, _across(one.support), 420 - 380 * one.priority_share / top, one.agree == "divided")
            for one in self.rated
            if one.support is not None
        ]

    @property
    def divided(self) -> list[Rated]:
        return [one for one in self.rated if one.agree == "divided"]

    @property
    def corners(self) -> list[tuple[str, list[Rated]]]:
        """The quadrant in words. The line between much and little is the middle one of all proposals."""
        shares = sorted(one.priority_share for one in self.rated)
        middle = shares[len(shares) // 2] if shares else 0
        threshold = float(Fraction(self.rules["threshold"]))
        known = [one for one in self.rated if one.support is not None]
        high = [one for one in known if (one.support or 0) >= threshold]
        low = [one for one in known if one not in high]
        return [
            (_("Much support, and important to many"), [one for one in high if one.priority_share >= middle]),
            (_("Much support, and less important"), [one for one in high if one.priority_share < middle]),
            (_("Little support, and important to many"), [one for one in low if one.priority_share >= middle]),
            (_("Little support, and less important"), [one for one in low if one.priority_share < middle]),
        ]

    @property
    def parts(self) -> list[Part]:
        """How many voted for each option: the bars of a vote without grades."""
        name = {"choose": "votes", "approve": "approvals", "rank": "first"}.get(self.ballot, "priority")
        rows = self.result["options"]
        order = sorted(rows, key=lambda option: (-rows[option][name], self.result["drawn"].index(option)))
        won = chosen(self.result)
        return [self._part(option, rows[option], name, won) for option in order]

    def _part(self, option: str, row: Mapping[str, Any], name: str, won: Sequence[str]) -> Part:
        of = self.result.get("valid", self.ballots)
        note = percent(row[name] / of) if of else ""
        return Part(self.titles[option], row[name], "adopted" if option in won else "", note)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every two options, the largest majorities first."""
        found, table = [], self.result.get("pairs", {})
        options = list(self.titles)
        for place, a in enumerate(options if table else []):
            for b in options[place + 1 :]:
                first, second = (a, b) if table[a][b] >= table[b][a] else (b, a)
                found.append(Pair(self.titles[first], self.titles[second], table[first][second], table[second][first]))
        return sorted(found, key=lambda pair: pair.less - pair.more)

    @property
    def table(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What the rule itself counted, per option, for a vote in order."""
        if self.ballot != "rank":
            return []
        rows = {option: row["table"] for option, row in self.result["options"].items()}
        names = [name for name in _COLUMNS if name in next(iter(rows.values()))]
        return [(title, [(_column(name), _cell(rows[o][name])) for name in names]) for o, title in self.titles.items()]

    @cached_property
    def trace(self) -> list[str]:
        return explain.trace(self.votes, self.titles)

    @cached_property
    def other_rules(self) -> list[str]:
        return explain.other_rules(self.votes, self.titles)

    @cached_property
    def how_close(self) -> str:
        return explain.how_close(self.votes, self.titles) if self.result["winner"] else ""

    @property
    def stayed_home(self) -> list[str]:
        return explain.stayed_home(self.vote.explained, self.titles)

    @property
    def without_each(self) -> list[str]:
        return explain.without_each(self.vote.explained, chosen(self.result), self.titles)

    @cached_property
    def by_area(self) -> PlaceTable | None:
        """Turnout per neighbourhood and channel."""
        table = self.vote.explained.get("turnout")
        if not table or len(table["areas"]) < 2:
            return None
        names = {"web": _("over the web"), "paper": _("on paper"), "not": _("did not vote")}
        return _place_table("", [names[column] for column in table["columns"]], table)

    @cached_property
    def places(self) -> list[PlaceTable]:
        found = self.vote.explained.get("places", {})
        return [self._place(option, table) for option, table in found.items()]

    @property
    def places_hide(self) -> bool:
        return any(table.hides for table in self.places)

    def _place(self, option: str, table: Mapping[str, Any]) -> PlaceTable:
        names = {"none": _("no opinion"), "": _("left blank"), "silent": _("no opinion or blank")}
        names |= {"against": _("against"), "for": _("for it")}
        if self.ballot == "rate":
            names |= {str(place): word for place, word in enumerate(self.scale)}
        elif self.ballot == "approve":
            names |= {"1": _("marked"), "": _("not marked")}
        else:
            names |= self.titles
        return _place_table(self.titles.get(option, ""), [names[column] for column in table["columns"]], table)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return verdicts(self.vote)


def _across(support: float) -> float:
    """From the left of the quadrant to its right."""
    return 80 + 760 * support


def _place_table(title: str, columns: list[str], table: Mapping[str, Any]) -> PlaceTable:
    rows = [
        (explain.area_name(area), list(zip(columns, cells, strict=True)))
        for area, cells in zip(table["areas"], table["cells"], strict=True)
    ]
    return PlaceTable(title, columns, rows, as_float(table.get("spread")))


def _pieces(grades: Sequence[int], words: Sequence[str], agreeing: int) -> tuple[Piece, ...]:
    """A bar from the worst grade to the best; the shade says on which side a grade stands and how far."""
    total, x, found = sum(grades) or 1, 0.0, []
    for place, (count, word) in enumerate(zip(grades, words, strict=True)):
        wide = WIDE * count / total
        found.append(
            Piece(word, count, count / total, round(x, 1), round(wide, 1), _shade(place, len(grades), agreeing))
        )
        x += wide
    return tuple(found)


def _shade(place: int, words: int, agreeing: int) -> int:
    """1 strongly against, 2 against, 3 for, 4 strongly for.

    >>> [_shade(place, 5, 2) for place in range(5)]
    [1, 2, 2, 3, 4]
    """
    if place >= words - agreeing:
        return 4 if place == words - 1 else 3
    return 1 if place == 0 else 2


_COLUMNS = {
    "beats": gettext_noop("beats"),
    "ties_with": gettext_noop("is level with"),
    "loses_to": gettext_noop("loses to"),
    "points": gettext_noop("points"),
    "ranked_by": gettext_noop("put in order by"),
    "first_places": gettext_noop("first places"),
    "consensus_coefficient": gettext_noop("consensus coefficient"),
    "worst_defeat": gettext_noop("worst defeat"),
    "first_round": gettext_noop("votes in the first round"),
    "last_round_in_it": gettext_noop("votes in its last round"),
    "goes_out_after_round": gettext_noop("goes out after round"),
}


def _column(name: str) -> str:
    return _(_COLUMNS[name])


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    exact = Fraction(value)
    return number(int(exact)) if exact.denominator == 1 else number(float(exact), 2)
