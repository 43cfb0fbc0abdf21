"""What the letters of a lot say, in one language: the same words on paper and on the page that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samenraad.instruments.lot.models import Invitation, Lot
from samenraad.instruments.lot.rules import letters as rules
from samenraad.people.models import Town
from samenraad.post.mail import absolute
from samenraad.processes.models import Promise
from samenraad.texts import Translated, translated


@dataclass(frozen=True)
class Facts:
    """What the words are made of. Without a promise there is only something to look at, nothing to send."""

    lot: Lot
    promise: Promise | None
    letters: int
    town: Town | None = None

    @property
    def last(self) -> date | None:
        closes = self.lot.step.closes
        return rules.last_day(timezone.localtime(closes)) if closes else None

    @property
    def who(self) -> str:
        """Who promises, and answers."""
        if self.promise:
            return self.promise.body_name or self.promise.body.name
        return _("the town council")

    @property
    def name(self) -> str:
        """What one is drawn for."""
        body = self.lot.step.body
        return body.name if body else str(self.lot.step.process)


@dataclass(frozen=True)
class Side:
    """One side of a letter. The names are those that `post` knows."""

    language: str
    subject: str
    body: str
    strong: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    promise_title: str = ""
    promise: str = ""
    proof: str = ""
    link_text: str = ""
    after: tuple[str, ...] = ()
    signed: str = ""
    small: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)

    @property
    def paragraphs(self) -> list[str]:
        return self.body.split("\n\n")

    def extra(self) -> dict[str, Any]:
        """What there is to it beside language, subject and body."""
        own = {name: value for name, value in vars(self).items() if name not in ("language", "subject", "body")}
        return {name: _plain(value) for name, value in own.items() if value}


def _plain(value: Any) -> Any:
    """As it comes back from the database."""
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def front_language(wanted: str) -> str:
    """The person's language, as far as letters are written in it; else the town's."""
    written = {code.split("-")[0] for code in settings.LETTER_LANGUAGES}
    return wanted if wanted.split("-")[0] in written else settings.LANGUAGE_CODE


def back_language(lot: Lot, front: str) -> str:
    """The language of the other side; none when the lot has no second language."""
    second = lot.second_language
    if second and second.split("-")[0] == front.split("-")[0]:
        return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE.split("-")[0] != front.split("-")[0] else ""
    return second


def sides(kind: str, facts: Facts, language: str) -> tuple[Side, Side | None]:
    """Front and back. The back leaves out what nobody translated: it stands on the front."""
    front = front_language(language)
    back = back_language(facts.lot, front)
    return _side(kind, facts, front, False), _side(kind, facts, back, True) if back else None


def reply_url(lot: Lot) -> str:
    """The page on which somebody answers."""
    try:
        return reverse("lot:reply", args=[lot.pk])
    except NoReverseMatch:
        return reverse("lot:show", args=[lot.pk])


def particulars(kind: str, facts: Facts, language: str) -> dict[str, Any]:
    """All that `post` prints beside subject and text: the same for everybody with this language."""
    front, back = sides(kind, facts, language)
    page = reply_url(facts.lot)
    more = {"phone": facts.lot.phone, "link": page, "leads_to": page, "purpose": f"lot:{facts.lot.pk}"}
    if facts.last:
        more["good_until"] = rules.good_until(facts.last).isoformat()
    own = front.extra() | {name: value for name, value in more.items() if value}
    if back is None:
        return own
    return own | {"back": {"language": back.language, "subject": back.subject, "body": back.body, **back.extra()}}


def _side(kind: str, facts: Facts, language: str, strict: bool) -> Side:
    def text(field: Any) -> str:
        rendition = translated(field).rendition(language)
        return "" if strict and rendition.fallback else rendition.text

    with translation.override(language):
        remind = kind == rules.REMIND
        return Side(
            language=language,
            subject=_subject(remind).format(name=facts.name),
            body="\n\n".join(_reminding(facts) if remind else _inviting(facts, text)),
            strong=_("You need to know nothing about the subject: everything is explained."),
            columns=tuple(_columns(facts.lot, text)),
            promise_title=_("What {who} promises").format(who=facts.who),
            promise=_promise(facts, text, remind),
            proof=_proof(facts.promise),
            link_text=_("Answer until {day}, also when you say no").format(day=_day(facts.last)) if facts.last else "",
            after=tuple(_after(facts.lot)),
            signed="\n".join([_("Kind regards,"), *rules.lines_of(facts.lot.signed)]) if facts.lot.signed else "",
            small=_small(facts.lot),
            card=_card(facts),
        )  # fmt: skip


def _subject(remind: bool) -> str:
    return _("Reminder: you can still be drawn: {name}") if remind else _("You are invited to be drawn: {name}")


def _inviting(facts: Facts, text: Any) -> list[str]:
    """The question, why you, and the two reasons why people say no (R029), answered beforehand."""
    lot, seats = facts.lot, _number(facts.lot.seats or 0)
    drawn = (
        _("You are one of {letters} residents whom we have drawn by lot.")
        if facts.letters
        else _("You are one of the residents whom we have drawn by lot.")
    )
    drawn += " " + _("From everybody who says yes, we draw {seats}.")
    promised = _(
        "Do you think: nothing will be done with it? {who} promised in public, beforehand, what happens with the "
        "result. It stands below. Everybody can see whether the promise is kept."
    )
    for_you = _(
        "Do you think: this is not for people like me? We draw by lot so that it is not always the same people who "
        "speak. Say yes, also if you never did such a thing, or have nothing with politics."
    )
    return [
        _("Dear resident,"),
        (text(lot.opening) or _question(facts, text(lot.step.process.question), seats))
        + " " + drawn.format(letters=_number(facts.letters), seats=seats),
        promised.format(who=capfirst(facts.who)) + " " + for_you,
    ]  # fmt: skip


def _question(facts: Facts, question: str, seats: str) -> str:
    if question:
        return _("{question} {who} puts that question to {seats} residents.").format(
            question=question, who=capfirst(facts.who), seats=seats
        )
    return _("{who} asks {seats} residents for advice.").format(who=capfirst(facts.who), seats=seats)


def _reminding(facts: Facts) -> list[str]:
    wrote = _(
        "Some time ago we wrote to you: you are one of {letters} residents who were drawn by lot. We have not heard "
        "from you yet. From everybody who says yes, we draw {seats}. Does it not suit you? Say no: that helps us too."
    )
    return [
        _("Dear resident,"),
        wrote.format(letters=_number(facts.letters), seats=_number(facts.lot.seats or 0)),
        _("Did you answer already? Then our letters have crossed. We send this reminder only once."),
    ]


def _columns(lot: Lot, text: Any) -> list[tuple[str, str]]:
    hours = ngettext("{n} hour in all.", "{n} hours in all.", lot.hours).format(n=lot.hours) if lot.hours else ""
    parts = [
        (_("What do we ask?"), [text(lot.sessions), hours]),
        (_("What do you get?"), [text(lot.allowance), text(lot.support)]),
    ]
    return [(heading, "\n".join(line for line in lines if line)) for heading, lines in parts if any(lines)]


def _promise(facts: Facts, text: Any, short: bool) -> str:
    promise = facts.promise
    if promise is None:
        return ""
    if short:
        return _("What stood in our first letter still holds, word for word.")
    term = ngettext("{who} answers within {n} day.", "{who} answers within {n} days.", promise.term_days)
    lines = [text(promise.text) or _("You find the promise on the other side."),
             term.format(who=capfirst(facts.who), n=promise.term_days)]  # fmt: skip
    met = [text(Translated(one)) for one in promise.preconditions]
    if met and all(met):
        lines.append(_("Adopted is what meets all of this: {conditions}.").format(conditions="; ".join(met)))
    return " ".join(lines)


def _proof(promise: Promise | None) -> str:
    """So that everybody can check that nobody altered it afterwards."""
    if promise is None or promise.published_at is None:
        return ""
    site = absolute(reverse("processes:promises", args=[promise.process.slug])).split("://")[-1].rstrip("/")
    day = _date(timezone.localtime(promise.published_at).date())
    since = _("Version {version}, public since {day}. You find it on {site}.")
    fingerprint = _("Fingerprint: {digest}").format(digest=promise.digest)
    return "\n".join([since.format(version=promise.version, day=day, site=site), fingerprint])


def _after(lot: Lot) -> list[str]:
    lines = [_("Or send back the card below.")]
    if rules.is_free(lot.reply_address):
        lines[0] += " " + _("You need no stamp.")
    if lot.draw_at:
        moment = timezone.localtime(lot.draw_at)
        facts = {"day": _day(moment.date()), "time": time_format(moment, "H:i"), "where": lot.draw_where}
        said = (
            _("We draw on {day} at {time}, {where}. You can come and watch.")
            if lot.draw_where
            else _("We draw on {day} at {time}. You can come and watch.")
        )
        lines.append(said.format(**facts))
    return [" ".join(lines)]


def _small(lot: Lot) -> str:
    if lot.keep_until is None:
        return _("Your name and address come from the population register. We use them for this lot only.")
    said = _(
        "Your name and address come from the population register. We use them for this lot only, and destroy them on "
        "{day}."
    )
    return said.format(day=_date(lot.keep_until))


def _card(facts: Facts) -> dict[str, Any]:
    return {
        "title": _("Reply card"),
        "choices": [
            [_("Yes, I want to be drawn"), False],
            [_("No, because"), True],
            [_("No, but tell me the result"), False],
        ],
        "fields": [[_("First name"), ""], [pgettext("reply card", "Phone"), _("or none")]],
        "asks": [[_("Rather call me"), [_("in the daytime"), _("in the evening")]]],
        "address": "\n".join(rules.lines_of(facts.lot.reply_address) or _town_hall(facts.town)),
    }


def _town_hall(town: Town | None) -> list[str]:
    if town is None:
        return []
    return [line for line in (town.place.name, town.street, f"{town.postcode}  {town.city}".strip()) if line]


def _day(day: date | None) -> str:
    """With the day of the week: that is how people remember it."""
    return date_format(day, pgettext("format of a date", "l j F")) if day else ""


def _date(day: date) -> str:
    return date_format(day, pgettext("format of a date", "j F Y"))


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)


def own_facts(invitation: Invitation, language: str) -> list[list[str]]:
    """What stands beside the date in one letter only."""
    with translation.override(language):
        return [[_("Your lot number"), invitation.spoken_number]]
