"""Forty members at six tables for three rounds, and what to do when three do not come.

    python docs/examples/seat_a_panel.py [folder]

An interpreter sits with her client, two neighbours in a quarrel never meet, a host keeps her table, and nobody from the
villages is alone. The same commands as in docs/methods/groups.md. Files are written to the folder, or to one that is
thrown away afterwards.
"""

from __future__ import annotations

import contextlib
import csv
import io
import shlex
import sys
import tempfile
from pathlib import Path

from samenraad.cli import main as samenraad

AGES, DISTRICTS = ("16-34", "35-64", "65+"), ("centre", "north", "villages")
WISHES = [
    "--together",
    "M03,M17",
    "--apart",
    "M05,M21",
    "--host",
    "M08=2",
    "--needs-access",
    "M30",
    "--accessible",
    "1,2",
]


def write_people(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "age", "district"])
        rows.writerows([f"M{nr:02}", AGES[nr * 7 % 11 // 4], DISTRICTS[nr * 5 % 13 // 5]] for nr in range(40))


def do(*arguments: str | Path) -> str:
    """Runs a command as it would be typed, and gives what it prints."""
    words = [str(argument) for argument in arguments]
    print("\n$ samenraad", shlex.join(words), flush=True)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = samenraad([*words, "--language", "en"])
    if code:
        raise SystemExit(f"samenraad {words[0]} answers {code}")
    return printed.getvalue()


def evening(folder: Path) -> None:
    people, seating = folder / "people.csv", folder / "seating.json"
    write_people(people)

    # A week before: the seating, kept as a file. The seed is the weather report, so nobody can say we chose.
    asked = ["--tables", "6", "--rounds", "3", "--mix", "age,district", "--seed", "Friday: showers, wind force 4"]
    asked += [*WISHES, "--never-alone", "district=villages", "--tries", "100000"]
    print(do("seat", people, *asked))
    seating.write_text(do("seat", people, *asked, "--json"), encoding="utf-8")

    # After round 1 three people have gone home. Round 1 stays as it was; as few as possible change tables.
    print(do("seat", people, "--from", seating, "--next-round", "2", "--absent", "M03,M11,M26"))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).mkdir(parents=True)
        evening(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            evening(Path(temporary))
