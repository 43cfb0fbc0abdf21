"""The small cases in the descriptions of all methods are true."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

METHODS = Path(__file__).resolve().parents[1]
MODULES = sorted(
    ".".join(("samenraad", "methods", *path.relative_to(METHODS).with_suffix("").parts)).removesuffix(".__init__")
    for path in METHODS.rglob("*.py")
    if ">>>" in path.read_text(encoding="utf-8") and path != Path(__file__).resolve()
)


@pytest.mark.parametrize("module", MODULES)
def test_the_cases_in_a_description_are_true(module):
    found = doctest.testmod(import_module(module))
    assert found.attempted > 0
    assert found.failed == 0
