"""The election calendar: data, loaded from a table and edited by the town."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

from django.db import transaction

from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes.models import Election

ELECTIONS = files("samenraad.processes") / "data" / "elections.csv"


@transaction.atomic
def load_elections() -> int:
    """Add the elections of our own table that are not known yet; what a town changed stays. Says how many."""
    added = 0
    with ELECTIONS.open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            _, new = Election.objects.get_or_create(
                country=row["country"], level=row["level"], day=date.fromisoformat(row["day"]),
                defaults={"silent_days": int(row["silent_days"]), "source": row["source"]},
            )  # fmt: skip
            added += new
    if added:
        note("elections.loaded", count=added)
    return added


@transaction.atomic
def save_election(*, election: Election, by: Person | None) -> Election:
    act = "election.changed" if election.pk else "election.added"
    election.save()
    note(act, election, who=by, level=election.level, day=election.day.isoformat(), silent_days=election.silent_days)
    return election


@transaction.atomic
def remove_election(*, election: Election, by: Person | None) -> None:
    subject, day = f"election:{election.pk}", election.day.isoformat()
    election.delete()
    note("election.removed", subject, who=by, level=election.level, day=day)
