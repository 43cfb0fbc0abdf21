"""Letters in piles: printing sends nothing, a person says when they were posted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.ledger.models import Entry
from samenraad.people.actions import redeem
from samenraad.people.models import AccessCode
from samenraad.post.actions import posted, put_together, take_apart
from samenraad.post.actions.paper import PER_BATCH
from samenraad.post.letters import pdf
from samenraad.post.models import Batch, Message
from samenraad.refusals import Refusal

State = Message.State
SCOPE = "process:3"


@pytest.fixture
def letters(emre, town, write) -> list[Message]:
    return [write(emre, scope=SCOPE) for _ in range(3)]


@pytest.fixture
def batch(letters, bram) -> Batch:
    return put_together(scope=SCOPE, by=bram, where="Groener centrum")


def states() -> set[str]:
    return set(Message.objects.values_list("state", flat=True))


def test_the_letters_of_one_process_become_one_pile(batch, letters, emre, write, bram):
    other = write(emre, scope="process:4")
    assert set(batch.messages.all()) == set(letters)
    assert other.batch is None
    assert Entry.objects.get().facts == {"count": 3}


def test_each_letter_gets_a_code_that_opens_the_persons_own_page(batch, emre):
    codes = {message.extra["code"] for message in batch.messages.all()}
    assert len(codes) == 3
    assert {redeem(code=code, source="here").person for code in codes} == {emre}


def test_a_letter_that_should_have_no_code_gets_none(emre, town, write, bram):
    write(emre, scope=SCOPE, extra={"code": ""})
    put_together(scope=SCOPE, by=bram)
    assert not AccessCode.objects.exists()


def test_printing_sends_nothing_and_is_the_same_each_time(batch):
    messages = list(batch.messages.all())
    assert pdf(messages, batch.made_at) == pdf(list(batch.messages.all()), batch.made_at)
    assert states() == {State.WAITING}


def test_a_second_pile_holds_nothing_of_the_first(batch, bram):
    with pytest.raises(Refusal) as refusal:
        put_together(scope=SCOPE, by=bram)
    assert refusal.value.code == "post.no_letters"


def test_a_pile_fits_a_tray(emre, town, bram):
    Message.objects.bulk_create(
        Message(key=f"k{n}", message_id=f"m{n}", medium="letter", scope=SCOPE, subject="s", extra={"code": ""})
        for n in range(PER_BATCH + 2)
    )
    assert put_together(scope=SCOPE, by=bram).messages.count() == PER_BATCH
    assert put_together(scope=SCOPE, by=bram).messages.count() == 2


def test_posted_is_said_by_a_person_and_codes_are_kept_nowhere(batch, bram):
    day = timezone.localdate()
    posted(batch=batch, day=day, by=bram)
    posted(batch=batch, day=day, by=bram)  # clicked twice
    batch.refresh_from_db()
    assert batch.posted_on == day
    assert states() == {State.SENT}
    assert {message.extra["code"] for message in batch.messages.all()} == {""}
    entry = Entry.objects.get(act="post.posted")
    assert (entry.thread, entry.facts) == (SCOPE, {"count": 3, "day": day.isoformat()})


def test_what_was_posted_earlier_counts_from_that_day(batch, bram):
    Batch.objects.update(made_at=timezone.now() - timedelta(days=5))
    day = timezone.localdate() - timedelta(days=2)
    posted(batch=batch, day=day, by=bram)
    assert {timezone.localtime(moment).date() for moment in Message.objects.values_list("settled_at", flat=True)} == {
        day
    }


@pytest.mark.parametrize(("days", "code"), [(1, "post.day_to_come"), (-1, "post.day_before")])
def test_a_day_that_cannot_be_is_refused(batch, bram, days, code):
    with pytest.raises(Refusal) as refusal:
        posted(batch=batch, day=timezone.localdate() + timedelta(days=days), by=bram)
    assert refusal.value.code == code
    assert states() == {State.WAITING}


def test_a_pile_that_was_not_posted_can_be_taken_apart(batch, letters, bram):
    take_apart(batch=batch, by=bram)
    assert not Batch.objects.exists()
    assert states() == {State.WAITING}
    codes = {message.extra["code"] for message in Message.objects.all()}
    again = put_together(scope=SCOPE, by=bram)
    assert {message.extra["code"] for message in again.messages.all()} == codes, "what was printed stays good"


def test_a_pile_that_was_posted_stays(batch, bram):
    posted(batch=batch, day=timezone.localdate(), by=bram)
    for act in (
        lambda: take_apart(batch=batch, by=bram),
        lambda: posted(batch=batch, day=timezone.localdate() - timedelta(days=1), by=bram),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == "post.posted_already"
    assert states() == {State.SENT}
