"""The script for people who do not trust us: short, without us, and of the same opinion."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from samenraad.methods.sortition.draw import verify_draw
from samenraad.methods.sortition.draw.checking import check
from samenraad.methods.sortition.draw.publication import canonical
from samenraad.methods.sortition.draw.randomness import BEACON, DICE, PHRASE, SOURCES, Announced, beacon, dice, phrases
from samenraad.methods.sortition.tests.drawing import other_pythons, publication, rebuilt
from samenraad.methods.sortition.tests.test_transcript import forged

SCRIPT = Path(verify_draw.__file__)
ROUND = Announced(BEACON, "", "nist", 9)
DRAWS = {
    "dice": (Announced(DICE, "vrijdag; één worp"), dice([(4, 7)], 100)),
    "phrases": (Announced(PHRASE), phrases(["Één stad", "loot mee 🎲"])),
    "beacon": (ROUND, beacon(9, "0f" * 64, ROUND)),
}


@pytest.fixture(params=DRAWS)
def draw(request, tmp_path) -> tuple[Path, Path, str]:
    announced, drawn = DRAWS[request.param]
    made = publication(100, announced)
    transcript, lottery = tmp_path / "transcript.json", tmp_path / "lottery.csv"
    transcript.write_text(canonical(rebuilt(made, drawn)), encoding="utf-8")
    lottery.write_text(made.lottery.text, encoding="utf-8")
    return transcript, lottery, made.seal


def said(python: str | Path, *arguments: object, isolated: bool = True) -> tuple[int, str]:
    command = [str(python), *(["-I"] if isolated else []), str(SCRIPT), *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.returncode, ran.stdout


def test_a_sceptic_can_read_it():
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= {"__future__", "collections.abc", "hashlib", "json", "re", "sys", "typing"}


def test_it_knows_the_beacons_that_can_be_announced():
    text = SCRIPT.read_text(encoding="utf-8")
    assert all(f'"{source.name}": {source.digits}' in text for source in SOURCES.values())


def test_it_finds_the_draw_in_order_on_its_own(draw):
    transcript, lottery, seal = draw
    code, out = said(sys.executable, transcript, lottery)
    assert (code, out.startswith("In order. Panel ")) == (0, True)
    assert out.rstrip().endswith(seal)
    assert said(sys.executable, transcript, lottery, seal) == (0, out)


def test_another_seal_than_published_is_not_in_order(draw):
    transcript, lottery, _seal = draw
    assert said(sys.executable, transcript, lottery, "0" * 64)[0] == 1


def test_wrong_use_is_explained(tmp_path):
    code, out = said(sys.executable)
    assert code == 2
    assert "transcript.json lottery.csv" in out


@pytest.mark.slow
def test_every_python_says_the_same(draw):
    pythons = other_pythons((3, 8))
    if not pythons:
        pytest.skip("no other Python from 3.8 on was found beside this one")
    transcript, lottery, seal = draw
    touched = lottery.with_name("touched.csv")
    touched.write_bytes(lottery.read_bytes().replace(b"\n50,", b"\n51,"))
    expected = [said(sys.executable, transcript, lottery, seal), said(sys.executable, transcript, touched, seal)]
    assert [code for code, _out in expected] == [0, 1]
    for python in pythons:
        assert [said(python, transcript, one, seal) for one in (lottery, touched)] == expected, python


def opinion(transcript: bytes, lottery: bytes, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    (folder / "t").write_bytes(transcript)
    (folder / "l").write_bytes(lottery)
    code = verify_draw.main([str(folder / "t"), str(folder / "l")])
    return code, capsys.readouterr().out


def flipped(content: bytes, place: int, flip: int) -> bytes:
    return content[:place] + bytes([content[place] ^ flip]) + content[place + 1 :]


@pytest.mark.parametrize("step", [151, pytest.param(1, marks=pytest.mark.slow)])
def test_it_agrees_with_verify_on_every_changed_byte_of_the_transcript(draw, step, tmp_path, capsys):
    transcript, lottery = draw[0].read_bytes(), draw[1].read_bytes()
    for place in range(0, len(transcript), step):
        changed = flipped(transcript, place, (1, 2, 32, 128)[place % 4])
        assert opinion(changed, lottery, tmp_path, capsys)[0] == 1, place
        assert check(changed, lottery), place


def test_it_names_the_line_of_a_changed_lottery_as_verify_does(draw, tmp_path, capsys):
    transcript, lottery = draw[0].read_bytes(), draw[1].read_bytes()
    for place in range(0, len(lottery), 911):
        changed = flipped(lottery, place, (1, 128)[place % 2])
        line = lottery[:place].count(b"\n") + 1
        code, out = opinion(transcript, changed, tmp_path, capsys)
        assert code == 1
        assert f"lottery.csv, line {line}:" in out
        assert line in {finding.line for finding in check(transcript, changed)}


def test_it_sees_through_a_forger_who_corrects_the_digests(draw, tmp_path, capsys):
    transcript, lottery = draw[0].read_bytes(), draw[1].read_bytes()
    facts = json.loads(transcript)
    forgeries = [
        {"number": (facts["number"] + 1) % 100},
        {"panel": facts["panel"][::-1]},
        {"marks": facts["marks"][4:]},
        {"randomness": {"kind": "dice", "throws": [[1, 2], [4, 7]]}},
        {"randomness": {"kind": "phrase", "phrases": ["a"]}},
        {"randomness": {"kind": "beacon", "round": 9, "value": "0F" * 64}},
        {"randomness": {"kind": "beacon", "round": 10, "value": "0f" * 64}},
        {"rules": {**facts["rules"], "seats": 3}},
        {"rules": {**facts["rules"], "panels": 0}},
        {"rules": {**facts["rules"], "people": 3}},
        {"rules": {**facts["rules"], "already": ["0" * 16]}},
        {"extra": 1},
    ]
    assert opinion(forged(facts), lottery, tmp_path, capsys)[0] == 0
    for changes in forgeries:
        forgery = forged(facts, **changes)
        assert opinion(forgery, lottery, tmp_path, capsys)[0] == 1, changes
        assert check(forgery, lottery), changes


#: what somebody might write in a place where it does not belong
ODD = [None, True, 0, 1, -1, 10**30, 1.5, "", "a", "0" * 64, [], [1], ["a"], [[1]], {}, {"kind": "dice"}]


def places(value: object, path: tuple = ()) -> Iterator[tuple]:
    """The paths to everything inside a transcript."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inside:
        yield (*path, name)
        yield from places(part, (*path, name))


def with_something_odd(facts: dict, chance: Random) -> dict:
    """One value anywhere is another one, or gone. What only the seal guards is left alone."""
    changed = json.loads(json.dumps(facts))
    guarded = {"quotas", "households", "announced", "method", "pool", "proven", "already"}
    path = chance.choice([one for one in places(changed) if one[0] != "rules" or (one[1:] and one[1] not in guarded)])
    holder = changed
    for name in path[:-1]:
        holder = holder[name]
    if chance.random() < 0.8:
        holder[path[-1]] = chance.choice(ODD)
    else:
        del holder[path[-1]]
    return changed


@pytest.mark.slow
def test_both_are_of_one_opinion_about_hundreds_of_forgeries(draw, tmp_path, capsys):
    transcript, lottery = draw[0].read_bytes(), draw[1].read_bytes()
    facts, chance = json.loads(transcript), Random(1)
    for _attempt in range(300):
        changed = with_something_odd(facts, chance)
        if isinstance(changed.get("rules"), dict):
            forgery = forged(changed)
            assert opinion(forgery, lottery, tmp_path, capsys)[0] == bool(check(forgery, lottery)), changed
