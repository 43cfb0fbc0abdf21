"""A small draw made by hand, for the tests of what comes after the lottery."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random

from samenraad.methods.sortition.draw.publication import Publication, publish
from samenraad.methods.sortition.draw.randomness import DICE, Announced
from samenraad.methods.sortition.draw.transcript import build
from samenraad.methods.sortition.lottery import Lottery
from samenraad.methods.sortition.pool import Pool, Quotas

SALT = bytes(range(32))
WHEN = "vrijdag 27 november 2026, 16.00 uur, raadzaal; één worp"
QUOTAS = {"sex": {"woman": (2, 2), "man": (1, 2)}, "age": {"young": (1, 2), "old": (1, 3)}}


def town(people: int = 12) -> Pool:
    features = {
        f"p{place:03}": {"sex": ("woman", "man")[place % 2], "age": ("young", "old", "old")[place % 3]}
        for place in range(people)
    }
    return Pool.of(features, {"p002": "Dorpsstraat 1", "p004": "Dorpsstraat 1"})


@cache
def lottery(m: int = 1000, seed: int = 1, already: tuple[str, ...] = ()) -> Lottery:
    """m panels of four, drawn from all those that keep the rules."""
    pool, quotas = town(), Quotas.of(QUOTAS)
    good = [
        panel
        for panel in combinations(sorted(pool.by_id), 4)
        if not quotas.broken_by([pool.by_id[one] for one in panel])
        and not {"p002", "p004"} <= set(panel)
        and set(already) <= set(panel)
    ]
    panels = tuple(sorted(Random(seed).choices(good, k=m)))
    optimum = {one: 4 / len(pool) for one in pool.by_id}
    return Lottery(pool, quotas, 4, already, "leximin", panels, optimum, True, 0.0)


def publication(m: int = 1000, announced: Announced | None = None, **options: object) -> Publication:
    return publish(lottery(m, **options), SALT, announced or Announced(DICE, WHEN), ("street",))  # type: ignore[arg-type]


def rebuilt(made: Publication, randomness: object) -> dict[str, object]:
    return build(made.rules, made.lottery.text, randomness)  # type: ignore[arg-type]


def other_pythons(least: tuple[int, int]) -> list[Path]:
    """Other Pythons that are not older than this: on the path, or side by side with the one that runs the tests."""
    named = [shutil.which(f"python3.{minor}") for minor in range(least[1], 20)]
    beside = Path(sys.base_prefix).parent.glob("3.*/bin/python3")
    found = {Path(one).resolve() for one in [*filter(None, named), *beside]} - {Path(sys.executable).resolve()}
    version = f"import sys; print(sys.version_info >= {least})"
    answers = {one: subprocess.run([one, "-c", version], capture_output=True, text=True, check=False) for one in found}
    return sorted(one for one, answer in answers.items() if answer.stdout.strip() == "True")
