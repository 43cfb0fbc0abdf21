"""A list of who may vote, read line by line: who gets a letter, which lines are wrong, and why.

The columns have fixed names, in any order and any capitals; the names that registers use are known as well. What is not
needed is not read. A million lines are never in memory together, only their numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

#: our word -> the names under which it may stand in the header; spaces, signs and capitals do not matter
NAMES: dict[str, tuple[str, ...]] = {
    "number": (
        "number", "nummer", "anummer", "administratienummer", "persoonsnummer", "bsn", "burgerservicenummer",
        "rijksregisternummer", "rrn", "insz", "personnumber", "id",
    ),
    "name": ("name", "naam", "volledigenaam", "fullname", "nom"),
    "first_name": ("firstname", "firstnames", "voornaam", "voornamen", "roepnaam", "prénom"),
    "prefix": ("prefix", "voorvoegsel", "voorvoegsels", "tussenvoegsel"),
    "last_name": ("lastname", "surname", "achternaam", "geslachtsnaam", "familienaam"),
    "street": ("street", "straat", "straatnaam", "adres", "address", "rue"),
    "house": ("house", "housenumber", "huisnummer", "huisnr", "nr"),
    "letter": ("letter", "houseletter", "huisletter"),
    "addition": ("addition", "toevoeging", "huisnummertoevoeging", "bus", "busnummer", "box", "boîte"),
    "postcode": ("postcode", "zip", "postalcode", "codepostal"),
    "city": ("city", "town", "woonplaats", "plaats", "gemeente", "commune"),
    "area": ("neighbourhood", "neighborhood", "buurt", "buurtnaam", "wijk", "wijknaam", "area", "gebied", "kern"),
    "language": ("language", "taal", "taalcode", "langue"),
    "large": ("largeprint", "large", "groteletters", "grootletter", "groteletter"),
}  # fmt: skip
NEEDED = ("number", "street", "postcode")
SURNAMES = ("last_name", "name")
#: of each kind of bad line so many are kept with their line number; the others are counted
KEPT = 1_000
#: as long as the roll and a letter have room for
LONGEST = {"number": 64, "name": 160, "street": 160, "postcode": 16, "city": 120, "area": 80}
#: more different neighbourhoods than this: the column holds something else
MOST_AREAS = 500
_BOXES = ("bus", "box", "boîte")
_YES = {"1", "x", "j", "y", "ja", "yes", "oui", "true", "waar"}

#: the line on which it stands, and its cells; no cells when its quotation marks are wrong
Line = tuple[int, list[str] | None]


@dataclass(frozen=True)
class Columns:
    """Where in a line each of our words stands; what is missing, and what was not asked for."""

    at: dict[str, int]
    missing: tuple[str, ...]
    double: tuple[str, ...]
    unknown: tuple[str, ...]
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Entitled:
    """Somebody who may vote: what the letter needs, and the number for when it gets lost."""

    number: str
    name: str
    street: str
    postcode: str
    city: str
    area: str
    language: str
    large: bool


@dataclass
class Tally:
    """What was met on the way. `bad` and `problems` name a kind of trouble: a code, and the word of the column."""

    lines: int = 0
    people: int = 0
    large: int = 0
    areas: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def wrong(self, line: int, kind: str) -> None:
        self.bad[kind] += 1
        if self.bad[kind] <= KEPT:
            self.problems.append((line, kind))

    def right(self, one: Entitled) -> None:
        self.people += 1
        self.large += one.large
        self.areas[one.area] += 1
        self.languages[one.language] += 1


class _Wrong(Exception):
    """This line is wrong."""


def plain(name: str) -> str:
    """
    >>> plain("Grote letters (ja/nee)")
    'grotelettersjanee'
    """
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def tidy(cell: str) -> str:
    """In one line, without spaces at the ends."""
    return " ".join(cell.replace("\ufeff", "").split())


def columns(header: Sequence[str]) -> Columns:
    """Which column means what. Two that mean the same are refused, not guessed between.

    >>> columns(["A-nummer", "Naam", "Straat", "Postcode", "Geboortedatum"]).unknown
    ('Geboortedatum',)
    """
    places: dict[str, list[int]] = {}
    words = {name: word for word, names in NAMES.items() for name in names}
    unknown = []
    for place, name in enumerate(header):
        if word := words.get(plain(name)):
            places.setdefault(word, []).append(place)
        elif name.strip():
            unknown.append(name.strip())
    at = {word: found[0] for word, found in places.items()}
    missing = [word for word in NEEDED if word not in at]
    if not any(word in at for word in SURNAMES):
        missing.insert(0, "name")
    double = [header[found[1]] for found in places.values() if len(found) > 1]
    boxes = "addition" in at and plain(header[at["addition"]]).startswith(_BOXES)
    return Columns(at, tuple(missing), tuple(double), tuple(unknown), boxes)


class Reading:
    """One walk through the list. Ask for the `people`, and look at the `tally` when they have all come."""

    def __init__(self, lines: Iterable[Line], header: Sequence[str], city: str = "", language: str = "nl") -> None:
        self.lines, self.width, self.city, self.language = lines, len(header), city, language
        self.columns, self.tally = columns(header), Tally()
        self.seen: set[str] = set()

    def people(self) -> Iterator[Entitled]:
        for line, cells in self.lines:
            self.tally.lines += 1
            try:
                one = self._one(cells)
            except _Wrong as wrong:
                self.tally.wrong(line, str(wrong))
            else:
                self.tally.right(one)
                yield one

    def _one(self, cells: list[str] | None) -> Entitled:
        if cells is None:
            raise _Wrong("ballots.line_quotes")
        if len(cells) < self.width or any(cells[self.width :]):
            raise _Wrong("ballots.line_width")
        one = Entitled(
            number=self._needed(cells, "number"),
            name=self._fits("name", self._name(cells)),
            street=self._fits("street", self._street(cells)),
            postcode=self._needed(cells, "postcode"),
            city=self._city(cells),
            area=self._area(cells),
            language=(self._cell(cells, "language") or self.language).casefold()[:8],
            large=self._cell(cells, "large").casefold() in _YES,
        )
        if one.number in self.seen:
            raise _Wrong("ballots.line_twice")
        self.seen.add(one.number)
        return one

    def _name(self, cells: list[str]) -> str:
        if "last_name" not in self.columns.at:
            return self._needed(cells, "name")
        parts = [self._cell(cells, "first_name"), self._cell(cells, "prefix"), self._needed(cells, "last_name")]
        return " ".join(part for part in parts if part)

    def _street(self, cells: list[str]) -> str:
        """Dorpsstraat 1A-2, or in Flanders Dorpsstraat 1 bus 2."""
        house = self._cell(cells, "house") + self._cell(cells, "letter")
        between = " bus " if self.columns.boxes else "-"
        number = between.join(part for part in (house, self._cell(cells, "addition")) if part)
        return f"{self._needed(cells, 'street')} {number}".strip()

    def _city(self, cells: list[str]) -> str:
        return self.city if self.city and not self._cell(cells, "city") else self._needed(cells, "city")

    def _area(self, cells: list[str]) -> str:
        area = self._fits("area", self._cell(cells, "area"))
        if area not in self.tally.areas and len(self.tally.areas) >= MOST_AREAS:
            raise _Wrong("ballots.line_areas area")
        return area

    def _needed(self, cells: list[str], word: str) -> str:
        written = self._cell(cells, word)
        if not written:
            raise _Wrong(f"ballots.line_empty {word}")
        return self._fits(word, written)

    def _fits(self, word: str, written: str) -> str:
        if len(written) > LONGEST.get(word, 160):
            raise _Wrong(f"ballots.line_long {word}")
        return written

    def _cell(self, cells: list[str], word: str) -> str:
        place = self.columns.at.get(word)
        return tidy(cells[place]) if place is not None else ""


def areas_typed(text: str) -> list[tuple[str, int]]:
    """How many codes per neighbourhood, a line each; a number alone is for everybody together. Raises ValueError.

    >>> areas_typed("Binnenring: 120\\nBuitenring 175")
    [('Binnenring', 120), ('Buitenring', 175)]
    >>> areas_typed("295")
    [('', 295)]
    """
    found: dict[str, int] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        area, _space, number = tidy(line.replace(":", " ").replace(";", " ")).rpartition(" ")
        digits = number.replace(".", "")
        if not (digits.isascii() and digits.isdigit()) or len(area) > LONGEST["area"] or area in found:
            raise ValueError(line)
        found[area] = int(digits)
    return list(found.items())
