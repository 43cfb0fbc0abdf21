"""Messages to the people of the town hall: what waits for them, and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.followup.messages import absolute
from samenraad.followup.models import Handover, Item, Measure
from samenraad.people.models import Body, Membership, Person, Role
from samenraad.post.actions import queue
from samenraad.processes.models import Process
from samenraad.refusals import Refusal

Texts = Callable[[], tuple[str, str]]


def send(key: str, people: Iterable[Person], process: Process, texts: Texts) -> int:
    """The same message to each of them, in their own language; who cannot be reached is passed over."""
    count = 0
    for person in {person.pk: person for person in people}.values():
        with translation.override(person.language):
            subject, body = texts()
        try:
            queue(key=f"{key}:{person.pk}", person=person, subject=subject, body=_letter(person.name, body),
                  scope=process.thread, channel="web")  # fmt: skip
        except Refusal:
            continue
        count += 1
    return count


def send_to_body(key: str, body: Body, process: Process, texts: Texts) -> int:
    """To the secretariat that passes messages on."""
    if not body.email:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        subject, text = texts()
        queue(key=f"{key}:body", person=None, medium="email", address={"email": body.email, "name": body.name},
              subject=subject, body=_letter(body.name, text), scope=process.thread)  # fmt: skip
    return 1


def _letter(name: str, body: str) -> str:
    salutation = _("Dear {name},").format(name=name or _("colleague"))
    return f"{salutation}\n\n{body}"


def officers(process: Process) -> list[Person]:
    roles = Role.objects.filter(word=Role.Kind.OFFICER, scope__in=["", process.thread], person__forgotten_at=None)
    return [role.person for role in roles.select_related("person")]


def chairs(body: Body) -> list[Person]:
    seats = Membership.objects.filter(body=body, chair=True, until=None, state=Membership.State.MEMBER)
    return [seat.person for seat in seats.select_related("person")]


def rows_in_words(items: Sequence[Item]) -> str:
    return ", ".join(str(item.number) for item in items)


def yours(item: Item) -> tuple[str, str]:
    """R7 is yours: with the text and the last day."""
    handover = item.handover
    subject = _("Number {number} is yours: “{title}”").format(number=item.number, title=item.proposal.title)
    text = _(
        "You prepare the answer to number {number}, “{title}”, for {body}. The answers are due on {due}.\n\n"
        "The text as it was handed over:\n\n“{text}”\n\n"
        "You can add legal, financial and practical notes and propose an answer here: {page}"
    ).format(
        number=item.number, title=item.proposal.title, text=item.proposal.text, body=handover.body,
        due=date_format(handover.due, "j F Y"), page=absolute("followup:answer_item", handover.pk, item.number),
    )  # fmt: skip
    return subject, text


def coming(handover: Handover, items: Sequence[Item], days_left: int) -> tuple[str, str]:
    """Before the last day, or on it."""
    if days_left:
        subject = ngettext(
            "Still {days} day for the answers: {process}", "Still {days} days for the answers: {process}", days_left
        ).format(days=days_left, process=handover.process)
    else:
        subject = _("Today is the last day for the answers: {process}").format(process=handover.process)
    return subject, _what_is_missing(handover, items)


def late(handover: Handover, items: Sequence[Item], days_late: int) -> tuple[str, str]:
    """After the last day: to who must answer, and to the chair."""
    subject = ngettext(
        "The answers are {days} day late: {process}", "The answers are {days} days late: {process}", days_late
    ).format(days=days_late, process=handover.process)
    public = _(
        "Everybody can see on {page} by how many days the answer is late. If you need more time, say on the answer "
        "desk why, and when the answers will be there."
    ).format(page=absolute("followup:overdue"))
    return subject, f"{_what_is_missing(handover, items)}\n\n{public}"


def _what_is_missing(handover: Handover, items: Sequence[Item]) -> str:
    facts = {
        "body": handover.body, "due": date_format(handover.due, "j F Y"), "count": len(items),
        "rows": rows_in_words(items), "page": absolute("followup:answer_desk", handover.pk),
    }  # fmt: skip
    if items:
        text = ngettext(
            "{body} promised to answer on {due} at the latest. {count} text has no answer yet: number {rows}.",
            "{body} promised to answer on {due} at the latest. {count} texts have no answer yet: numbers {rows}.",
            len(items),
        )
    else:
        text = _("{body} promised to answer on {due} at the latest. All answers are written; they must be made public.")
    desk = _("The answer desk: {page}")
    return capfirst(f"{text}\n\n{desk}".format(**facts))


def measure_due(measure: Measure, days_left: int) -> tuple[str, str]:
    if days_left:
        subject = ngettext("Still {days} day for: {title}", "Still {days} days for: {title}", days_left)
    else:
        subject = _("Today is the day for: {title}")
    return subject.format(days=days_left, title=measure.title), _ask(measure)


def measure_late(measure: Measure, days_late: int) -> tuple[str, str]:
    subject = ngettext("{days} day late: {title}", "{days} days late: {title}", days_late)
    return subject.format(days=days_late, title=measure.title), _ask(measure)


def measure_quiet(measure: Measure) -> tuple[str, str]:
    return _("How does it stand with: {title}?").format(title=measure.title), _ask(measure)


def _ask(measure: Measure) -> str:
    return _(
        "“{title}” was to be ready before {due}. Say in one sentence how it stands, and whether the date still "
        "holds. It takes half a minute, and the people who asked for it hear it from you: {page}"
    ).format(
        title=measure.title, due=date_format(measure.due, "j F Y"),
        page=absolute("followup:update_measure", measure.pk),
    )  # fmt: skip
