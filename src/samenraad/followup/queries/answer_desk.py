"""What the answer desk shows: the rows and their state, what is still blank, and who will hear."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from samenraad.followup import rules
from samenraad.followup.models import Answer, Handover, Item, Measure
from samenraad.followup.queries.answers import behind, standing
from samenraad.people.access import scopes
from samenraad.people.models import Membership, Person
from samenraad.post.rules import medium_for
from samenraad.processes.models import Proposal, Source


def handovers_for(person: Person | None) -> QuerySet[Handover]:
    """What this person answers, prepares or organises; what waits first."""
    blank = Count("items", filter=~Exists(Answer.objects.filter(item=OuterRef("items__pk"))))
    return (
        Handover.objects.filter(_for(person))
        .select_related("process", "body")
        .annotate(count=Count("items"), blank=blank)
        .order_by("answered_at", "due")
    )


def _for(person: Person | None) -> Q:
    if person is None:
        return Q(pk=None)
    where = scopes(person, "officer", "secretary")
    bodies = Membership.objects.filter(person=person, state=Membership.State.MEMBER, until=None).values("body")
    own = Q(body__in=bodies) | Q(pk__in=Item.objects.filter(owner=person).values("handover"))
    if "" in where:
        return Q(pk__isnull=False)
    processes = [int(scope.partition(":")[2]) for scope in where if scope.startswith("process:")]
    return own | Q(process__in=processes)


@dataclass(frozen=True)
class Row:
    item: Item
    answer: Answer | None
    meets: bool | None
    looked: int
    departs: bool
    people: int


def desk(handover: Handover) -> dict[str, Any]:
    """Every row with how far it is."""
    conditions = len(handover.promise.preconditions) if handover.promise else 0
    items = list(handover.items.select_related("proposal", "owner", "answer").prefetch_related("notes"))
    people = behind([item.proposal_id for item in items])
    return {
        "standing": standing(handover, drafts=True),
        "conditions": conditions,
        "rows": [_row(item, conditions, people.get(item.proposal_id, 0)) for item in items],
    }


def _row(item: Item, conditions: int, people: int) -> Row:
    answer = getattr(item, "answer", None)
    return Row(
        item=item,
        answer=answer,
        meets=rules.meets_all(item.meets, conditions),
        looked=sum(1 for met in item.meets[:conditions] if met is not None),
        departs=bool(answer) and rules.departs(item.meets, conditions, answer.decision),  # type: ignore[union-attr]
        people=people,
    )


def next_row(item: Item, *, blank: bool) -> int | None:
    """The number of the next row, or of the next blank one (from the start again when the end is reached)."""
    rows = Item.objects.filter(handover=item.handover_id)
    if not blank:
        return rows.filter(number__gt=item.number).values_list("number", flat=True).order_by("number").first()
    waiting = list(rows.filter(answer=None).values_list("number", flat=True).order_by("number"))
    return next((number for number in waiting if number > item.number), waiting[0] if waiting else None)


def around(item: Item) -> dict[str, Any]:
    """The rows beside this one, and how far the whole is."""
    numbers = list(
        Item.objects.filter(handover=item.handover_id).order_by("number").values_list("number", "answer__pk")
    )
    order = [number for number, _answer in numbers]
    place = order.index(item.number)
    return {
        "notes": list(item.notes.select_related("by")),
        "measures": list(Measure.objects.filter(answer__item=item).select_related("owner").prefetch_related("updates")),
        "previous": order[place - 1] if place else None,
        "following": order[place + 1] if place + 1 < len(order) else None,
        "total": len(order),
        "done": sum(1 for _number, answer in numbers if answer),
        "people": behind([item.proposal_id]).get(item.proposal_id, 0),
    }


def review(handover: Handover) -> dict[str, Any]:
    """What will happen when the answers become public."""
    texts = handover.items.values("proposal")
    return {"standing": standing(handover, drafts=True), "hearing": hearing(texts)}


@dataclass(frozen=True)
class Hearing:
    """How many people will get word, and by which way."""

    email: int = 0
    letter: int = 0
    phone: int = 0
    public: int = 0

    @property
    def total(self) -> int:
        return self.email + self.letter + self.phone + self.public


def hearing(texts: Any) -> Hearing:
    sources = Source.objects.filter(proposal__in=texts, contribution__withdrawn_at=None)
    rows = sources.order_by().values_list(
        "contribution", "contribution__channel", "contribution__person", "contribution__person__prefers",
        "contribution__person__email", "contribution__person__street", "contribution__person__postcode",
        "contribution__person__city", "contribution__person__phone",
    )  # fmt: skip
    counts: Counter[str] = Counter()
    seen: set[int] = set()  # who took part in two ways is one person
    for _part, channel, person, prefers, email, street, postcode, city, phone in rows.distinct().iterator(2000):
        if person in seen:
            continue
        if person:
            seen.add(person)
        reach = (bool(email), bool(street and postcode and city), bool(phone))
        counts[(medium_for(prefers or channel, *reach) if person else None) or "public"] += 1
    return Hearing(**{str(medium): count for medium, count in counts.items()})


def open_texts(process_pk: int, step: int | None) -> QuerySet[Proposal]:
    """Texts that can be handed over: public, and on no table that waits."""
    waiting = Item.objects.filter(proposal=OuterRef("pk"), handover__answered_at=None)
    texts = Proposal.objects.filter(step__process=process_pk, status=Proposal.Status.PUBLIC).exclude(Exists(waiting))
    return (texts.filter(step=step) if step else texts).order_by("-supporters", "number")
