"""PrefLib files: rankings (soc, soi, toc, toi) and categories (cat).

Lines with # say what the options are called; each other line is a number of voters, a colon and a ballot:
`12: 3,{1,2}` ranks the third option first and the first two equal. In a cat file every place is a category, from the
best to the worst, with one option or several in braces. Format: N. Mattei and T. Walsh, "PrefLib: a library for
preferences", ADT 2013; preflib.org/format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from samenraad.methods.files.content import Source, content_of, name_of, text_of
from samenraad.methods.files.mistakes import InOneFile, unreadable
from samenraad.methods.tally.ballots import BLANK, MOST_BALLOTS, MOST_OPTIONS, Graded, Ranked, merged, places

RANKINGS, CATEGORIES = ("soc", "soi", "toc", "toi"), ("cat",)

_HEAD = re.compile(r"#\s*(ALTERNATIVE|CATEGORY) NAME (\d+)\s*:\s*(.*)", re.IGNORECASE)
_FACT = re.compile(r"#\s*NUMBER (ALTERNATIVES|VOTERS|CATEGORIES)\s*:\s*(\d+)\s*$", re.IGNORECASE)
_LINE = re.compile(r"(\d{1,13})\s*:\s*([\d,{}\s]*)")
_GROUP = re.compile(r"\{([\d,\s]*)\}|(\d+)")

Groups = tuple[tuple[int, ...], ...]


@dataclass
class Head:
    """What the lines with # say."""

    options: dict[int, str] = field(default_factory=dict)
    categories: dict[int, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        many = min(self.numbers.get("ALTERNATIVES", 0) or max(self.options, default=0), MOST_OPTIONS + 1)
        return tuple(self.options.get(n) or str(n) for n in range(1, many + 1))

    def words(self, given: int) -> tuple[str, ...]:
        """Of the categories, from the best to the worst."""
        many = self.numbers.get("CATEGORIES", 0) or len(self.categories) or given
        return tuple(self.categories.get(n) or str(n) for n in range(1, min(many, MOST_OPTIONS) + 1))


def read_preflib(source: Source, *, name: str = "file") -> Ranked:
    """The rankings of a soc, soi, toc or toi file.

    >>> read_preflib(b"# ALTERNATIVE NAME 1: Ann\\n# ALTERNATIVE NAME 2: Bo\\n3: 2,1\\n1: {1,2}\\n").rows.tolist()
    [[0, 1], [0, 0]]

    Refuses (`tally.files`) with every line that is wrong, as `problems`; (`sortition.files`) a file that is no text.
    """
    _file, head, ballots, mistakes = _read(source, name)
    options = _options(head, ballots, mistakes)
    for line, _count, groups in ballots:
        for option in sorted({o for g in groups for o in g if sum(g2.count(o) for g2 in groups) > 1}):
            mistakes.add(line, "ranked_twice", option=options[option - 1])
    mistakes.refuse()
    raw = np.full((len(options), len(ballots)), len(options) + 1, dtype=np.int16)
    for column, (_line, _count, groups) in enumerate(ballots):
        for place, group in enumerate(groups):
            for option in group:
                raw[option - 1, column] = place
    counts = np.array([count for _line, count, _groups in ballots], dtype=np.int64)
    return merged(Ranked(options, places(raw, len(options) + 1), counts))


def read_categories(source: Source, *, name: str = "file") -> Graded:
    """The grades of a cat file; the scale goes from the last category to the first. An option that a ballot puts in no
    category has no grade. Refuses as `read_preflib`.

    >>> read_categories(b"# ALTERNATIVE NAME 1: Ann\\n# ALTERNATIVE NAME 2: Bo\\n3: {1,2},{}\\n1: 2,1\\n").scale
    ('2', '1')
    """
    _file, head, ballots, mistakes = _read(source, name)
    options = _options(head, ballots, mistakes)
    words = head.words(max((len(groups) for _line, _count, groups in ballots), default=2))
    rows = np.full((len(options), len(ballots)), BLANK, dtype=np.int16)
    for column, (line, _count, groups) in enumerate(ballots):
        if len(groups) > len(words):
            mistakes.add(line, "preflib_categories", given=len(groups), categories=len(words))
        for place, group in enumerate(groups):
            for option in group:
                if rows[option - 1, column] != BLANK:
                    mistakes.add(line, "ranked_twice", option=options[option - 1])
                rows[option - 1, column] = len(words) - 1 - place
    if len(set(words)) < len(words) or len(words) < 2:
        mistakes.add(None, "preflib_categories", given=len(set(words)), categories=len(words))
    mistakes.refuse()
    counts = np.array([count for _line, count, _groups in ballots], dtype=np.int64)
    return merged(Graded(options, rows, counts, scale=words[::-1]))


def _read(source: Source, name: str) -> tuple[str, Head, list[tuple[int, int, Groups]], InOneFile]:
    called = name_of(source) or name
    text = text_of(content_of(source, called), called)
    if not text.strip():
        raise unreadable(called, "empty_file")
    mistakes, head = InOneFile("tally", called), Head()
    ballots = list(_lines(text, head, mistakes))
    found, said = sum(count for _line, count, _groups in ballots), head.numbers.get("VOTERS")
    if found > MOST_BALLOTS:
        mistakes.add(None, "too_many_voters", most=MOST_BALLOTS)
    if not mistakes and said not in (None, found):
        mistakes.add(None, "preflib_sum", said=said, found=found)
    return called, head, ballots, mistakes


def _lines(text: str, head: Head, mistakes: InOneFile) -> Iterator[tuple[int, int, Groups]]:
    for number, full in enumerate(text.splitlines(), start=1):
        line = full.strip()
        if line.startswith("#"):
            _note(line, head)
        elif line:
            found = _LINE.fullmatch(line)
            groups = _groups(found[2]) if found else None
            if found is None:
                mistakes.add(number, "preflib_line", text=line[:40])
            elif groups is None:
                mistakes.add(number, "preflib_brace")
            else:
                yield number, int(found[1]), groups


def _note(line: str, head: Head) -> None:
    named, fact = _HEAD.match(line), _FACT.match(line)
    if named and len(named[2]) < 6:
        where = head.options if named[1].upper() == "ALTERNATIVE" else head.categories
        where[int(named[2])] = " ".join(named[3].split())
    elif fact and len(fact[2]) < 15:
        head.numbers[fact[1].upper()] = int(fact[2])


def _groups(text: str) -> Groups | None:
    """None when braces or commas do not pair up."""
    packed = "".join(text.split())
    if not packed:
        return ()
    if not re.fullmatch(r"(\{(\d+(,\d+)*)?\}|\d+)(,(\{(\d+(,\d+)*)?\}|\d+))*,?", packed):
        return None
    return tuple(
        (min(int(one[:6]), 99_999),) if one else tuple(min(int(o[:6]), 99_999) for o in many.split(",") if o)
        for many, one in _GROUP.findall(packed)
    )


def _options(head: Head, ballots: list[tuple[int, int, Groups]], mistakes: InOneFile) -> tuple[str, ...]:
    """The names; refuses here when they are not usable, or a ballot has a number beyond them."""
    names = head.names()
    if not 1 <= len(names) <= MOST_OPTIONS:
        mistakes.add(None, "preflib_missing" if not names else "one_option", most=MOST_OPTIONS)
    for option in sorted({option for option in names if names.count(option) > 1}):
        mistakes.add(None, "option_twice", option=option)
    for line, _count, groups in ballots:
        for unknown in sorted({o for group in groups for o in group if not 1 <= o <= len(names)}):
            mistakes.add(line, "preflib_number", number=unknown, options=len(names))
    if not ballots and not mistakes:
        mistakes.add(None, "no_ballots")
    mistakes.refuse()
    return names
