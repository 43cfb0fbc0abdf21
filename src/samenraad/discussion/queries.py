"""Reading talk: what stands under a text, what waits for a moderator, what was hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from samenraad.discussion.models import Comment, Hiding, Report
from samenraad.people.models import Person, Role
from samenraad.processes.models import Process, Proposal, Step
from samenraad.refusals import Refusal
from samenraad.texts import explain
from samenraad.ui.formats import in_words

PER_PAGE = 25
#: so many replies stand under a comment before one asks for all
REPLIES = 10


@dataclass(frozen=True)
class Said:
    """One comment as this reader sees it. `state` is empty, "withdrawn" or "hidden"."""

    pk: int
    who: str
    made_at: datetime
    text: str = ""
    state: str = ""
    kind: str = ""
    reason: str = ""
    mine: bool = False
    staff: bool = False  # somebody of the town hall says it
    replies: tuple[Said, ...] = ()
    more: int = 0

    @property
    def can_answer(self) -> bool:
        return not self.state


@dataclass(frozen=True)
class Talk:
    proposal: Proposal
    page: Page[Any]
    comments: tuple[Said, ...] = field(default=())
    thread: int | None = None


def talk(proposal: Proposal, person: Person | None, *, page: str | None = None, thread: str | None = None) -> Talk:
    """The talk under a text, oldest first, in at most three queries. `thread` asks for all replies to one comment."""
    chosen = int(thread) if thread and thread.isdigit() and len(thread) < 16 else None
    top = _known(proposal).filter(parent=None)
    if chosen:
        top = top.filter(pk=chosen)
    shown = Paginator(top, PER_PAGE).get_page(page)
    rows = list(shown)
    replies = _replies(proposal, [row.pk for row in rows], everything=chosen is not None)
    comments = tuple(_said(row, person, replies.get(row.pk, [])) for row in rows)
    return Talk(proposal, shown, comments, chosen)


def place_of(comment: Comment, page: str) -> str:
    """The address of a comment on the page of its text: the page of the talk it stands on, and its own place."""
    parts = urlsplit(page)
    query = parse_qs(parts.query)
    query.pop("talk", None)
    query.pop("thread", None)
    if comment.parent_id:
        query["thread"] = [str(comment.parent_id)]
    else:
        before = Comment.objects.filter(proposal=comment.proposal_id, parent=None, pk__lte=comment.pk).count()
        query["talk"] = [str(max(1, -(-before // PER_PAGE)))]
    return urlunsplit(("", "", parts.path, urlencode(query, doseq=True), f"comment-{comment.pk}"))


def why_closed(step: Step) -> str:
    """Why nothing can be added in this step now, in one sentence; nothing when it is open. Asks no database."""
    ended = step.concluded_at or step.process.closed_at
    if ended:
        return explain(Refusal("step.closed", closes=_in_words(ended)))
    state = step.state
    if state == Step.State.OPEN:
        return ""
    if state == Step.State.PLANNED:
        code = "step.not_open_yet" if step.opens else "step.planned"
        return explain(Refusal(code, opens=_in_words(step.opens)))
    return explain(Refusal("step.closed", closes=_in_words(step.closes)))


def _in_words(moment: datetime | None) -> str:
    return str(in_words(moment)) if moment else ""


def _known(proposal: Proposal) -> QuerySet[Comment]:
    kind = Hiding.objects.filter(comment=OuterRef("pk"), lifted_at=None).values("kind")[:1]
    officer = Role.objects.filter(person=OuterRef("contribution__person"), word=Role.Kind.OFFICER)
    comments = Comment.objects.filter(proposal=proposal).select_related("contribution__person")
    return comments.annotate(hidden_kind=Subquery(kind), by_staff=Exists(officer)).order_by("made_at", "pk")


def _replies(proposal: Proposal, parents: Sequence[int], *, everything: bool) -> dict[int, list[Comment]]:
    """The first replies to each, and how many there are."""
    if not parents:
        return {}
    rows = _known(proposal).filter(parent__in=parents)
    rows = rows.annotate(
        place=Window(RowNumber(), partition_by=F("parent"), order_by=["made_at", "pk"]),
        among=Window(Count("pk"), partition_by=F("parent")),
    ).filter(place__lte=1_000 if everything else REPLIES)
    found: dict[int, list[Comment]] = {}
    for row in rows:
        found.setdefault(row.parent_id or 0, []).append(row)
    return found


def _said(row: Any, person: Person | None, replies: Sequence[Any] = ()) -> Said:
    author = row.contribution.person
    mine = bool(person and author and author.pk == person.pk)
    state = "withdrawn" if row.withdrawn_at else "hidden" if row.hidden_at else ""
    return Said(
        pk=row.pk,
        who=name_of(author) if not row.by_staff else author.name if author.show_name else "",
        staff=row.by_staff,
        made_at=row.made_at,
        text=row.text if not state or (mine and state == "hidden") else "",
        state=state,
        kind=str(Hiding.Kind(row.hidden_kind).label) if row.hidden_kind else "",
        reason=row.hidden_reason if mine else "",
        mine=mine,
        replies=tuple(_said(reply, person) for reply in replies),
        more=max(0, replies[0].among - len(replies)) if replies else 0,
    )


def name_of(person: Person | None) -> str:
    """How the public reads who wrote something: a name only of who chose so."""
    return person.name if person and person.show_name and person.name else _("a resident")


@dataclass(frozen=True)
class Hidden:
    kind: str
    count: int


def hidden_in(process: Process) -> list[Hidden]:
    """How many texts and comments are hidden, per kind of reason; no names, no texts."""
    rows = Hiding.objects.filter(process=process, lifted_at=None).order_by().values("kind").annotate(n=Count("pk"))
    found = {row["kind"]: row["n"] for row in rows}
    return [Hidden(str(label), found[value]) for value, label in Hiding.Kind.choices if value in found]


@dataclass(frozen=True)
class Waiting:
    """Something reported: what it says, where, since when, and what is said against it."""

    word: str
    pk: int
    text: str
    who: str
    proposal: Proposal
    since: datetime
    reasons: tuple[str, ...]
    count: int


def waiting(scopes: set[str]) -> QuerySet[Any]:
    """What was reported and nobody looked at yet, oldest first; one row per thing."""
    about = Report.objects.filter(state=Report.State.OPEN).filter(in_scopes(scopes))
    grouped = about.order_by().values("comment_id", "proposal_id").annotate(since=Min("made_at"), n=Count("pk"))
    return grouped.order_by("since")


def in_scopes(scopes: set[str]) -> Q:
    """Reports in the processes where this person may moderate; the empty scope is the whole town."""
    if "" in scopes:
        return Q()
    pks = process_pks(scopes)
    return Q(comment__proposal__step__process__in=pks) | Q(proposal__step__process__in=pks)


def process_pks(scopes: set[str]) -> list[int]:
    return [int(scope.partition(":")[2]) for scope in scopes if scope.startswith("process:")]


def spelled_out(rows: Sequence[dict[str, Any]]) -> list[Waiting]:
    """The rows of one page with all that a moderator needs, in a fixed number of queries."""
    comments = {
        row.pk: row
        for row in Comment.objects.filter(pk__in=[row["comment_id"] for row in rows]).select_related(
            "contribution__person", "proposal__step__process"
        )
    }
    texts = Proposal.objects.filter(pk__in=[row["proposal_id"] for row in rows]).select_related("step__process")
    proposals = {row.pk: row for row in texts}
    reasons: dict[tuple[int | None, int | None], list[str]] = {}
    open_reports = Report.objects.filter(
        Q(comment__in=list(comments)) | Q(proposal__in=list(proposals)), state=Report.State.OPEN
    )
    for report in open_reports:
        reasons.setdefault((report.comment_id, report.proposal_id), []).append(report.reason)
    return [
        _waiting(row, comments, proposals, reasons.get((row["comment_id"], row["proposal_id"]), [])) for row in rows
    ]


def _waiting(
    row: dict[str, Any], comments: dict[int, Comment], proposals: dict[int, Proposal], reasons: list[str]
) -> Waiting:
    if row["comment_id"]:
        comment = comments[row["comment_id"]]
        word, pk, text, proposal = "comment", comment.pk, comment.text, comment.proposal
        who = name_of(comment.contribution.person)
    else:
        proposal = proposals[row["proposal_id"]]
        word, pk, text, who = "text", proposal.pk, proposal.text, ""
    return Waiting(word, pk, text, who, proposal, row["since"], tuple(reasons[:5]), row["n"])


def hidings(scopes: set[str]) -> QuerySet[Hiding]:
    """What is hidden now, latest first."""
    found = Hiding.objects.filter(lifted_at=None).select_related(
        "process", "comment__proposal__step", "proposal__step", "by"
    )
    return found if "" in scopes else found.filter(process__in=process_pks(scopes))


def case(thing: Comment | Proposal) -> dict[str, Any]:
    """All that a moderator needs to judge one thing."""
    if isinstance(thing, Comment):
        about: dict[str, Any] = {"comment": thing}
        proposal, text, title, state = thing.proposal, thing.text, "", "hidden" if thing.hidden_at else ""
        state = "withdrawn" if thing.withdrawn_at else state
        who = name_of(thing.contribution.person)
    else:
        about = {"proposal": thing}
        proposal, text, title, who = thing, thing.text, thing.title, ""
        state = "" if thing.status == Proposal.Status.PUBLIC else str(thing.status)
    return {
        "proposal": proposal, "text": text, "title": title, "state": state, "who": who,
        "reports": list(Report.objects.filter(**about, state=Report.State.OPEN)[:50]),
        "hiding": Hiding.objects.filter(**about, lifted_at=None).first(),
    }  # fmt: skip
