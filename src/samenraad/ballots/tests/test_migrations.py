"""Forth, back and forth again, on three databases, with rows in them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections

from samenraad.ballots.actions.batches import empty
from samenraad.ballots.box.models import Slip, Tracker
from samenraad.ballots.router import APART
from samenraad.ballots.testing import vote_with

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SORTED = {"roll": ["roll_entry"], "box": ["box_ticket", "box_waiting", "box_slip", "box_tracker", "box_sheet"]}


def migrate(*words: str, **options: object) -> str:
    said = StringIO()
    call_command("migrate", *words, stdout=said, interactive=False, **options)
    return said.getvalue()


def tables(alias: str) -> set[str]:
    with connections[alias].cursor() as cursor:
        return set(connections[alias].introspection.table_names(cursor))


def without_row_number(alias: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID'")
        return sorted(name for (name,) in cursor.fetchall())


def test_one_command_brings_all_three_up_to_date_and_each_holds_its_own():
    said = migrate()
    assert all(f"Database {alias}:" in said for alias in ("default", "roll", "box"))
    assert "No migrations to apply" in said
    for alias in APART.values():
        assert {name.split("_")[0] for name in tables(alias)} == {alias, "django"}
    assert not {name for name in tables("default") if name.startswith(("roll_", "box_"))}


@pytest.mark.parametrize("alias", ["roll", "box"])
def test_back_to_nothing_and_forth_again(alias):
    try:
        migrate(alias, "zero", database=alias)
        assert not {name for name in tables(alias) if name.startswith(f"{alias}_")}
    finally:
        migrate(alias, database=alias)
    assert set(SORTED[alias]) <= tables(alias)
    if connections[alias].vendor == "sqlite":
        assert without_row_number(alias) == sorted(SORTED[alias])


def test_one_step_back_and_forth_loses_no_ballot(opened):
    for code in opened.codes[:45]:
        vote_with(opened.vote, code, {"grades": {"1": 2}})
    empty(vote=opened.vote)
    before = set(Slip.objects.values_list()), set(Tracker.objects.values_list())
    try:
        migrate("box", "0001", database="box")
    finally:
        migrate("box", database="box")
    assert (set(Slip.objects.values_list()), set(Tracker.objects.values_list())) == before


def test_the_rooms_of_the_votes_go_back_and_forth():
    try:
        migrate("preferendum", "zero")
        migrate("ballots", "zero", database="default")
        assert not {name for name in tables("default") if name.startswith(("ballots_", "preferendum_"))}
    finally:
        migrate()
    assert {"ballots_vote", "preferendum_preferendum"} <= tables("default")
