"""The ready-made questions to who says yes: what the register does not tell, and what somebody needs to take part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Text = Mapping[str, str]


@dataclass(frozen=True)
class Ready:
    """One question: `options` are (key, text); a question of own words has none."""

    key: str
    kind: str
    text: Text
    help: Text
    options: tuple[tuple[str, Text], ...] = ()
    required: bool = False
    personal: bool = False

    @property
    def choices(self) -> list[dict[str, Any]]:
        return [{"key": key, "text": dict(text)} for key, text in self.options]


TITLE = {
    "nl": "Vragen aan wie ja zegt",
    "en": "Questions to who says yes",
    "fr": "Questions à qui dit oui",
    "de": "Fragen an alle, die Ja sagen",
}

#: how somebody finished school, in three groups that statistics offices use
LEVELS: tuple[tuple[str, Text], ...] = (
    (
        "praktisch",
        {
            "nl": "Basisschool, vmbo of de eerste jaren van de middelbare school",
            "en": "Primary school, or the first years of secondary school",
            "fr": "École primaire ou premières années du secondaire",
            "de": "Grundschule oder die ersten Jahre der Sekundarschule",
        },
    ),
    (
        "middelbaar",
        {
            "nl": "Havo, vwo, mbo of het einde van de middelbare school",
            "en": "The end of secondary school, or vocational training",
            "fr": "Fin du secondaire ou formation professionnelle",
            "de": "Abitur oder Berufsausbildung",
        },
    ),
    (
        "theoretisch",
        {
            "nl": "Hbo, hogeschool of universiteit",
            "en": "College or university",
            "fr": "Haute école ou université",
            "de": "Fachhochschule oder Universität",
        },
    ),
)

NEEDS: tuple[tuple[str, Text], ...] = (
    ("childcare", {"nl": "kinderopvang", "en": "childcare", "fr": "garde d’enfants", "de": "Kinderbetreuung"}),
    (
        "transport",
        {
            "nl": "vervoer van en naar huis",
            "en": "transport from and to my home",
            "fr": "transport",
            "de": "Fahrdienst",
        },
    ),
    (
        "interpreter",
        {
            "nl": "een tolk of gebarentolk",
            "en": "an interpreter, for a language or for signs",
            "fr": "un interprète, aussi en langue des signes",
            "de": "Dolmetschen, auch in Gebärdensprache",
        },
    ),
    (
        "wheelchair",
        {
            "nl": "een plek waar ik met een rolstoel kan komen",
            "en": "a place that I can reach in a wheelchair",
            "fr": "un lieu accessible en fauteuil roulant",
            "de": "einen Ort, den ich mit dem Rollstuhl erreiche",
        },
    ),
    (
        "diet",
        {"nl": "ander eten of drinken", "en": "other food or drink", "fr": "un repas adapté", "de": "anderes Essen"},
    ),
    (
        "large_print",
        {"nl": "grote letters", "en": "large print", "fr": "de grands caractères", "de": "große Schrift"},
    ),
)

YES_NO: tuple[tuple[str, Text], ...] = (
    ("yes", {"nl": "ja", "en": "yes", "fr": "oui", "de": "ja"}),
    ("no", {"nl": "nee", "en": "no", "fr": "non", "de": "nein"}),
)


def questions(levels: tuple[tuple[str, Text], ...] = LEVELS) -> tuple[Ready, ...]:
    """In their order. `levels` are the town's own groups of education, called as in its figures."""
    return (
        Ready(
            "education", "one",
            {"nl": "Wat is je hoogste diploma?", "en": "What is the highest level you finished?",
             "fr": "Quel est votre plus haut diplôme ?", "de": "Was ist dein höchster Abschluss?"},
            {"nl": "Zo zorgt de loting dat mensen met elke opleiding meepraten.",
             "en": "With this the lot makes sure that people of every schooling take part.",
             "fr": "Le tirage veille ainsi à ce que tous les niveaux soient présents.",
             "de": "So sorgt das Los dafür, dass alle Bildungswege dabei sind."},
            levels, required=True,
        ),
        Ready(
            "first-time", "one",
            {"nl": "Doe je voor het eerst mee aan zoiets van de gemeente?",
             "en": "Is this the first time that you take part in something like this?",
             "fr": "Est-ce la première fois que vous participez ?", "de": "Machst du zum ersten Mal bei so etwas mit?"},
            {}, YES_NO,
        ),
        Ready(
            "needs", "several",
            {"nl": "Wat heb je nodig om mee te kunnen doen?", "en": "What do you need to be able to take part?",
             "fr": "De quoi avez-vous besoin pour participer ?", "de": "Was brauchst du, um mitzumachen?"},
            {"nl": "Dit telt niet mee bij de loting. We regelen het als je geloot wordt.",
             "en": "This has no part in the draw. We arrange it when you are drawn.",
             "fr": "Cela ne joue aucun rôle dans le tirage. Nous l’organisons si vous êtes tiré au sort.",
             "de": "Das spielt beim Losen keine Rolle. Wir regeln es, wenn du gezogen wirst."},
            NEEDS,
        ),
        Ready(
            "needs-more", "text",
            {"nl": "Is er nog iets dat we moeten weten of regelen?",
             "en": "Is there anything else that we should know or arrange?",
             "fr": "Y a-t-il autre chose à savoir ou à organiser ?", "de": "Sollen wir noch etwas wissen oder regeln?"},
            {}, personal=True,
        ),
    )  # fmt: skip
