"""Three plans for a ring road, as in Duiven in 2008, counted so that everybody can do it again.

    python docs/examples/count_three_plans.py [folder]

The turnout and the share of plan B are those of Duiven; how people ranked the other plans is made up. The script does
what a clerk does on the evening of the count and what a sceptical resident does the day after. Files are written to the
folder, or to one that is thrown away afterwards.
"""

from __future__ import annotations

import shlex
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from samenraad.cli import main as samenraad
from samenraad.methods import tally

#: (ranking, neighbourhood, voters): 6,055 valid ballots, of which 4,662 (77 %) have plan B first
RANKED = (
    (("Plan B", "Plan A", "Plan C"), "North", 1800),
    (("Plan B", "Plan C"), "South", 1962),
    (("Plan B",), "South", 900),
    (("Plan A", "Plan C", "Plan B"), "North", 493),
    (("Plan C", "Plan A"), "North", 600),
    (("Plan A",), "South", 300),
)
#: ten-sided dice, thrown in public before the ballot box was opened
SEED = "dice 4 0 7"


def write_ballots(path: Path) -> None:
    lines = ["choice 1,choice 2,choice 3,neighbourhood,count"]
    for ranking, place, voters in RANKED:
        lines.append(",".join([*ranking, *[""] * (3 - len(ranking)), place, str(voters)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def do(*arguments: str | Path) -> None:
    """Runs a command as it would be typed."""
    words = [str(argument) for argument in arguments]
    print("\n$ samenraad", shlex.join(words), flush=True)
    code = samenraad([*words, "--language", "en"])
    if code:
        raise SystemExit(code)


def evening(folder: Path) -> None:
    ballots = folder / "ballots.csv"
    write_ballots(ballots)

    # The clerk: was it enough, and who won by the rule that was announced?
    print(tally.turnout(6055, 18_923, Fraction(30, 100)).sentence())
    do("tally", ballots, "--rule", "schulze", "--seed", SEED, "--explain", "--samples", "20")

    # A resident: would the old way, or rounds with the lowest going out, have given something else?
    do("tally", ballots, "--rule", "irv", "--seed", SEED)

    # The order that would have decided a tie can be computed by anybody.
    print("\nDrawn order:", ", ".join(tally.drawn_order(["Plan A", "Plan B", "Plan C"], SEED)))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).mkdir(parents=True)
        evening(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            evening(Path(temporary))
