"""What each person hears about their own contribution: values in, sentences out, in the reader's language.

Nobody gets a sentence that would fit anybody else's contribution: it names their own text, says as what they
stood behind it, and tells what became of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samenraad.cards import Telling


@dataclass(frozen=True)
class MeasureLine:
    """What will be done."""

    title: str
    due: date
    who: str
    state: str = "planned"


@dataclass(frozen=True)
class Word:
    """Everything that one sentence to one person is made of."""

    occasion: str
    part: str = "author"
    noun: str = ""  # what the text is called where it was given: idea, petition
    number: int | None = None  # of their own text; None: they brought no text
    title: str = ""
    own: bool = True  # what happened, happened to this very text, not to one that took it up
    into: int | None = None  # the number by which the text that took it up is known
    into_title: str = ""
    others: int = 0  # how many other texts went together with it
    step: str = ""
    took_part: date | None = None
    day: date | None = None
    body: str = ""
    due: date | None = None
    decision: str = ""
    forwarded_to: str = ""
    reasons: str = ""
    measures: tuple[MeasureLine, ...] = ()
    status: str = ""
    status_reason: str = ""
    split: bool = False
    news: str = ""  # how a measure stands
    why_moved: str = ""
    said: Callable[[], Telling] | None = None  # the instrument's own words, instead of all above


def sentence(word: Word) -> str:
    """The sentence for this person."""
    if word.said:
        return " ".join(word.said().paragraphs)
    if word.number is None:
        return _no_text(word)
    what = _HAPPENED[word.occasion](word)
    return f"{introduction(word)} {what}".strip()


def introduction(word: Word) -> str:
    """As what somebody stood behind the text; an author needs no introduction to their own."""
    facts = {"noun": word.noun, "number": word.number, "title": word.title}
    if word.part == "supporter":
        return _("You supported {noun} no. {number}, “{title}”.").format(**facts)
    if word.part == "commenter":
        return _("You reacted to {noun} no. {number}, “{title}”.").format(**facts)
    return ""


def it(word: Word) -> str:
    """The text, as the subject of a sentence."""
    if word.part == "author":
        return _("Your {noun} no. {number}, “{title}”,").format(noun=word.noun, number=word.number, title=word.title)
    return f"{word.noun[:1].upper()}{word.noun[1:]} {word.number}"


def _merged(word: Word) -> str:
    facts = {"it": it(word), "others": word.others, "into": word.into, "title": word.into_title}
    if not word.others:
        return _("{it} goes on as part of number {into}: “{title}”.").format(**facts)
    return ngettext(
        "{it} was put together with {others} other, as number {into}: “{title}”.",
        "{it} was put together with {others} others, as number {into}: “{title}”.",
        word.others,
    ).format(**facts)


def _carried(word: Word) -> str:
    facts = {"it": it(word), "others": word.others, "into": word.into, "title": word.into_title, "step": word.step}
    if word.split:
        return _("{it} held several things and was split. Number {into}, “{title}”, is a part of it.").format(**facts)
    if word.others:
        return ngettext(
            "{it} goes on to the next step, “{step}”, together with {others} other: number {into}, “{title}”.",
            "{it} goes on to the next step, “{step}”, together with {others} others: number {into}, “{title}”.",
            word.others,
        ).format(**facts)
    return _("{it} goes on to the next step, “{step}”, as number {into}.").format(**facts)


def _handed(word: Word) -> str:
    facts = {
        "it": it(word), "into": word.into, "title": word.into_title, "body": word.body,
        "day": _day(word.day), "due": _day(word.due),
    }  # fmt: skip
    if word.own:
        text = _("{it} was handed over to {body} on {day}, as number {into} on the table.")
    else:
        text = _("{it} is part of number {into}, “{title}”. That was handed over to {body} on {day}.")
    when = _("The answer comes on {due} at the latest.")
    return f"{text} {when}".format(**facts)


def _answered(word: Word) -> str:
    facts = {"it": it(word), "into": word.into, "title": word.into_title, "body": word.body, "to": word.forwarded_to}
    if word.own:
        return _OWN_DECISION[word.decision]().format(**facts)
    return _TAKEN_UP_DECISION[word.decision]().format(**facts)


_OWN_DECISION = {
    "adopted": lambda: _("{it} was adopted by {body}."),
    "partly": lambda: _("{it} was adopted in part by {body}."),
    "rejected": lambda: _("{it} was rejected by {body}."),
    "forwarded": lambda: _("{it} is not for {body} to decide. It was forwarded to {to}."),
}
_TAKEN_UP_DECISION = {
    "adopted": lambda: _("{it} is part of number {into}, “{title}”. That was adopted by {body}."),
    "partly": lambda: _("{it} is part of number {into}, “{title}”. That was adopted in part by {body}."),
    "rejected": lambda: _("{it} is part of number {into}, “{title}”. That was rejected by {body}."),
    "forwarded": lambda: _(
        "{it} is part of number {into}, “{title}”. That is not for {body} to decide. It was forwarded to {to}."
    ),
}


def _measure(word: Word) -> str:
    line = word.measures[0]
    if word.own:
        about = _("There is news about what is done with it.") if word.part != "author" else ""
        about = about or _("There is news about your {noun} no. {number}, “{title}”.")
    else:
        about = _("{it} is part of number {into}, “{into_title}”, and there is news about that.")
    about = about.format(
        it=it(word), noun=word.noun, number=word.number, title=word.title,
        into=word.into, into_title=word.into_title,
    )  # fmt: skip
    return f"{about} {measure_news(line, word.news, word.why_moved)}"


def measure_news(line: MeasureLine, news: str, why_moved: str = "") -> str:
    """How one measure stands, in one breath."""
    facts = {"title": line.title, "due": _day(line.due), "who": line.who, "news": news, "why": why_moved}
    if not news:
        return _("This will be done: “{title}”, before {due}, by {who}.").format(**facts)
    parts = [_MEASURE_STATE[line.state]().format(**facts), news if news.endswith((".", "!", "?")) else f"{news}."]
    if why_moved:
        parts.append(_("It will be ready on {due}, because: {why}").format(**facts))
    return " ".join(parts)


_MEASURE_STATE = {
    "planned": lambda: _("“{title}” has not started yet."),
    "running": lambda: _("“{title}” is under way."),
    "done": lambda: _("“{title}” is done."),
    "abandoned": lambda: _("“{title}” will not be done after all."),
}


def _closed(word: Word) -> str:
    if word.decision:
        return _answered(word)
    facts = {"it": it(word), "into": word.into, "title": word.into_title, "reason": word.status_reason}
    if word.status == "withdrawn" and word.part == "author":
        return _("{it} was withdrawn by you, so it got no answer.").format(**facts)
    if word.status == "withdrawn":
        return _("{it} was withdrawn by who wrote it, so it got no answer.").format(**facts)
    if word.status == "hidden":
        return _("{it} was taken off the page, so it got no answer. The reason: {reason}").format(**facts)
    if not word.own:
        return _(
            "{it} became part of number {into}, “{title}”. That was read, and was not put up for an answer."
        ).format(**facts)
    return _("{it} was read and is kept on the page, and was not put up for an answer.").format(**facts)


_HAPPENED = {
    "merged": _merged,
    "carried": _carried,
    "handed": _handed,
    "answered": _answered,
    "measure": _measure,
    "closed": _closed,
}


def _no_text(word: Word) -> str:
    facts = {"step": word.step, "day": _day(word.took_part)}
    if word.occasion == "drawn":
        return _("The lot of “{step}” was drawn. You took part in it on {day}.").format(**facts)
    return _("You took part in “{step}” on {day}. That work is complete now.").format(**facts)


def next_moment(word: Word) -> str:
    """When this person hears from the town again."""
    if word.occasion in {"merged", "carried"}:
        return _("You hear from us again when the next thing happens with it.")
    if word.occasion == "handed":
        return _("You hear from us as soon as the answer is there.")
    if word.occasion == "answered" and word.measures:
        return _("You hear from us again when something changes in what is being done.")
    if word.occasion == "measure" and word.measures[0].state in {"planned", "running"}:
        return _("You hear from us again when something changes in it.")
    return ""


def title_of(words: list[Word]) -> str:
    """The subject of a message: short, and about their own text."""
    first = words[0]
    if first.said:
        return first.said().subject
    if first.number is None:
        return _("What became of “{step}”").format(step=first.step)
    if len(words) > 1:
        return ngettext(
            "What happened with {count} text you stood behind",
            "What happened with {count} texts you stood behind",
            len(words),
        ).format(count=len(words))
    facts = {"noun": first.noun, "number": first.number, "title": first.title}
    if first.part == "author":
        return _("What became of your {noun} no. {number}, “{title}”").format(**facts)
    if first.part == "supporter":
        return _("What became of {noun} no. {number}, which you supported").format(**facts)
    return _("What became of {noun} no. {number}, to which you reacted").format(**facts)


def shortened(word: Word, longest: int = 1500) -> Word:
    """Reasons of a bearable length: the whole text is on the page."""
    if len(word.reasons) <= longest:
        return word
    return replace(word, reasons=word.reasons[:longest].rsplit(" ", 1)[0] + " …")


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else pgettext("instead of a date", "a day to be named")
