"""From the letter to the last session: how many went on, per group and per way of answering (R028, R115)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from samenraad.instruments.lot.models import Dimension, Invitation, Lot, Refusing
from samenraad.instruments.lot.queries.crowd import STAGES, Crowd, One, crowd
from samenraad.instruments.lot.rules import figures as rules
from samenraad.methods.statistics import Share, share
from samenraad.people.models import Channel
from samenraad.questionnaires.models import Answer

#: the question with this id makes the share of who never took part before (R030); asked with the answer "yes"
FIRST_TIME = ("first-time", "first_time")


@dataclass(frozen=True)
class Stage:
    """`share` is of the letters that arrived, and has its Wilson interval."""

    key: str
    name: str
    count: int | None
    share: Share | None = None


@dataclass(frozen=True)
class Line:
    """One group, way of answering or reason. A count that is None is kept back."""

    label: str
    counts: list[tuple[str, int | None]]
    share: Share | None = None


@dataclass(frozen=True)
class Groups:
    label: str
    lines: list[Line]
    stages: list[str]
    hides: bool


def stages(crowd: Crowd, *, exact: bool = False) -> list[Stage]:
    """All who were drawn by lot for a letter, stage by stage."""
    arrived = crowd.by_letter["delivered"]
    found = []
    for key, name in STAGES.items():
        count = rules.told(crowd.by_letter[key], exact)
        is_part = key not in ("invited", "delivered") and count is not None
        found.append(Stage(key, str(name), count, share(count or 0, arrived) if is_part else None))
    return found


def response(crowd: Crowd, *, exact: bool = False) -> Share | None:
    counted = crowd.by_letter
    yes = rules.told(counted["yes"], exact)
    if yes is None:
        return None
    return rules.response(yes, counted["invited"], counted["invited"] - counted["delivered"])


def taking_part(crowd: Crowd, *, exact: bool = False) -> Share | None:
    """None until somebody took a seat: before that it says nothing."""
    stayed = rules.told(crowd.by_letter["stayed"], exact)
    if stayed is None or not crowd.by_letter["member"]:
        return None
    return rules.taking_part(stayed, crowd.by_letter["invited"])


def by_group(crowd: Crowd, *, exact: bool = False) -> list[Groups]:
    return [_groups(crowd, dimension, exact) for dimension in crowd.dimensions]


def _groups(crowd: Crowd, dimension: Dimension, exact: bool) -> Groups:
    """Only stages at which the group of somebody is known."""
    columns = {key: crowd.counts(dimension, key) for key in STAGES}
    told = {key: _told(counts[:-1], exact) for key, counts in columns.items() if any(counts[:-1])}
    lines = []
    for place, value in enumerate(dimension.values.all()):
        counts = {key: column[place] for key, column in told.items()}
        arrived, yes = counts.get("delivered"), counts.get("yes")
        answered = share(yes, arrived) if arrived and yes is not None and yes <= arrived else None
        lines.append(Line(str(value), [(str(STAGES[key]), count) for key, count in counts.items()], answered))
    hides = any(count is None for column in told.values() for count in column)
    return Groups(str(dimension), lines, [str(STAGES[key]) for key in told], hides)


def _told(counts: list[int], exact: bool) -> list[int | None]:
    hidden = frozenset() if exact else rules.kept_back(counts)
    return [None if place in hidden else count for place, count in enumerate(counts)]


def by_channel(crowd: Crowd, *, exact: bool = False) -> list[Line]:
    """Who said yes and who said no, by the way in which they did."""
    labels = dict(Channel.choices)
    counted = Counter((one.channel, one.reply) for one in crowd.people if one.reply)
    used = [key for key in labels if any(counted[key, reply] for reply in Invitation.Reply.values)]
    yes, no = (_told([counted[key, reply] for key in used], exact) for reply in Invitation.Reply.values)
    lines = []
    for key, agreed, refused in zip(used, yes, no, strict=True):
        part = share(agreed, agreed + refused) if agreed is not None and refused is not None else None
        named = [(str(Invitation.Reply.YES.label), agreed), (str(Invitation.Reply.NO.label), refused)]
        lines.append(Line(str(labels[key]), named, part))
    return lines


def reasons(crowd: Crowd, *, exact: bool = False) -> list[Line]:
    """Why people said no, of all who gave a reason (R029); the most frequent first."""
    given = Counter(one.reason for one in crowd.people if one.reason)
    keys = sorted(given, key=lambda key: (-given[key], key))
    told = _told([given[key] for key in keys], exact)
    names = dict(Refusing.choices)
    return [
        Line(str(names.get(key, key)), [("", count)], None if count is None else share(count, given.total()))
        for key, count in zip(keys, told, strict=True)
    ]


def reasons_by_group(crowd: Crowd) -> list[Groups]:
    """For the desk only: in so many cells everybody could be found."""
    names = {key: str(label) for key, label in Refusing.choices}
    refused = [one for one in crowd.people if one.reason]
    keys = [key for key in names if any(one.reason == key for one in refused)]
    return [
        Groups(str(dimension), _crossed(refused, dimension, names, keys), [names[key] for key in keys], hides=False)
        for dimension in crowd.dimensions
        if any(one.features.get(dimension.key) for one in refused)
    ]


def _crossed(refused: list[One], dimension: Dimension, names: dict[str, str], keys: list[str]) -> list[Line]:
    lines = []
    for value in dimension.values.all():
        own = [one.reason for one in refused if one.features.get(dimension.key) == value.key]
        lines.append(Line(str(value), [(names[key], own.count(key)) for key in keys]))
    return lines


def sources(lot: Lot, found: Crowd | None = None) -> list[tuple[str, int]]:
    """How those who sit came in (R034): by lot, on purpose, through an ambassador, by an open call. Heads every public
    list. It says something about the recruiting and nothing about people, so small numbers are told."""
    found = found or crowd(lot)
    counted = found.counted(lambda one: one.source, "stayed") or found.counted(lambda one: one.source, "drawn")
    return [(str(label), counted[key]) for key, label in Invitation.Source.choices if counted[key]]


def first_time(crowd: Crowd, *, exact: bool = False) -> Share | None:
    """Of who said yes and answered that question: how many take part for the first time (Amsterdam: 90 %)."""
    answers = Answer.objects.filter(
        answer_set__in=Invitation.objects.filter(lot_id=crowd.lot.pk, reply="yes", test=False).values("answers"),
        question__key__in=FIRST_TIME,
    )
    given = [str(value) for value in answers.values_list("value", flat=True)]
    yes = given.count("yes")
    if not exact and rules.kept_back([yes, len(given) - yes]):
        return None
    return share(yes, len(given))
