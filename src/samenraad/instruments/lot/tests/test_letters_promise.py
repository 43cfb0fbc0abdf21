"""Which promise stands in a letter: the one that was the newest when the letters of its wave were begun."""

from __future__ import annotations

import pytest
from django.utils import timezone

from samenraad.instruments.lot.actions import letters as actions
from samenraad.instruments.lot.models import Wave
from samenraad.instruments.lot.queries import letters as queries
from samenraad.post.models import Message
from samenraad.processes.actions import draft_promise, publish_promise
from samenraad.processes.actions.work import do

pytestmark = pytest.mark.django_db


def test_a_promise_published_while_letters_wait_to_be_made_is_not_in_them(lot, invited, council, bram):
    first = lot.step.process.promises.get()
    wave = Wave.objects.create(lot=lot, number=1, seed="drie hoeden", seed_by="Bram", digest="a" * 64,
                               promise_digest=first.digest, drawn_at=timezone.now())  # fmt: skip
    invited(1, wave=wave)
    work = actions.begin(wave=wave, by=bram)
    newer = publish_promise(
        promise=draft_promise(
            process=lot.step.process, body=council, term_days=10, text="Iets anders.", preconditions=[], by=bram
        ),
        by=bram,
    )
    do(work)
    wave.refresh_from_db()
    assert wave.promise_digest == first.digest != newer.digest
    assert queries.promise_of(lot, wave) == first
    assert first.digest in Message.objects.get().extra["proof"]
