"""Killed in the middle, twenty times: nothing arrives twice, nothing is lost silently."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from samenraad.post.actions import queue, settle_unsure
from samenraad.post.models import Message
from samenraad.post.tests.sinks import Sink, sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

MESSAGES, KILLS = 1_000, 20
#: as in a larger town: while one is killed, others are at work or beginning
AT_ONCE = 3


def database_of_this_test() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def worker(mailbox: Sink) -> subprocess.Popen[bytes]:
    """`samenraad post send`, as a system manager starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "samenraad", "post", "send"],
        env=os.environ
        | {
            "DATABASE_URL": database_of_this_test(),
            "SAMENRAAD_DATA": str(settings.DATA),
            "SAMENRAAD_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "SAMENRAAD_EMAIL_HOST": "127.0.0.1",
            "SAMENRAAD_EMAIL_PORT": str(mailbox.port),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def is_sending(process: subprocess.Popen[bytes]) -> bool:
    return Message.objects.filter(claimed_by__contains=f":{process.pid}:", state="sent").exists()


def wait_until_it_sends(process: subprocess.Popen[bytes]) -> None:
    """Until its first message is confirmed: from then on it is in the middle of its work."""
    deadline = time.monotonic() + 60
    while not is_sending(process):
        assert process.poll() is None, "the worker ended before anything was sent"
        assert time.monotonic() < deadline, "the worker does not begin"
        time.sleep(0.01)


def states() -> Counter[str]:
    return Counter(Message.objects.values_list("state", flat=True))


def test_a_worker_killed_twenty_times_sends_nothing_twice_and_loses_nothing(aisha, place):
    with transaction.atomic():
        for number in range(MESSAGES):
            queue(key=f"news:{number}", person=aisha, subject="Er is antwoord", body="Beste inwoner,\n\nDank je wel.")
    chance = random.Random(20)
    with sink(pause=0.01) as mailbox:
        crew = [worker(mailbox) for _ in range(AT_ONCE)]
        try:
            for _ in range(KILLS):
                wait_until_it_sends(crew[0])
                time.sleep(chance.uniform(0, 0.1))
                oldest = crew.pop(0)
                oldest.kill()
                assert oldest.wait() == -signal.SIGKILL, "it was alive and at work"
                crew.append(worker(mailbox))
        finally:
            for process in crew:
                process.kill()
                process.wait()

        settle_unsure(now=timezone.now() + timedelta(minutes=11))
        halfway = states()
        assert halfway["sent"] + halfway["unsure"] + halfway["waiting"] == MESSAGES
        assert halfway["sent"] >= KILLS
        assert halfway["waiting"] > 0, "the killing should happen in the middle"

        mailbox.pause = 0
        assert worker(mailbox).wait(120) == 0  # and one that is left in peace
        arrived = Counter(mailbox.taken)
    assert max(arrived.values()) == 1, "no Message-ID arrives twice"
    end = states()
    assert end["sent"] + end["unsure"] == MESSAGES
    assert 0 < end["unsure"] <= KILLS + AT_ONCE
    unsure = set(Message.objects.filter(state="unsure").values_list("message_id", flat=True))
    sent = set(Message.objects.filter(state="sent").values_list("message_id", flat=True))
    assert sent == set(arrived) - unsure, "what is called sent did arrive; the rest says that it is unsure"
