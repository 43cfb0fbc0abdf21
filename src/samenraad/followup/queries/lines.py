"""The line of a text, from the first voice to the last measure: for its own page, and for who brought it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.followup.facts import noun_of
from samenraad.followup.models import Answer, Item, Measure, Update
from samenraad.ledger.models import Entry
from samenraad.processes.models import Proposal, Source, Step
from samenraad.ui.pieces import StoryEntry

GONE = (Proposal.Status.WITHDRAWN, Proposal.Status.HIDDEN)
RUNNING = (Measure.State.PLANNED, Measure.State.RUNNING)


@dataclass(frozen=True)
class State:
    """How a text stands, in a word with its shape."""

    code: str
    word: str


class Lines:
    """Everything that happened to these texts, in a fixed number of queries."""

    def __init__(self, texts: Sequence[Proposal]) -> None:
        self.today = timezone.localdate()
        self.texts = {text.pk: text for text in texts}
        self.carriers = self._carriers()
        self.items = self._items()
        self.merges = self._merges()

    def _carriers(self) -> dict[int, list[int]]:
        """By text: the texts that carry it on, in the order in which they came to be."""
        pairs = Source.objects.filter(origin__in=list(self.texts)).order_by().values_list("origin_id", "proposal_id")
        found: dict[int, set[int]] = defaultdict(set)
        for origin, proposal in pairs.distinct():
            found[origin].add(proposal)
        for text in list(self.texts.values()):
            if text.merged_into_id:
                found[text.pk].add(text.merged_into_id)
        missing = set().union(*found.values()) - set(self.texts) if found else set()
        self.texts |= Proposal.objects.select_related("step").in_bulk(missing)
        return {origin: sorted(some - {origin}) for origin, some in found.items()}

    def _items(self) -> dict[int, list[Item]]:
        updates = Prefetch("updates", Update.objects.order_by("id"))
        measures = Measure.objects.select_related("owner").prefetch_related(updates)
        found: dict[int, list[Item]] = defaultdict(list)
        rows = Item.objects.filter(proposal__in=list(self.texts)).select_related(
            "handover__body", "handover__process", "handover__promise", "answer", "proposal"
        )
        for item in rows.prefetch_related(Prefetch("answer__measures", measures), "notes").order_by("handover"):
            found[item.proposal_id].append(item)
        return found

    def _merges(self) -> dict[int, list[tuple[datetime, list[int]]]]:
        """By the text that remained: when it took up which numbers."""
        names = [f"proposal:{pk}" for pk in self.texts]
        found = defaultdict(list)
        for entry in Entry.objects.filter(act="proposal.merged", subject__in=names).order_by("seq"):
            found[int(entry.subject.partition(":")[2])].append((entry.moment, entry.facts.get("numbers", [])))
        return found

    def road(self, text: Proposal) -> list[Proposal]:
        """The text itself and all that carries it on, step by step."""
        return [text, *(self.texts[pk] for pk in self.carriers.get(text.pk, ()) if pk in self.texts)]

    def items_of(self, text: Proposal) -> list[Item]:
        return [item for one in self.road(text) for item in self.items.get(one.pk, ())]

    def last_item(self, text: Proposal) -> Item | None:
        """The row on a table that counts: an answered one, else the newest."""
        items = self.items_of(text)
        answered = [item for item in items if answer_of(item)]
        return (answered or items)[-1] if items else None

    def state(self, text: Proposal) -> State:
        item = self.last_item(text)
        answer = answer_of(item) if item else None
        if answer:
            return State(answer.decision, _decided(answer))
        if item:
            late = item.handover.due < self.today
            word = _("Waits for the answer of {body}").format(body=item.handover.body)
            return State("late" if late else "waiting", word)
        return _without_a_table(text, self.road(text))

    def entries(self, text: Proposal, *, yours: bool = False, came: date | None = None) -> list[StoryEntry]:
        """The line in the order of time. `yours`: told to who brought it; `came`: the day they did."""
        done = [self._came(text, yours, came), *self._travelled(text)]
        going: list[StoryEntry] = []
        later: list[StoryEntry] = []
        for item in self.items_of(text):
            for entry in self._on_the_table(item, text):
                {"done": done, "now": going}.get(entry.state, later).append(entry)
        done.sort(key=lambda entry: _day(entry.when))
        if yours and (again := self._again(text)):
            later.append(StoryEntry(again, state="later"))
        return [*done, *going, *later]

    def _again(self, text: Proposal) -> str:
        """When who brought it hears from the town again."""
        item = self.last_item(text)
        answer = answer_of(item)
        if item and not answer:
            return _("You hear from us as soon as the answer is there")
        if answer and any(measure.state in RUNNING for measure in answer.measures.all()):
            return _("You hear from us again when something changes")
        return "" if answer or text.status in GONE else _("You hear from us when the next thing happens with it")

    def _came(self, text: Proposal, yours: bool, came: date | None) -> StoryEntry:
        facts = {"noun": noun_of(text.step), "number": text.number, "step": text.step}
        title = _("Your {noun} got number {number}") if yours else _("{noun} number {number} came in")
        if text.carried_from_id and not yours:
            title = _("Number {number} begins in “{step}”")
        return StoryEntry(capfirst(title.format(**facts)), came or timezone.localtime(text.made_at).date())

    def _travelled(self, text: Proposal) -> Iterator[StoryEntry]:
        road = self.road(text)
        for one in road:
            yield from self._took_up(one, text)
            if one.merged_into_id and (into := self.texts.get(one.merged_into_id)):
                yield self._went_into(one, into)
            if one.carried_from_id and one.pk != text.pk:
                title = _("Goes on to “{step}” as number {number}").format(step=one.step, number=one.number)
                yield StoryEntry(title, timezone.localtime(one.made_at).date(), href=_page(one), link=one.title)
            if one.status == Proposal.Status.SPLIT:
                parts = [other for other in road if other.carried_from_id == one.pk]
                day = parts[0].made_at if parts else one.made_at
                yield StoryEntry(
                    _("It held several things and was split"), timezone.localtime(day).date(), text=one.status_reason
                )

    def _took_up(self, one: Proposal, text: Proposal) -> Iterator[StoryEntry]:
        """What was put together with the text itself."""
        for moment, numbers in self.merges.get(one.pk, ()) if one.pk == text.pk else ():
            title = ngettext(
                "{count} other was put together with it", "{count} others were put together with it", len(numbers)
            ).format(count=len(numbers))
            names = _("Number {numbers}").format(numbers=", ".join(map(str, numbers)))
            yield StoryEntry(title, timezone.localtime(moment).date(), text=names)

    def _went_into(self, one: Proposal, into: Proposal) -> StoryEntry:
        moments = [moment for moment, numbers in self.merges.get(into.pk, ()) if one.number in numbers]
        day = timezone.localtime(moments[-1]).date() if moments else None
        title = _("Put together with others, as number {number}").format(number=into.number)
        reason = one.status_reason
        return StoryEntry(title, day, text=reason, href=_page(into), link=into.title)

    def _on_the_table(self, item: Item, text: Proposal) -> Iterator[StoryEntry]:
        handover, answer = item.handover, answer_of(item)
        body = str(handover.body)
        title = _("Handed over to {body}, as number {number}").format(body=body, number=item.number)
        yield StoryEntry(title, handover.handed_on)
        if answer is None:
            late = handover.due < self.today
            title = _("The answer of {body} is late") if late else _("{body} works on the answer")
            yield StoryEntry(
                capfirst(title.format(body=body)), handover.handed_on, handover.due, text=handover.delay_reason,
                state="now",
            )  # fmt: skip
            return
        yield _answered(item, answer, text)
        for measure in answer.measures.all():
            yield from _measure(measure, self.today)


def answer_of(item: Item | None) -> Answer | None:
    """The answer, once it is public."""
    if item is None or item.handover.answered_at is None:
        return None
    return getattr(item, "answer", None)


def _answered(item: Item, answer: Answer, text: Proposal) -> StoryEntry:
    titles = {
        "adopted": _("{body} adopts it"),
        "partly": _("{body} adopts it in part"),
        "rejected": _("{body} rejects it"),
        "forwarded": _("It is not for {body}; it was forwarded to {to}"),
    }
    title = capfirst(titles[answer.decision].format(body=item.handover.body, to=answer.forwarded_to))
    quote = f"“{Truncator(answer.reasons).words(40, truncate=' …')}”"
    day = timezone.localtime(item.handover.answered_at).date()
    if item.proposal_id == text.pk:
        return StoryEntry(title, day, text=quote)
    return StoryEntry(title, day, text=quote, href=f"{_page_of(item.proposal_id)}#answer", link=_("The whole answer"))


def _measure(measure: Measure, today: date) -> Iterator[StoryEntry]:
    for update in measure.updates.all():
        title = f"{measure.title}: {update.get_state_display()}"
        yield StoryEntry(title, update.day, text=" ".join(filter(None, [update.text, update.why_moved])))
    if measure.state not in RUNNING:
        return
    who = str(measure.owner or "") or measure.department
    late = measure.due < today
    when = _("was to be ready before {day}") if late else _("ready before {day}")
    moment = when.format(day=_in_words(measure.due))
    state = "now" if late or measure.state == Measure.State.RUNNING else "later"
    yield StoryEntry(measure.title, state=state, moment=moment, text=who)


def _decided(answer: Answer) -> str:
    """Adopted, and it is being carried out."""
    word = capfirst(str(answer.get_decision_display()))
    if answer.decision not in {Answer.Decision.ADOPTED, Answer.Decision.PARTLY}:
        return word
    states = {measure.state for measure in answer.measures.all()}
    if states and states <= {Measure.State.DONE}:
        return _("{decision}, and it is done").format(decision=word)
    if states & {Measure.State.RUNNING, Measure.State.DONE}:
        return _("{decision}, and it is being carried out").format(decision=word)
    return word


def _without_a_table(text: Proposal, road: Iterable[Proposal]) -> State:
    last = list(road)[-1]
    if text.status == Proposal.Status.WITHDRAWN:
        return State("planned", _("Withdrawn by who wrote it"))
    if text.status == Proposal.Status.HIDDEN:
        return State("planned", _("Taken off the page"))
    if last.step.state == Step.State.OPEN:
        return State("now", _("On the page, others can still join in"))
    return State("waiting", _("Is being read"))


def _page(text: Proposal) -> str:
    return _page_of(text.pk)


def _page_of(pk: int) -> str:
    return reverse("followup:story", args=[pk])


def _day(when: Any) -> date:
    return when or date.min


def _in_words(day: date) -> str:
    from samenraad.ui.formats import short_date

    return short_date(day)
