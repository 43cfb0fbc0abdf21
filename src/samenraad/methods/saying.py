"""Refusals and mistakes of every method as sentences. `sortition.twice` is said by `methods/sortition/sentences.py`:
its `SENTENCES` hold code -> sentence, its `spoken` says how a fact stands in one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from samenraad.methods.language import say
from samenraad.refusals import Refusal


def said(code: str, facts: Mapping[str, object], language: str = "en") -> str | None:
    """The sentence of this code with its facts; None when no method has it.

    >>> said("sortition.twice", {"ids": ["p1", "p7"]})
    'These numbers stand more than once in the pool: p1, p7.'
    """
    method, dot, _word = code.partition(".")
    if not (dot and method.isidentifier() and find_spec(f"samenraad.methods.{method}")):
        return None
    if not find_spec(f"samenraad.methods.{method}.sentences"):
        return None
    room = import_module(f"samenraad.methods.{method}.sentences")
    sentence = room.SENTENCES.get(code)
    if sentence is None:
        return None
    return say(sentence, language, **{name: room.spoken(fact, language) for name, fact in facts.items()})


def explain(refusal: Refusal, language: str = "en") -> str:
    """The refusal as a sentence in this language. An unknown code is a defect, and shows as itself.

    >>> explain(Refusal("groups.tables", tables=4, people=7, most=3))
    '7 people cannot sit at 4 tables: nobody should sit alone. Take 1 to 3 tables.'
    """
    return said(refusal.code, refusal.facts, language) or str(refusal)
