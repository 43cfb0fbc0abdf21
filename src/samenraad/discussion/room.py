"""The card of discussion: reports that wait, talk as a table, and what somebody said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenraad.cards import Room, Table, Todo

if TYPE_CHECKING:
    from samenraad.people.models import Person
    from samenraad.processes.models import Process


class Discussion(Room):
    name = "discussion"
    story = {
        "comment.hidden": gettext_lazy("A comment on number {number} was hidden; who wrote it has the reason"),
        "comment.restored": gettext_lazy("A comment on number {number} can be read again"),
        "proposal.hidden": gettext_lazy("Number {number} was hidden; who wrote it has the reason"),
        "proposal.restored": gettext_lazy("Number {number} can be read again"),
    }

    def todo(self, person: Person, today: date) -> list[Todo]:
        """Reports that nobody looked at yet, in the processes where this person moderates."""
        from samenraad.discussion import queries
        from samenraad.discussion.access import MODERATORS
        from samenraad.discussion.models import Report
        from samenraad.people.access import scopes

        where = scopes(person, *MODERATORS)
        if not where:
            return []
        waiting = Report.objects.filter(queries.in_scopes(where), state=Report.State.OPEN)
        things = Count("comment", distinct=True) + Count("proposal", distinct=True)
        found = waiting.aggregate(things=things, since=Min("made_at"))
        if not found["things"]:
            return []
        days = (today - timezone.localtime(found["since"]).date()).days
        what = ngettext("{n} text was reported", "{n} texts were reported", found["things"]).format(n=found["things"])
        waits = ngettext("The oldest has waited {n} day.", "The oldest has waited {n} days.", days).format(n=days)
        return [
            Todo(
                what=what,
                url=reverse("discussion:desk"),
                action=_("Look at it"),
                detail=waits if days > 0 else _("Since today."),
                where=_("Moderation"),
            )
        ]

    def tables(self, process: Process) -> list[Table]:
        header = ["number", "comment", "reply_to", "day", "channel", "state", "text"]
        return [Table("comments", header, _rows(process))]

    def forget(self, person: Person) -> None:
        """What was said stays, without a name. What they reported is no longer theirs."""
        from samenraad.discussion.models import Comment, Hiding, Report

        Report.objects.filter(person=person).update(person=None)
        Hiding.objects.filter(by=person).update(by=None)
        Comment.objects.filter(hidden_by=person).update(hidden_by=None)

    def known(self, person: Person) -> dict[str, Any]:
        from samenraad.discussion.models import Comment, Report

        comments = Comment.objects.filter(contribution__person=person).select_related("proposal")
        reports = Report.objects.filter(person=person).select_related("proposal", "comment__proposal")
        return {
            "comments": [
                {
                    "about": str(comment.proposal),
                    "moment": comment.made_at.isoformat(),
                    "text": comment.text,
                    "taken_back": bool(comment.withdrawn_at),
                    "hidden_because": comment.hidden_reason,
                }
                for comment in comments
            ],
            "reports": [
                {
                    "about": str(report.proposal or (report.comment.proposal if report.comment else "")),
                    "moment": report.made_at.isoformat(),
                    "reason": report.reason,
                    "state": report.state,
                }
                for report in reports
            ],
        }

    def tick(self, today: date) -> list[str]:
        from samenraad.discussion.actions import tidy_up

        gone = tidy_up()
        return [f"{gone} arrivals forgotten"] if gone else []


def _rows(process: Process) -> Iterator[tuple[Any, ...]]:
    """Nothing in it says who wrote what. Texts that cannot be read on the page are not in the table either."""
    from samenraad.discussion.models import Comment

    seen = ~Q(proposal__status__in=["hidden", "withdrawn"])
    comments = Comment.objects.filter(seen, proposal__step__process=process).select_related("proposal", "contribution")
    numbers: dict[int, int] = {}
    for place, comment in enumerate(comments.order_by("proposal__number", "made_at", "pk").iterator(), start=1):
        numbers[comment.pk] = place
        state = "withdrawn" if comment.withdrawn_at else "hidden" if comment.hidden_at else ""
        day = timezone.localtime(comment.made_at).date().isoformat()
        reply_to = numbers.get(comment.parent_id or 0, "")
        text = "" if state else comment.text
        yield comment.proposal.number, place, reply_to, day, comment.contribution.channel, state, text


card = Discussion()
