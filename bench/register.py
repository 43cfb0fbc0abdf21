"""How fast are letters drawn from a register? `python bench/register.py --rows 1000000 --letters 10000`.

Makes a register (30 strata, addresses, two marks) in a temporary file, plain and with every cell in quotation marks,
and draws from each in a process of its own. Prints one table: CPU seconds and the peak of memory, next to the figures
to stay under: 20 seconds and 1 GiB for a million rows.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

MOST_SECONDS, MOST_MIB = 20, 1024
COLUMNS = ("number", "name", "street", "house", "postcode", "district", "age", "letter only", "secret")
DISTRICTS = ("Noord", "Oost", "Zuid", "West", "Centrum", "Buitengebied")
CLASSES = ("16-24", "25-39", "40-54", "55-69", "70+")


def people(rows: int) -> Iterator[tuple[object, ...]]:
    """Two people per address on average, each with a number of nine digits."""
    chance = random.Random(7)
    numbers = list(range(100_000_000, 100_000_000 + rows))
    chance.shuffle(numbers)
    for number in numbers:
        home = chance.randrange(rows // 2 + 1)
        yield (
            number,
            f"Persoon de Vries {number % 9973}",
            f"Straat van de {home % 701}e straat",
            home // 701,
            f"{1000 + home % 8999} AB",
            DISTRICTS[home % 6],
            CLASSES[chance.randrange(5)],
            int(chance.random() < 0.05),
            int(chance.random() < 0.01),
        )


def make(path: Path, rows: int, quoted: bool) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
        writer.writerow(COLUMNS)
        writer.writerows(people(rows))


def measured(path: Path, letters: int, household: bool) -> tuple[float, float, int]:
    """CPU seconds, MiB and people invited, of a fresh process that does what the command does."""
    command = [sys.executable, __file__, "--draw", str(path), "--letters", str(letters)]
    answer = subprocess.run([*command, *(["--household"] if household else [])], check=True, capture_output=True)
    told = json.loads(answer.stdout.splitlines()[-1])
    return told["seconds"], told["mib"], told["invited"]


def draw(path: Path, letters: int, household: bool) -> None:
    from samenraad.methods.sortition.commands import invite as invite_command

    arguments = [str(path), "--id", "number", "--strata", "district,age", "--seed", "Three hats and a goose"]
    arguments += ["--letters", str(letters), "--leave-out", "secret=1", "--reserve", "20", "--overwrite"]
    arguments += ["--out", str(path.with_suffix(".out.csv")), "--receipt", str(path.with_suffix(".json"))]
    arguments += ["--household", "postcode,house"] if household else []
    code = invite_command.main(arguments)
    assert code == 0, f"invite ended with {code}"
    used = resource.getrusage(resource.RUSAGE_SELF)
    receipt = json.loads(path.with_suffix(".json").read_text())
    seconds, mib = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mib": mib, "invited": receipt["invited"]}))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--draw", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--household", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.draw:
        draw(options.draw, options.letters, options.household)
        return 0
    print(f"{options.rows:,} rows, {options.letters:,} letters\n\n| register | MB | CPU s | MiB | invited |")
    print("|---|---|---|---|---|")
    within = True
    with tempfile.TemporaryDirectory() as folder:
        for quoted in (False, True):
            path = Path(folder) / "register.csv"
            make(path, options.rows, quoted)
            for household in (False, True):
                seconds, mib, invited = measured(path, options.letters, household)
                name = ("quoted cells" if quoted else "plain") + (", one per address" if household else "")
                size = path.stat().st_size / 1e6
                print(f"| {name} | {size:.0f} | {seconds:.1f} | {mib:.0f} | {invited:,} |", flush=True)
                within = within and ((seconds <= MOST_SECONDS and mib <= MOST_MIB) or options.rows > 1_000_000)
    print(f"\nto stay under: {MOST_SECONDS} s and {MOST_MIB} MiB: {'yes' if within else 'NO'}")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
