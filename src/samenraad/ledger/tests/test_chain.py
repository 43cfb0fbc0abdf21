"""The chain: nobody alters it unseen, and it reads back as it was written, on both databases."""

import math
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from samenraad.ledger import queries, verify_ledger
from samenraad.ledger.actions import note
from samenraad.ledger.models import Entry, Head
from samenraad.ledger.rules import FIRST, Verdict, canonical, digest_of, mark_of, tidy, verify

AWKWARD = {
    "float": 0.1, "whole": 3.0, "large": 1e20, "small": 1e-7, "negative": -2.5, "zero": -0.0,
    "text": 'Zoë 👋🏽 "quote" \\ \u2028 é é', "nul": "a\x00b", "half": "\ud83d",
    "nested": {"b": [1, {"z": None, "a": True}], "a": "1"}, "tuple": (1, "2"), "set": {"b", "a"},
    "day": date(2027, 3, 8), "keys": {2: "two", "1": "one"},
}  # fmt: skip


def chain(*seqs: int) -> list[SimpleNamespace]:
    """A whole chain of these entries, without a database."""
    entries, previous = [], FIRST
    for seq in seqs:
        entry = SimpleNamespace(
            seq=seq, moment=datetime(2027, 3, 8, 9, seq, tzinfo=UTC), actor="", act="test.done",
            subject="", thread="process:1", facts={"n": seq}, previous=previous, digest="",
        )  # fmt: skip
        entry.digest = previous = digest_of(entry)
        entries.append(entry)
    return entries


def test_a_whole_chain_is_whole():
    entries = chain(1, 2, 3)
    assert verify(entries, (3, entries[-1].digest)) == Verdict(3)
    assert verify([], (0, FIRST)).whole


@pytest.mark.parametrize(
    ("damage", "at", "problem"),
    [
        (lambda entries: entries[1].facts.update(n=99), 2, "content"),
        (lambda entries: setattr(entries[1], "moment", entries[1].moment + timedelta(seconds=1)), 2, "content"),
        (lambda entries: setattr(entries[2], "previous", FIRST), 3, "link"),
        (lambda entries: entries.pop(1), 2, "gap"),
        (lambda entries: entries.pop(), 3, "end"),
        (lambda entries: entries.insert(0, entries[0]), 2, "gap"),
    ],
)
def test_the_first_broken_entry_is_named(damage, at, problem):
    entries = chain(1, 2, 3)
    head = (3, entries[-1].digest)
    damage(entries)
    assert (verify(entries, head).broken_at, verify(entries, head).problem) == (at, problem)


def test_a_resealed_entry_is_still_found_by_the_next_one():
    entries = chain(1, 2, 3)
    entries[1].facts = {"n": 99}
    entries[1].digest = digest_of(entries[1])
    assert verify(entries).broken_at == 3


def test_the_same_moment_in_another_time_zone_is_the_same_entry():
    entry = chain(1)[0]
    before = canonical(entry)
    entry.moment = entry.moment.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert canonical(entry) == before
    entry.moment = datetime(2027, 3, 8)
    with pytest.raises(ValueError, match="time zone"):
        canonical(entry)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    )
)
def test_tidy_facts_stay_as_they_are(value):
    once = tidy(value)
    assert tidy(once) == once


def test_what_is_no_number_is_not_written_down():
    for value in (math.nan, math.inf):
        with pytest.raises(ValueError, match="number"):
            tidy({"share": value})


@pytest.mark.django_db
class TestInTheDatabase:
    def test_awkward_facts_come_back_as_they_were_sealed(self):
        note("test.done", thread="process:1", moment=datetime(2021, 12, 31, 23, 59, 59, 999999, UTC), **AWKWARD)
        note("test.done", thread="process:1", moment=datetime(1, 1, 2, tzinfo=UTC))
        assert queries.check() == Verdict(2)
        facts = Entry.objects.get(seq=1).facts
        assert facts["whole"] == 3
        assert facts["day"] == "2027-03-08"
        assert facts["nul"] == "a\ufffdb"

    def test_an_entry_is_never_altered_or_removed(self):
        note("test.done")
        for spoil in (
            lambda: Entry.objects.update(act="other"),
            lambda: Entry.objects.all().delete(),
            lambda: Head.objects.update(seq=7),
            lambda: Head.objects.all().delete(),
        ):
            with pytest.raises(IntegrityError, match="ledger"), transaction.atomic():
                spoil()
        assert queries.check() == Verdict(1)

    def test_two_entries_never_follow_on_the_same_one(self):
        fork = chain(1)[0].__dict__ | {"previous": note("test.done").previous}
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.create(**fork)

    def test_what_fails_leaves_no_entry(self):
        with transaction.atomic():
            note("test.done")
            transaction.set_rollback(True)
        assert Entry.objects.count() == 0
        note("test.done")
        assert queries.check() == Verdict(1)

    def test_personal_data_is_refused_or_masked(self):
        with pytest.raises(ValueError, match="email"):
            note("test.done", email="aisha@example.org")
        entry = note("test.done", reasons=["Bel 06-12345678", {"by": "mail aisha@example.org"}], day="2027-03-08")
        assert entry.facts == {"reasons": ["Bel […]", {"by": "mail […]"}], "day": "2027-03-08"}

    def test_nobody_can_link_two_entries_of_one_person_but_their_own_secret_can(self, aisha, dirk):
        one, two = note("test.done", who=aisha), note("test.done", who=aisha)
        note("test.done", who=dirk)
        note("test.done")
        assert one.actor != two.actor
        assert one.actor == mark_of(aisha.pseudonym, 1)
        assert [seq for seq, _, _ in queries.entries_by(aisha)] == [1, 2]

    def test_damage_behind_the_back_of_the_database_is_seen(self):
        for _ in range(3):
            note("test.done")
        with _guards_lifted():
            Entry.objects.filter(seq=2).update(act="test.altered")
        assert queries.check() == Verdict(1, 2, "content")

    def test_a_head_that_was_set_back_is_seen(self):
        for _ in range(3):
            note("test.done")
        digest = Entry.objects.get(seq=2).digest
        with _guards_lifted():
            Head.objects.update(seq=2, digest=digest)
        assert queries.check() == Verdict(2, 3, "end")

    def test_anybody_can_verify_the_export(self, tmp_path):
        for number in range(5):
            note("test.done", thread="process:1", **{**AWKWARD, "n": number})
        lines = list(queries.lines())
        assert verify_ledger.verify(lines).startswith("WHOLE: 5 entries")
        assert "entry 3 was altered" in verify_ledger.verify([line.replace('"n":2', '"n":9') for line in lines])
        assert "entry 2 is missing" in verify_ledger.verify([lines[0], *lines[2:]])
        file = tmp_path / "ledger.jsonl"
        file.write_text("".join(lines), encoding="utf-8", newline="")
        run = subprocess.run(
            [sys.executable, "-I", verify_ledger.__file__, str(file)], capture_output=True, text=True, check=False
        )
        assert (run.returncode, Head.objects.get().digest in run.stdout) == (0, True)


class _guards_lifted:
    """What a thief with the keys of the database could do."""

    def __enter__(self):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
                cursor.execute("ALTER TABLE ledger_head DISABLE TRIGGER USER")
            else:
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger' AND name LIKE 'the_%'")
                self.triggers = cursor.fetchall()
                for name, _ in self.triggers:
                    cursor.execute(f"DROP TRIGGER {name}")

    def __exit__(self, *error):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")
                cursor.execute("ALTER TABLE ledger_head ENABLE TRIGGER USER")
            else:
                for _, sql in self.triggers:
                    cursor.execute(sql)
