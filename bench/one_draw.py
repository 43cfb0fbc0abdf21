"""One method on one draw, in a process of its own: seconds, memory, chances. Called by `bench/sortition.py`.

Reads a job as JSON and writes what it found as JSON. It runs in any Python that has the method; nothing else is
imported before the clock starts.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

OURS = ("leximin", "goldilocks")
PEER = {"peer maximin HiGHS": "highspy", "peer maximin CBC": "mip-cbc"}

Job = dict[str, Any]
Found = dict[str, Any]


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak() -> float:
    """MiB. From the process itself: `ru_maxrss` would count what the asking process held when it started this one."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if "VmHWM" in line) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(job: Job) -> Found:
    """One method on one draw: seconds, memory, and the chance of everybody."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    resource.setrlimit(resource.RLIMIT_CPU, (job["limit"], job["limit"] + 5))
    solve = _ours(job) if job["method"] in OURS else _peer(job)
    start = cpu()
    found = solve()
    found["seconds"] = cpu() - start - found.get("rounding", 0.0)
    found["total"] = cpu()
    found["peak"] = peak()
    check = found.pop("check", None)
    return found | ({"broken": check()} if check else {})


def _ours(job: Job) -> Callable[[], Found]:
    import highspy  # noqa: F401
    import scipy.sparse  # noqa: F401

    from samenraad.methods.sortition import lotteries
    from samenraad.methods.sortition.lotteries.uniform import numbered
    from samenraad.methods.sortition.pool import Pool, Quotas

    pool, quotas = Pool.of(job["people"]), Quotas.of(job["limits"])
    rounding: list[float] = []

    def timed(*arguments: Any, **named: Any) -> Any:
        start = cpu()
        panels = numbered(*arguments, **named)
        rounding.append(cpu() - start)
        return panels

    vars(lotteries)["numbered"] = timed  # the m panels are timed apart

    def solve() -> Found:
        lottery = getattr(lotteries, job["method"])(pool, quotas, job["seats"])
        return {
            "rounding": sum(rounding),
            "chances": dict(lottery.optimum),
            "proven": lottery.proven,
            "gap": lottery.gap,
            "m": lottery.m,
            "change": lottery.largest_change,
            "published": {one: count / lottery.m for one, count in lottery.counts.items()},
            "check": lambda: sum(
                bool(quotas.broken_by(pool.by_id[one] for one in panel)) or len(set(panel)) != job["seats"]
                for panel in lottery.panels
            ),
        }

    return solve


def _peer(job: Job) -> Callable[[], Found]:
    from sortition_algorithms.committee_generation.maximin import find_distribution_maximin
    from sortition_algorithms.features import read_in_features
    from sortition_algorithms.people import read_in_people
    from sortition_algorithms.settings import Settings

    rows = [
        {"feature": category, "value": value, "min": str(low), "max": str(high)}
        for category, values in job["limits"].items()
        for value, (low, high) in values.items()
    ]
    features, _, _ = read_in_features(["feature", "value", "min", "max"], rows)
    people = [{"id": one, **said} for one, said in job["people"].items()]
    members, _ = read_in_people(list(people[0]), people, features, Settings(id_column="id", columns_to_keep=[]))

    def solve() -> Found:
        backend = PEER[job["method"]]
        panels, weights, _ = find_distribution_maximin(features, members, job["seats"], [], backend)
        chances = dict.fromkeys(job["people"], 0.0)
        for panel, weight in zip(panels, weights, strict=True):
            for one in panel:
                chances[one] += weight
        return {"chances": chances}

    return solve


if __name__ == "__main__":
    print(json.dumps(run(json.load(sys.stdin))))
