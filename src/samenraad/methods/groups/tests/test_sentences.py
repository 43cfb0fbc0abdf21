"""Everything seating refuses has its sentence, in English and in Dutch, and the facts to fill it."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

from samenraad.methods.groups.sentences import SENTENCES
from samenraad.methods.language import say
from samenraad.methods.saying import explain
from samenraad.refusals import Refusal


def calls():
    for path in sorted(Path(__file__).parents[1].glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                yield f"{path.name}:{node.lineno}", node.args[0].value, {keyword.arg for keyword in node.keywords}


def blanks(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize(("where", "code", "facts"), [one for one in calls() if one[1].startswith("groups.")])
def test_every_refusal_has_its_sentence_and_fills_it(where, code, facts):
    assert blanks(SENTENCES[code]) <= facts, where


def test_no_sentence_is_left_over():
    assert {code for _where, code, _facts in calls()} >= set(SENTENCES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_is_said_in_dutch(code):
    facts = dict.fromkeys(blanks(SENTENCES[code]), "x")
    assert say(SENTENCES[code], "en", **facts) != say(SENTENCES[code], "nl", **facts)


def test_what_reading_refuses_is_explained_too():
    assert explain(Refusal("sortition.no_file", file="x.csv")).startswith("x.csv: there is no such file")
