"""Values as the quotas spell them; capitals and spaces make no difference."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from samenraad.methods.files.tables import fold
from samenraad.methods.sortition.pool import Feature

#: "age & district"; also with × or *
_PAIR = re.compile(r"\s+&\s+|\s*[×*]\s*")


@dataclass(frozen=True)
class Spelling:
    """Folded text -> the one spelling that is used: of several the most common, then the first in the alphabet."""

    of: Mapping[str, str]

    @classmethod
    def among(cls, texts: Iterable[str], others: Iterable[str] = ()) -> Spelling:
        """How `others` spell something only counts where `texts` do not have it."""
        chosen: dict[str, str] = {}
        for group in (Counter(texts), Counter(others)):
            for text in sorted(group, key=lambda text: (-group[text], text)):
                chosen.setdefault(fold(text), text)
        return cls(chosen)

    def __call__(self, text: str) -> str | None:
        return self.of.get(fold(text))

    def nearest(self, text: str) -> str | None:
        """What was probably meant; None when nothing looks like it."""
        close = get_close_matches(fold(text)[:100], self.of, n=1, cutoff=0.6)
        return self.of[close[0]] if close else None


@dataclass(frozen=True)
class Vocabulary:
    """The categories of the quotas, and the values of each. `limited` are the categories in which every value has a
    quota of its own; in the others, which only occur in intersections, other values are welcome too."""

    categories: Spelling
    values: Mapping[str, Spelling]
    limited: frozenset[str]

    @classmethod
    def of(cls, single: Iterable[Feature], paired: Iterable[Feature]) -> Vocabulary:
        """From the features with a quota of their own, and those of intersections."""
        own, others = _by_category(single), _by_category(paired)
        categories = Spelling.among(own.names, others.names)
        values = {
            category: Spelling.among(own.values[name], others.values[name]) for name, category in categories.of.items()
        }
        return cls(categories, values, frozenset(categories.of[fold(name)] for name in own.names))

    def feature(self, category: str, value: str) -> Feature:
        """The pair in its own spelling; only for what is known."""
        known = self.categories.of[fold(category)]
        return known, self.values[known].of[fold(value)]


@dataclass(frozen=True)
class _Words:
    names: list[str]
    values: defaultdict[str, list[str]]


def _by_category(features: Iterable[Feature]) -> _Words:
    words = _Words([], defaultdict(list))
    for category, value in features:
        words.names.append(category)
        words.values[fold(category)].append(value)
    return words


def halves(text: str) -> list[tuple[str, str]]:
    """All ways to cut a text in two at a sign for "and".

    >>> halves("16-24 & north")
    [('16-24', 'north')]
    """
    cuts = [(text[: sign.start()], text[sign.end() :]) for sign in _PAIR.finditer(text)]
    return [(left, right) for left, right in cuts if left and right]
