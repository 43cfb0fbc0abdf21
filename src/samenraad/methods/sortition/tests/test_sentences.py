"""Everything a draw refuses has its sentence, in English and in Dutch, and the facts to fill it."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path
from string import Formatter

import pytest

from samenraad.methods.files.mistakes import Mistake
from samenraad.methods.language import say
from samenraad.methods.saying import explain
from samenraad.methods.sortition.pool import Quota
from samenraad.methods.sortition.sentences import SENTENCES, spoken
from samenraad.refusals import Refusal

MODULES = sorted(path for path in Path(__file__).parents[1].rglob("*.py") if "tests" not in path.parts)

#: the calls that name a code, and at which place; the second kind leaves "sortition." out
NAMED = {"Refusal": 0, "unreadable": 1, "add": 3}


def calls():
    """Where, the code, and the names of the facts; None when only running it can tell them."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name in NAMED and len(node.args) > NAMED[name]:
                code = node.args[NAMED[name]]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    full = code.value if name == "Refusal" else f"sortition.{code.value}"
                    facts = {keyword.arg for keyword in node.keywords}
                    yield f"{path.parent.name}/{path.name}:{node.lineno}", full, None if None in facts else facts


CALLS = list(calls())


def blanks(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_a_draw_refuses_many_things():
    assert len(CALLS) > 60


@pytest.mark.parametrize(("where", "code", "facts"), CALLS, ids=[f"{where}-{code}" for where, code, _ in CALLS])
def test_every_refusal_has_its_sentence_and_fills_it(where, code, facts):
    assert code.startswith("sortition."), where
    assert code in SENTENCES, f"{where}: nobody wrote a sentence for {code}"
    assert facts is None or blanks(SENTENCES[code]) <= facts, f"{where} gives {facts}"


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_is_said_in_dutch(code):
    english, dutch = (
        say(SENTENCES[code], language, **dict.fromkeys(blanks(SENTENCES[code]), "x")) for language in ("en", "nl")
    )
    assert english != dutch


def test_long_lists_are_named_in_part():
    refusal = Refusal("sortition.twice", ids=[f"p{n}" for n in range(13)])
    assert explain(refusal).endswith("p8, p9 and 3 more.")
    assert explain(refusal, "nl").endswith("p8, p9 en nog 3.")


def test_facts_are_said_as_people_say_them():
    assert spoken(Fraction(1, 8), "nl") == "0,125"
    assert spoken(Quota((("age", "65+"), ("town", "north")), 0, 1)) == "age: 65+ & town: north"
    assert (
        spoken((Mistake("a", 1, None, "sortition.cell_missing"),) * 2, "nl")
        == "a, regel 1: deze cel is leeg.\n" * 1 + "a, regel 1: deze cel is leeg."
    )


def test_an_unknown_code_shows_itself():
    assert explain(Refusal("sortition.never_heard_of", n=3)) == "sortition.never_heard_of(n=3)"
