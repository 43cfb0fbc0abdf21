"""What the methods say, in the reader's language, without a web framework.

Sentences are written in English, marked with `_`, and translated in `methods/locale`. Whoever shows them names the
language: `say(_("{n} people"), "nl", n=3)`.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def _(sentence: str) -> str:
    """Marks a sentence for translation."""
    return sentence


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Marks a sentence and its plural."""
    return one, many


def say(sentence: str, language: str = "en", **facts: object) -> str:
    """The sentence in this language, with its facts; English when there is no translation."""
    return _catalogue(language).gettext(sentence).format(**facts)


def say_many(sentences: tuple[str, str], number: int, language: str = "en", **facts: object) -> str:
    """The singular or the plural, with `n` and other facts filled in."""
    one, many = sentences
    return _catalogue(language).ngettext(one, many, number).format(n=number, **facts)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", str(LOCALE), languages=[language], fallback=True)
