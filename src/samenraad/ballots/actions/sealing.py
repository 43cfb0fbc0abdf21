"""Wiping out every order: in which people voted, in which ballots were torn.

SQLite keeps these tables sorted by their random keys (without a row number), so only its log and free pages tell of an
order. PostgreSQL keeps rows as they were written, with the number of the transaction: there a table is written anew, in
one transaction, sorted by its random key, into a new file.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connections, transaction
from django.utils import timezone

from samenraad.ballots.actions import batches, boards
from samenraad.ballots.box.models import Slip, Ticket, Tracker, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.queries.books import books
from samenraad.ballots.roll.models import Entry
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.refusals import Refusal

#: while a vote is open the order on the roll is wiped out so often
SETTLE_EVERY = timedelta(hours=1)
ORDERED = {"roll": [Entry], "box": [Ticket, Waiting, Slip, Tracker]}


def rewrite(alias: str) -> None:
    """Every table of this database that could tell an order, written anew."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        for model in ORDERED[alias]:
            _sorted_anew(alias, model._meta.db_table, model._meta.pk.column)
    elif not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sorted_anew(alias: str, table: str, key: str) -> None:
    connection = connections[alias]
    name, column = connection.ops.quote_name(table), connection.ops.quote_name(key)
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(f"CREATE TEMPORARY TABLE anew ON COMMIT DROP AS SELECT * FROM {name}")  # noqa: S608
        cursor.execute(f"TRUNCATE {name}")
        cursor.execute(f"INSERT INTO {name} SELECT * FROM anew ORDER BY {column}")  # noqa: S608


def settle(*, vote: Vote) -> bool:
    """While the vote is open, now and then: the roll no longer tells who voted after whom."""
    now = timezone.now()
    if vote.settled_at and now - vote.settled_at < SETTLE_EVERY:
        return False
    vote.settled_at = now
    vote.save(update_fields=["settled_at"])
    rewrite("roll")
    return True


def seal(*, vote: Vote, by: Person | None) -> Vote:
    """The box closes: what waits goes in, all order is wiped out, and the books stand on the board. Asked twice, done
    once; cut off halfway, it goes on where it was. Refuses `ballots.not_over` while the step is open."""
    if vote.sealed_at:
        return vote
    if vote.frozen_at is None or vote.step.is_open or vote.step.state == vote.step.State.PLANNED:
        raise Refusal("ballots.not_over")
    batches.empty(vote=vote, last=True)
    rewrite("roll")
    rewrite("box")
    return _sealed(vote, by)


@transaction.atomic
def _sealed(vote: Vote, by: Person | None) -> Vote:
    held = Vote.objects.select_for_update().get(pk=vote.pk)
    if held.sealed_at is None:
        boards.append(vote=held.key, kind="close", books=books(held).as_facts())
        held.sealed_at = timezone.now()
        held.save(update_fields=["sealed_at"])
        note("ballots.sealed", held.step, thread=held.step.process.thread, who=by)
    return held
