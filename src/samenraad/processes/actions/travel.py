"""How texts travel: merged, split, carried to a next step. Whoever stood behind them goes along."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes.actions.part import held, next_number
from samenraad.processes.models import Proposal, Source, Step, digest_of
from samenraad.processes.shelf import shelf
from samenraad.refusals import Refusal


@transaction.atomic
def merge(*, proposals: Sequence[Proposal], into: Proposal, by: Person | None, reason: str = "") -> Proposal:
    """Several texts become one. Every author, supporter and commenter stands behind the one that remains."""
    into, *chosen = _all_held([into, *proposals])
    _must_be_free([into])
    if into.pk in {proposal.pk for proposal in proposals}:
        raise Refusal("proposal.into_itself")
    if not chosen:
        raise Refusal("proposal.nothing_chosen")
    if any(proposal.step_id != into.step_id for proposal in chosen):
        raise Refusal("proposal.not_here")
    _must_be_free(chosen)
    for proposal in chosen:
        moved = _take_along(proposal, into)
        proposal.merged_into, proposal.status = into, Proposal.Status.MERGED
        proposal.status_reason = reason
        proposal.save(update_fields=["merged_into", "status", "status_reason"])
        _owe("merged", proposal, into, moved)
    _recount(into)
    numbers = [proposal.number for proposal in chosen]
    note("proposal.merged", into, thread=into.step.process, who=by, numbers=numbers, number=into.number)
    return into


@transaction.atomic
def unmerge(*, proposal: Proposal, by: Person | None) -> Proposal:
    """A merge that was a mistake is undone: the text stands on its own again, with its own people."""
    proposal = held(proposal)
    if proposal.status != Proposal.Status.MERGED or proposal.merged_into is None:
        raise Refusal("proposal.not_merged")
    into = held(proposal.merged_into)
    if into.status != Proposal.Status.PUBLIC:
        raise Refusal("proposal.undo_later_first", number=into.number)
    _must_not_be_handed_over([into])
    came_along = set(Source.objects.filter(proposal=proposal).values_list("origin_id", flat=True)) | {proposal.pk}
    Source.objects.filter(proposal=into, origin_id__in=came_along).delete()
    # two texts can share an origin (parts of one split text): what the others brought comes back
    for other in into.merged_from.exclude(pk=proposal.pk):
        _take_along(other, into)
    if into.carried_from:
        _take_along(into.carried_from, into)
    proposal.merged_into, proposal.status, proposal.status_reason = None, Proposal.Status.PUBLIC, ""
    proposal.save(update_fields=["merged_into", "status", "status_reason"])
    _recount(into)
    note(
        "proposal.unmerged",
        proposal,
        thread=proposal.step.process,
        who=by,
        number=proposal.number,
        out_of=into.number,
    )
    return proposal


@transaction.atomic
def split(*, proposal: Proposal, parts: Sequence[tuple[str, str]], by: Person | None, reason: str) -> list[Proposal]:
    """One text that holds several things becomes several. Everybody stands behind each of them."""
    proposal = held(proposal)
    _must_be_free([proposal])
    if len(parts) < 2:
        raise Refusal("proposal.split_in_two")
    if not reason.strip():
        raise Refusal("proposal.reason_needed")
    made = [_twin(proposal, proposal.step, title=title, text=text) for title, text in parts]
    for part in made:
        _owe("carried", proposal, part, _take_along(proposal, part))
        _recount(part)
    proposal.status, proposal.status_reason = Proposal.Status.SPLIT, reason.strip()
    proposal.save(update_fields=["status", "status_reason"])
    numbers = [part.number for part in made]
    note(
        "proposal.split",
        proposal,
        thread=proposal.step.process,
        who=by,
        number=proposal.number,
        numbers=numbers,
    )
    return made


@transaction.atomic
def carry(*, proposals: Sequence[Proposal], step: Step, by: Person | None) -> list[Proposal]:
    """Texts go on to a next step under a new number; where they come from, and from whom, stays known."""
    chosen = _all_held(proposals)
    if not chosen:
        raise Refusal("proposal.nothing_chosen")
    if any(proposal.status != Proposal.Status.PUBLIC for proposal in chosen):
        raise Refusal("proposal.not_public")
    already = set(Proposal.objects.filter(step=step, carried_from__in=chosen).values_list("carried_from_id", flat=True))
    made = []
    for proposal in chosen:
        if proposal.pk in already:
            continue
        twin = _twin(proposal, step, title=proposal.title, text=proposal.text)
        _owe("carried", proposal, twin, _take_along(proposal, twin))
        _recount(twin)
        made.append(twin)
    if made:
        numbers = [twin.number for twin in made]
        note("proposal.carried", step, thread=step.process, who=by, count=len(made), numbers=numbers)
    return made


def _all_held(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The rows, in the order given, each once; locked in one fixed order, so that merges never deadlock."""
    order = list(dict.fromkeys(proposal.pk for proposal in proposals))
    rows = {row.pk: row for row in map(held, sorted(set(proposals), key=lambda row: row.pk))}
    return [rows[pk] for pk in order]


def _must_be_free(proposals: Sequence[Proposal]) -> None:
    if any(proposal.status != Proposal.Status.PUBLIC for proposal in proposals):
        raise Refusal("proposal.not_public")
    _must_not_be_handed_over(proposals)


def _must_not_be_handed_over(proposals: Sequence[Proposal]) -> None:
    """What lies on the table of an answering body stays as it was handed over."""
    if any(card.holds(proposal) for card in shelf() for proposal in proposals):
        raise Refusal("proposal.already_answered")


def _twin(proposal: Proposal, step: Step, *, title: str, text: str) -> Proposal:
    return Proposal.objects.create(
        step=step, number=next_number(step), title=title, text=text, language=proposal.language,
        place=proposal.place, sha256=digest_of(title, text), carried_from=proposal,
    )  # fmt: skip


def _take_along(old: Proposal, new: Proposal) -> list[Source]:
    """Copy the people behind `old` to `new`; `origin` keeps saying where each of them really took part."""
    Source.objects.bulk_create(
        [
            Source(
                contribution_id=source.contribution_id,
                proposal=new,
                part=source.part,
                origin_id=source.origin_id,
            )
            for source in Source.objects.filter(proposal=old)
        ],
        ignore_conflicts=True,
    )
    origins = Source.objects.filter(proposal=old).values("origin_id")
    return list(Source.objects.filter(proposal=new, origin_id__in=origins).select_related("contribution"))


def _recount(proposal: Proposal) -> None:
    """Supporters are people: who supported two texts that became one counts once; an author does not count."""
    sources = Source.objects.filter(proposal=proposal)
    authors = sources.filter(part=Source.Part.AUTHOR, contribution__person__isnull=False)
    supporters = sources.filter(part=Source.Part.SUPPORTER)
    named = supporters.exclude(contribution__person__in=authors.values("contribution__person"))
    proposal.supporters = (
        named.filter(contribution__person__isnull=False).values("contribution__person").distinct().count()
        + supporters.filter(contribution__person=None).values("contribution").distinct().count()
    )
    proposal.save(update_fields=["supporters"])


def _owe(occasion: str, old: Proposal, new: Proposal, sources: list[Source]) -> None:
    """Everybody concerned is owed word, in this same transaction. Which room keeps that promise is on the shelf."""
    for card in shelf():
        card.owe(occasion, about=f"proposal:{old.pk}>{new.pk}", proposal=new, sources=sources)
