"""Nothing in roll and box tells who voted what: not the values, not the order, not the files they lie in.

The same linker that finds nothing there finds everything in a table that was written in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections, models

from samenraad.ballots.actions.batches import empty
from samenraad.ballots.actions.sealing import seal, settle
from samenraad.ballots.box.models import Slip, Ticket, Tracker, Waiting
from samenraad.ballots.papers import paper_of
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.rules import codes, slips
from samenraad.ballots.testing import end, open_vote, vote_with
from samenraad.ballots.tests.linking import at_the_door, best, signs_of

VOTES, MOST = 1_000, 0.55
TABLES = {Entry: "roll", Ticket: "box", Waiting: "box", Tracker: "box", Slip: "box"}


@dataclass
class Voted:
    """What we wrote down of every voter, in the order in which they came."""

    entries: list[str] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)

    def by(self, vote: Any, code: str, choices: dict[str, Any]) -> None:
        seed, paper = token_hex(32), paper_of(vote.step)
        self.receipts.append(vote_with(vote, code, choices, seed))
        torn = slips.torn(vote.key, paper.answers(paper.clean(choices)), seed)
        self.slips.append(torn.slips[0].commitment(vote.key))
        self.entries.append(codes.on_the_roll(code, vote.key, settings.ROLL_KEY))
        self.tickets.append(codes.ticket(code, vote.key, settings.BOX_KEY))


def signs(model: type[models.Model], folder: Any) -> Any:
    return signs_of(connections[TABLES[model]], model._meta.db_table, model._meta.pk.column, folder)


def people_vote(opened: Any, number: int, tick: int = 50) -> Voted:
    chance, voted = Random(1), Voted()
    for place, code in enumerate(opened.codes[:number]):
        grades = {str(n): chance.choice([0, 1, 2, 3, "none"]) for n in range(1, 6) if chance.random() < 0.9}
        voted.by(opened.vote, code, {"grades": grades, "priorities": [str(chance.randint(1, 5))]})
        if place % tick == tick - 1:
            empty(vote=opened.vote)
    return voted


def links(voted: Voted, folder: Any) -> dict[str, tuple[float, str]]:
    """From the roll to the box, and inside the box from the ticket to the ballot: the best that a thief finds."""
    roll, ticket, receipt, slip = (signs(model, folder) for model in (Entry, Ticket, Tracker, Slip))
    line_of = dict(Tracker.objects.values_list("tracker", "line"))
    batch_of_slip = {slip: line_of.get(tracker, 0) for slip, tracker in zip(voted.slips, voted.receipts, strict=True)}
    in_the_box = [one for one in voted.receipts if one in line_of]
    slips_in_the_box = [one for one in voted.slips if batch_of_slip[one]]
    batch_of_slip = {one: batch_of_slip[one] for one in slips_in_the_box}
    return {
        "code and ticket": best(roll, voted.entries, ticket, voted.tickets),
        "code and receipt": best(roll, voted.entries, receipt, voted.receipts),
        "code and slip": best(roll, voted.entries, slip, voted.slips),
        "ticket and receipt": best(ticket, voted.tickets, receipt, voted.receipts),
        "ticket and slip": best(ticket, voted.tickets, slip, voted.slips),
        "receipts at the door, in a batch": at_the_door(receipt, in_the_box, line_of),
        "slips at the door, in a batch": at_the_door(slip, slips_in_the_box, batch_of_slip),
        "codes at the door": at_the_door(roll, voted.entries, dict.fromkeys(voted.entries, 1)),
        "tickets at the door": at_the_door(ticket, voted.tickets, dict.fromkeys(voted.tickets, 1)),
    }


@pytest.fixture
def voted_by_a_thousand(process: Any, bram: Any) -> Any:
    opened = open_vote(process, bram, {"": VOTES + 100})
    return opened, people_vote(opened, VOTES)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_thief_with_both_databases_can_only_guess(voted_by_a_thousand, bram, tmp_path):
    """After the order was wiped out while the vote was open, and after the box was sealed."""
    opened, voted = voted_by_a_thousand
    assert settle(vote=opened.vote)
    found = {f"open: {what}": how for what, how in links(voted, tmp_path).items()}
    sealed = seal(vote=end(opened.vote), by=bram)
    found |= {f"sealed: {what}": how for what, how in links(voted, tmp_path).items()}
    print(*sorted(found.items()), sep="\n")  # pytest -s -k thief
    assert {what: how for what, how in found.items() if how[0] > MOST} == {}
    assert_nothing_is_left_of_what_waited(sealed)
    assert_no_value_is_shared()


def assert_nothing_is_left_of_what_waited(vote: Any) -> None:
    """Whole ballots lay in the box until they were torn."""
    connection = connections["box"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_relation_size('box_waiting'), COUNT(DISTINCT xmin::text) FROM box_slip")
            assert cursor.fetchone() == (0, 1), "no page of it, and all slips of one transaction"
            return
        cursor.execute("PRAGMA freelist_count")
        assert cursor.fetchone() == (0,)
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    assert log.stat().st_size < 50_000, "it was emptied; since then came the last line of the board"


def assert_no_value_is_shared() -> None:
    """What stands in both databases is the key of the vote, and names of neighbourhoods."""
    roll, box = everything_in("roll"), everything_in("box")
    assert len(roll & box) <= 1, roll & box
    assert len(roll) > VOTES
    assert len(box) > 7 * VOTES


def everything_in(alias: str) -> set[str]:
    """Every text that is long enough to know somebody by; of JSON the parts."""
    found: set[str] = set()
    for model in apps.get_app_config(alias).get_models():
        for row in model._base_manager.using(alias).values_list():
            for value in row:
                found |= set(re.findall(r"[0-9a-zA-Z]{8,}", str(value)))
    return found - {"rule", "preferendum"}


@pytest.mark.django_db(transaction=True)
def test_the_same_thief_finds_everything_in_a_table_that_was_written_in_order(process, bram, tmp_path):
    """As most software keeps it: who voted in one table, ballots in another, each row after the one before."""
    roll, box, chance = connections["roll"], connections["box"], Random(4)
    pairs = [(token_hex(32), token_hex(32)) for _n in range(200)]
    number = "INTEGER PRIMARY KEY AUTOINCREMENT" if roll.vendor == "sqlite" else "SERIAL PRIMARY KEY"
    try:
        for connection, name, place in ((roll, "plain_roll", 0), (box, "plain_box", 1)):
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE TABLE {name} (id {number}, digest varchar(64))")
                for pair in pairs:
                    cursor.execute(f"INSERT INTO {name} (digest) VALUES (%s)", [pair[place]])
        found = [signs_of(roll, "plain_roll", "digest", tmp_path), signs_of(box, "plain_box", "digest", tmp_path)]
        chance.shuffle(pairs)
        assert best(found[0], [code for code, _slip in pairs], found[1], [slip for _code, slip in pairs])[0] > 0.97
    finally:
        for connection, name in ((roll, "plain_roll"), (box, "plain_box")):
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS {name}")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_until_the_order_is_wiped_out_postgresql_tells_which_ticket_came_with_which_code(process, bram, tmp_path):
    """The limit that stands in the docs: of the last hour a thief sees which receipt came with which code, and so in
    which batch its slips are."""
    opened = open_vote(process, bram, {"": 300})
    voted = people_vote(opened, 200)
    before = links(voted, tmp_path)
    assert before["code and ticket"][0] > 0.9
    assert settle(vote=opened.vote)
    assert links(voted, tmp_path)["code and ticket"][0] < 0.65


def test_no_column_tells_a_moment_and_no_row_of_a_voter_has_a_number():
    """A day at the most; no key into another table; keys are random, except on the board and where only counts are."""
    numbered = set()
    for alias in ("roll", "box"):
        for model in apps.get_app_config(alias).get_models():
            for column in model._meta.concrete_fields:
                assert not column.is_relation, f"{column} leads somewhere"
                assert not isinstance(column, models.DateTimeField | models.TimeField | models.DurationField), column
                if isinstance(column, models.AutoField):
                    numbered.add(model.__name__)
    assert numbered <= {"Turned", "Line", "Checkpoint"}


@pytest.mark.django_db
def test_sqlite_gives_the_rows_of_voters_no_number_and_postgresql_has_no_default_moment():
    for alias, tables in (("roll", ["roll_entry"]), ("box", ["box_ticket", "box_waiting", "box_slip", "box_tracker"])):
        with connections[alias].cursor() as cursor:
            for table in tables:
                if connections[alias].vendor == "sqlite":
                    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
                    assert cursor.fetchone()[0].endswith("WITHOUT ROWID"), table
                    cursor.execute("PRAGMA secure_delete")
                    assert cursor.fetchone() == (1,)
                else:
                    cursor.execute(
                        "SELECT column_default FROM information_schema.columns WHERE table_name = %s", [table]
                    )
                    assert {default for (default,) in cursor.fetchall()} == {None}
