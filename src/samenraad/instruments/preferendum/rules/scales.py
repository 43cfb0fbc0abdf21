"""Words with which proposals are rated, from the worst to the best, in the languages we have them in."""

from __future__ import annotations

from collections.abc import Sequence

Word = dict[str, str]

USUAL_SCALE: list[Word] = [
    {"nl": "sterk tegen", "en": "strongly disagree", "fr": "tout à fait contre", "de": "stark dagegen"},
    {"nl": "tegen", "en": "disagree", "fr": "contre", "de": "dagegen"},
    {"nl": "voor", "en": "agree", "fr": "pour", "de": "dafür"},
    {"nl": "sterk voor", "en": "strongly agree", "fr": "tout à fait pour", "de": "stark dafür"},
]
#: six words as in a vote by majority judgment (Balinski & Laraki), as they are used in France
SIX_WORDS: list[Word] = [
    {"nl": "af te wijzen", "en": "to be rejected", "fr": "à rejeter", "de": "abzulehnen"},
    {"nl": "zwak", "en": "poor", "fr": "insuffisant", "de": "schwach"},
    {"nl": "aanvaardbaar", "en": "acceptable", "fr": "passable", "de": "annehmbar"},
    {"nl": "goed", "en": "good", "fr": "bien", "de": "gut"},
    {"nl": "zeer goed", "en": "very good", "fr": "très bien", "de": "sehr gut"},
    {"nl": "uitstekend", "en": "excellent", "fr": "excellent", "de": "ausgezeichnet"},
]
SCALES: dict[str, list[Word]] = {"four": USUAL_SCALE, "six": SIX_WORDS}
LEAST_WORDS, MOST_WORDS = 2, 7


def missing_words(scale: Sequence[Word], language: str) -> list[int]:
    """Which words have no text in this language; places from 1.

    >>> missing_words([{"nl": "voor"}, {"en": "agree"}], "nl")
    [2]
    """
    return [place for place, word in enumerate(scale, 1) if not word.get(language, "").strip()]


def said_twice(scale: Sequence[Word], language: str) -> str:
    """A word that stands on the scale twice, or nothing.

    >>> said_twice([{"nl": "voor"}, {"nl": "Voor"}], "nl")
    'Voor'
    """
    seen: set[str] = set()
    for word in scale:
        text = word.get(language, "")
        if text and text.casefold() in seen:
            return text
        seen.add(text.casefold())
    return ""


def kept_languages(old: Sequence[Word], new: Sequence[Word], language: str) -> list[Word]:
    """Words that stayed the same in the town's own language keep the languages that were not on the page.

    >>> kept_languages([{"nl": "voor", "fr": "pour"}], [{"nl": "voor", "en": "for"}], "nl")
    [{'nl': 'voor', 'fr': 'pour', 'en': 'for'}]
    """
    known = {word.get(language, ""): word for word in (*SIX_WORDS, *USUAL_SCALE, *old)}
    return [{**_elsewhere(known.get(word.get(language, ""), {}), word), **word} for word in new]


def _elsewhere(old: Word, new: Word) -> Word:
    return {code: text for code, text in old.items() if code not in new or text == new[code]}
