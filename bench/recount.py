"""How long counting a large preferendum again takes: python bench/recount.py [BALLOTS PROPOSALS]

Makes the public folder of an invented vote, counts it with the program and with recount.py (in a process of its own,
with nothing but the standard library), compares every byte, and tells seconds and memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from samenraad.ballots.rules.board import canonical
from samenraad.instruments.preferendum.rules.ballots import Shape
from samenraad.instruments.preferendum.rules.counting import count
from samenraad.instruments.preferendum.rules.generator import preferendum, slips

SCRIPT = Path(__file__).parents[1] / "src/samenraad/ballots/public/recount.py"
#: trackers and commitments have their real length, so that the board is as large as in earnest
LINE = 1000


def main(ballots: int = 30_000, proposals: int = 30) -> None:
    ids = tuple(str(number) for number in range(1, proposals + 1))
    shape = Shape("rate", ids, 4, 5)
    rules = {
        "ballot": "rate", "rule": "preferendum", "options": [{"id": one, "title": one} for one in ids], "most": 5,
        "scale": [{"en": word} for word in ("-", "d", "a", "+")], "agreeing": 2, "threshold": "1/2", "graded": "1/2",
        "expected": "3/10", "approval": "",
    }  # fmt: skip
    counted, number = slips(preferendum(ballots, proposals, 4, 5, "bench"), shape)
    with tempfile.TemporaryDirectory() as name:
        size = _folder(Path(name), rules, counted, number)
        print(f"{number} ballots, {proposals} proposals, {sum(counted.values())} slips, {size / 2**20:.0f} MiB")
        for rule in ("preferendum", "majority-judgment"):
            ours = canonical(count(counted, number, {**rules, "rule": rule, "entitled": 3 * ballots}, "goose")).encode()
            _recount(Path(name), rule, ours)


def _folder(folder: Path, rules: dict[str, object], counted: Counter[tuple[str, str, str]], ballots: int) -> int:
    chance = Random("nonces")
    (folder / "slips").mkdir()
    values: dict[str, list[str]] = {}
    for (about, value, _area), number in counted.items():
        values.setdefault(about, []).extend([value] * number)
    each = sum(counted.values()) // ballots
    with (folder / "board.jsonl").open("w") as board:
        board.write(json.dumps({"kind": "open", "rules": rules, "roll": {"size": 3 * ballots}}) + "\n")
        for start in range(0, ballots, LINE):
            many = min(LINE, ballots - start)
            trackers = [f"{chance.getrandbits(80):020X}" for _n in range(many)]
            commitments = [f"{chance.getrandbits(256):064x}" for _n in range(many * each)]
            board.write(json.dumps({"kind": "batch", "trackers": trackers, "slips": commitments}) + "\n")
        board.write(json.dumps({"kind": "seed", "seed": "goose"}) + "\n")
    for about, some in values.items():
        chance.shuffle(some)
        lines = "".join(f"{value},{chance.getrandbits(128):032x}\n" for value in some)
        (folder / "slips" / f"{about.replace(':', '-')}.csv").write_text(f"value,nonce\n{lines}")
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _recount(folder: Path, rule: str, ours: bytes) -> None:
    board = folder / "board.jsonl"
    board.write_text(board.read_text().replace('"rule": "preferendum"', f'"rule": "{rule}"', 1))
    start = time.perf_counter()
    made = subprocess.run([sys.executable, "-I", str(SCRIPT), str(folder)], capture_output=True, check=True).stdout
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"recount.py, {rule}: {seconds:.1f} s, largest memory {memory:.0f} MiB, the same bytes: {made == ours}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
