"""What a voting letter says, in one language: the same words on paper and on the page that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samenraad.ballots.models import Mailing, Vote
from samenraad.people.models import Town
from samenraad.post import letters as paper
from samenraad.post.mail import absolute
from samenraad.post.models import Medium, Message
from samenraad.processes.models import Promise
from samenraad.processes.queries import current
from samenraad.texts import Translated

#: it looks like a code and belongs to nobody
SPECIMEN = "2345-6789-ABCD-EFGH"


@dataclass(frozen=True)
class Facts:
    """What the words are made of. `rules` are those that were fixed, or as they would be fixed now."""

    vote: Vote
    rules: Mapping[str, Any]
    mailing: Mailing
    promise: Promise | None
    town: Town | None

    @property
    def last(self) -> date | None:
        """The last day of the vote. Closing at midnight, it is the day before."""
        closes = self.vote.step.closes
        return (timezone.localtime(closes) - timedelta(minutes=1)).date() if closes else None

    @property
    def who(self) -> str:
        if self.promise:
            return self.promise.body_name or self.promise.body.name
        return _("the town council")

    @property
    def phone(self) -> str:
        return self.mailing.phone or (self.town.phone if self.town else "")


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
    signed: str = ""
    small: str = ""

    @property
    def paragraphs(self) -> list[str]:
        return self.body.split("\n\n")

    def extra(self) -> dict[str, Any]:
        """What there is to it beside language, subject and body, as it comes back from the database."""
        own = {name: value for name, value in vars(self).items() if name not in ("language", "subject", "body")}
        return {name: _listed(value) for name, value in own.items() if value}


def _listed(value: Any) -> Any:
    return [_listed(part) for part in value] if isinstance(value, tuple) else value


def facts(vote: Vote) -> Facts:
    mailing = Mailing.objects.filter(vote=vote).first() or Mailing(vote=vote)
    rules = vote.rules or {"question": dict(vote.step.process.question), "pledge": {}}
    return Facts(vote, rules, mailing, current(vote.step.process), Town.objects.select_related("place").first())


def front_language(wanted: str) -> str:
    """The person's language, as far as letters are written in it; else the town's."""
    written = {code.split("-")[0] for code in settings.LETTER_LANGUAGES}
    return wanted if wanted.split("-")[0] in written else settings.LANGUAGE_CODE


def back_language(mailing: Mailing, front: str) -> str:
    """The language of the other side: the second one, or the town's for who reads the second one; perhaps none."""
    own, second = str(settings.LANGUAGE_CODE), mailing.second_language
    if front.split("-")[0] != own.split("-")[0]:
        return own
    return "" if second.split("-")[0] == front.split("-")[0] else second


def sides(known: Facts, language: str) -> tuple[Side, Side | None]:
    """Front and back. The back leaves out what nobody translated: it stands on the front."""
    front = front_language(language)
    back = back_language(known.mailing, front)
    return _side(known, front, False), _side(known, back, True) if back else None


def particulars(known: Facts, language: str) -> dict[str, Any]:
    """All that `post` prints beside subject and text: the same for everybody with this language."""
    front, back = sides(known, language)
    more = {"where": str(known.vote.step.process), "phone": known.mailing.phone, "link": reverse("ballots:enter")}
    own = front.extra() | {name: value for name, value in more.items() if value}
    own["opens"] = _booth("{code}")
    if back is None:
        return own
    return own | {"back": {"language": back.language, "subject": back.subject, "body": back.body, **back.extra()}}


def _booth(code: str) -> str:
    """The page that a code opens."""
    return reverse("ballots:code", args=["CODE"]).replace("CODE", code)


def link_of_code(code: str) -> str:
    """For a card: where its QR code leads."""
    return absolute(_booth(code))


def own_facts(area: str, language: str) -> list[list[str]]:
    """What stands beside the date in one letter only: the word that is on the paper ballot too."""
    with translation.override(language):
        return [[_("Neighbourhood on the paper ballot"), area]] if area else []


def specimen(known: Facts, language: str, large: bool) -> bytes:
    """A letter to somebody who does not exist, as it will be printed."""
    front, _back = sides(known, language)
    with translation.override(settings.LANGUAGE_CODE):
        name, street = _("Example of a resident"), _("Example street 12")
    area = next((area for area in known.vote.areas if area), "")
    own = {"code": SPECIMEN, "large": large, "facts": own_facts(area, front.language)}
    message = Message(
        medium=Medium.LETTER, language=front.language, subject=front.subject, body=front.body,
        address={"name": name, "street": street, "postcode": "1234 AB", "city": known.town.city if known.town else ""},
        extra=particulars(known, language) | own,
    )  # fmt: skip
    return paper.pdf([message], timezone.now())


def _side(known: Facts, language: str, strict: bool) -> Side:
    def text(field: Any) -> str:
        rendition = Translated(field or {}).rendition(language)
        return "" if strict and rendition.fallback else rendition.text

    with translation.override(language):
        return Side(
            language=language,
            subject=text(known.rules["question"]) or _("You may vote: {title}").format(title=known.vote.step.process),
            body="\n\n".join(_body(known)),
            strong=_("Vote until {day}.").format(day=_day(known.last)) if known.last else "",
            columns=tuple(_columns(known, text)),
            promise_title=_("What {who} promises").format(who=known.who),
            promise=_promise(known, text),
            proof=_proof(known, text),
            link_text=_("Vote with your code"),
            signed="\n".join([_("Kind regards,"), known.mailing.signed]) if known.mailing.signed else "",
            small=_small(known.vote),
        )


def _body(known: Facts) -> list[str]:
    asks = _("{who} asks you this question, and everybody else who may vote: {n} people.")
    if not known.vote.entitled:
        asks = _("{who} asks you this question, and everybody else who may vote.")
    secret = _(
        "Your vote is secret: we keep nowhere who voted what. Your code is good for one vote, the first one counts; "
        "so keep this letter to yourself until you have voted."
    )
    number = number_format(known.vote.entitled, force_grouping=True)
    return [_("Dear resident,"), asks.format(who=capfirst(known.who), n=number) + " " + secret]


def _columns(known: Facts, text: Any) -> list[tuple[str, str]]:
    bring = _("Bring this letter. You get a sheet of paper, and put it into the box yourself.")
    found = [(_("Rather on paper, or at a terminal?"), "\n".join(filter(None, [text(known.mailing.places), bring])))]
    if known.phone:
        call = _("Call {phone}. Somebody helps you, or fills in the paper ballot for you.").format(phone=known.phone)
        found.append((_("Rather by phone?"), call))
    return found


def _promise(known: Facts, text: Any) -> str:
    """The pledge of this vote; else the promise of the whole process."""
    if pledge := str(text(known.rules.get("pledge"))):
        return pledge
    promise = known.promise
    if promise is None:
        return ""
    term = ngettext("{who} answers within {n} day.", "{who} answers within {n} days.", promise.term_days)
    said = text(promise.text) or _("You find the promise on the other side.")
    return str(said) + " " + term.format(who=capfirst(known.who), n=promise.term_days)


def _proof(known: Facts, text: Any) -> str:
    """So that everybody can check that nobody altered it afterwards."""
    promise = known.promise
    if text(known.rules.get("pledge")):
        page = absolute(known.vote.step.card.url(known.vote.step))
        return _("It was fixed in public before the vote: {site}.").format(site=page.split("://")[-1].rstrip("/"))
    if promise is None or promise.published_at is None:
        return ""
    site = absolute(reverse("processes:promises", args=[promise.process.slug])).split("://")[-1].rstrip("/")
    day = _date(timezone.localtime(promise.published_at).date())
    since = _("Version {version}, public since {day}. You find it on {site}.")
    fingerprint = _("Fingerprint: {digest}").format(digest=promise.digest)
    return "\n".join([since.format(version=promise.version, day=day, site=site), fingerprint])


def _small(vote: Vote) -> str:
    return _(
        "Your name and address come from the population register. We use them for this letter only. What we keep of "
        "your code cannot be read; we destroy it, and your address, {n} days after the count."
    ).format(n=vote.keep_roll_days)


def _day(day: date | None) -> str:
    """With the day of the week: that is how people remember it."""
    return date_format(day, pgettext("format of a date", "l j F")) if day else ""


def _date(day: date) -> str:
    return date_format(day, pgettext("format of a date", "j F Y"))


def missing(known: Facts) -> list[str]:
    """What a good letter says, and nobody filled in yet."""
    parts = [
        (known.vote.step.closes, _("until which day people can vote")),
        (known.phone, _("a phone number")),
        (known.mailing.places, _("where one can vote on paper")),
        (known.mailing.signed, _("who signs")),
    ]
    return [name for there, name in parts if not there]
