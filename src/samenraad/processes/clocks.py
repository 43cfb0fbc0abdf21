"""The second clock: days before an election in which a town keeps silent (R107), and what falls into them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Moment
from samenraad.people.models import Town
from samenraad.post.models import Medium, Message
from samenraad.processes import rules
from samenraad.processes.models import Election, Process, Step
from samenraad.ui.pieces import Silence

LETTERS_AHEAD = timedelta(days=14)


def country() -> str:
    return Town.objects.values_list("country", flat=True).first() or "NL"


def silences(since: date | None = None) -> list[Silence]:
    """The silent periods of this town's country that end today or later, in order."""
    since = since or timezone.localdate()
    elections = Election.objects.filter(country=country(), day__gte=since).order_by("day")
    return [Silence(election.level, election.silent_from, election.day) for election in elections]


def touched(start: date, end: date, silent: Iterable[Silence]) -> list[Silence]:
    """The silent periods that share a day with these days."""
    return [quiet for quiet in silent if rules.overlap((start, end), (quiet.start, quiet.end))]


def warnings(
    process: Process, moments: Sequence[Moment], silent: Sequence[Silence], today: date, letters: int | None = None
) -> list[str]:
    """Everything of this process that falls into a silent period: its steps, its answer, its letters (W9)."""
    if process.closed_at or not silent:
        return []
    found = [warning for step in process.steps.all() for warning in step_warnings(step, silent, today)]
    found += answer_warnings(answer_days(process, moments), silent)
    return found + letter_warnings(waiting_letters(process) if letters is None else letters, silent, today)


def step_warnings(step: Step, silent: Iterable[Silence], today: date) -> list[str]:
    if step.concluded_at or not step.opens or (step.closes and _day(step.closes) < today):
        return []
    return period_warnings(str(step), step.opens, step.closes, silent)


def period_warnings(
    title: str, opens: datetime | None, closes: datetime | None, silent: Iterable[Silence]
) -> list[str]:
    """One sentence for each silent period that this stretch of days touches."""
    if not opens:
        return []
    first, last = _day(opens), _day(closes or opens)
    sentences = []
    for quiet in touched(first, last, silent):
        facts = {"step": title, "election": quiet.label, "start": _in_words(quiet.start), "end": _in_words(quiet.end)}
        if quiet.start <= last <= quiet.end:
            text = _(
                "‘{step}’ ends in the silent period before the election “{election}” ({start} to {end}). "
                "The outcome can be made public after that only."
            )
        else:
            text = _(
                "‘{step}’ runs through the silent period before the election “{election}” ({start} to {end}). "
                "In those days no letters go out and no decisions are made public."
            )
        sentences.append(text.format(**facts))
    return sentences


def answer_days(process: Process, moments: Sequence[Moment]) -> list[date]:
    """When answers are due; before the hand-over: when they would be."""
    running = [one.until for one in moments if one.place == "answer" and one.state in {"now", "late"} and one.until]
    if running or any(one.place in {"handover", "answer"} for one in moments):
        return running
    promise = next((one for one in reversed(process.promises.all()) if one.published_at), None)
    return expected_answer(process, promise.term_days) if promise else []


def expected_answer(process: Process, term_days: int) -> list[date]:
    """The day on which an answer would be due, handed over the day after the last step; none while that is unknown."""
    ends = [_day(step.closes) for step in process.steps.all() if step.closes]
    return [rules.answer_due(max(ends) + timedelta(days=1), term_days)] if ends else []


def answer_warnings(days: Iterable[date], silent: Iterable[Silence]) -> list[str]:
    text = _(
        "The answer is due on {day}: in the silent period before the election “{election}” ({start} to {end}). "
        "Ask for the answer before {start}, or agree on a day after the new council has begun."
    )
    return [
        text.format(day=_in_words(day), election=quiet.label, start=_in_words(quiet.start), end=_in_words(quiet.end))
        for day in days
        for quiet in touched(day, day, silent)
    ]


def letter_warnings(count: int, silent: Iterable[Silence], today: date) -> list[str]:
    """Letters that wait, while the silent period is near or has begun."""
    if not count:
        return []
    return [
        ngettext(
            "{count} letter waits to be posted. In the silent period before the election “{election}” "
            "({start} to {end}) it stays where it is.",
            "{count} letters wait to be posted. In the silent period before the election “{election}” "
            "({start} to {end}) they stay where they are.",
            count,
        ).format(count=count, election=quiet.label, start=_in_words(quiet.start), end=_in_words(quiet.end))
        for quiet in touched(today, today + LETTERS_AHEAD, silent)
    ]


def waiting_letters(process: Process) -> int:
    return Message.objects.filter(scope=process.thread, medium=Medium.LETTER, state=Message.State.WAITING).count()


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _in_words(day: date) -> str:
    return date_format(day, "j F Y")
