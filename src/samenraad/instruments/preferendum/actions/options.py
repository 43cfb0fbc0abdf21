"""What is voted on: written here or carried in unchanged, argued for and against, taken out with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from samenraad.instruments.preferendum.actions.setup import begin, still_open
from samenraad.instruments.preferendum.models import Option, Preferendum
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes import actions as processes
from samenraad.processes.models import Proposal, digest_of
from samenraad.refusals import Refusal

Arguments = Mapping[str, str]


@transaction.atomic
def write(
    *,
    preferendum: Preferendum,
    title: str,
    text: str,
    by: Person | None,
    pros: Arguments | None = None,
    cons: Arguments | None = None,
) -> Option:
    """A new option with the next number. The same title twice is the same option: a double click makes one."""
    held = still_open(preferendum)
    same = Option.objects.filter(preferendum=held, proposal__title=title, proposal__text=text).first()
    if same:
        return same
    own = settings.LANGUAGE_CODE.split("-")[0]
    proposal = processes.propose(step=held.step, contribution=None, title=title, text=text, language=own, by=by)
    return Option.objects.create(proposal=proposal, preferendum=held, pros=pros or {}, cons=cons or {})


@transaction.atomic
def change(*, option: Option, title: str, text: str, pros: Arguments, cons: Arguments, by: Person | None) -> Option:
    """Other words and other arguments. What came from elsewhere keeps its text (R147): `preferendum.carried_text`."""
    held = _held(option)
    proposal = held.proposal
    if (title, text) != (proposal.title, proposal.text):
        if proposal.carried_from_id:
            raise Refusal("preferendum.carried_text")
        _rewrite(proposal, title, text)
    held.pros, held.cons = pros, cons
    held.save(update_fields=["pros", "cons"])
    _note("preferendum.option_changed", held, by, sha256=proposal.sha256)
    return held


@transaction.atomic
def renew(*, option: Option, by: Person | None) -> Option:
    """The text was changed where it came from: it comes over once more, word for word."""
    held = _held(option)
    source = held.proposal.carried_from
    if source is None:
        raise Refusal("preferendum.not_carried")
    if source.sha256 != held.proposal.sha256:
        old = held.proposal.sha256
        _rewrite(held.proposal, source.title, source.text)
        _note("preferendum.option_renewed", held, by, old=old, new=held.proposal.sha256)
    return held


@transaction.atomic
def withdraw(*, option: Option, reason: str, by: Person | None) -> Option:
    """It is not voted on, and everybody can read why. Its number is not given again."""
    held = _held(option, withdrawn=True)
    if not reason.strip():
        raise Refusal("preferendum.reason_needed")
    if held.proposal.status == Proposal.Status.WITHDRAWN:
        return held
    _set(held.proposal, Proposal.Status.WITHDRAWN, reason.strip())
    _note("preferendum.option_withdrawn", held, by, title=held.proposal.title, reason=reason.strip())
    return held


@transaction.atomic
def put_back(*, option: Option, by: Person | None) -> Option:
    """After all it is voted on."""
    held = _held(option, withdrawn=True)
    if held.proposal.status == Proposal.Status.WITHDRAWN:
        _set(held.proposal, Proposal.Status.PUBLIC, "")
        _note("preferendum.option_put_back", held, by, title=held.proposal.title)
    return held


@transaction.atomic
def carry(*, preferendum: Preferendum, proposals: Sequence[Proposal], by: Person | None) -> int:
    """Texts of another step come along unchanged, with who stands behind them (R147, R264, R275). What is here already
    stays as it is. Says how many came. `arrived` makes options of them."""
    return len(processes.carry(proposals=proposals, step=preferendum.step, by=by))


def arrived(proposal: Proposal) -> None:
    """A text that comes in from another step becomes an option; its arguments come along where it has them. Refuses
    `preferendum.frozen`, and then nothing is carried."""
    held = still_open(begin(step=proposal.step, by=None))
    source = Option.objects.filter(proposal=proposal.carried_from_id).first()
    arguments: dict[str, Any] = {"pros": source.pros, "cons": source.cons} if source else {}
    Option.objects.get_or_create(proposal=proposal, defaults={"preferendum": held, **arguments})


def _held(option: Option, *, withdrawn: bool = False) -> Option:
    """As it is now, in a vote that is not fixed."""
    still_open(option.preferendum)
    found = Option.objects.select_related("proposal__carried_from", "preferendum__step__process").get(pk=option.pk)
    if not withdrawn and found.proposal.status != Proposal.Status.PUBLIC:
        raise Refusal("preferendum.withdrawn")
    return found


def _rewrite(proposal: Proposal, title: str, text: str) -> None:
    proposal.title, proposal.text, proposal.sha256 = title, text, digest_of(title, text)
    proposal.save(update_fields=["title", "text", "sha256"])


def _set(proposal: Proposal, status: str, reason: str) -> None:
    proposal.status, proposal.status_reason = status, reason
    proposal.save(update_fields=["status", "status_reason"])


def _note(act: str, option: Option, by: Person | None, **facts: Any) -> None:
    process = option.preferendum.step.process
    note(act, option.proposal, thread=process.thread, who=by, number=option.proposal.number, **facts)
