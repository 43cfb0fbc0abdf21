"""What every rule returns: the full table, the winners, the one winner, and how it came about in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol, runtime_checkable

from samenraad.methods.language import say

#: so many digits of a fraction are shown; decisions use the fraction itself
DIGITS = 5

Value = int | Fraction | str | bool | None


@runtime_checkable
class Speaks(Protocol):
    """A fact that is a sentence by itself."""

    def sentence(self, language: str) -> str: ...


class Term(str):
    """A word in a fact that has its own translation."""

    __slots__ = ()


@dataclass(frozen=True)
class Share:
    """A part of a whole, said as a percentage."""

    value: Fraction

    def sentence(self, language: str = "en") -> str:
        return percent(self.value, language)


@dataclass(frozen=True)
class Step:
    """One sentence of a trace, in English with its facts.

    >>> Step("{option} has {votes} votes.", {"option": "Plan B", "votes": 4662}).sentence("nl")
    'Plan B has 4.662 votes.'
    """

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        return say(self.text, language, **{name: spoken(fact, language) for name, fact in self.facts.items()})


@dataclass(frozen=True)
class Result:
    """The outcome of one rule.

    `table` has a row per option, in the order of `options`, with a value per name in `columns`. `winners` are all who
    are best by the rule itself, before any lot, in the drawn order; it can be empty. `winner` is the one after the
    tie-break, None where the rule names nobody. `elected` are those who get a seat, when there are several. `complete`
    is False when there were more ties than could be followed, so that `winners` may miss somebody.
    """

    rule: str
    options: tuple[str, ...]
    ballots: int
    columns: tuple[str, ...]
    table: tuple[tuple[Value, ...], ...]
    winners: tuple[str, ...]
    winner: str | None
    drawn: tuple[str, ...]
    trace: tuple[Step, ...]
    settings: Mapping[str, Value] = field(default_factory=dict)
    details: Mapping[str, object] = field(default_factory=dict)
    elected: tuple[str, ...] = ()
    complete: bool = True

    def column(self, name: str) -> dict[str, Value]:
        """One column of the table, per option."""
        place = self.columns.index(name)
        return {option: row[place] for option, row in zip(self.options, self.table, strict=True)}

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """The trace, for residents."""
        return tuple(step.sentence(language) for step in self.trace)

    def facts(self) -> dict[str, object]:
        """Everything, ready for JSON; a fraction is written as "7/2"."""
        table = {
            option: {name: plain(value) for name, value in zip(self.columns, row, strict=True)}
            for option, row in zip(self.options, self.table, strict=True)
        }
        return {
            "rule": self.rule,
            "settings": plain(self.settings),
            "ballots": self.ballots,
            "table": table,
            "winners": list(self.winners),
            "winner": self.winner,
            "elected": list(self.elected),
            "complete": self.complete,
            "drawn": list(self.drawn),
            "details": plain(self.details),
            "trace": list(self.sentences()),
        }


def plain(value: object) -> object:
    """Only what JSON knows."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, Fraction) else value


def spoken(fact: object, language: str = "en") -> str:
    """A fact as it stands in a sentence.

    >>> spoken(Fraction(7, 2), "nl"), spoken(4662), spoken(("a", "b"))
    ('3,5', '4,662', 'a, b')
    """
    if isinstance(fact, Term):
        return say(fact, language)
    if isinstance(fact, Speaks):
        return fact.sentence(language)
    if isinstance(fact, (tuple, list)):
        return ", ".join(spoken(one, language) for one in fact) or "-"
    if isinstance(fact, (int, Fraction)) and not isinstance(fact, bool):
        return number(fact, language)
    return "-" if fact is None else str(fact)


def number(value: int | Fraction, language: str = "en") -> str:
    """With thousands apart; a fraction rounded down to five digits, without zeros at the end.

    >>> number(Fraction(100000, 3)), number(-2, "nl"), number(Fraction(1, 2), "nl")
    ('33,333.33333', '-2', '0,5')
    """
    whole, rest = divmod(abs(Fraction(value)) * 10**DIGITS // 1, 10**DIGITS)
    digits = f"{rest:0{DIGITS}d}".rstrip("0")
    text = f"{'-' if value < 0 else ''}{whole:,}" + (f".{digits}" if digits else "")
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


def percent(share: Fraction, language: str = "en") -> str:
    """A share as a percentage with one digit, halves up.

    >>> percent(Fraction(6055, 18923)), percent(Fraction(1, 2), "nl")
    ('32 %', '50 %')
    """
    return f"{number(Fraction((share * 1000 + Fraction(1, 2)) // 1, 10), language)} %"
