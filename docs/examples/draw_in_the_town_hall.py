"""A public draw from beginning to end, with dice, in a town that does not exist.

    python docs/examples/draw_in_the_town_hall.py [folder]

Sixty people said yes to a letter; twelve will sit on the panel. The script does what the organiser, the bailiff and a
sceptical resident do, with the same commands as in docs/methods/public-draw.md. Files are written to the folder, or to
one that is thrown away afterwards.
"""

from __future__ import annotations

import csv
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from samenraad.cli import main as samenraad

AGES, DISTRICTS = ("16-34", "35-64", "65+"), ("centre", "north", "villages")
QUOTAS = {
    "age": {"16-34": (3, 4), "35-64": (5, 6), "65+": (3, 4)},
    "district": {"centre": (4, 5), "north": (3, 4), "villages": (3, 4)},
    "housing": {"rent": (4, 6), "own": (6, 8)},
}


def write_files(folder: Path) -> None:
    """Who said yes: more older people and home owners than in the town, as always. Two neighbours share an address."""
    with (folder / "respondents.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "age", "district", "housing", "address"])
        for place in range(60):
            age, district = AGES[min(2, place * 7 % 11 // 3)], DISTRICTS[place * 5 % 13 // 5]
            rows.writerow(
                [f"R{place:02}", age, district, "own" if place % 5 else "rent", f"Mill Lane {min(place, 58)}"]
            )
    with (folder / "categories.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["category", "value", "min", "max"])
        rows.writerows([name, value, *limits] for name, values in QUOTAS.items() for value, limits in values.items())


def do(*arguments: str | Path) -> None:
    """Runs a command as it would be typed."""
    words = [str(argument) for argument in arguments]
    print("\n$ samenraad", shlex.join(words), flush=True)
    code = samenraad([*words, "--language", "en"])
    if code:
        raise SystemExit(f"samenraad {words[0]} answers {code}")


def ceremony(folder: Path) -> None:
    write_files(folder)
    pool, quotas, out = folder / "respondents.csv", folder / "categories.csv", folder / "out"
    public, private = out / "publish", out / "private"

    # A week before: the lottery is computed, the folder and the seal are published, the letters with codes go out.
    rules = ["--seats", "12", "--household", "address", "--when", "Friday 27 November, 16.00, town hall; one throw"]
    do("draw", pool, quotas, *rules, "--out", out)
    seal = (public / "seal.txt").read_text(encoding="utf-8").split()[0]

    # On the day: a resident throws white 4, red 0, blue 7.
    do("draw", "--from", out, "--dice", "4", "0", "7", "--seal", seal)

    # The bailiff, who has the private files as well, counts every panel against every quota.
    files = [public / "transcript.json", public / "lottery.csv"]
    do("verify", *files, "--seal", seal, "--pool", pool, "--categories", quotas, "--key", private / "key.csv")

    # A resident who does not trust us runs the short script that was published, with nothing else installed.
    print("\n$ python verify_draw.py transcript.json lottery.csv", flush=True)
    script = [sys.executable, "-I", "verify_draw.py", "transcript.json", "lottery.csv", seal]
    subprocess.run(script, cwd=public, check=True)  # noqa: S603


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).mkdir(parents=True)
        ceremony(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            ceremony(Path(temporary))
