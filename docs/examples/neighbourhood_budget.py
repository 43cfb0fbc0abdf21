"""A neighbourhood divides € 100,000, and everybody hears why: from the votes to a reason for every losing project.

    python docs/examples/neighbourhood_budget.py [folder]

A town of three neighbourhoods that does not exist. The largest could decide everything alone; the script counts by
the most votes and by equal shares, and shows who gets what. Files are written to the folder, or to one that is thrown
away afterwards.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from samenraad.cli import main as samenraad
from samenraad.methods.budgeting import (
    PRESETS,
    Ballot,
    Instance,
    Project,
    beside_greedy,
    count,
    from_instance,
    lacked,
    margin,
    reasons,
    write_pb,
)

#: id: cost, name, what it is about
PROJECTS = {
    "c1": (45_000, "Square with trees", "green"),
    "c2": (40_000, "Fountain in the centre", "meeting"),
    "c3": (15_000, "Benches in the main street", "meeting"),
    "n1": (25_000, "Playground in the north", "play"),
    "n2": (8_000, "Repair café", "meeting"),
    "v1": (14_000, "Village bus shelter", "traffic"),
    "v2": (30_000, "Cycle path to the village", "traffic"),
}
#: neighbourhood -> what people named, and how many did
VOTES = {
    "centre": [("c1 c2 c3", 40), ("c1 c2", 12), ("c3 c1", 8)],
    "north": [("n1 n2", 22), ("n1 c1", 6), ("n2", 4)],
    "village": [("v1 v2", 14), ("v1", 4)],
}


def town() -> Instance:
    projects = tuple(Project(id, cost, name, (about,)) for id, (cost, name, about) in PROJECTS.items())
    ballots = [
        Ballot(tuple(sorted(named.split())), (1,) * len(named.split()), many, place)
        for place, rows in VOTES.items()
        for named, many in rows
    ]
    return Instance(projects, 100_000, tuple(ballots))


def main(folder: Path) -> None:
    instance = town()
    folder.mkdir(parents=True, exist_ok=True)
    write_pb(from_instance(instance, "Three neighbourhoods"), folder / "votes.pb")

    outcome = count(instance, PRESETS["equalshares/add1u"])
    beside = beside_greedy(outcome)
    names = {one.id: one.name for one in instance.projects}
    print("By the most votes:", ", ".join(names[id] for id in beside.greedy.winners))
    print("By equal shares:  ", ", ".join(names[id] for id in outcome.winners))
    for one, other in zip(beside.greedy.places, beside.chosen.places, strict=True):
        print(
            f"  {one.place}: {one.excluded} of {one.voters} without a winner by votes, {other.excluded} by equal shares"
        )
    for id, reason in reasons(outcome).items():
        print(f"{names[id]}: {reason.sentence()} {lacked(margin(outcome, id))}")

    print("\nThe same from the command line: samenraad budget votes.pb --rule equalshares/add1u\n")
    if samenraad(["budget", str(folder / "votes.pb"), "--rule", "equalshares/add1u", "--language", "en"]):
        raise SystemExit("the command refused")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
