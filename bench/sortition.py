"""How fast and how fair is a draw, beside sortition-algorithms? `make bench`, or
`python bench/sortition.py mass cca --limit 400 --markdown`.

Every method on every draw in a process of its own, on one processor. CPU seconds around the call itself, after all
imports, and in brackets those of the whole process; the largest memory of that process. `leximin` is ours: the time
without making the 1000 panels, which stands in a column of its own. `ratio` is the time beside our leximin's.
The peer is the PyPI package sortition-algorithms, its maximin, with HiGHS (its default) and with CBC (its quickest).
It is not needed: `make bench PEER=1` installs it in var/peer, or `--peer` names a Python that has it.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.one_draw import OURS, PEER, Found, Job  # noqa: E402

HEAD = ["draw", "n", "k", "types", "method", "CPU s", "ratio", "MiB", "lowest", "geo mean", "Gini", "proven", "gap"]
HEAD += ["m=1000: s", "max change", "lowest kept", "order"]
SAME = 1e-6
#: CPU seconds for leximin on these sizes
AT_MOST = {"cca": 1.0, "synthetic_cca_75": 1.0, "example_large": 1.0, "example_large_200": 1.0}
AT_MOST |= {"sf_e": 20.0, "synthetic_sf_e_110": 20.0}

#: per method what a run found, or in words why it found nothing
Answers = dict[str, Found | str]


@dataclass(frozen=True)
class Draw:
    """A draw with what is known of it from outside: the number of types, the least highest chance."""

    name: str
    job: Job
    types: int
    least_highest: float


def draw_of(name: str) -> Draw:
    from bench.instances import instance
    from samenraad.methods.sortition.problem import pose

    made = instance(name)
    limits: dict[str, dict[str, tuple[int, int]]] = {
        category: {one.features[category]: (0, made.seats) for one in made.pool.candidates}
        for category in made.quotas.categories
    }
    for quota in made.quotas:
        category, value = quota.where[0]
        limits[category][value] = quota.min, quota.max
    people = {one.id: dict(one.features) for one in made.pool.candidates}
    problem = pose(made.pool, made.quotas, made.seats)
    job = {"people": people, "limits": limits, "seats": made.seats}
    return Draw(name, job, len(problem.types), least_highest(problem))


def least_highest(problem: Any) -> float:
    """No lottery has a lower highest chance than this: a linear programme over the types."""
    import numpy as np

    from samenraad.methods.sortition.linear import INFINITY, Programme

    types = len(problem.types)
    seats = np.append(np.ones(types), 0.0)
    rows = np.vstack([np.column_stack([problem.rows, np.zeros(len(problem.rows))]), seats])
    below = np.column_stack([-np.eye(types), problem.sizes])
    low = [*problem.low, problem.open_seats, *np.zeros(types)]
    high = [*problem.high, problem.open_seats, *np.full(types, INFINITY)]
    upper = np.append(problem.capacity, 1.0)
    return Programme(np.vstack([rows, below]), low, high, upper=upper, cost=seats == 0).solve().value


def measure(draw: Draw, method: str, options: argparse.Namespace) -> Found | str:
    """What one run found, or in words why it found nothing."""
    python = sys.executable if method in OURS else options.peer
    job = {**draw.job, "method": method, "limit": options.limit}
    environment = os.environ | {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [str(python), str(ROOT / "bench/one_draw.py")]
    done = subprocess.run(command, input=json.dumps(job), env=environment, capture_output=True, text=True, cwd=ROOT)
    if done.returncode == 0:
        found: Found = json.loads(done.stdout.splitlines()[-1])
        return found
    if -done.returncode in (signal.SIGXCPU, signal.SIGKILL):
        return f"stopped at {options.limit} s"
    return (done.stderr.strip().splitlines() or ["no answer"])[-1][:40]


def known(answers: Answers, method: str) -> Found | None:
    found = answers.get(method)
    return None if isinstance(found, str) else found


def figures_of(chances: Iterable[float]) -> list[str]:
    from samenraad.methods.sortition.figures import figures

    found = figures(min(1.0, max(0.0, chance)) for chance in chances)
    return [f"{100 * found.lowest:.4f}%", f"{100 * found.geometric_mean:.4f}%", f"{found.gini:.4f}"]


def in_order(ours: Iterable[float], theirs: Iterable[float]) -> bool:
    """Whether ours is not worse in the leximin order: at the first difference from below, ours is higher."""
    pairs = zip(sorted(ours), sorted(theirs), strict=True)
    return next((one > other for one, other in pairs if abs(one - other) > SAME), True)


def row_of(draw: Draw, method: str, answers: Answers) -> list[str]:
    sizes = [draw.name, str(len(draw.job["people"])), str(draw.job["seats"]), str(draw.types), method]
    found, leximin = answers[method], known(answers, "leximin")
    if isinstance(found, str):
        return [*sizes, found, *[""] * (len(HEAD) - len(sizes) - 1)]
    ratio = f"{found['seconds'] / leximin['seconds']:.1f}" if leximin else ""
    row = [*sizes, f"{found['seconds']:.2f} ({found['total']:.2f})", ratio, f"{found['peak']:.0f}"]
    row += figures_of(found["chances"].values())
    if method not in OURS:
        better = in_order(leximin["chances"].values(), found["chances"].values()) if leximin else None
        return [*row, *[""] * 5, {True: "not above ours", False: "ABOVE OURS", None: ""}[better]]
    kept = min(found["published"].values()) / max(min(found["chances"].values()), 1e-12)
    row += ["yes" if found["proven"] else "NO", f"{found['gap']:.0e}", f"{found['rounding']:.2f}"]
    return [*row, f"{found['change']:.5f}", f"{kept:.3f}", f"{found['broken']} broken"]


def balance(draw: Draw, answers: Answers) -> list[str]:
    """Lowest beside the best lowest (leximin's), and highest beside the least highest (a bound), per method."""
    return [f"{number:.3f}" for method in OURS for number in _balance(draw, answers, method)] or [""] * 4


def _balance(draw: Draw, answers: Answers, method: str) -> list[float]:
    best, found = known(answers, "leximin"), known(answers, method)
    if best is None or found is None:
        return []
    chances, lowest = found["chances"].values(), min(best["chances"].values())
    return [min(chances) / lowest if lowest else 1.0, max(chances) / draw.least_highest]


# --- the goals: True where reached, or where there is nothing to compare with --------------------------------------


def proven(draw: Draw, answers: Answers, limit: float) -> bool:
    found = known(answers, "leximin")
    return found is not None and found["proven"] and found["gap"] <= SAME


def not_below_peer(draw: Draw, answers: Answers, limit: float) -> bool:
    ours, theirs = known(answers, "leximin"), [known(answers, peer) for peer in PEER]
    return ours is not None and all(
        in_order(ours["chances"].values(), one["chances"].values()) for one in theirs if one
    )


def _peer_seconds(answers: Answers, peer: str, limit: float) -> float | None:
    """At least so many: a run that was stopped took all it was given."""
    found = answers.get(peer)
    if isinstance(found, str):
        return limit if found.startswith("stopped") else None
    return found["seconds"] if found else None


def tenfold(draw: Draw, answers: Answers, limit: float) -> bool:
    ours, theirs = known(answers, "leximin"), _peer_seconds(answers, "peer maximin HiGHS", limit)
    return ours is not None and (theirs is None or theirs <= 5 or ours["seconds"] * 10 <= theirs)


def not_slower(draw: Draw, answers: Answers, limit: float) -> bool:
    ours, theirs = known(answers, "leximin"), _peer_seconds(answers, "peer maximin CBC", limit)
    return ours is not None and (theirs is None or ours["seconds"] <= theirs)


def in_time(draw: Draw, answers: Answers, limit: float) -> bool:
    ours, most = known(answers, "leximin"), AT_MOST.get(draw.name.removeprefix("shared/"), limit)
    return ours is not None and ours["seconds"] <= most


def small(draw: Draw, answers: Answers, limit: float) -> bool:
    return all(found is not None and found["peak"] <= 250 for found in (known(answers, one) for one in OURS))


def rounded_well(draw: Draw, answers: Answers, limit: float) -> bool:
    found = known(answers, "leximin")
    if found is None or found["broken"] or found["change"] > 0.001:
        return False
    return bool(min(found["published"].values()) >= 0.99 * min(found["chances"].values()))


def balanced(draw: Draw, answers: Answers, limit: float) -> bool:
    found = _balance(draw, answers, "goldilocks")
    return bool(found) and found[0] >= 0.7 and found[1] <= 1.4


GOALS: dict[str, Callable[[Draw, Answers, float], bool]] = {
    "leximin is proven, gap at most 1e-6": proven,
    "never below the peer in the leximin order": not_below_peer,
    "a tenth of the time of the peer with HiGHS, where that takes over 5 s": tenfold,
    "never slower than the peer with CBC": not_slower,
    "cca and example_large within 1 s, sf_e within 20 s": in_time,
    "at most 250 MiB": small,
    "1000 panels: no change over 0.001, lowest kept for 0.99, every panel meets every quota": rounded_well,
    "goldilocks: lowest at least 0.7 of the best, highest at most 1.4 of the least": balanced,
}


def table(head: Sequence[str], rows: Sequence[Sequence[str]], markdown: bool) -> str:
    lines = [list(head), *([["---"] * len(head)] if markdown else []), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    left, between, right = ("| ", " | ", " |") if markdown else ("", "  ", "")
    return "\n".join(
        left + between.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + right
        for line in lines
    )


def has_peer(python: Path) -> str:
    """Nothing when the peer is there, otherwise why not."""
    try:
        done = subprocess.run([python, "-c", "import sortition_algorithms, mip"], capture_output=True, text=True)
    except OSError as error:
        return str(error)
    return (done.stderr.strip().splitlines() or [""])[-1]


def main() -> None:
    from bench.instances import names

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("draws", nargs="*", metavar="draw", help=f"any of: {', '.join(names())}; else all")
    parser.add_argument("--limit", type=int, default=400, help="CPU seconds for one run")
    parser.add_argument("--markdown", action="store_true", help="tables for a document")
    parser.add_argument("--no-peer", action="store_true", help="only our own methods")
    parser.add_argument("--peer", type=Path, help="a Python that has sortition-algorithms")
    options = parser.parse_args()
    unknown = set(options.draws) - set(names())
    if unknown:
        parser.error(f"there is no draw {', '.join(sorted(unknown))}")
    methods = [*OURS, *_peers(options)]
    rows, balances = [], []
    missed: dict[str, list[str]] = {goal: [] for goal in GOALS}
    for name in options.draws or names():
        draw = draw_of(name)
        found: Answers = {}
        for method in methods:
            found[method] = measure(draw, method, options)
            rows.append(row_of(draw, method, found))
            print("  ".join(rows[-1]), file=sys.stderr, flush=True)
        balances.append([name, *balance(draw, found)])
        for goal, reached in GOALS.items():
            missed[goal] += [] if reached(draw, found, options.limit) else [name]
    print(table(HEAD, rows, options.markdown))
    best = ["lowest / best lowest", "highest / least highest"]
    print("\n" + table(["draw", *(f"{one}: {part}" for one in OURS for part in best)], balances, options.markdown))
    verdicts = [[goal, f"missed: {', '.join(where)}" if where else "reached"] for goal, where in missed.items()]
    print("\n" + table(["goal", f"on {len(balances)} draws"], verdicts, options.markdown))


def _peers(options: argparse.Namespace) -> list[str]:
    if options.no_peer:
        return []
    installed = ROOT / "var/peer/bin/python"
    options.peer = options.peer or (installed if installed.exists() else Path(sys.executable))
    trouble = has_peer(options.peer)
    if trouble:
        print(f"\nNOT MEASURED: sortition-algorithms is not there ({trouble}). make bench PEER=1\n", file=sys.stderr)
        return []
    return list(PEER)


if __name__ == "__main__":
    main()
