"""The examples in the docs run, in a process of their own, as a reader would run them."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "docs" / "examples").glob("*.py"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_runs_and_says_what_it_does(example, tmp_path):
    """Each takes a folder to write in, and leaves nothing anywhere else."""
    assert ast.get_docstring(ast.parse(example.read_text(encoding="utf-8")))
    command = [sys.executable, str(example), str(tmp_path / "new")]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONHASHSEED": "7"}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_the_draw_in_the_town_hall_ends_in_order(tmp_path):
    example = next(path for path in EXAMPLES if path.stem == "draw_in_the_town_hall")
    ran = subprocess.run([sys.executable, str(example)], capture_output=True, text=True, check=True)
    assert "Panel 407 was drawn: line 408 of lottery.csv." in ran.stdout
    assert "All 1000 panels meet every rule, and the pool is unchanged." in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("In order. Panel 407, 12 people. Seal ")
