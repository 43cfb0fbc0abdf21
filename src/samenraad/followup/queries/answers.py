"""The page with the answers: the count, the promise beside what came of it, and every answer with its reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samenraad.followup import rules
from samenraad.followup.models import Answer, Handover, Item, Measure, SideNote, Update
from samenraad.followup.queries.marks import MarkLine, per_item
from samenraad.methods.statistics import Share, share
from samenraad.processes.models import Process, Proposal, Source
from samenraad.texts import translated
from samenraad.ui.pieces import Figure, Part


def short(decision: str) -> str:
    """A decision in the shortest words that are clear."""
    return pgettext("answer", "forwarded") if decision == "forwarded" else str(Answer.Decision(decision).label)


@dataclass(frozen=True)
class Standing:
    """The count of one hand-over. What has no answer stays in the denominator."""

    total: int
    counts: dict[str, int]
    departures: tuple[int, ...]  # numbers that met every precondition and were not adopted
    met: int  # how many met every precondition
    unseen: int  # how many nobody looked at yet
    kept: int  # how many met them and were adopted
    blank: tuple[int, ...]

    @property
    def answered(self) -> int:
        return self.total - len(self.blank)

    @property
    def adopted(self) -> Share | None:
        return share(self.counts.get("adopted", 0), self.total)

    @property
    def figures(self) -> list[Figure]:
        figures = [Figure(part.count, part.label, part.state) for part in self.parts() if part.state != "waiting"]
        return [*figures, Figure(len(self.blank), _("without an answer"), "late" if self.blank else "")]

    def parts(self) -> list[Part]:
        """For the bar; what nobody answered is a part too."""
        parts = [Part(short(decision), self.counts.get(decision, 0), decision) for decision in rules.DECISIONS]
        return [*parts, Part(_("without an answer"), len(self.blank), "waiting")] if self.blank else parts


def standing(handover: Handover, *, drafts: bool = False) -> Standing:
    """As the public sees it; with `drafts` also what is written and not public yet."""
    preconditions = len(handover.promise.preconditions) if handover.promise else 0
    public = drafts or handover.answered_at is not None
    rows = [
        (number, meets, (decision or "") if public else "")
        for number, meets, decision in handover.items.order_by("number").values_list(
            "number", "meets", "answer__decision"
        )
    ]
    meets = {number: rules.meets_all(looked, preconditions) for number, looked, _decision in rows}
    return Standing(
        total=len(rows),
        counts=dict(Counter(decision for *_rest, decision in rows if decision)),
        departures=tuple(number for number, looked, decision in rows if rules.departs(looked, preconditions, decision)),
        met=sum(1 for found in meets.values() if found is True),
        unseen=sum(1 for found in meets.values() if found is None) if preconditions else 0,
        kept=sum(1 for number, _looked, decision in rows if meets[number] is True and decision == "adopted"),
        blank=tuple(number for number, _looked, decision in rows if not decision),
    )


@dataclass(frozen=True)
class Compared:
    """One thing that was promised, and what came of it."""

    code: str  # separately, in_time, preconditions, explained
    state: str  # adopted (kept), late (not kept), waiting
    numbers: tuple[int, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


def compared(handover: Handover, found: Standing, today: date) -> list[Compared]:
    rows = [_separately(handover, found), _in_time(handover, today)]
    if handover.promise and handover.promise.preconditions:
        rows.append(_preconditions(handover, found))
    if handover.explained_on:
        held = handover.explained_on <= today
        rows.append(Compared("explained", "adopted" if held else "waiting", facts={"day": handover.explained_on}))
    return rows


def _separately(handover: Handover, found: Standing) -> Compared:
    state = "waiting" if not handover.answered_at else "late" if found.blank else "adopted"
    return Compared("separately", state, facts={"answered": found.answered, "total": found.total})


def _in_time(handover: Handover, today: date) -> Compared:
    end = timezone.localtime(handover.answered_at).date() if handover.answered_at else today
    late = max(0, (end - handover.due).days)
    facts = {
        "days": (end - handover.handed_on).days, "term": (handover.due - handover.handed_on).days, "late": late,
        "left": (handover.due - today).days, "answered": bool(handover.answered_at),
    }  # fmt: skip
    state = "late" if late else "adopted" if handover.answered_at else "waiting"
    return Compared("in_time", state, facts=facts)


def _preconditions(handover: Handover, found: Standing) -> Compared:
    facts = {
        "texts": [translated(text) for text in handover.promise.preconditions],  # type: ignore[union-attr]
        "met": found.met, "kept": found.kept, "unseen": found.unseen,
    }  # fmt: skip
    if not handover.answered_at:
        return Compared("preconditions", "waiting", facts=facts)
    return Compared("preconditions", "late" if found.departures else "adopted", found.departures, facts)


@dataclass(frozen=True)
class Entry:
    """One text on the table with everything that is printed with it."""

    item: Item
    answer: Answer | None
    departs: bool
    people: int
    origins: tuple[Proposal, ...]
    marks: MarkLine | None

    @property
    def proposal(self) -> Proposal:
        return self.item.proposal


def handovers_of(process: Process) -> list[Handover]:
    """Newest first."""
    return list(
        Handover.objects.filter(process=process).select_related("body", "promise").order_by("-handed_on", "-id")
    )


def found_items(handover: Handover, departures: Sequence[int], *, decision: str = "", word: str = "") -> QuerySet[Item]:
    """The rows that a reader asked for. A word is looked for in the text, and in the reasons once they are public."""
    items = Item.objects.filter(handover=handover).order_by("number")
    if decision == "departure":
        items = items.filter(number__in=departures)
    elif decision:
        items = items.filter(answer__decision=decision) if handover.answered_at else items.none()
    for part in word.split()[:8]:
        wanted = Q(proposal__title__icontains=part) | Q(proposal__text__icontains=part)
        if handover.answered_at:
            wanted |= Q(answer__reasons__icontains=part)
        if part.isdecimal():
            wanted |= Q(number=int(part))
        items = items.filter(wanted)
    return items


def with_all(items: QuerySet[Item]) -> QuerySet[Item]:
    """With their texts, answers, measures and notes; the newest update of a measure comes last."""
    updates = Prefetch("updates", Update.objects.order_by("id"))
    measures = Measure.objects.select_related("owner").prefetch_related(updates)
    return items.select_related("proposal__step", "answer", "handover__body", "handover__promise").prefetch_related(
        Prefetch("answer__measures", measures), Prefetch("notes", SideNote.objects.all())
    )


def entries(handover: Handover, items: Sequence[Item]) -> list[Entry]:
    """What is printed with these rows, in a fixed number of queries."""
    texts = [item.proposal_id for item in items]
    people, origins = behind(texts), origins_of(texts)
    marks = per_item([item.pk for item in items]) if handover.answered_at else {}
    return [entry(item, marks, people.get(item.proposal_id, 0), origins.get(item.proposal_id, ())) for item in items]


def entry(item: Item, marks: dict[int, MarkLine], people: int = 0, origins: Sequence[Proposal] = ()) -> Entry:
    """One row as the public sees it."""
    handover = item.handover
    answer = getattr(item, "answer", None) if handover.answered_at else None
    preconditions = len(handover.promise.preconditions) if handover.promise else 0
    return Entry(
        item=item,
        answer=answer,
        departs=bool(answer) and rules.departs(item.meets, preconditions, answer.decision),  # type: ignore[union-attr]
        people=people,
        origins=tuple(one for one in origins if one.pk != item.proposal_id),
        marks=marks.get(item.pk) if answer else None,
    )


def behind(texts: Sequence[int]) -> dict[int, int]:
    """How many people stand behind each text; cards without a name count one each."""
    sources = Source.objects.filter(proposal__in=texts, contribution__withdrawn_at=None).order_by()
    who = Coalesce(F("contribution__person_id"), F("contribution_id") * Value(-1))
    return dict(sources.values_list("proposal").annotate(count=Count(who, distinct=True)))


def origins_of(texts: Sequence[int]) -> dict[int, list[Proposal]]:
    """The texts of which each text is made, as far as somebody brought them."""
    found: dict[int, dict[int, Proposal]] = defaultdict(dict)
    sources = Source.objects.filter(proposal__in=texts, part=Source.Part.AUTHOR).select_related("origin__step")
    for source in sources.order_by("origin__step", "origin__number"):
        found[source.proposal_id].setdefault(source.origin_id, source.origin)
    return {text: list(some.values()) for text, some in found.items()}


def clock(handover: Handover, found: Standing, today: date) -> list[Figure]:
    """The public day counter."""
    days = (handover.due - today).days
    if days < 0:
        counter = Figure(-days, ngettext("day late", "days late", -days), "late")
    else:
        counter = Figure(days, ngettext("day left for the answer", "days left for the answer", days), "waiting")
    return [
        counter,
        Figure(found.total, ngettext("proposal on the table", "proposals on the table", found.total)),
        Figure((today - handover.handed_on).days, ngettext("day since the hand-over", "days since the hand-over",
                                                           (today - handover.handed_on).days)),
    ]  # fmt: skip
