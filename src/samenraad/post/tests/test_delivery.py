"""Claim, send, confirm."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from samenraad.post import queries
from samenraad.post.actions import claim, confirm, deliver, settle_unsure
from samenraad.post.models import Message
from samenraad.post.tasks import PER_JOB, send_waiting
from samenraad.post.transport import End, Result

State = Message.State


@pytest.fixture
def locmem(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def again(message: Message) -> Message:
    message.refresh_from_db()
    return message


def test_what_waits_is_sent_once(aisha, write, mailbox):
    message = write(aisha)
    assert deliver().sent == 1
    assert deliver().tried == 0
    assert mailbox.taken == [message.message_id]
    assert again(message).state == State.SENT
    assert message.settled_at


def test_letters_and_calls_are_not_the_mail_servers_business(emre, write, mailbox):
    write(emre)
    assert deliver().tried == 0


def test_a_mail_says_the_same_in_text_and_in_html(aisha, write, town, locmem):
    message = write(aisha, extra={"where": "Groener centrum", "promise": "Antwoord binnen 10 weken", "link": "/my/"})
    deliver()
    sent = mail.outbox[0]
    page = sent.alternatives[0].content
    assert sent.extra_headers["Message-ID"] == message.message_id
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.reply_to == [town.email]
    for text in ("De raad neemt je idee over.", "Groener centrum", "Antwoord binnen 10 weken", "/my/", town.phone):
        assert text in sent.body
        assert text in page
    assert '<html lang="nl"' in page
    assert "src=" not in page


def test_what_a_resident_wrote_is_text_in_a_mail(aisha, write, locmem):
    write(aisha, body="<script>alert(1)</script> & <b>vet</b>")
    deliver()
    assert "<script>alert(1)</script> & <b>vet</b>" in mail.outbox[0].body
    assert "&lt;script&gt;" in mail.outbox[0].alternatives[0].content


def test_a_mail_speaks_the_persons_language(aisha, write, town, locmem):
    aisha.language = "en"
    aisha.save()
    write(aisha)
    deliver()
    assert f"Questions? Call {town.phone}" in mail.outbox[0].body


def test_a_refusal_for_good_is_said_in_the_servers_words(aisha, dirk, write, mailbox):
    mailbox.answers["RCPT"] = "550 no such user"
    message = write(aisha)
    assert deliver().refused == 1
    assert again(message).state == State.FAILED
    assert message.trouble == "550 no such user"
    mailbox.answers.clear()
    other = write(dirk)
    deliver()
    assert mailbox.taken == [other.message_id], "the refused one is not tried again"


def test_a_refusal_after_the_text_is_a_refusal(aisha, write, mailbox):
    mailbox.answers["DATA"] = "554 looks like spam"
    message = write(aisha)
    assert deliver().refused == 1
    assert again(message).state == State.FAILED


def test_what_is_no_address_fails_before_anything_is_sent(write, mailbox, db):
    message = write(None, address={"email": "niemand"}, medium="email")
    assert deliver().refused == 1
    assert again(message).state == State.FAILED
    assert mailbox.taken == []


def test_later_means_later(aisha, write, mailbox):
    mailbox.answers["RCPT"] = "451 try again"
    message = write(aisha)
    assert deliver().later == 1
    assert (again(message).state, message.attempts, message.claimed_by) == (State.WAITING, 1, "")
    assert message.not_before > timezone.now()
    mailbox.answers.clear()
    assert deliver().tried == 0, "not before its moment"
    Message.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    assert deliver().sent == 1
    assert mailbox.taken == [message.message_id]


def test_later_twelve_times_is_never(aisha, write, mailbox):
    mailbox.answers["RCPT"] = "451 try again"
    message = write(aisha)
    Message.objects.update(attempts=11)
    deliver()
    assert again(message).state == State.FAILED


def test_a_server_that_cannot_be_reached_costs_nothing(aisha, dirk, write, mailbox, settings):
    settings.EMAIL_PORT = 9  # nobody listens there
    write(aisha)
    write(dirk)
    report = deliver()
    assert (report.tried, bool(report.trouble)) == (0, True)
    assert set(Message.objects.values_list("state", "attempts")) == {("waiting", 0)}


def test_trouble_with_us_stops_the_round(aisha, dirk, write, mailbox):
    mailbox.answers["MAIL"] = "530 sign in first"
    write(aisha)
    write(dirk)
    assert deliver().tried == 1
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting"}


def test_hanging_up_after_the_text_leaves_us_in_doubt(aisha, dirk, write, mailbox):
    mailbox.answers["DATA"] = "hang up"
    message = write(aisha)
    assert deliver().unsure == 1
    mailbox.answers.clear()
    other = write(dirk)
    assert deliver().sent == 1
    assert again(message).state == State.UNSURE
    assert mailbox.taken == [other.message_id], "never again by guess"


def test_a_server_that_hangs_up_between_messages_loses_nothing(aisha, dirk, write, mailbox):
    messages = [write(aisha), write(dirk)]
    mailbox.each_call = 1
    assert deliver().sent == 2
    assert mailbox.taken == [message.message_id for message in messages]


def test_a_message_in_the_air_for_too_long_reads_as_unsure(aisha, write):
    message, now = write(aisha), timezone.now()
    claim(worker="killed")
    assert not queries.unsure(now).exists(), "it may still be on its way"
    assert settle_unsure(now=now) == 0
    later = now + timedelta(minutes=11)
    assert queries.unsure(later).get() == message
    assert again(message).state == State.CLAIMED
    assert settle_unsure(now=later) == 1
    assert queries.unsure(later).get().state == State.UNSURE
    assert claim(worker="next") is None, "and is never sent again by guess"


def test_a_slow_worker_still_tells_how_it_ended(aisha, write):
    message = write(aisha)
    claimed = claim(worker="slow")
    settle_unsure(now=timezone.now() + timedelta(hours=1))
    assert confirm(message=claimed, worker="slow", result=Result(End.SENT))
    assert again(message).state == State.SENT


def test_only_who_claimed_a_message_confirms_it(aisha, write):
    message = write(aisha)
    claimed = claim(worker="one")
    assert not confirm(message=claimed, worker="two", result=Result(End.SENT))
    assert again(message).state == State.CLAIMED


def test_a_job_is_short_and_calls_the_next(aisha, write, locmem):
    for _ in range(PER_JOB + 5):
        write(aisha)
    assert send_waiting.call() == PER_JOB
    from django_tasks_db.models import DBTaskResult

    assert DBTaskResult.objects.count() == 1
    assert send_waiting.call() == 5
    assert len(mail.outbox) == PER_JOB + 5


def test_counts_read_the_dates(aisha, emre, write):
    write(aisha)
    write(aisha)
    write(emre)
    claim(worker="killed")
    later = timezone.now() + timedelta(minutes=11)
    found = {(count.medium, count.state): count.number for count in queries.counts(later)}
    assert found == {("email", "unsure"): 1, ("email", "waiting"): 1, ("letter", "waiting"): 1}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_never_send_the_same(aisha, write, mailbox):
    messages, workers = [write(aisha).message_id for _ in range(60)], 3
    gate = Barrier(workers)

    def work(number: int) -> int:
        try:
            gate.wait(10)
            return deliver().sent
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        sent = list(pool.map(work, range(workers)))
    assert sum(sent) == 60
    assert sorted(mailbox.taken) == sorted(messages)
