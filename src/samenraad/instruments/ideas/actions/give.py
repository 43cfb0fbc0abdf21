"""An idea comes in: on the website, or from paper, phone, street or meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from samenraad.discussion.actions import arrive
from samenraad.instruments.ideas import rules
from samenraad.instruments.ideas.actions.authors import person_of
from samenraad.instruments.ideas.models import Idea, Keyword
from samenraad.people.models import Channel, Person, Place
from samenraad.processes import actions as processes
from samenraad.processes.models import Proposal, Step
from samenraad.refusals import Refusal


@dataclass(frozen=True)
class Text:
    """What somebody brings."""

    title: str
    text: str = ""
    theme: str = ""
    place: Place | None = None
    photo: bytes = b""  # as it comes from photos.cleaned
    photo_alt: str = ""
    point: tuple[float, float] | None = None
    language: str = "nl"


def point_of(values: Mapping[str, Any]) -> tuple[float, float] | None:
    """A place on earth needs both numbers."""
    latitude, longitude = values.get("latitude"), values.get("longitude")
    return None if latitude is None or longitude is None else (float(latitude), float(longitude))


@transaction.atomic
def give(
    *,
    step: Step,
    person: Person | None,
    idea: Text,
    channel: str = Channel.WEB,
    day: date | None = None,
    reference: str = "",
    once: UUID | None = None,
    entered_by: Person | None = None,
) -> Idea:
    """A new idea with its author behind it. The same form twice, on paper (`reference`) or on the website
    (`once`), is one idea: paper says which number it got, the website gets the idea that is there.
    """
    Step.objects.select_for_update().get(pk=step.pk)  # two clicks at once come one after the other
    known = Idea.objects.filter(once=once).select_related("proposal").first() if once else None
    if known:
        return known
    if not idea.title.strip():
        raise Refusal("ideas.no_title")
    if idea.photo and not idea.photo_alt.strip():
        raise Refusal("ideas.photo_alt")
    _must_be_new(step, reference)
    part = processes.take_part(step=step, person=person, channel=channel, day=day, entered_by=entered_by)
    photo = default_storage.save(f"ideas/{uuid4().hex}.jpg", ContentFile(idea.photo)) if idea.photo else ""
    proposal = processes.propose(
        step=step, contribution=part, title=idea.title.strip(), text=idea.text.strip(),
        language=idea.language, place=idea.place, by=person or entered_by, act="idea.given",
    )  # fmt: skip
    made = Idea(
        proposal=proposal, step=step, theme=idea.theme, reference=reference, once=once,
        photo=photo, photo_alt=idea.photo_alt if photo else "",
        latitude=idea.point[0] if idea.point else None, longitude=idea.point[1] if idea.point else None,
    )  # fmt: skip
    made.save(force_insert=True)
    index(made, proposal)
    return made


@transaction.atomic
def come_in_and_give(
    *, step: Step, who: Mapping[str, Any], source: str, idea: Text, once: UUID
) -> tuple[Idea, Person | None]:
    """Somebody without account gives an idea and is registered with it. The second click finds the idea that is
    there, and makes nobody new.
    """
    Step.objects.select_for_update().get(pk=step.pk)
    known = Idea.objects.filter(once=once).select_related("proposal").first()
    if known:
        return known, None
    person = arrive(source=source, **who)
    return give(step=step, person=person, idea=idea, once=once), person


@transaction.atomic
def key_in(
    *,
    step: Step,
    who: Mapping[str, str],
    show_name: bool,
    idea: Text,
    channel: str,
    day: date,
    reference: str,
    once: UUID,
    by: Person | None,
) -> tuple[Idea, Person | None, bool]:
    """Staff enter what somebody gave on paper, by phone, on the street or at a meeting. Says who gave it, and
    whether this was the first time it was entered.
    """
    Step.objects.select_for_update().get(pk=step.pk)
    known = Idea.objects.filter(once=once).select_related("proposal").first()
    if known:
        return known, None, False
    person = person_of(who, show_name=show_name)
    made = give(
        step=step, person=person, idea=idea, channel=channel, day=day, reference=reference, once=once, entered_by=by
    )
    return made, person, True


def _must_be_new(step: Step, reference: str) -> None:
    if not reference:
        return
    known = Idea.objects.filter(step=step, reference=reference).select_related("proposal").first()
    if known:
        raise Refusal("ideas.keyed_already", number=known.proposal.number)


def index(idea: Idea, proposal: Proposal) -> None:
    """Note what the idea is about, so that similar ones are found without reading them all."""
    words = rules.keywords(proposal.title, proposal.text)
    Keyword.objects.filter(idea=idea).exclude(word__in=words).delete()
    Keyword.objects.bulk_create(
        [Keyword(idea=idea, step_id=proposal.step_id, word=word) for word in words], ignore_conflicts=True
    )


@transaction.atomic
def edit(*, idea: Idea, title: str, text: str, theme: str, place: Place | None, by: Person) -> Idea:
    """The author mends it, as long as nobody supported it or reacted to it."""
    if not title.strip():
        raise Refusal("ideas.no_title")
    proposal = processes.edit(proposal=idea.proposal, title=title.strip(), text=text.strip(), by=by)
    proposal.place = place
    proposal.save(update_fields=["place"])
    idea.proposal, idea.theme = proposal, theme
    idea.save(update_fields=["theme"])
    index(idea, proposal)
    return idea


@transaction.atomic
def drop_photo(*, idea: Idea) -> None:
    """The picture goes, the words stay: somebody is forgotten, or a moderator took it away."""
    if idea.photo:
        name, storage = str(idea.photo.name), idea.photo.storage
        idea.photo, idea.photo_alt = "", ""
        idea.save(update_fields=["photo", "photo_alt"])
        transaction.on_commit(lambda: storage.delete(name))


def twin(proposal: Proposal) -> Idea:
    """The idea's own row beside a text that came here by being split or carried: theme, place and photo go along."""
    old = Idea.objects.filter(proposal=proposal.carried_from_id or 0).first()
    fields = {}
    if old:
        fields = {"theme": old.theme, "latitude": old.latitude, "longitude": old.longitude}
    made, new = Idea.objects.get_or_create(proposal=proposal, defaults={"step_id": proposal.step_id, **fields})
    if new:
        if old and old.photo:
            made.photo = default_storage.save(f"ideas/{uuid4().hex}.jpg", ContentFile(_content(old)))
            made.photo_alt = old.photo_alt
            made.save(update_fields=["photo", "photo_alt"])
        index(made, proposal)
    return made


def _content(idea: Idea) -> bytes:
    try:
        with idea.photo.open("rb") as kept:
            content: bytes = kept.read()
    except OSError:
        return b""
    return content
