"""As whom one can look around in the demo town, and where each of them begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: who one looks around as, in the session
SESSION_KEY = "persona"


@dataclass(frozen=True)
class Persona:
    """Somebody of Lindenveld. Without a full name it is nobody: a visitor who did not say who they are."""

    key: str
    label: str | Promise = ""  # what stands in the strip
    does: str | Promise = ""
    full_name: str = ""
    role: str = ""
    account: bool = True
    #: where this persona begins: the name of a page
    start: str = "site:home"
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.label)

    @property
    def who(self) -> str:
        return str(self.does)


PERSONAS = (
    Persona("visitor", _("visitor"), _("nobody in particular, not signed in")),
    Persona(
        "resident", _("resident"), _("Aisha El Amrani gave ideas and follows what becomes of them"), "Aisha El Amrani",
        start="followup:my_part",
        fields={"place": "Weverskwartier", "show_name": True},
    ),
    Persona(
        "letter", _("resident with a letter"), _("Emre Yıldız has no e-mail; he has a code on paper"), "Emre Yıldız",
        account=False,
        fields={
            "place": "Oud-Linden", "street": "Touwbaan 12", "postcode": "1234 CD", "city": "Lindenveld",
            "prefers": "paper",
        },
    ),
    Persona("voter", _("voter with a code"), _("got a letter to vote on the plans for the square")),
    Persona(
        "member", _("panel member"), _("Marijke Snoek was drawn by lot for the climate panel"), "Marijke Snoek",
        start="followup:my_part",
        fields={"place": "Beekdorp", "show_name": True},
    ),
    Persona(
        "moderator", _("moderator"), _("Wanda Pinas looks after the conversation"), "Wanda Pinas", "moderator",
        start="discussion:desk",
    ),
    Persona(
        "officer", _("officer"), _("Bram de Wit organises the processes"), "Bram de Wit", "officer",
        start="processes:desk",
    ),
    Persona(
        "councillor", _("councillor"), _("Chantal Peeters answers in the name of the council"), "Chantal Peeters",
        "councillor",
        start="followup:answer_list",
    ),
    Persona(
        "owner", pgettext_lazy("of a measure", "owner"), _("Joke Hamersma carries out measures"), "Joke Hamersma",
        "owner",
        start="followup:measures_desk",
    ),
    Persona(
        "evaluator", _("researcher"), _("Lotte Verbruggen evaluates from outside"), "Lotte Verbruggen", "evaluator",
        start="followup:responsiveness",
    ),
)  # fmt: skip

#: staff that is named in the town but has no place in the strip
STAFF = (
    Persona("chair", full_name="Annemarie van Heusden", role="councillor"),
    Persona("alderman", full_name="Farida Aydın", role="councillor"),
    Persona("pieter", full_name="Pieter Rademaker", role="owner"),
    Persona("soraya", full_name="Soraya Kartosen", role="owner"),
    Persona("willem", full_name="Willem Oosting", role="owner"),
)


def persona(key: str) -> Persona | None:
    return next((one for one in PERSONAS if one.key == key), None)
