"""How fast is a neighbourhood budget, beside pabutools? `python bench/budget.py [FILE.pb ...] --peer PYTHON`.

Every rule on every election in a process of its own, on one processor: CPU seconds of the rule (the median of
`--times` runs), seconds to read the file, the largest memory of the process, and the winners, which must be the same
for both. Without files the elections of Pabulib beside this clone are taken, and one that is made up. The peer is the
PyPI package pabutools, with gmpy2 as it advises and equal ballots counted once; `--peer` names a Python that has it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "pb"

#: rule -> our settings. The peer has the same by the same name, in `peer_rule`.
RULES: dict[str, dict[str, Any]] = {
    "MES cost": {},
    "MES votes": {"utility": "votes"},
    "MES cost + Add1u": {"completion": "add1u"},
    "MES cost + Add1(o)": {"completion": "add1", "stop": "overspend"},
    "greedy": {"rule": "greedy"},
    "greedy density": {"rule": "greedy", "score": "votes-per-cost"},
    "Phragmén": {"rule": "phragmen"},
}
LARGE = ("Poland_Lodz_2022", "Hungary_Budapest_2024")
#: goals on the largest: so many times faster, and this part of the memory
FASTER, MEMORY = 100, 0.2
Found = dict[str, Any]


def our_run(path: str, rule: str, times: int) -> Found:
    sys.path.insert(0, str(ROOT / "src"))
    from samenraad.methods.budgeting.count import winners
    from samenraad.methods.budgeting.pb.reading import read_pb
    from samenraad.methods.budgeting.settings import Settings

    began = time.process_time()
    instance = read_pb(path).instance
    settings = Settings(ties=("cost", "votes", "list"), **RULES[rule])
    return measured(lambda: winners(instance, settings), times, time.process_time() - began)


def peer_run(path: str, rule: str, times: int) -> Found:
    from pabutools.election import parse_pabulib

    began = time.process_time()
    instance, profile = parse_pabulib(path)
    for project in [one for one in instance if one.cost > instance.budget_limit]:
        instance.remove(project)
        for ballot in profile:
            ballot.discard(project)
    listed = {name: place for place, name in enumerate(listed_in(path))}
    multi = profile.as_multiprofile()
    return measured(lambda: peer_rule(rule, instance, multi, listed), times, time.process_time() - began)


def peer_rule(rule: str, instance: Any, profile: Any, listed: dict[str, int]) -> list[str]:
    from pabutools.election import Cardinality_Sat, Cost_Sat
    from pabutools.rules import (
        exhaustion_by_budget_increase,
        greedy_utilitarian_welfare,
        method_of_equal_shares,
        sequential_phragmen,
    )
    from pabutools.tiebreaking import TieBreakingRule

    def place(_instance: Any, votes: Any, project: Any) -> tuple[Any, ...]:
        return project.cost, -votes.approval_score(project), listed[project.name]

    ties = TieBreakingRule(place)
    equal = {"tie_breaking": ties, "sat_class": Cost_Sat}
    if rule == "Phragmén":
        won = sequential_phragmen(instance, profile, tie_breaking=ties)
    elif rule.startswith("greedy"):
        measure = Cost_Sat if rule == "greedy" else Cardinality_Sat
        won = greedy_utilitarian_welfare(instance, profile, sat_class=measure, tie_breaking=ties)
    elif rule == "MES votes":
        won = method_of_equal_shares(instance, profile, sat_class=Cardinality_Sat, tie_breaking=ties)
    elif rule == "MES cost":
        won = method_of_equal_shares(instance, profile, **equal)
    elif rule == "MES cost + Add1u":
        first = method_of_equal_shares(instance, profile, voter_budget_increment=1, **equal)
        won = greedy_utilitarian_welfare(instance, profile, initial_budget_allocation=first, **equal)
    else:
        step = profile.num_ballots()
        won = exhaustion_by_budget_increase(
            instance, profile, method_of_equal_shares, equal, budget_step=step, exhaustive_stop=False
        )
    return [project.name for project in won]


def listed_in(path: str) -> list[str]:
    """The projects in the order of the file."""
    rows = Path(path).read_text(encoding="utf-8").splitlines()
    first = rows.index("PROJECTS") + 1
    place = rows[first].split(";").index("project_id")
    return [row.split(";")[place].strip() for row in rows[first + 1 : rows.index("VOTES")]]


def measured(work: Any, times: int, read: float) -> Found:
    seconds, won = [], []
    for _ in range(times):
        began = time.process_time()
        won = work()
        seconds.append(time.process_time() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": statistics.median(seconds), "read": read, "MiB": peak, "winners": sorted(won)}


def one(python: str, who: str, path: Path, rule: str, options: argparse.Namespace) -> Found | str:
    """In a process of its own; in words why not."""
    command = [python, __file__, "--one", who, rule, "--times", str(options.times), str(path)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=options.limit)
    except subprocess.TimeoutExpired:
        return f"> {options.limit} s"
    if done.returncode:
        return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit {done.returncode}"
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def has_peer(python: str) -> bool:
    try:
        return subprocess.run([python, "-c", "import pabutools"], capture_output=True).returncode == 0
    except OSError:
        return False


def made_up(folder: Path) -> Path:
    """A town of 3,000 voters and 60 projects, for where no other data is at hand."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    from samenraad.methods.budgeting import from_instance, write_pb
    from samenraad.methods.budgeting.tests.instances import town

    path = folder / "made_up_town.pb"
    write_pb(from_instance(town(3000, 60, 1)), path)
    return path


def compare(path: Path, rule: str, options: argparse.Namespace) -> tuple[list[str], list[str]]:
    """A row of the table, and what is wrong with it."""
    ours = one(sys.executable, "ours", path, rule, options)
    peer: Found | str = one(str(options.peer), "peer", path, rule, options) if options.peer else "no peer"
    row, wrong = [path.stem, rule], []
    for found in (ours, peer):
        row += (
            ["-", "-", found]
            if isinstance(found, str)
            else [
                f"{found['seconds']:.4f}",
                f"{found['read']:.2f}",
                f"{found['MiB']:.0f}",
            ]
        )
    if isinstance(ours, str):
        return [*row, "-", "-", "-", "-"], [f"{path.stem}, {rule}: {ours}"]
    sign = hashlib.sha256(",".join(ours["winners"]).encode()).hexdigest()[:12]
    if isinstance(peer, str):
        return [*row, "-", "-", f"{len(ours['winners'])} {sign}", "not compared"], wrong
    times, part = peer["seconds"] / max(ours["seconds"], 1e-6), ours["MiB"] / peer["MiB"]
    same = ours["winners"] == peer["winners"]
    if not same:
        wrong.append(f"{path.stem}, {rule}: other winners than the peer")
    if path.stem in LARGE and rule.startswith("MES") and (times < FASTER or part > MEMORY):
        wrong.append(f"{path.stem}, {rule}: {times:.0f} times faster with {part:.2f} of the memory misses the goal")
    return [*row, f"{times:.0f}", f"{part:.2f}", f"{len(ours['winners'])} {sign}", "same" if same else "OTHER"], wrong


def options_of() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rule", action="append", choices=list(RULES))
    parser.add_argument("--peer", type=Path, help="a Python that has pabutools")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300, help="seconds for one process")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    options = options_of()
    if options.one:
        who, rule = options.one
        print(json.dumps((our_run if who == "ours" else peer_run)(str(options.files[0]), rule, options.times)))
        return 0
    default = ROOT / "var" / "peer" / "bin" / "python"
    options.peer = next((one for one in (options.peer, default) if one and has_peer(str(one))), None)
    head = ["election", "rule", "ours s", "read s", "MiB", "peer s", "read s", "MiB", "times", "memory", "winners", ""]
    wrong: list[str] = []
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    with tempfile.TemporaryDirectory() as folder:
        for path in options.files or [made_up(Path(folder)), *sorted(DATA.glob("*.pb"))]:
            for rule in options.rule or RULES:
                row, more = compare(path, rule, options)
                wrong += more
                print("| " + " | ".join(row) + " |", flush=True)
    if options.peer is None:
        print("\nNOTHING WAS COMPARED: no Python with pabutools was found. pip install pabutools gmpy2, and --peer.")
    for line in wrong:
        print("MISSED: " + line)
    return 1 if any("other winners" in line for line in wrong) else 0


if __name__ == "__main__":
    sys.exit(main())
