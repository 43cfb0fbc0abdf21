"""How fast are people who may vote read in, fixed and written to? `python bench/ballots_roll.py`.

Invents a list of 250,000 people, and on SQLite and on PostgreSQL puts it aside, checks it, makes the codes, fixes the
roll and makes letters, with the very functions of the background jobs, in a process of its own. Prints one table:
seconds, those of the processor without the database's, and the peak of memory. To stay under: 3 minutes and 1 GiB for
making the codes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from samenraad.site import launcher  # noqa: E402
from tools import postgres  # noqa: E402

MOST_SECONDS, MOST_MIB = 180, 1024


def listed(people: int) -> Iterator[bytes]:
    yield b"number;name;street;postcode;city;neighbourhood\n"
    for number in range(people):
        name, street, area = f"Inwoner van Lindenveld {number}", f"Touwbaan {number % 900}", f"Buurt {number % 40}"
        yield f"{number:010};{name};{street};1234 AB;Lindenveld;{area}\n".encode()


def a_vote() -> Any:
    """A vote that can be fixed, in a process with a public promise."""
    from django.utils import timezone

    from samenraad.ballots.testing import make_vote
    from samenraad.people.models import Body, Person, Place, Town
    from samenraad.processes.models import Goal, Process, Promise, RoomItem

    place = Place.objects.create(kind="town", code="LV", name="Lindenveld")
    Town.objects.create(place=place, city="Lindenveld")
    process = Process.objects.create(title="Bench", slug="bench", question="Hoe snel?", place=place)
    Goal.objects.create(process=process, policy_phase="preparation", text="Meten")
    for kind in ("open", "fixed"):
        RoomItem.objects.create(process=process, kind=kind, text="x", level="local", source="x")
    body = Body.objects.create(name="de gemeenteraad", kind="council")
    Promise.objects.create(
        process=process, version=1, body=body, term_days=70, text="x", published_at=timezone.now() - timedelta(days=1),
        digest="0" * 64,
    )  # fmt: skip
    return make_vote(process, Person.objects.create(name="Bram"))


def measure(people: int, many: int) -> Iterator[tuple[str, int, float, float, float]]:
    """What was done, how many rows came of it, seconds, those of our own processor, and the peak of memory until then
    in MiB."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenraad.site.settings")
    django.setup()
    from samenraad.ballots.actions import freezing, letters, roll
    from samenraad.ballots.models import Load
    from samenraad.ballots.queries import roll as queries
    from samenraad.processes.actions.work import do

    vote, works = a_vote(), []

    def work() -> None:
        ended = do(works.pop())
        assert ended, "nothing was done"
        assert ended.state == "done", (ended.code, ended.facts)

    def put_aside() -> None:
        works.append(roll.keep_upload(vote=vote, name="voters.csv", chunks=listed(people), by=None))

    def codes() -> None:
        works.append(roll.start_reading(load=Load.objects.defer("content").get(), without_bad_lines=False, by=None))
        work()

    def fix() -> None:
        freezing.freeze(vote=vote, by=None)
        vote.refresh_from_db()

    def some_letters() -> None:
        draft = letters.drafter(vote)
        for _chunk in range(-(-many // letters.CHUNK)):
            letters._chunk(vote, draft)

    steps: dict[str, tuple[Callable[[], Any], int]] = {
        "list put aside": (put_aside, people),
        "list checked": (work, people),
        "codes made": (codes, people),
        "roll fixed": (fix, people),
        "figures": (lambda: queries.figures(vote), people),
        "public list": (lambda: sum(1 for _line in queries.roll_lines(vote)), people),
        "letters made": (some_letters, many),
    }
    for name, (step, count) in steps.items():
        started, own = time.perf_counter(), time.process_time()
        step()
        seconds, own = time.perf_counter() - started, time.process_time() - own
        yield name, count, seconds, own, _peak()


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def on(database: str, address: str, people: int, letters: int) -> list[list[Any]]:
    """The rows of the table for one database."""
    with tempfile.TemporaryDirectory(prefix="samenraad-bench-") as folder:
        own = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
        environment = {**own, "SAMENRAAD_DATA": folder, "SAMENRAAD_DEBUG": "0", "SAMENRAAD_DEMO": "0"}
        if address:
            environment["DATABASE_URL"] = address
        subprocess.run(launcher.command("migrate", "--verbosity", "0"), env=environment, check=True)
        command = [sys.executable, __file__, "--measure", "--people", str(people), "--letters", str(letters)]
        answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        return [[database, *row] for row in json.loads(answer.stdout.splitlines()[-1])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=250_000)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(list(measure(options.people, options.letters))))
        return 0
    found = on("SQLite", "", options.people, options.letters)
    given = os.environ.get("DATABASE_URL", "")
    try:
        with nullcontext(given) if given.startswith("postgres") else postgres.throwaway() as address:
            found += on("PostgreSQL", address, options.people, options.letters)
    except postgres.NoPostgres:
        print("NOT MEASURED on PostgreSQL: there is none here", file=sys.stderr)
    return _told(found)


def _told(found: list[list[Any]]) -> int:
    print("| database | what | rows | seconds | CPU s | peak MiB |\n|---|---|---|---|---|---|")
    for database, name, rows, seconds, own, mib in found:
        print(f"| {database} | {name} | {rows:,} | {seconds:.1f} | {own:.1f} | {mib:.0f} |")
    made = [(seconds, mib) for _database, name, _rows, seconds, _own, mib in found if name == "codes made"]
    within = all(seconds <= MOST_SECONDS and mib <= MOST_MIB for seconds, mib in made)
    print(f"\nmaking the codes stays under {MOST_SECONDS} s and {MOST_MIB} MiB: {'yes' if within else 'NO'}")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
