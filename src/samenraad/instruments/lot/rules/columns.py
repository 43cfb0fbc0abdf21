"""Which column of a register extract means what. There is no fixed format: BRP and Rijksregister differ, and so do
the programs that make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

#: our word -> other names under which it may stand in a header; spaces, signs and capitals do not matter
NAMES: dict[str, tuple[str, ...]] = {
    "number": (
        "anummer", "administratienummer", "persoonsnummer", "bsn", "burgerservicenummer", "rijksregisternummer",
        "rijksregisternr", "rrn", "insz", "nationalnumber", "personnumber", "id",
    ),
    "first_name": ("voornamen", "voornaam", "roepnaam", "firstname", "firstnames", "givenname", "prénom"),
    "prefix": ("voorvoegsel", "voorvoegsels", "voorvoegselgeslachtsnaam", "tussenvoegsel", "prefix"),
    "last_name": ("geslachtsnaam", "achternaam", "familienaam", "lastname", "surname", "familyname", "nom"),
    "name": ("volledigenaam", "fullname", "name", "naam"),
    "street": ("straatnaam", "straat", "naamopenbareruimte", "street", "streetname", "rue"),
    "house": ("huisnummer", "huisnr", "nr", "housenumber", "housenr"),
    "letter": ("huisletter", "houseletter"),
    "addition": ("huisnummertoevoeging", "toevoeging", "busnummer", "bus", "box", "addition", "boîte"),
    "postcode": ("postcode", "postcodenummer", "zip", "postalcode", "codepostal"),
    "town": ("woonplaats", "woonplaatsnaam", "gemeente", "gemeentenaam", "town", "city", "commune"),
    "born": ("geboortedatum", "datumgeboorte", "dateofbirth", "birthdate", "born", "leeftijd", "age"),
    "place": ("buurtcode", "wijkcode", "wijk", "buurt", "statistischesector", "neighbourhood", "district"),
    "language": ("taal", "taalcode", "language", "langue"),
}  # fmt: skip
#: without these nobody can be written to; of the names, one of the two is enough
NEEDED = ("number", "street", "postcode", "born")
SURNAMES = ("last_name", "name")
#: names of a dimension that mean the same
ALIKE = (
    ("gender", "geslacht", "geslachtsaanduiding", "sexe", "sex", "m/v"),
    (
        "district", "neighbourhood", "wijk", "wijknaam", "wijkcode", "buurt", "buurtnaam", "buurtcode", "kern",
        "deelgemeente", "part", "area", "gebied",
    ),
)  # fmt: skip
#: a filled cell, whatever stands in it
FILLED = "*"
#: marks with which people are left out -> the values that mean it
MARKS: dict[str, str] = {
    "indicatiegeheim": FILLED, "geheimhouding": FILLED, "indicatiegeheimhouding": FILLED, "geheim": FILLED,
    "secret": FILLED, "secrecy": FILLED, "redenopschorting": FILLED, "redenopschortingbijhouding": FILLED,
    "opschorting": FILLED, "opgeschort": FILLED, "geschorst": FILLED, "ambtshalveafgevoerd": FILLED,
    "suspended": FILLED, "functieadres": "B", "soortadres": "B", "adressoort": "B", "briefadres": FILLED,
    "referentieadres": FILLED, "letteronly": FILLED, "letteronlyaddress": FILLED, "overleden": FILLED,
}  # fmt: skip


def dimension_word(key: str) -> str:
    """How a dimension is called among the columns."""
    return f"dimension:{key}"


def plain(name: str) -> str:
    """
    >>> plain("Datum geboorte (dd/mm/jjjj)") == plain("datumgeboorte ddmmjjjj")
    True
    """
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def guess(header: Sequence[str], dimensions: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """For each of our words, and each dimension with its names, the column that is most likely meant.

    >>> guess(["Naam", "Voornaam", "Wijkcode"], {"district": ["wijk"]})
    {'first_name': 'Voornaam', 'place': 'Wijkcode', 'dimension:district': 'Wijkcode', 'last_name': 'Naam'}
    """
    found: dict[str, str] = {}
    for word, names in NAMES.items():
        if column := _column(header, names):
            found[word] = column
    for key, called in dimensions.items():
        if column := _column(header, _with_alike({plain(key), *map(plain, called)})):
            found[dimension_word(key)] = column
    if "first_name" in found and "name" in found and "last_name" not in found:
        found["last_name"] = found.pop("name")
    if "last_name" in found:
        found.pop("name", None)
    return found


def _with_alike(names: set[str]) -> tuple[str, ...]:
    more = [plain(name) for group in ALIKE if names & {plain(name) for name in group} for name in group]
    return (*sorted(names), *more)


def _column(header: Sequence[str], names: Iterable[str]) -> str:
    """The column of the first of these names; else one that begins with it, such as "Geboortedatum (dd/mm/jjjj)"."""
    columns = {plain(column): column for column in reversed(header) if column}
    for name in names:
        if name in columns:
            return columns[name]
    long = [name for name in names if len(name) >= 6]
    return next((column for name in long for text, column in columns.items() if text.startswith(name)), "")


def guess_marks(header: Sequence[str]) -> list[list[str]]:
    """Columns by which people are usually left out, with the value that means it: [[column, value], ...].

    >>> guess_marks(["Postcode", "Indicatie geheim", "Functie adres"])
    [['Indicatie geheim', '*'], ['Functie adres', 'B']]
    """
    return [[column, MARKS[plain(column)]] for column in header if plain(column) in MARKS]


def fits(columns: Mapping[str, str], leave_out: Iterable[Sequence[str]], header: Sequence[str]) -> bool:
    """Whether a saved way of reading can read this header: all its columns are there."""
    wanted = {*columns.values(), *(pair[0] for pair in leave_out)}
    return bool(wanted) and wanted <= set(header)


def missing(columns: Mapping[str, str], dimensions: Iterable[str]) -> list[str]:
    """Our words that still have no column, though nobody can be written to without."""
    needed = [*NEEDED, *map(dimension_word, dimensions)]
    found = [word for word in needed if not columns.get(word)]
    return found if any(columns.get(word) for word in SURNAMES) else ["last_name", *found]
