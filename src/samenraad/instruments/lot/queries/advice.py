"""What the figures advise while there is still time: who is missing, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.instruments.lot.models import Dimension, Lot, Value
from samenraad.instruments.lot.queries.crowd import Crowd, crowd
from samenraad.instruments.lot.rules import figures as rules
from samenraad.ui.formats import day_of, number, percent

#: a letter, a reminder and an answer by card take so long
LETTERS_TAKE = timedelta(days=14)


@dataclass(frozen=True)
class Advice:
    """One sentence, and how urgent it is: adopted (well), waiting (little choice), late (cannot be filled)."""

    state: str
    text: str


@dataclass(frozen=True)
class Target:
    """One group with limits, and who of them said yes so far (R031)."""

    value: Value
    dimension: Dimension
    yes: int
    delivered: int

    @property
    def seats(self) -> int:
        return self.value.least or 0

    @property
    def missing(self) -> int:
        """So many are too few for the least seats of this group."""
        return max(0, self.seats - self.yes)

    @property
    def wished(self) -> int:
        """So many more would leave a choice."""
        return max(0, rules.PER_SEAT * self.seats - self.yes)

    @property
    def is_thin(self) -> bool:
        return self.yes < rules.PER_SEAT_OF_GROUP * self.seats

    @property
    def state(self) -> str:
        return "late" if self.missing else "waiting" if self.wished else "adopted"

    @property
    def name(self) -> str:
        return f"{self.dimension}: {self.value}"


def targets(found: Crowd) -> list[Target]:
    """Every group that must have seats, in the order of the plan."""
    return [
        Target(value, dimension, yes, delivered)
        for dimension in found.dimensions
        if dimension.has_quotas
        for value, yes, delivered in zip(
            dimension.values.all(), found.counts(dimension, "yes"), found.counts(dimension, "delivered"), strict=False
        )
        if value.least
    ]


def advice(lot: Lot, found: Crowd | None = None, today: date | None = None) -> list[Advice]:
    """Nothing before there are letters and seats, nor after the draw."""
    found = found or crowd(lot)
    if not lot.seats or not found.totals["delivered"] or found.totals["drawn"]:
        return []
    groups = targets(found)
    told = [_all_together(lot.seats, found.totals["yes"]), *(_of_group(one) for one in groups if one.is_thin)]
    if found.totals["yes"] and (rules.is_thin(found.totals["yes"], lot.seats) or any(one.is_thin for one in groups)):
        told += _more_letters(lot, found, groups, today)
    return told


def _all_together(seats: int, yes: int) -> Advice:
    each = number(round(yes / seats, 1), 1)
    facts = {"yes": number(yes), "seats": number(seats), "each": each}
    if yes < seats:
        return Advice(
            "late", _("{yes} people said yes, and there are {seats} seats. That is not enough.").format(**facts)
        )
    if rules.is_thin(yes, seats):
        text = _(
            "{yes} people said yes for {seats} seats: {each} for each seat. With fewer than {enough} there is little "
            "to choose, and groups are hard to fill."
        )
        return Advice("waiting", text.format(enough=number(rules.PER_SEAT), **facts))
    text = _("{yes} people said yes for {seats} seats: {each} for each seat. That leaves room to choose.")
    return Advice("adopted", text.format(**facts))


def _of_group(one: Target) -> Advice:
    facts = {"group": one.name, "yes": number(one.yes), "seats": number(one.seats), "missing": number(one.missing)}
    if not one.yes:
        text = _("{group}: nobody said yes yet, and at least {seats} must sit there.")
    elif one.missing:
        text = _("{group}: {yes} said yes, and at least {seats} must sit there. {missing} are missing.")
    else:
        text = _("{group}: {yes} said yes for at least {seats} seats. That is little choice.")
    return Advice(one.state, text.format(**facts))


def _more_letters(lot: Lot, found: Crowd, groups: list[Target], today: date | None) -> list[Advice]:
    """A second round where the register knows the group, speaking to people where only they can tell."""
    yes, delivered = found.totals["yes"], found.totals["delivered"]
    letters = rules.letters_for(rules.PER_SEAT * (lot.seats or 0) - yes, yes, delivered)
    told = []
    if letters:
        text = ngettext(
            "A second round of about {n} letter brings this to {enough} for each seat, if as many answer: {rate}.",
            "A second round of about {n} letters brings this to {enough} for each seat, if as many answer: {rate}.",
            letters,
        )
        facts = {"n": number(letters), "enough": number(rules.PER_SEAT), "rate": percent(yes / delivered)}
        told.append(Advice("now", text.format(**facts)))
    told += [_letters_of(one) for one in groups if one.missing and one.yes and one.dimension.source == "register"]
    if by_hand := [one.name for one in groups if one.is_thin and (not one.yes or one.dimension.source != "register")]:
        text = _("Letters alone will not reach {groups}. Ask ambassadors, hold a phone round or go there.")
        told.append(Advice("now", text.format(groups="; ".join(by_hand))))
    return told + _in_time(lot, today)


def _letters_of(one: Target) -> Advice:
    letters = rules.letters_for(one.missing, one.yes, one.delivered) or 0
    text = _("For {group} alone about {n} letters bring the {missing} who are missing: {rate} of them answer.")
    rate = percent(one.yes / one.delivered) if one.delivered else ""
    return Advice("now", text.format(group=one.name, n=number(letters), missing=number(one.missing), rate=rate))


def _in_time(lot: Lot, today: date | None) -> list[Advice]:
    closes = lot.step.closes
    if closes is None or today is None or day_of(closes) - today >= LETTERS_TAKE:
        return []
    text = _("A round of letters takes {days} days. First move the last day, or call people instead.")
    return [Advice("now", text.format(days=LETTERS_TAKE.days))]
