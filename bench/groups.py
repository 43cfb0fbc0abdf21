"""How well do people mix at tables, beside a random draw and groupselect? `python bench/groups.py [case ...]`.

Rooms are made up here: fields of 2 to 5 values, some more common than others. CPU seconds around the call itself.
`new` is different pairs who meet, as a share of all places beside somebody or of all pairs, whichever is less;
`of possible` is the same beside the bound of `samenraad seat`, which also knows what must repeat. `gap`, `worst` and
`alone` as in docs/methods/groups.md. Then the goals, one by one.

The peer is groupselect (https://github.com/sortitionfoundation/groupselect-lib), which is not needed: `--peer` names a
Python in which it is installed. Each of its algorithms has as many attempts as fit in `--limit` seconds, one by one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from math import comb
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.sortition import table  # noqa: E402
from samenraad.methods import groups  # noqa: E402
from samenraad.methods.groups.figures import Quality, quality  # noqa: E402
from samenraad.methods.groups.wishes import Round, broken  # noqa: E402

#: name -> people, tables, rounds, values per field
CASES: dict[str, tuple[int, int, int, tuple[int, ...]]] = {
    "100 people, 10 tables, 5 rounds": (100, 10, 5, (2, 4, 3, 5, 4)),
    "150 people, 15 tables, 6 rounds": (150, 15, 6, (2, 4, 3, 5, 4)),
    "50 people, 6 tables, 4 rounds": (50, 6, 4, (2, 4, 3, 5, 4)),
    "110 people, 11 tables, 5 rounds": (110, 11, 5, (2, 4, 3, 5, 4)),
    "250 people, 25 tables, 3 rounds": (250, 25, 3, (2, 4, 3, 5, 4)),
    "16 people, 4 tables, 5 rounds": (16, 4, 5, ()),
    "15 people, 5 tables, 7 rounds": (15, 5, 7, ()),
}
GOAL = "100 people, 10 tables, 5 rounds"
HEAD = ["case", "algorithm", "CPU s", "new", "of possible", "repeats", "same two", "fewest met"]
HEAD += ["gap", "least gap", "worst", "alone"]
PEER = ("LEGACY", "DREAM", "HERMES")
Room = dict[str, dict[str, str]]

PEER_SCRIPT = """
import contextlib, json, sys, time
import numpy as np
from groupselect import Algorithm, FieldMode, allocate_numpy
asked = json.load(sys.stdin)
people = np.array(asked["people"])
fields = {nr: FieldMode.Diversify for nr in range(people.shape[1])}
algorithm = next(one for one in Algorithm if one.name.upper() == asked["algorithm"])
found, start = [], time.process_time()
while not found or time.process_time() - start < asked["limit"] / 2:
    settings = {"seed": len(found), "n_attempts": 100, "pareto_probs": dict.fromkeys(fields, 0.25)}
    with contextlib.redirect_stdout(sys.stderr):
        made = allocate_numpy(people, dict(fields), asked["sizes"], algorithm=algorithm, settings=settings)
    found.append([[[int(one) for one in group] for group in round] for round in made.ensemble])
json.dump({"found": found, "seconds": time.process_time() - start}, sys.stdout)
"""


def room_of(case: str, seed: int = 1) -> Room:
    number, _tables, _rounds, sizes = CASES[case]
    chance = Random(seed)
    weights = [[chance.random() + 0.2 for _value in range(size)] for size in sizes]
    return {
        f"p{nr:03}": {
            f"f{field}": f"v{chance.choices(range(size), weight)[0]}"
            for field, (size, weight) in enumerate(zip(sizes, weights, strict=True))
        }
        for nr in range(number)
    }


def fields_of(case: str) -> list[str]:
    return [f"f{field}" for field in range(len(CASES[case][3]))]


def seated(case: str, seed: str = "goose", room_seed: int = 1, **more: object) -> groups.Seating:
    _number, tables, rounds, _sizes = CASES[case]
    return groups.seat(room_of(case, room_seed), tables=tables, rounds=rounds, seed=seed, mix=fields_of(case), **more)  # type: ignore[arg-type]


def timed(work: Callable[[], groups.Seating]) -> tuple[groups.Seating, float]:
    start = time.process_time()
    return work(), time.process_time() - start


def row_of(case: str, algorithm: str, seconds: float, found: Quality) -> list[str]:
    simple = min(found.meetings, comb(CASES[case][0], 2))
    shares = [f"{found.new / simple:.3f}", f"{float(found.share):.3f}"]
    figures = [found.repeats, found.most_often, found.fewest_met]
    gaps = [f"{float(found.gap):.3f}", f"{float(found.least_gap):.3f}"]
    return [
        case,
        algorithm,
        f"{seconds:.1f}",
        *shares,
        *map(str, figures),
        *gaps,
        str(found.worst_gap),
        str(found.alone),
    ]


def rows_of(case: str, options: argparse.Namespace) -> Iterator[list[str]]:
    for tries in options.tries:
        seating, seconds = timed(lambda tries=tries: seated(case, tries=tries))
        if tries == options.tries[0] and seating.draw:
            yield row_of(case, "random draw", 0, seating.draw)
        yield row_of(case, f"ours, {tries:,} tries", seconds, seating.quality)
    for algorithm in PEER if options.peer and CASES[case][3] else ():
        yield peer_row(case, algorithm, options)


def peer_row(case: str, algorithm: str, options: argparse.Namespace) -> list[str]:
    """The best of its attempts: the most new pairs among those."""
    number, tables, rounds, _sizes = CASES[case]
    room, fields = room_of(case), fields_of(case)
    people = [[int(values[field][1:]) for field in fields] for values in room.values()]
    asked = {"people": people, "sizes": [-(-number // tables)] * rounds, "algorithm": algorithm, "limit": options.limit}
    try:
        ran = subprocess.run(
            [options.peer, "-c", PEER_SCRIPT], input=json.dumps(asked), capture_output=True, text=True,
            check=True, timeout=10 * options.limit,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        said = ((getattr(error, "stderr", None) or "").strip().splitlines() or [type(error).__name__])[-1][:60]
        return [case, f"groupselect {algorithm}", f"failed: {said}", *[""] * (len(HEAD) - 3)]
    answer, ids = json.loads(ran.stdout), list(room)
    figures = [quality(_rounds(one, ids), room, fields) for one in answer["found"]]
    best = max(figures, key=lambda one: (one.new, -one.gap))
    return row_of(case, f"groupselect {algorithm} x{len(figures)}", answer["seconds"], best)


def _rounds(found: Sequence[Sequence[Sequence[int]]], ids: Sequence[str]) -> list[Round]:
    return [tuple(tuple(sorted(ids[one] for one in table)) for table in round) for round in found]


def goals(rooms: int) -> Iterator[list[str]]:
    """What `samenraad seat` promises of 100 people, 10 tables, 5 rounds and 5 fields, in several rooms."""
    made = [timed(lambda nr=nr: seated(GOAL, room_seed=nr)) for nr in range(1, rooms + 1)]
    found = [seating.quality for seating, _seconds in made]
    least, most = min(float(one.share) for one in found), max(seconds for _seating, seconds in made)
    yield _goal("new pairs at least 0.90", f"{least:.3f}", least >= 0.90)
    yield _goal(
        "worst gap at most 1", str(max(one.worst_gap for one in found)), all(one.worst_gap <= 1 for one in found)
    )
    yield _goal("alone at most 3", str(max(one.alone for one in found)), all(one.alone <= 3 for one in found))
    yield _goal("in at most 5 CPU seconds", f"{most:.1f}", most <= 5)
    yield _goal("in no figure worse than the random draw", f"{rooms} rooms", all(_no_worse(one) for one, _s in made))
    kept, share, seconds = wishes_kept()
    yield _goal("people kept together and apart: 100 %", f"{kept} (new {share:.3f}, {seconds:.1f} s)", kept == "100 %")
    moved = [absentees(made[0][0], seed) for seed in range(20)]
    yield _goal("3 absentees: at most 6 people moved", f"at most {max(moved)}", max(moved) <= 6)
    again = seated(GOAL)
    yield _goal("the seed reproduces it", "equal", again.rounds == made[0][0].rounds)


def _goal(goal: str, found: str, reached: bool) -> list[str]:
    return [goal, found, "reached" if reached else "MISSED"]


def _no_worse(seating: groups.Seating) -> bool:
    return seating.draw is not None and seating.quality.no_worse_than(seating.draw)


def wishes_kept() -> tuple[str, float, float]:
    """Ten pairs together, ten apart, five hosts, three who need access, a minority never alone."""
    room = room_of(GOAL)
    ids = list(room)
    wishes = [
        *(groups.together(ids[nr], ids[nr + 10]) for nr in range(10)),
        *(groups.apart(ids[nr], ids[nr + 10]) for nr in range(20, 30)),
        *(groups.host(ids[nr]) for nr in range(40, 45)),
        *(groups.needs_access(ids[nr]) for nr in range(50, 53)),
        groups.never_alone("f3", "v2"),
    ]
    seating, seconds = timed(lambda: seated(GOAL, wishes=wishes, accessible=(1, 2)))
    every = len(wishes) * len(seating.rounds)
    lost = sum(len(broken(wishes, round, room, (1, 2))) for round in seating.rounds)
    return f"{100 * (every - lost) / every:g} %", float(seating.quality.share), seconds


def absentees(seating: groups.Seating, seed: int) -> int:
    """How many times somebody changes tables over all rounds, when three do not come."""
    room = room_of(GOAL)
    gone = Random(seed).sample(sorted(room), 3)
    return sum(move.before is not None for move in groups.reseat(seating, room, next_round=1, absent=gone).moves)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="case", help=f"any of: {'; '.join(CASES)}; else all")
    parser.add_argument("--tries", type=int, nargs="+", default=[600_000, 3_000_000], help="of our own search")
    parser.add_argument("--rooms", type=int, default=5, help="how many rooms for the goals")
    parser.add_argument("--limit", type=int, default=20, help="seconds for each algorithm of the peer")
    parser.add_argument("--peer", help="a Python that has groupselect")
    parser.add_argument("--markdown", action="store_true", help="tables for a document")
    options = parser.parse_args()
    if set(options.cases) - set(CASES):
        parser.error(f"there is no case {', '.join(sorted(set(options.cases) - set(CASES)))}")
    rows = [row for case in options.cases or CASES for row in rows_of(case, options)]
    print(table(HEAD, rows, options.markdown) + "\n")
    print(table(["goal", "found", ""], list(goals(options.rooms)), options.markdown))
    if not options.peer:
        print("\nNOT MEASURED: groupselect. Name a Python that has it: --peer")


if __name__ == "__main__":
    main()
