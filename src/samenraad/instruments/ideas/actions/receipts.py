"""Word to somebody who gave an idea: we have it, this is its number, and so you follow it."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samenraad.instruments.ideas.models import Idea
from samenraad.people.actions import issue_code
from samenraad.people.models import Person
from samenraad.post.actions import queue
from samenraad.processes.models import Promise
from samenraad.refusals import Refusal

#: so long one can look up one's idea with the code
DAYS = 365


def receipt(*, idea: Idea, person: Person, channel: str) -> str:
    """Send a receipt by the channel they used, and give back the code with which they follow their idea.

    The code is new: an address that was only typed in gets it by post, and on the screen it goes only to who has
    just given the idea. Who has an account needs none. Who left no address gets nothing by post.
    """
    process = idea.step.process
    code = "" if person.account_id else issue_code(person=person, purpose=process.thread, days=DAYS)
    promise = process.promises.exclude(published_at=None).select_related("body").order_by("-version").first()
    with translation.override(person.language), suppress(Refusal):
        queue(
            key=f"idea:{idea.pk}:receipt", person=person, channel=channel, scope=process.thread,
            subject=_("We have your idea: number {number}").format(number=idea.proposal.number),
            body=_body(idea, person, promise), extra=_extra(idea, promise, code),
        )  # fmt: skip
    return code


def _body(idea: Idea, person: Person, promise: Promise | None) -> str:
    greeting = _("Hello {name},").format(name=person.name) if person.name else _("Hello,")
    thanks = _("Thank you for your idea “{title}”. It has number {number}.").format(
        title=idea.proposal.title, number=idea.proposal.number
    )
    after = _("You hear from us what becomes of it, also when it goes on together with ideas of others.")
    if promise:
        after += " " + _("{body} answers every proposal that is handed over, within {days} days.").format(
            body=_capital(promise.body_name), days=promise.term_days
        )
    not_you = _("Did you not give an idea? Then somebody made a slip in your address. Tell us, and we take it away.")
    return "\n\n".join([greeting, thanks, after, not_you])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _extra(idea: Idea, promise: Promise | None, code: str) -> dict[str, str]:
    address = reverse("ideas:idea", args=[idea.step_id, idea.proposal.number])
    extra = {
        "where": str(idea.step.process.title),
        "link": settings.PUBLIC_URL + address,
        "link_text": _("Read your idea"),
    }
    if promise:
        extra["promise"] = str(promise.text)
    return extra | ({"code": code} if code else {})
