"""The sentences themselves: as what somebody stood behind a text, and what happened to it."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from samenraad.followup.sentences import MeasureLine, Word, sentence, title_of

OWN = {"noun": "idee", "number": 214, "title": "Bomen"}
INTO = {"into": 7, "into_title": "Meer groen", "body": "de gemeenteraad"}
PLANNED = MeasureLine("Tien bomen", date(2027, 10, 1), "Groen")

DUTCH = [
    (Word("merged", **OWN, **INTO, own=False, others=6),
     "Je idee nr. 214 “Bomen” werd samengevoegd met 6 andere tot nummer 7: “Meer groen”."),
    (Word("merged", "supporter", **OWN, **INTO, own=False, others=1),
     "Je steunde idee nr. 214 “Bomen”. Idee 214 werd samengevoegd met 1 ander tot nummer 7: “Meer groen”."),
    (Word("merged", "commenter", **OWN, **INTO, own=False),
     "Je schreef een reactie bij idee nr. 214 “Bomen”. Idee 214 gaat verder als deel van nummer 7: “Meer groen”."),
    (Word("carried", **OWN, into=3, step="Het panel"),
     "Je idee nr. 214 “Bomen” gaat door naar de volgende stap, “Het panel”, als nummer 3."),
    (Word("carried", **OWN, **INTO, split=True),
     "Je idee nr. 214 “Bomen” bevatte meer dan één ding en is gesplitst. Nummer 7 “Meer groen” is er een deel van."),
    (Word("handed", **OWN, **INTO, day=date(2027, 3, 8), due=date(2027, 5, 31)),
     "Je idee nr. 214 “Bomen” is op 8 maart 2027 overhandigd aan de gemeenteraad, als nummer 7. "
     "Het antwoord komt uiterlijk op 31 mei 2027."),
    (Word("answered", **OWN, **INTO, decision="adopted"),
     "Je idee nr. 214 “Bomen” is overgenomen door de gemeenteraad."),
    (Word("answered", **OWN, **INTO, own=False, decision="partly"),
     "Je idee nr. 214 “Bomen” is een deel van nummer 7 “Meer groen”. "
     "Dat is voor een deel overgenomen door de gemeenteraad."),
    (Word("answered", "supporter", **OWN, **INTO, decision="rejected"),
     "Je steunde idee nr. 214 “Bomen”. Idee 214 is afgewezen door de gemeenteraad."),
    (Word("answered", "commenter", **OWN, **INTO, own=False, decision="forwarded", forwarded_to="de provincie"),
     "Je schreef een reactie bij idee nr. 214 “Bomen”. Idee 214 is een deel van nummer 7 “Meer groen”. "
     "Dat is niet aan de gemeenteraad. Het is doorgestuurd naar de provincie."),
    (Word("measure", **OWN, **INTO, measures=(PLANNED,)),
     "Er is nieuws over je idee nr. 214 “Bomen”. Dit gaat gebeuren: “Tien bomen”, vóór 1 oktober 2027, door Groen."),
    (Word("measure", "supporter", **OWN, **INTO, measures=(replace(PLANNED, state="running"),),
          news="De eerste staan er", why_moved="De grond was nat."),
     "Je steunde idee nr. 214 “Bomen”. Er is nieuws over wat ermee gebeurt. “Tien bomen” is bezig. "
     "De eerste staan er. Het is nu klaar op 1 oktober 2027, want: De grond was nat."),
    (Word("closed", **OWN),
     "Je idee nr. 214 “Bomen” is gelezen en blijft op de pagina staan, "
     "en is niet voor een antwoord voorgelegd."),
    (Word("closed", step="De avond", took_part=date(2027, 3, 8)),
     "Je deed op 8 maart 2027 mee aan “De avond”. Dat werk is nu klaar."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "expected"), DUTCH, ids=[f"{w.occasion}-{w.part}-{n}" for n, (w, _) in enumerate(DUTCH)]
)
def test_in_dutch(word, expected):
    with translation.override("nl"):
        assert sentence(word) == expected


@pytest.mark.parametrize("word", [word for word, _ in DUTCH])
def test_in_english_every_sentence_names_the_own_text(word):
    with translation.override("en"):
        text = sentence(word)
    assert "{" not in text
    assert word.number is None or ("214" in text and "“Bomen”" in text)


def test_no_two_people_with_different_texts_get_the_same_sentence():
    with translation.override("nl"):
        said = {sentence(word) for word, _ in DUTCH}
    assert len(said) == len(DUTCH)


def test_the_subject_of_a_message_is_about_their_own_text():
    with translation.override("nl"):
        assert title_of([DUTCH[6][0]]) == "Wat er met je idee nr. 214 “Bomen” gebeurde"
        assert title_of([DUTCH[6][0]] * 3) == "Wat er gebeurde met 3 teksten waar je achter stond"
        assert "dat je steunde" in title_of([DUTCH[8][0]])
