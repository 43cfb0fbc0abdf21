"""How fast is a register read in on the website, and letters drawn from it? `python bench/lot_register.py`.

Invents a register of 250,000 residents, and on SQLite and on PostgreSQL uploads it, checks it, reads it in and draws
6,500 letters, with the very functions of the background jobs, in a process of its own. Prints one table: seconds,
those of the processor without the database's, and the peak of memory, next to the figures to stay under: 3 minutes
and 1 GiB for reading in.
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
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from samenraad.site import launcher  # noqa: E402
from tools import postgres  # noqa: E402

MOST_SECONDS, MOST_MIB = 180, 1024
DISTRICTS = ("Noord", "Oost", "Zuid", "West", "Centrum", "Buitengebied")
GROUPS = {
    "age": {"16-29": 21, "30-44": 24, "45-64": 33, "65+": 22},
    "district": dict(zip(DISTRICTS, (20, 25, 15, 18, 12, 10), strict=True)),
    "gender": {"vrouw": 51, "man": 49},
}
HEADER = "A-nummer;Voornamen;Geslachtsnaam;Straatnaam;Huisnummer;Postcode;Woonplaats;Geboortedatum;Geslacht;Wijk;Geheim"


def make(path: Path, rows: int) -> None:
    from samenraad.instruments.lot.rules.invented import people

    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEADER + "\n")
        for one in people(rows, GROUPS, "bench"):
            number = 1_000_000_000 + int(one.id)
            cells = (
                number, one.first_name, one.last_name, one.street, one.house_number, one.postcode, one.town,
                f"{one.born:%Y%m%d}", one.gender[0].upper(), one.features["district"], int(number % 97 == 0),
            )  # fmt: skip
            stream.write(";".join(map(str, cells)) + "\n")


def a_lot() -> Any:
    """A lot with frozen rules, in a process with a public promise."""
    from django.utils import timezone

    from samenraad.instruments.lot.models import Dimension, Lot, Value
    from samenraad.people.models import Body, Place, Town
    from samenraad.processes.models import Process, Promise, Step

    place = Place.objects.create(kind="town", code="LV", name="Lindenveld")
    Town.objects.create(place=place, city="Lindenveld")
    process = Process.objects.create(title="Bench", question="Hoe snel?", place=place)
    body = Body.objects.create(name="de gemeenteraad", kind="council")
    now = timezone.now()
    Promise.objects.create(
        process=process, version=1, body=body, term_days=70, text="x", published_at=now, digest="0" * 64
    )
    step = Step.objects.create(process=process, kind="lot", title="Loting")
    lot = Lot.objects.create(
        step=step, seats=150, age_on=date(2027, 1, 1), keep_until=now.date() + timedelta(days=90), frozen_at=now,
        digest="0" * 64,
    )  # fmt: skip
    for key, values in GROUPS.items():
        dimension = Dimension.objects.create(lot=lot, key=key, label={"nl": key})
        Value.objects.bulk_create(Value(dimension=dimension, key=value, label={"nl": value}) for value in values)
    return lot


def measure(path: Path, letters: int) -> Iterator[tuple[str, int, float, float, float]]:
    """What was done, how many rows came of it, seconds, those of our own processor, and the peak of memory until then
    in MiB."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenraad.site.settings")
    django.setup()
    from samenraad.instruments.lot.actions import register, waves
    from samenraad.instruments.lot.models import Extract
    from samenraad.processes.actions.work import do
    from samenraad.processes.models import Work

    lot = a_lot()
    kept: list[Extract] = []

    def job(begin: Callable[[], Work | None]) -> Callable[[], None]:
        def run() -> None:
            work = begin()
            ended = do(work) if work else None
            assert ended, "nothing was done"
            assert ended.state == Work.State.DONE, (ended.code, ended.facts)

        return run

    def upload() -> None:
        with path.open("rb") as stream:
            chunks = iter(lambda: stream.read(1 << 16), b"")
            kept.append(register.keep_upload(lot=lot, name="brp.csv", chunks=chunks, by=None))
        kept[0].content = None

    def check() -> Work:
        columns, leave_out = kept[0].columns, kept[0].leave_out
        return register.map_columns(extract=kept[0], columns=columns, leave_out=leave_out, by=None)

    def read() -> Work:
        return register.start_reading(extract=kept[0], without_bad_lines=False, by=None)

    def draw() -> Work | None:
        wishes = {"letters": letters, "seats": None, "per_seat": 1.0, "certainty": None, "limit": None, "rate": 0.1,
                  "strata": list(GROUPS), "counter": ""}  # fmt: skip
        wave = waves.plan_wave(lot=lot, wishes=wishes, values={})
        return waves.start_draw(wave=wave, seed="Three hats and a goose", seed_by="the council", by=None)

    def counted(name: str) -> int:
        return int(Extract.objects.defer("content").get().counted[name])

    def lines() -> int:
        with path.open("rb") as stream:
            return sum(1 for _line in stream) - 1

    steps = {
        "uploaded": (upload, lines),
        "checked": (job(check), lambda: counted("rows")),
        "read in": (job(read), lambda: counted("people")),
        "letters drawn": (job(draw), lambda: lot.invitations.count()),
    }
    for name, (step, count) in steps.items():
        started, own = time.perf_counter(), time.process_time()
        step()
        seconds, own = time.perf_counter() - started, time.process_time() - own
        yield name, count(), seconds, own, _peak()


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def on(database: str, address: str, path: Path, letters: int) -> list[list[Any]]:
    """The rows of the table for one database."""
    with tempfile.TemporaryDirectory(prefix="samenraad-bench-") as folder:
        environment = {**os.environ, "SAMENRAAD_DATA": folder, "SAMENRAAD_DEBUG": "0", "SAMENRAAD_DEMO": "0"}
        environment.pop("DATABASE_URL", None)
        if address:
            environment["DATABASE_URL"] = address
        subprocess.run(launcher.command("migrate", "--verbosity", "0"), env=environment, check=True)
        command = [sys.executable, __file__, "--measure", str(path), "--letters", str(letters)]
        answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        return [[database, *row] for row in json.loads(answer.stdout.splitlines()[-1])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=250_000)
    parser.add_argument("--letters", type=int, default=6_500)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(list(measure(options.measure, options.letters))))
        return 0
    found: list[list[Any]] = []
    with tempfile.TemporaryDirectory(prefix="samenraad-bench-") as folder:
        path = Path(folder) / "register.csv"
        make(path, options.rows)
        print(f"{options.rows:,} rows, {path.stat().st_size / 1e6:.0f} MB, {options.letters:,} letters\n")
        found += on("SQLite", "", path, options.letters)
        given = os.environ.get("DATABASE_URL", "")
        try:
            with nullcontext(given) if given.startswith("postgres") else postgres.throwaway() as address:
                found += on("PostgreSQL", address, path, options.letters)
        except postgres.NoPostgres:
            print("NOT MEASURED on PostgreSQL: there is none here", file=sys.stderr)
    return _told(found)


def _told(found: list[list[Any]]) -> int:
    print("| database | what | rows | seconds | CPU s | peak MiB |\n|---|---|---|---|---|---|")
    for database, name, rows, seconds, own, mib in found:
        print(f"| {database} | {name} | {rows:,} | {seconds:.1f} | {own:.1f} | {mib:.0f} |")
    read = [(seconds, mib) for _database, name, _rows, seconds, _own, mib in found if name == "read in"]
    within = all(seconds <= MOST_SECONDS and mib <= MOST_MIB for seconds, mib in read)
    print(f"\nreading in stays under {MOST_SECONDS} s and {MOST_MIB} MiB: {'yes' if within else 'NO'}")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
