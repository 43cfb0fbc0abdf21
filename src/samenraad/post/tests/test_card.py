"""What the post says on desks, in exports, to the person, and what it forgets."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from samenraad.people.models import Role
from samenraad.post.actions import claim, deliver, posted, put_together, send_again
from samenraad.post.models import Batch, Message
from samenraad.post.room import card
from samenraad.processes.actions import forget

State = Message.State


def lines(person):
    return [(todo.what, todo.where) for todo in card.todo(person, timezone.localdate())]


def killed_long_ago(message):
    claim(worker="killed")
    Message.objects.filter(pk=message.pk).update(claimed_at=timezone.now() - timedelta(hours=1))


def test_a_desk_shows_what_needs_a_hand(process, aisha, emre, bram, write):
    assert lines(bram) == []
    killed_long_ago(write(aisha, scope=process.thread))
    write(emre, scope=process.thread)
    write(emre, scope=process.thread)
    emre.phone, emre.prefers = "06 12 34 56 78", "phone"
    emre.save()
    write(emre, scope=process.thread)
    where = str(process)
    assert lines(bram) == [
        ("1 bericht is misschien niet aangekomen", where),
        ("2 brieven wachten op de printer", where),
        ("1 mens moet worden gebeld", where),
    ]


def test_a_pile_that_was_printed_asks_to_be_posted(process, emre, bram, write):
    write(emre, scope=process.thread)
    batch = put_together(scope=process.thread, by=bram)
    assert [what for what, _ in lines(bram)] == ["1 brief is klaargelegd, maar nog niet gepost"]
    posted(batch=batch, day=timezone.localdate(), by=bram)
    assert lines(bram) == []


def test_not_delivered_asks_for_another_way_until_there_is_one(process, aisha, bram, write, mailbox):
    mailbox.answers["RCPT"] = "550 no such user"
    message = write(aisha, scope=process.thread)
    deliver()
    assert [what for what, _ in lines(bram)] == ["1 bericht is niet aangekomen"]
    send_again(message=message, by=bram)
    assert lines(bram) == []


def test_mail_that_waits_for_an_hour_is_said(process, aisha, bram, write):
    write(aisha, scope=process.thread)
    assert lines(bram) == []
    Message.objects.update(made_at=timezone.now() - timedelta(hours=2))
    assert [what for what, _ in lines(bram)] == ["1 e-mail wacht al meer dan een uur"]


def test_each_sees_their_own_processes(process, emre, dirk, chantal, write):
    write(emre, scope=process.thread)
    write(emre, scope="process:999")
    Role.objects.create(person=dirk, word="secretary", scope=process.thread)
    assert len(lines(dirk)) == 1
    assert lines(chantal) == []


def test_the_export_says_what_went_out_and_to_nobody(process, aisha, write, mailbox):
    assert [len(list(table.rows)) for table in card.tables(process)] == [0]
    write(aisha, scope=process.thread)
    deliver()
    (table,) = card.tables(process)
    (row,) = table.rows
    assert len(row) == len(table.header)
    assert row[:3] == ("email", "nl", "sent")
    assert "aisha" not in str(row).lower()


def test_a_forgotten_person_is_gone_from_the_post_and_the_counts_stand(process, aisha, bram, write, mailbox):
    sent = write(aisha, scope=process.thread)
    deliver()
    aisha.street, aisha.postcode, aisha.city, aisha.prefers = "Markt 1", "1234 AB", "Lindenveld", "paper"
    aisha.save()
    write(aisha, scope=process.thread)
    put_together(scope=process.thread, by=bram)
    forget(person=aisha)
    assert Message.objects.count() == 2
    for message in Message.objects.all():
        assert (message.address, message.subject, message.body, message.extra) == ({}, "", "", {})
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT, State.CANCELLED}
    assert not Batch.objects.exists()
    assert lines(bram) == []


def test_what_we_sent_somebody_is_theirs_to_see(process, aisha, write):
    write(aisha, scope=process.thread, extra={"code": "AAAA-BBBB-CCCC", "where": "Groener centrum"})
    told = str(card.known(aisha))
    assert "Er is antwoord op je idee" in told
    assert "Groener centrum" in told
    assert "AAAA" not in told


def test_the_tick_says_what_it_did_and_may_come_twice(aisha, dirk, write, django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    killed_long_ago(write(aisha))
    write(dirk)
    assert len(card.tick(timezone.localdate())) == 2
    assert Message.objects.filter(state=State.UNSURE).count() == 1
    card.tick(timezone.localdate())
    assert DBTaskResult.objects.count() == 1


def test_the_story_tells_of_letters_posted():
    assert card.story["post.posted"]({"count": 12}) == "12 brieven zijn gepost"
