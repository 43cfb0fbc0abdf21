"""Many writers at the same moment: one chain, nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from samenraad.ledger import queries
from samenraad.ledger.actions import note
from samenraad.ledger.models import Entry
from samenraad.ledger.rules import Verdict

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WRITERS, EACH = 6, 8


def test_writers_at_once_make_one_chain():
    """On an empty ledger, so that they also race for the first entry."""
    gate = Barrier(WRITERS)

    def write(writer: int) -> None:
        try:
            gate.wait(10)
            for number in range(EACH):
                with transaction.atomic():
                    note("test.done", writer=writer, number=number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert queries.check() == Verdict(WRITERS * EACH)
    written = [(facts["writer"], facts["number"]) for facts in Entry.objects.values_list("facts", flat=True)]
    assert sorted(written) == [(writer, number) for writer in range(WRITERS) for number in range(EACH)]


def test_who_fails_leaves_the_chain_to_the_next():
    gate = Barrier(2)

    def fail() -> None:
        try:
            gate.wait(10)
            with transaction.atomic():
                note("test.lost")
                transaction.set_rollback(True)
        finally:
            connections.close_all()

    def succeed() -> None:
        try:
            gate.wait(10)
            note("test.done")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(fail), pool.submit(succeed)]:
            future.result(30)
    assert queries.check() == Verdict(1)
