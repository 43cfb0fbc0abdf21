"""What the columns of somebody else's table are called, and what they mean here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: our word -> other names under which the column may appear
NAMES: Mapping[str, Sequence[str]] = {
    "title": ("titel", "onderwerp", "idee", "idea", "subject", "kop", "naam idee"),
    "text": (
        "tekst", "omschrijving", "beschrijving", "toelichting", "description", "body", "inhoud", "uitleg", "content",
    ),
    "reference": ("nummer", "nr", "id", "number", "referentie", "kenmerk", "ideanumber"),
    "theme": ("thema", "categorie", "category", "onderwerpgroep", "topic"),
    "place": ("plaats", "buurt", "wijk", "neighbourhood", "neighborhood", "district", "gebied", "locatie", "kern"),
    "day": ("dag", "datum", "date", "ingediend op", "ontvangen", "gemaakt op", "created", "created at"),
    "channel": ("kanaal", "via", "manier", "bron"),
    "name": ("naam", "voornaam", "author", "auteur", "indiener", "inwoner"),
    "email": ("e-mail", "mail", "e-mailadres", "mailadres", "emailadres"),
    "phone": ("telefoon", "telefoonnummer", "tel", "mobiel"),
    "street": ("straat", "adres", "address", "straat en nummer", "straat en huisnummer"),
    "postcode": ("postal code", "zip"),
    "city": ("woonplaats", "stad", "gemeente", "town"),
    "latitude": ("lat", "breedtegraad", "breedte"),
    "longitude": ("lon", "lng", "long", "lengtegraad", "lengte"),
}  # fmt: skip
#: how much fits, where it is not a rule of ideas
LONGEST = {
    "reference": 64, "theme": 80, "name": 160, "email": 254, "phone": 32, "street": 160, "postcode": 16, "city": 120,
}  # fmt: skip
CHANNELS = {
    "web": "web", "website": "web", "online": "web", "internet": "web", "site": "web", "e-mail": "web", "mail": "web",
    "paper": "paper", "papier": "paper", "formulier": "paper", "brief": "paper", "post": "paper",
    "phone": "phone", "telefoon": "phone", "gebeld": "phone",
    "street": "street", "straat": "street", "op straat": "street", "markt": "street", "kraam": "street",
    "meeting": "meeting", "bijeenkomst": "meeting", "avond": "meeting", "op een bijeenkomst": "meeting",
}  # fmt: skip


def guess(header: Sequence[str]) -> dict[str, str]:
    """For each of our words the column that is most likely meant; a column means one thing."""
    plain = {_plain(name): name for name in header}
    found: dict[str, str] = {}
    for word, others in NAMES.items():
        for name in (word, *others):
            column = plain.get(_plain(name))
            if column is not None and column not in found.values():
                found[word] = column
                break
    return found


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
