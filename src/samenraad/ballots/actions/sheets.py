"""The second desk: the sheets of the paper box, each typed by two people who do not see one another's work.

Are they equal, then the ballot goes into the box in the same transaction, and what was typed is emptied: no whole
ballot stays beside its number. Do they differ, then a third decides, with the sheet in hand. Until then what was typed
lies sealed, with the key of the box.
"""

from __future__ import annotations

import json
import secrets

from django.db import IntegrityError, transaction

from samenraad.ballots.actions import boards, casting
from samenraad.ballots.actions.stubs import must_take_paper
from samenraad.ballots.box.models import Sheet, Ticket
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import paper_of
from samenraad.ballots.rules import slips
from samenraad.ballots.rules.codes import normal
from samenraad.ballots.rules.sheets import Typed, is_a_number
from samenraad.people.models import Channel, Person
from samenraad.refusals import Refusal

State = Sheet.State


def type_in(*, vote: Vote, number: str, typed: Typed, by: Person, once: str = "") -> Sheet:
    """What this person reads on this sheet: the first time it is kept, the second time it is compared.

    The same press (`once`) is one press. Refuses `ballots.no_paper`, `ballots.sheet_number`, `ballots.sheet_twice`,
    `ballots.sheet_yours`, `ballots.sheet_differs` and `ballots.more_sheets`.
    """
    number = _checked(vote, number)
    with transaction.atomic():
        _held(vote)
        with transaction.atomic(using="box"):
            boards.held(vote.key)
            sheet = Sheet.objects.filter(number=number, vote=vote.key).first()
            if sheet is None:
                return _first(vote, number, typed, by)
            return _second(vote, sheet, typed, by, once)


def decide(*, vote: Vote, number: str, typed: Typed, by: Person, once: str = "") -> Sheet:
    """A third person, with the sheet in hand, says what stands on it. Refuses `ballots.sheet_yours` to the two who
    typed it, `ballots.sheet_twice` when it is decided, `ballots.no_paper` and `ballots.more_sheets`."""
    with transaction.atomic():
        _held(vote)
        with transaction.atomic(using="box"):
            boards.held(vote.key)
            sheet = Sheet.objects.get(number=normal(number), vote=vote.key)
            if _pressed_again(sheet, by, once):
                return sheet
            if sheet.state != State.DIFFERENT:
                raise Refusal("ballots.sheet_twice")
            if by.pk in (sheet.first_by, sheet.second_by):
                raise Refusal("ballots.sheet_yours")
            sheet.third_by = by.pk
            return _accepted(vote, sheet, typed, once)


def read_back(vote: Vote, sealed: object) -> Typed:
    """What one of the two typed, for the third."""
    return Typed(**json.loads(casting.unlocked(vote.key, str(sealed))))


def _checked(vote: Vote, number: str) -> str:
    must_take_paper(vote)
    if not is_a_number(vote.key, number):
        raise Refusal("ballots.sheet_number")
    return normal(number)


def _held(vote: Vote) -> None:
    """Nothing comes in while somebody seals the box, or after it."""
    must_take_paper(Vote.objects.select_for_update(of=("self",)).select_related("step__process").get(pk=vote.pk))


def _first(vote: Vote, number: str, typed: Typed, by: Person) -> Sheet:
    try:
        return Sheet.objects.create(number=number, vote=vote.key, first=_sealed(vote, typed), first_by=by.pk)
    except IntegrityError as taken:  # in another vote
        raise Refusal("ballots.sheet_twice") from taken


def _second(vote: Vote, sheet: Sheet, typed: Typed, by: Person, once: str) -> Sheet:
    if _pressed_again(sheet, by, once) or _same_again(vote, sheet, typed, by):
        return sheet
    if sheet.state == State.ACCEPTED:
        raise Refusal("ballots.sheet_twice")
    if sheet.state == State.DIFFERENT:
        raise Refusal("ballots.sheet_differs")
    if by.pk == sheet.first_by:
        raise Refusal("ballots.sheet_yours")
    sheet.second_by = by.pk
    if read_back(vote, sheet.first) == typed:
        return _accepted(vote, sheet, typed, once)
    sheet.second, sheet.state = _sealed(vote, typed), State.DIFFERENT
    sheet.save()
    return sheet


def _same_again(vote: Vote, sheet: Sheet, typed: Typed, by: Person) -> bool:
    """Somebody pressed twice: this person typed just this already."""
    if sheet.state == State.ACCEPTED:
        return False
    own = {sheet.first_by: sheet.first, sheet.second_by: sheet.second}.get(by.pk)
    return bool(own) and read_back(vote, own) == typed


def _pressed_again(sheet: Sheet, by: Person, once: str) -> bool:
    """The press that brought this sheet into the box, once more."""
    return bool(once) and sheet.state == State.ACCEPTED and sheet.third == {"once": once, "by": by.pk}


def _accepted(vote: Vote, sheet: Sheet, typed: Typed, once: str) -> Sheet:
    """Into the box, under its number. What was typed goes; the press stays, so that it is known when it comes again."""
    _no_more_than_stubs(vote)
    answers = paper_of(vote.step).answers(dict(typed.choices))
    ballot = slips.torn(vote.key, answers, secrets.token_hex(32))
    casting.wait(vote=vote, ballot=ballot, area=typed.area, tracker=sheet.number)
    last = sheet.third_by or sheet.second_by
    sheet.first, sheet.second, sheet.third = {}, {}, {"once": once, "by": last}
    sheet.state = State.ACCEPTED
    sheet.save()
    return sheet


def _no_more_than_stubs(vote: Vote) -> None:
    stubs = Ticket.objects.filter(vote=vote.key).exclude(channel=Channel.WEB).count()
    if Sheet.objects.filter(vote=vote.key, state=State.ACCEPTED).count() >= stubs:
        raise Refusal("ballots.more_sheets", stubs=stubs)


def _sealed(vote: Vote, typed: Typed) -> str:
    return casting.locked(vote.key, json.dumps(typed.as_dict(), sort_keys=True))
