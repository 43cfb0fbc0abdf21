"""How fast is a count, beside pref_voting and pyrankvote? `python bench/votes.py --markdown`.

100,000 ballots on 12 options: everybody ranks 3 to 12 of them, in an order of their own around a common one, so that
nearly all ballots differ; and the same number of ballots of which only a few hundred differ. Every program in a process
of its own, on one processor, the median of some runs: CPU seconds after all imports, and the largest memory of the
process. What a peer does not have stays empty. `--agree N` compares winner sets on N small votes with ties and short
ballots as well.

The peers are not needed: make an environment with `pip install pref_voting pyrankvote`, and name its Python with
`--peer`. Without it the script says loudly what it did not compare.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SEED, SEATS, SAMPLES = "Three hats and a goose", 4, 100
RULES = ("plurality", "borda", "modified borda", "condorcet", "schulze", "ranked pairs", "minimax", "irv", "stv")
EXPLAINED = ("other rules", "how close", "stayed at home", "without each")
STEPS = ("load", *RULES, *EXPLAINED)

Steps = dict[str, Callable[[], Any]]


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak() -> float:
    """MiB, of this process only."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if "VmHWM" in line) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# the ballots


def write_votes(path: Path, ballots: int, options: int, kinds: int) -> None:
    """A column per option with places, and a neighbourhood. `kinds` different ballots at most; 0: all apart."""
    chance = random.Random(7)
    places = ["North", "South", "East", "West"]
    made = [_ballot(chance, options) for _kind in range(kinds or ballots)]
    with path.open("w") as file:
        file.write(",".join([f"option {n + 1}" for n in range(options)] + ["neighbourhood"]) + "\n")
        for number in range(ballots):
            row = made[number] if not kinds else chance.choice(made)
            file.write(f"{row},{chance.choice(places)}\n")


def _ballot(chance: random.Random, options: int) -> str:
    liked = sorted(range(options), key=lambda n: n + chance.gauss(0, 8))
    ranked = liked[: chance.randint(3, options)]
    return ",".join(str(ranked.index(n) + 1) if n in ranked else "" for n in range(options))


# one program, in its own process


def work(program: str, path: str, limit: int) -> dict[str, Any]:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    steps = {"ours": _ours, "pref_voting": _pref_voting, "pyrankvote": _pyrankvote}[program](path)
    seconds, winners = {}, {}
    for name, step in steps.items():
        start = cpu()
        found = step()
        seconds[name] = cpu() - start
        winners[name] = found if name in RULES else None
        print(json.dumps({"seconds": seconds, "winners": winners, "peak": peak()}), flush=True)
    return {}


def _ours(path: str) -> Steps:
    from samenraad.methods import tally
    from samenraad.methods.tally.explain.abstention import abstention, without_each
    from samenraad.methods.tally.explain.compare import compare
    from samenraad.methods.tally.explain.margin import margin
    from samenraad.methods.tally.reading.rankings import read_rankings

    have: dict[str, Any] = {}

    def load() -> None:
        have["full"] = read_rankings(path)
        have["all"] = have["full"].without_strata()

    def count(rule: Callable[..., Any], **settings: Any) -> Callable[[], list[str]]:
        return lambda: sorted((found := rule(have["all"], SEED, **settings)).elected or found.winners)

    def schulze(ballots: Any) -> Any:
        return tally.schulze(ballots, SEED)

    named: dict[str, Callable[..., Any]] = {name: getattr(tally, name.replace(" ", "_")) for name in RULES}
    rules = {name: count(rule, **({"seats": SEATS} if name == "stv" else {})) for name, rule in named.items()}
    shares = [Fraction(1, 10), Fraction(3, 10), Fraction(1, 2)]
    return {
        "load": load,
        **rules,
        "other rules": lambda: compare(have["all"], SEED),
        "how close": lambda: margin(have["all"], schulze(have["all"]), schulze),
        "stayed at home": lambda: [
            abstention(have["all"], schulze, SEED, share=share, samples=SAMPLES) for share in shares
        ],
        "without each": lambda: without_each(have["full"], schulze),
    }


def _rows(path: str) -> tuple[list[str], list[list[str]]]:
    import csv

    with Path(path).open() as file:
        rows = list(csv.reader(file))
    return rows[0][:-1], [row[:-1] for row in rows[1:]]


def _pref_voting(path: str) -> Steps:
    import pref_voting.voting_methods as known
    from pref_voting.profiles_with_ties import ProfileWithTies

    have: dict[str, Any] = {}

    def load() -> None:
        names, rows = _rows(path)
        rankings = [{n: int(cell) for n, cell in enumerate(row) if cell} for row in rows]
        have["names"] = names
        have["all"] = ProfileWithTies(rankings, candidates=list(range(len(names))))
        have["all"].use_extended_strict_preference()

    def count(rule: Callable[..., list[int]]) -> Callable[[], list[str]]:
        return lambda: sorted(have["names"][n] for n in rule(have["all"]))

    def winning(rule: Callable[..., list[int]]) -> Callable[..., list[int]]:
        return lambda profile: rule(profile, strength_function=profile.support)

    return {
        "load": load,
        "plurality": count(known.plurality),
        "borda": count(known.borda_for_profile_with_ties),
        "condorcet": count(lambda profile: [w for w in [profile.condorcet_winner()] if w is not None]),
        "schulze": count(winning(known.beat_path)),
        "ranked pairs": count(winning(known.ranked_pairs)),
        "minimax": count(winning(known.minimax)),
        "irv": count(known.instant_runoff_for_truncated_linear_orders),
    }


def _pyrankvote(path: str) -> Steps:
    from pyrankvote import Ballot, Candidate, instant_runoff_voting, single_transferable_vote

    have: dict[str, Any] = {}

    def load() -> None:
        names, rows = _rows(path)
        have["options"] = [Candidate(name) for name in names]
        have["all"] = [
            Ballot([have["options"][n] for _place, n in sorted((int(c), n) for n, c in enumerate(row) if c)])
            for row in rows
        ]

    def elected(found: Any) -> list[str]:
        return sorted(one.name for one in found.get_winners())

    return {
        "load": load,
        "irv": lambda: elected(instant_runoff_voting(have["options"], have["all"])),
        "stv": lambda: elected(single_transferable_vote(have["options"], have["all"], number_of_seats=SEATS)),
    }


# the comparison


def measure(program: str, path: Path, options: argparse.Namespace) -> dict[str, Any] | str:
    """The median of some runs; in words why there is none."""
    python = sys.executable if program == "ours" else options.peer
    environment = os.environ | {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [str(python), str(Path(__file__).resolve()), "--work", program, str(path), "--limit", str(options.limit)]
    runs = []
    for _run in range(options.runs if program == "ours" else options.peer_runs):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)
        lines = done.stdout.splitlines()
        if not lines:
            return (done.stderr.strip().splitlines() or ["no answer"])[-1][:60]
        runs.append(json.loads(lines[-1]))
        if done.returncode:
            break
    seconds = {name: statistics.median(run["seconds"][name] for run in runs) for name in runs[-1]["seconds"]}
    return {"seconds": seconds, "winners": runs[-1]["winners"], "peak": statistics.median(run["peak"] for run in runs)}


def rows_of(found: dict[str, dict[str, Any] | str]) -> list[list[str]]:
    rows = [["CPU s", *found]]
    for step in STEPS:
        rows.append([step, *(_cell(one, step, found["ours"]) for one in found.values())])
    sums = [_sum(one) for one in found.values()]
    return [*rows, ["all of these", *sums], ["peak MiB", *(_peak(one) for one in found.values())]]


def _cell(one: dict[str, Any] | str, step: str, ours: dict[str, Any] | str) -> str:
    if isinstance(one, str):
        return one if step == "load" else ""
    if step not in one["seconds"]:
        return ""
    same = isinstance(ours, dict) and one["winners"].get(step) == ours["winners"].get(step)
    return f"{one['seconds'][step]:.3f}{'' if same else ' (other winners)'}"


def _sum(one: dict[str, Any] | str) -> str:
    return "" if isinstance(one, str) else f"{sum(one['seconds'].values()):.2f}"


def _peak(one: dict[str, Any] | str) -> str:
    return "" if isinstance(one, str) else f"{one['peak']:.0f}"


def show(rows: list[list[str]], markdown: bool) -> None:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for place, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("| " + " | ".join(cells) + " |" if markdown else "  ".join(cells).rstrip())
        if markdown and place == 0:
            print("|" + "|".join("---" for _cell in row) + "|")
    print()


# do they agree?


def small_votes(many: int) -> list[dict[str, Any]]:
    """Up to 60 voters and 6 options, with ties and short ballots."""
    chance, votes = random.Random(19), []
    for _vote in range(many):
        m = chance.randint(2, 6)
        ballots = []
        for _ballot in range(chance.randint(1, 7)):
            ranked = chance.sample(range(m), chance.randint(1, m))
            places, place = {}, 0
            for option in ranked:
                place += not places or chance.random() > 0.2
                places[str(option)] = place
            ballots.append([places, chance.randint(1, 8)])
        votes.append({"options": m, "ballots": ballots})
    return votes


def ours_of(vote: dict[str, Any]) -> dict[str, list[int]]:
    from samenraad.methods import tally

    options = [str(n) for n in range(vote["options"])]
    cast = []
    for places, voters in vote["ballots"]:
        groups = [[o for o, at in places.items() if at == place] for place in sorted(set(places.values()))]
        cast.append((groups, voters))
    ballots = tally.Ranked.of(options, cast)
    found = {"borda": tally.borda(ballots, SEED), "condorcet": tally.condorcet(ballots, SEED)}
    for kind in ("winning", "margins"):
        found[f"schulze {kind}"] = tally.schulze(ballots, SEED, strength=kind)
        found[f"minimax {kind}"] = tally.minimax(ballots, SEED, strength=kind)
    if vote["options"] < 5:
        found["ranked pairs margins"] = tally.ranked_pairs(ballots, SEED, strength="margins")
    return {name: sorted(int(o) for o in result.winners) for name, result in found.items()}


def theirs_of(vote: dict[str, Any]) -> dict[str, list[int]]:
    import pref_voting.voting_methods as known
    from pref_voting.profiles_with_ties import ProfileWithTies

    rankings = [{int(o): at for o, at in places.items()} for places, _voters in vote["ballots"]]
    counts = [voters for _places, voters in vote["ballots"]]
    profile = ProfileWithTies(rankings, rcounts=counts, candidates=list(range(vote["options"])))
    profile.use_extended_strict_preference()
    pairs = range(vote["options"])
    points = {i: sum(profile.margin(i, j) for j in pairs if j != i) for i in pairs}
    winner = profile.condorcet_winner()
    found = {
        "borda": [i for i in pairs if points[i] == max(points.values())],
        "condorcet": [] if winner is None else [winner],
        "schulze margins": known.beat_path(profile),
        "minimax margins": known.minimax(profile),
        "schulze winning": known.beat_path(profile, strength_function=profile.support),
        "minimax winning": known.minimax(profile, strength_function=profile.support),
    }
    if vote["options"] < 5:
        found["ranked pairs margins"] = known.ranked_pairs(profile)
    return {name: sorted(int(o) for o in winners) for name, winners in found.items()}


def agree(options: argparse.Namespace) -> None:
    votes = small_votes(options.agree)
    command = [str(options.peer), str(Path(__file__).resolve()), "--theirs"]
    done = subprocess.run(command, input=json.dumps(votes), capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        print("NOT COMPARED: " + (done.stderr.strip().splitlines() or ["no answer"])[-1])
        return
    found = list(zip(map(ours_of, votes), json.loads(done.stdout.splitlines()[-1]), strict=True))
    rows = [["winner sets", "votes", "the same"]]
    for name in found[0][0] | {"ranked pairs margins": []}:
        here = [(a[name], b[name]) for a, b in found if name in a and name in b]
        rows.append([name, str(len(here)), str(sum(a == b for a, b in here))])
    show(rows, options.markdown)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", default=str(ROOT / "var/peer/bin/python"), help="a Python that has the peers")
    parser.add_argument("--ballots", type=int, default=100_000)
    parser.add_argument("--options", type=int, default=12)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peer-runs", type=int, default=1)
    parser.add_argument("--limit", type=int, default=300, help="CPU seconds for one process")
    parser.add_argument("--agree", type=int, default=0, help="also compare winner sets on so many small votes")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--theirs", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(*options.work, options.limit)
        return 0
    if options.theirs:
        print(json.dumps([theirs_of(vote) for vote in json.load(sys.stdin)]))
        return 0
    compare(options)
    return 0


def compare(options: argparse.Namespace) -> None:
    peers = ["pref_voting", "pyrankvote"] if Path(options.peer).exists() else []
    if not peers:
        print(f"NOT COMPARED with pref_voting and pyrankvote: there is no {options.peer}. Name one with --peer.\n")
    with tempfile.TemporaryDirectory() as folder:
        for title, kinds in (("all ballots apart", 0), ("300 kinds of ballots", 300)):
            path = Path(folder) / f"{kinds}.csv"
            write_votes(path, options.ballots, options.options, kinds)
            print(f"{options.ballots:,} ballots, {options.options} options, {title}\n")
            show(rows_of({name: measure(name, path, options) for name in ["ours", *peers]}), options.markdown)
    if options.agree and peers:
        agree(options)


if __name__ == "__main__":
    sys.exit(main())
