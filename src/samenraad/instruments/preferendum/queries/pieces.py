"""What the page of the result is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from samenraad.ui.formats import percent

#: from here on a proposal divides people, and down from here they are of one mind
DIVIDES, AGREES = Fraction(6, 10), Fraction(3, 10)
#: the width of a bar of grades, and of the quadrant
WIDE = 880


@dataclass(frozen=True)
class Piece:
    """One grade in a bar: where it is drawn, and what it says."""

    word: str
    count: int
    share: float
    x: float
    wide: float
    shade: int


@dataclass(frozen=True)
class Rated:
    """One proposal with its grades in full."""

    number: str
    title: str
    pieces: tuple[Piece, ...]
    support: float | None
    against_much: float
    for_much: float
    row: Mapping[str, Any]
    spread: float | None

    @property
    def agree(self) -> str:
        """Whether people are of one mind, in a word."""
        if self.row["polarisation"] is None:
            return ""
        polarised = Fraction(self.row["polarisation"])
        return "divided" if polarised >= DIVIDES else "together" if polarised <= AGREES else ""

    @property
    def mean(self) -> float | None:
        return as_float(self.row["mean"])

    @property
    def polarisation(self) -> float | None:
        return as_float(self.row["polarisation"])

    @property
    def priority_share(self) -> float:
        return as_float(self.row["priority_share"]) or 0.0

    @property
    def said(self) -> str:
        """The bar in words."""
        return ", ".join(f"{piece.word} {percent(piece.share)}" for piece in self.pieces)


@dataclass(frozen=True)
class Dot:
    """One proposal in the quadrant of support and priority."""

    number: str
    x: float
    y: float
    divided: bool


@dataclass(frozen=True)
class Judged:
    """One proposal by majority judgment."""

    title: str
    word: str
    place: int
    above: float
    below: float


@dataclass(frozen=True)
class Pair:
    """Two options one to one."""

    winner: str
    loser: str
    more: int
    less: int

    @property
    def level(self) -> bool:
        return self.more == self.less


@dataclass(frozen=True)
class PlaceTable:
    """One table per neighbourhood: a row with its cells, None where it is hidden."""

    title: str
    columns: list[str]
    rows: list[tuple[str, list[tuple[str, int | None]]]]
    spread: float | None = None

    @property
    def hides(self) -> bool:
        return any(cell is None for _area, cells in self.rows for _column, cell in cells)


def as_float(part: str | None) -> float | None:
    return float(Fraction(part)) if part else None
