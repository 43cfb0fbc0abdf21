"""Whoever is refused hears why, in their own language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from django.utils import translation

from samenraad.refusals import Refusal
from samenraad.texts import _sentences, explain

SOURCE = Path(__file__).resolve().parent.parent / "src" / "samenraad"


def refusals() -> Iterator[tuple[str, ast.Call]]:
    """Every place in the house where something is refused, except in tests."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" in path.parts or "methods" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


def code_of(call: ast.Call) -> str | None:
    """The code, as a pattern where part of it is filled in at run time; None where all of it is."""
    first = call.args[0]
    if isinstance(first, ast.Constant):
        return re.escape(str(first.value))
    if isinstance(first, ast.JoinedStr):
        return "".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"\w+" for v in first.values)
    return None


def blanks(sentence: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in Formatter().parse(sentence) if name}


ALL = dict(refusals())


def test_the_house_refuses_something():
    assert len(ALL) > 20


@pytest.mark.parametrize("where", ALL)
def test_every_refusal_has_its_sentence_and_fills_it(where):
    call = ALL[where]
    code = code_of(call)
    if code is None:
        return
    meant = {known: str(text) for known, text in _sentences().items() if re.fullmatch(code, known)}
    assert meant, f"{where}: nobody wrote a sentence for {code}"
    if any(keyword.arg is None for keyword in call.keywords):  # **facts: only running it can tell
        return
    given = {keyword.arg for keyword in call.keywords}
    unfilled = {known: sorted(blanks(text) - given) for known, text in meant.items() if not blanks(text) <= given}
    assert len(unfilled) < len(meant), f"{where} gives {sorted(map(str, given))}; wanted {unfilled}"


def test_every_sentence_is_said_in_dutch_and_in_english():
    for code, sentence in _sentences().items():
        with translation.override("en"):
            english = str(sentence)
        with translation.override("nl"):
            dutch = str(sentence)
        assert english, code
        assert dutch, code
        assert english != dutch, f"{code} has no Dutch"
        assert blanks(dutch) <= blanks(english), code


def test_codes_belong_to_one_room_only():
    """Two rooms with a sentence for the same code: which one would be read?"""
    seen: dict[str, Path] = {}
    for path in sorted(SOURCE.rglob("refusals.py")):
        if path.parent == SOURCE:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Dict):
                for key in node.keys:
                    code = key.value if isinstance(key, ast.Constant) else None
                    if isinstance(code, str):
                        assert code not in seen, f"{code} stands in {seen[code]} and in {path}"
                        seen[code] = path


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", "Iemand die er al in zit, staat niet"),
        ("nl-be", "Iemand die er al in zit, staat niet"),
        ("en", "Somebody"),
    ],
)
def test_a_draw_refuses_in_the_language_of_the_page(language, told):
    with translation.override(language):
        said = explain(Refusal("sortition.unknown", ids=["p1", "p2"]))
    assert said.startswith(told)
    assert said.endswith("p1, p2.")


def test_an_unknown_code_shows_itself():
    assert explain(Refusal("nobody.wrote_this", n=3)) == "nobody.wrote_this(n=3)"
