"""Which texts say the same: weighed words and pieces of words, in plain Python.

Words are brought back to a stem, so that `bomen` and `boom` meet. A stem weighs more the fewer texts have it
(TF-IDF), stems of the title weigh three times; the likeness of two texts is the cosine between their weights.
Titles are compared by pieces of three letters as well (Dice), which finds slips and compounds: `fietsstalling`
and `stalling voor fietsen`. Three quarters of the score comes from the words, one quarter from the titles.
The same input always gives the same answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

TITLE_WEIGHT = 3
WORDS_SHARE = 0.75
LONGEST_STEM = 24
#: texts below this score are not worth showing
LEAST = 0.22

_WORD = re.compile(r"[a-z0-9]+")
_SAY_NOTHING = """
aan achter af al alle alleen allemaal als altijd ander andere anders bij bijna binnen boven daar daarom dan
dat de deze die dit doen door dus een eens eigenlijk elk elke en er ergens erg etc ga gaan geen geven gewoon
goed graag haar had hebben heb hebt heeft heel hem hen het hier hij hoe hun ieder iedereen iemand iets ik in
is ja je jij jou jullie juist kan kunnen kun kunt komen komt krijgen maak maakt maken maar made mag mee meer
meest men met mij mijn minder misschien moet moeten mogen na naar naast niet niets niks nog nooit nu of om
omdat onder ons onze ook op over paar per plaats samen soms staan staat steeds te tegen toch toe tot tussen
uit uw van vaak veel verder via vind voor waar waarom wanneer want was wat we weer weg wel welke wie wij wil
willen word worden wordt zal ze zeer zelf zich zij zijn zo zoals zodat zonder zou zouden idee ideeen voorstel
mooi leuk the and for with that this are not you your our can could should would have has from but all more
there their they what when where which who will into about them then than idea
"""
STOP = frozenset(_SAY_NOTHING.split())


@dataclass(frozen=True)
class Match:
    """One text that is like it, and how much: 0 to 1."""

    key: int
    score: float


def plain(text: str) -> str:
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def stem(word: str) -> str:
    """A Dutch word without its plural, its diminutive and its double letters; good enough to meet its family."""
    for ending in ("etjes", "etje", "tjes", "tje", "pjes", "pje", "jes", "je", "heden", "heid", "en", "s", "e"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and not (ending == "en" and base[-1] in "aeiou"):
            word = base
            break
    if word[-1] in "sz" and len(word) > 3:
        word = word[:-1]
    word = f"{word[:-1]}f" if word.endswith("v") else word
    return re.sub(r"(.)\1", r"\1", word)[:LONGEST_STEM]


def stems(text: str) -> list[str]:
    """The stems of a text in its own order, without words that say nothing."""
    return [stem(word) for word in _WORD.findall(plain(text)) if len(word) > 2 and word not in STOP]


def keywords(title: str, text: str, most: int = 12) -> list[str]:
    """What an idea is about: the stems of its title, then the longest of its text; for the index."""
    chosen = list(dict.fromkeys(stems(title)))[:most]
    rest = sorted(set(stems(text[:4_000])) - set(chosen), key=lambda word: (-len(word), word))
    return chosen + rest[: most - len(chosen)]


def similar(
    text: tuple[str, str],
    candidates: Mapping[int, tuple[str, str]],
    *,
    seen: Mapping[str, int] | None = None,
    among: int = 0,
    least: float = LEAST,
    most: int = 5,
) -> list[Match]:
    """The candidates (key -> title, text) that are most like this title and text, best first, then by key.

    `seen` says in how many of `among` texts a stem occurs; for stems not in it the candidates themselves are counted,
    as if the other texts were like them.
    """
    bags = {key: _bag(*candidate) for key, candidate in candidates.items()}
    counts, among = _counts(bags, seen or {}, among)
    own, own_title = _weights(_bag(*text), counts, among), _pieces(text[0])
    scores = []
    for key, bag in bags.items():
        words = _cosine(own, _weights(bag, counts, among))
        titles = _dice(own_title, _pieces(candidates[key][0]))
        score = WORDS_SHARE * words + (1 - WORDS_SHARE) * titles
        if score >= least:
            scores.append(Match(key, round(score, 4)))
    return sorted(scores, key=lambda match: (-match.score, match.key))[:most]


def rarest(counts: Mapping[str, int], budget: int, at_least: int = 3) -> list[str]:
    """The words to look for: the rarest first, until the texts they lead to would be too many to read."""
    chosen: list[str] = []
    total = 0
    for word in sorted(counts, key=lambda word: (counts[word], word)):
        if total + counts[word] > budget and len(chosen) >= at_least:
            break
        chosen.append(word)
        total += counts[word]
    return chosen


def _counts(bags: Mapping[int, Counter[str]], seen: Mapping[str, int], among: int) -> tuple[Mapping[str, float], int]:
    """In how many texts each stem occurs, and among how many."""
    among = max(among, len(bags))
    here = Counter(word for bag in bags.values() for word in bag)
    share = among / len(bags) if bags else 1.0
    return {word: count * share for word, count in here.items()} | dict(seen), among


def _bag(title: str, text: str) -> Counter[str]:
    bag = Counter(stems(text[:4_000]))
    for word in stems(title):
        bag[word] += TITLE_WEIGHT
    return bag


def _weights(bag: Mapping[str, int], seen: Mapping[str, float], among: int) -> dict[str, float]:
    """1 + log of how often, times log of how rare: log((1 + among) / (1 + seen)) + 1."""
    return {
        word: (1 + log(count)) * (log((1 + among) / (1 + min(among, seen.get(word, 0)))) + 1)
        for word, count in bag.items()
    }


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(weight * other[word] for word, weight in one.items() if word in other)
    lengths = sqrt(sum(weight**2 for weight in one.values()) * sum(weight**2 for weight in other.values()))
    return shared / lengths if lengths else 0.0


def _pieces(title: str) -> frozenset[str]:
    padded = f" {' '.join(_WORD.findall(plain(title)))} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
