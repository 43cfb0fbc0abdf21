"""The message around the sentences: the same care for an e-mail, a letter and what is read out on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenraad.followup import sentences
from samenraad.followup.sentences import MeasureLine, Word
from samenraad.people.models import Person, Town
from samenraad.processes.models import Process

WITH_MEASURES = ("adopted", "partly")


def absolute(name: str, *args: Any) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"


def subject(words: Sequence[Word]) -> str:
    return sentences.title_of(list(words))


def body(*, words: Sequence[Word], process: Process, person: Person, town: Town, letter: bool) -> str:
    """Paragraphs with an empty line between them."""
    first = words[0]
    parts = [
        _("Dear {name},").format(name=person.name) if person.name else _("Dear resident,"),
        _took_part(first, process),
        *(paragraph for word in words for paragraph in told(word)),
        *([_("The process “{process}” is complete.").format(process=process)] if first.occasion == "closed" else []),
        sentences.next_moment(first),
        _where(first, process, letter),
        "" if letter else _questions(town),  # a letter has the number printed below
        str(town.place.name) if town.pk else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _took_part(word: Word, process: Process) -> str:
    if word.took_part is None or word.said:
        return ""
    return _("On {day} you took part in “{process}”. This is what has become of your contribution.").format(
        day=date_format(word.took_part, "j F Y"), process=process
    )


def told(word: Word) -> list[str]:
    """One text of theirs: the sentence, the body's own words, and what will be done."""
    if word.said:
        return list(word.said().paragraphs)
    word = sentences.shortened(word)
    parts = [sentences.sentence(word)]
    if word.decision:
        parts.append(_("The reasons of {body}: “{reasons}”").format(body=word.body, reasons=word.reasons))
        parts += [measure(line) for line in word.measures]
        if word.decision in WITH_MEASURES and not word.measures:
            parts.append(_("What exactly will be done, and when, will follow on the page with the answers."))
    return parts


def measure(line: MeasureLine) -> str:
    return sentences.measure_news(line, "")


def _where(word: Word, process: Process, letter: bool) -> str:
    """Where to see it all. A letter has its code and its square printed below the text already."""
    if letter:
        parts = [_("With the code in this letter you see all that you contributed and what became of it.")]
    else:
        page = absolute("followup:my_part")
        parts = [_("All that you contributed and what became of it stands on {page}.").format(page=page)]
    if word.decision:
        parts.append(_("There you can also say whether this answer is right for you, with a mark from 0 to 10."))
    if word.occasion == "closed":
        answers = absolute("followup:answers", process.slug)
        parts.append(_("All answers and what we learned: {page}.").format(page=answers))
    return " ".join(parts)


def _questions(town: Town) -> str:
    if not town.phone:
        return ""
    facts = {"phone": town.phone, "hours": town.hours}
    if town.hours:
        return _("Questions? Call {phone}, {hours}.").format(**facts)
    return _("Questions? Call {phone}.").format(**facts)
