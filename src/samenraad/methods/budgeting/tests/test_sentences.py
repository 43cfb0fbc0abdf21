"""Everything a budget refuses has its sentence, in English and in Dutch, and the facts to fill it."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

from samenraad.methods.budgeting.explain.reasons import WHY
from samenraad.methods.budgeting.sentences import SENTENCES
from samenraad.methods.language import say
from samenraad.methods.saying import explain
from samenraad.refusals import Refusal

MODULES = sorted(path for path in Path(__file__).parents[1].rglob("*.py") if "tests" not in path.parts)


def codes():
    """Every code that is refused or told somewhere."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            place = {"Refusal": 0, "unreadable": 1, "add": 1}.get(name)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                code = str(node.args[place].value)
                facts = {keyword.arg for keyword in node.keywords}
                yield code if name == "Refusal" else f"budgeting.{code}", facts


def blanks(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_code_has_its_sentence_and_fills_it():
    found = list(codes())
    assert len(found) > 30
    for code, facts in found:
        assert code in SENTENCES, code
        assert blanks(SENTENCES[code]) <= facts, code


@pytest.mark.parametrize("sentence", [*SENTENCES.values(), *WHY.values()])
def test_every_sentence_is_said_in_dutch(sentence):
    facts = dict.fromkeys(blanks(sentence), "x")
    assert say(sentence, "en", **facts) != say(sentence, "nl", **facts)


def test_long_lists_are_named_in_part():
    told = explain(Refusal("budgeting.unknown", ids=[f"p{n}" for n in range(13)]))
    assert told.endswith("p8, p9 and 3 more.")
