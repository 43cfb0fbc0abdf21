"""The same winners as pabutools on hundreds of generated instances, with the same order of ties. Not part of the suite:
`python -m pytest bench/test_budget_peer.py`. Skipped where no
Python has it: name one in SAMENRAAD_PEER, or make var/peer."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from samenraad.methods.budgeting import Instance, Settings, from_instance, pb_text
from samenraad.methods.budgeting.count import winners
from samenraad.methods.budgeting.tests.instances import tiny, town

ROOT = Path(__file__).resolve().parents[1]
PEER = os.environ.get("SAMENRAAD_PEER") or str(ROOT / "var" / "peer" / "bin" / "python")

#: run by the peer's Python: for each line (path, rule) of its input the winners
SCRIPT = """
import json, sys
sys.path.insert(0, sys.argv[1])
from bench.budget import listed_in, peer_rule
from pabutools.election import parse_pabulib
for line in sys.stdin:
    path, rule = json.loads(line)
    instance, profile = parse_pabulib(path)
    listed = {name: place for place, name in enumerate(listed_in(path))}
    print(json.dumps(sorted(peer_rule(rule, instance, profile.as_multiprofile(), listed))))
"""


def rules():
    from bench.budget import RULES

    return {name: Settings(ties=("cost", "votes", "list"), **changes) for name, changes in RULES.items()}


def whole(instance):
    """Only projects that fit the budget and that somebody named, with whole costs, so that both read the same."""
    costs = {id: cost for id, cost in instance.cost.items() if cost <= instance.budget and instance.votes[id]}
    scale = 300
    ballots = [
        [id for id in ballot.choices if id in costs] for ballot in instance.ballots for _ in range(ballot.voters)
    ]
    kept = [ballot for ballot in ballots if ballot]
    return Instance.of({id: int(cost * scale) for id, cost in costs.items()}, int(instance.budget * scale), kept)


def peer_winners(jobs):
    found = subprocess.run(
        [PEER, "-c", SCRIPT, str(ROOT)],
        input="".join(json.dumps(job) + "\n" for job in jobs),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return [json.loads(line) for line in found.stdout.splitlines()]


@pytest.mark.slow
def test_the_same_winners_as_pabutools(tmp_path):
    try:
        there = subprocess.run([PEER, "-c", "import pabutools"], capture_output=True, check=False).returncode == 0
    except OSError:
        there = False
    if not there:
        pytest.skip("no Python with pabutools: name one in SAMENRAAD_PEER")
    instances = [whole(tiny(seed)) for seed in range(240)] + [town(60, 15, seed, budget=9000) for seed in range(10)]
    jobs, ours = [], []
    for number, instance in enumerate(one for one in instances if one.projects and one.ballots):
        path = tmp_path / f"{number}.pb"
        path.write_text(pb_text(from_instance(instance)), encoding="utf-8")
        for name, settings in rules().items():
            if "Add1" in name and number % 8:
                continue
            jobs.append((str(path), name))
            ours.append(sorted(winners(instance, settings)))
    theirs = peer_winners(jobs)
    others = [(job, mine, other) for job, mine, other in zip(jobs, ours, theirs, strict=True) if mine != other]
    assert len(jobs) > 1000
    assert not others, others[:3]
