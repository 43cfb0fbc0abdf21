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
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.one_draw import OURS, PEER, Found  # noqa: E402
from bench.sortition_goals import BESIDE_PEER, GOALS, Answers, Draw, balance_possible, in_order, known, ratios  # noqa: E402

HEAD = ["draw", "n", "k", "types", "method", "CPU s", "ratio", "MiB", "lowest", "geo mean", "Gini", "proven", "gap"]
HEAD += ["m=1000: s", "max change", "lowest kept", "order"]
BALANCE = ["draw", *(f"{one}: {part}" for one in OURS for part in ("lowest / best lowest", "highest / least highest"))]
BALANCE += ["0.7 and 1.4 possible"]
LIES = ["draw", "method", "kinds of people", "lies", "largest gain", "mean gain"]


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
    # where theory tells the answer (rings, planes, examples) it has the least highest chance too
    least = max(made.leximin.values()) if made.leximin else least_highest(problem)
    return Draw(name, job, len(problem.types), least, made.leximin, partial(between, problem))


def least_highest(problem: Any) -> float:
    """No lottery has a lower highest chance than this: a linear programme over the types."""
    import numpy as np

    from samenraad.methods.linear import INFINITY, Programme

    types = len(problem.types)
    seats = np.append(np.ones(types), 0.0)
    rows = np.vstack([np.column_stack([problem.rows, np.zeros(len(problem.rows))]), seats])
    below = np.column_stack([-np.eye(types), problem.sizes])
    low = [*problem.low, problem.open_seats, *np.zeros(types)]
    high = [*problem.high, problem.open_seats, *np.full(types, INFINITY)]
    upper = np.append(problem.capacity, 1.0)
    return Programme(np.vstack([rows, below]), low, high, upper=upper, cost=seats == 0).solve().value


def between(problem: Any, lowest: float, highest: float) -> bool:
    """Whether fractions of people can give everybody a chance between these two."""
    import numpy as np

    from samenraad.methods.linear import Infeasible, Programme

    rows = np.vstack([problem.rows, np.ones(len(problem.types))])
    upper = np.minimum(problem.capacity, highest * problem.sizes)
    low, high = [*problem.low, problem.open_seats], [*problem.high, problem.open_seats]
    try:
        Programme(rows, low, high, lower=lowest * problem.sizes, upper=upper).solve()
    except Infeasible:
        return False
    return True


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


def figures_of(chances: Iterable[float]) -> list[str]:
    from samenraad.methods.sortition.report.figures import figures

    found = figures(min(1.0, max(0.0, chance)) for chance in chances)
    return [f"{100 * found.lowest:.4f}%", f"{100 * found.geometric_mean:.4f}%", f"{found.gini:.4f}"]


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
    told = [f"{number:.3f}" for method in OURS for number in ratios(draw, answers, method)] or [""] * 4
    return [*told, "yes" if balance_possible(draw, answers) else "no"]


def lies(name: str, kinds: int) -> list[list[str]]:
    """What a lie about one feature brings, for so many kinds of people."""
    from bench.instances import instance
    from samenraad.methods.sortition import lotteries
    from samenraad.methods.sortition.lotteries.manipulation import manipulation

    draw, rows = instance(name), []
    for method in OURS:
        found = manipulation(getattr(lotteries, method), draw.pool, draw.quotas, draw.seats, sample=kinds, seed=1)
        tried = [str(len(found.best)), str(len(found.lies))]
        rows.append([name, method, *tried, f"{found.largest_gain:.4f}", f"{found.mean_gain:.4f}"])
    return rows


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
    options = _options()
    methods = [*OURS, *_peers(options)]
    rows, balances = [], []
    missed: dict[str, list[str]] = {goal: [] for goal in GOALS}
    for name in options.draws:
        draw = draw_of(name)
        found: Answers = {}
        for method in methods:
            found[method] = measure(draw, method, options)
            rows.append(row_of(draw, method, found))
            print("  ".join(rows[-1]), file=sys.stderr, flush=True)
        balances.append([name, *balance(draw, found)])
        for goal, reached in GOALS.items():
            missed[goal] += [] if reached(draw, found, options.limit) else [name]
    lied = [row for name in options.draws for row in lies(name, options.lies)] if options.lies else []
    verdicts = [[goal, _verdict(goal, where, methods)] for goal, where in missed.items()]
    for head, lines in ((HEAD, rows), (BALANCE, balances), (LIES, lied), (["goal", f"on {len(balances)}"], verdicts)):
        if lines:
            print(table(head, lines, options.markdown) + "\n")


def _verdict(goal: str, missed: Sequence[str], methods: Sequence[str]) -> str:
    if goal in BESIDE_PEER and not set(PEER) & set(methods):
        return "NOT COMPARED"
    return f"missed: {', '.join(missed)}" if missed else "reached"


def _options() -> argparse.Namespace:
    from bench.instances import names

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("draws", nargs="*", metavar="draw", help=f"any of: {', '.join(names())}; else all")
    parser.add_argument("--limit", type=int, default=400, help="CPU seconds for one run")
    parser.add_argument("--markdown", action="store_true", help="tables for a document")
    parser.add_argument("--no-peer", action="store_true", help="only our own methods")
    parser.add_argument("--peer", type=Path, help="a Python that has sortition-algorithms")
    parser.add_argument("--lies", type=int, default=0, metavar="KINDS", help="also what a lie brings; slow")
    options = parser.parse_args()
    unknown = set(options.draws) - set(names())
    if unknown:
        parser.error(f"there is no draw {', '.join(sorted(unknown))}")
    options.draws = options.draws or names()
    return options


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
