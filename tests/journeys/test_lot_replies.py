"""J2 and J13: who was drawn answers the letter, on the website in four languages, by phone and by card; nobody needs
an e-mail address, an account or JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.instruments.lot.models import Card, Invitation, Lot
from samenraad.people.actions import issue_code
from samenraad.people.models import Body, Person, Role
from samenraad.processes import actions as processes
from samenraad.processes.models import Contribution
from samenraad.questionnaires import actions as questionnaires
from samenraad.questionnaires.models import Question
from samenraad.testing import somebody
from tests.journeys.steps import only, pick
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def somebody_types_that_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer within seconds is set apart; this browser is that fast."""
    monkeypatch.setattr("samenraad.instruments.lot.rules.replies.FASTEST", 0)


@pytest.fixture
def lot(process: Any, bram: Person) -> Lot:
    """Answers are coming in. Question, promise and questions exist in four languages."""
    now = timezone.now()
    process.question = {
        "nl": "Hoe maken we het centrum groener?", "en": "How do we make the centre greener?",
        "fr": "Comment rendre le centre plus vert ?", "de": "Wie machen wir die Innenstadt grüner?",
    }  # fmt: skip
    process.save()
    body = Body.objects.create(name="Klimaatpanel", kind="panel", seats={"citizen": 12})
    step = processes.add_step(
        process=process, kind="lot", title="Loting Klimaatpanel", by=bram, body=body,
        opens=now - timedelta(days=1), closes=now + timedelta(days=9),
    )  # fmt: skip
    return Lot.objects.create(
        step=step, seats=12, hours=24, phone="0800 12 34", draw_at=now + timedelta(days=20), draw_where="raadszaal",
        sessions={"nl": "Vier zaterdagen.", "en": "Four Saturdays.", "fr": "Quatre samedis.", "de": "Vier Samstage."},
        allowance={"nl": "€ 200", "en": "€ 200", "fr": "200 €", "de": "200 €"}, questionnaire=_asked(process, bram),
    )  # fmt: skip


def _asked(process: Any, by: Person) -> Any:
    made = questionnaires.start(process=process, title="Over jou", by=by)
    texts = {"nl": "Welke opleiding heb je?", "en": "What is your education?", "fr": "Quelle est votre formation ?",
             "de": "Welche Ausbildung haben Sie?"}  # fmt: skip
    options = [
        {"key": "practical", "text": {"nl": "Praktisch", "en": "Practical", "fr": "Pratique", "de": "Praktisch"}},
        {"key": "theory", "text": {"nl": "Theoretisch", "en": "Theoretical", "fr": "Théorique", "de": "Theoretisch"}},
    ]
    schooling = questionnaires.save_question(
        question=Question(key="schooling", kind="one", text=texts), options=options
    )
    texts = {"nl": "Wat heb je nodig om te komen?", "en": "What do you need to come?",
             "fr": "De quoi avez-vous besoin pour venir ?", "de": "Was brauchen Sie, um zu kommen?"}  # fmt: skip
    need = questionnaires.save_question(question=Question(key="need", kind="text", text=texts))
    questionnaires.add(questionnaire=made, question=schooling, required=True)
    heading = {"nl": "Wat je nodig hebt", "en": "What you need", "fr": "Vos besoins", "de": "Ihr Bedarf"}
    questionnaires.add(questionnaire=made, question=need, heading=heading)
    return questionnaires.publish(questionnaire=made, by=by)


@pytest.fixture
def letter(lot: Lot, emre: Person) -> Invitation:
    """Emre has no e-mail address; he got a letter."""
    return Invitation.objects.create(lot=lot, person=emre, key="1")


def code_for(letter: Invitation) -> str:
    return issue_code(person=letter.person, leads_to=reverse("lot:reply", args=[letter.lot_id]))


#: what a reader of each language meets on the road, in the order of the pages
ROAD = {
    "nl": {
        "name": "Nederlands", "letter": "Ik heb een brief", "go": "Ga verder", "ask": "Mag je naam mee in de loting?",
        "question": "Hoe maken we het centrum groener?", "yes": "Ja, mijn naam mag mee", "schooling": "Welke opleiding",
        "practical": "Praktisch", "next": "Bewaar en ga verder", "need": "Wat heb je nodig om te komen?",
        "reach": "Hoe kunnen we je bereiken?", "large": "Ik wil mijn brieven in grote letters",
        "check": "Kijk het na en verstuur het", "send": "Verstuur: ja, ik doe mee",
        "receipt": "Dank je wel. Je naam doet mee in de loting", "number": "Je lotnummer", "no": "Ik zeg toch nee",
        "reason": "Waarom niet?", "not_me": "dit is niet voor mensen zoals ik",
        "curious": "Laat me weten wat eruit komt",
        "send_no": "Verstuur mijn nee", "thanks": "Dank je wel voor je antwoord",
    },
    "en": {
        "name": "English", "letter": "I have a letter", "go": "Go on", "ask": "Can we put your name in the draw?",
        "question": "How do we make the centre greener?", "yes": "Yes, put my name in", "schooling": "What is your",
        "practical": "Practical", "next": "Save and go on", "need": "What do you need to come?",
        "reach": "How can we reach you?", "large": "I want my letters in large print",
        "check": "Look once more, then send it", "send": "Send: yes, I take part",
        "receipt": "Thank you. Your name is in the draw", "number": "Your lot number", "no": "I say no after all",
        "reason": "Why not?", "not_me": "this is not for people like me", "curious": "Do tell me what comes out of it",
        "send_no": "Send my no", "thanks": "Thank you for your answer",
    },
    "fr": {
        "name": "Français", "letter": "J’ai une lettre", "go": "Continuer", "ask": "Pouvons-nous mettre votre nom",
        "question": "Comment rendre le centre plus vert ?", "yes": "Oui, mettez mon nom",
        "schooling": "Quelle est votre",
        "practical": "Pratique", "next": "Enregistrer et continuer", "need": "De quoi avez-vous besoin pour venir ?",
        "reach": "Comment pouvons-nous vous joindre ?", "large": "Je veux recevoir mes lettres en gros",
        "check": "Relisez, puis envoyez", "send": "Envoyer : oui, je participe",
        "receipt": "Merci. Votre nom est dans le tirage", "number": "Votre numéro de tirage",
        "no": "Finalement, je dis non",
        "reason": "Pourquoi pas ?", "not_me": "ce n’est pas pour des gens comme moi",
        "curious": "Dites-moi quand même ce qui en sort", "send_no": "Envoyer mon non",
        "thanks": "Merci pour votre réponse",
    },
    "de": {
        "name": "Deutsch", "letter": "Ich habe einen Brief", "go": "Weiter",
        "ask": "Dürfen wir Ihren Namen mit auslosen?",
        "question": "Wie machen wir die Innenstadt grüner?", "yes": "Ja, losen Sie meinen Namen",
        "schooling": "Welche Aus",
        "practical": "Praktisch", "next": "Speichern und weiter", "need": "Was brauchen Sie, um zu kommen?",
        "reach": "Wie können wir Sie erreichen?", "large": "Ich möchte meine Briefe in großer Schrift",
        "check": "Noch einmal ansehen, dann absenden", "send": "Absenden: Ja, ich nehme",
        "receipt": "Danke. Ihr Name ist in der Auslosung", "number": "Ihre Losnummer", "no": "Ich sage doch nein",
        "reason": "Warum nicht?", "not_me": "das ist nichts für Leute wie mich",
        "curious": "Sagen Sie mir trotzdem", "send_no": "Mein Nein absenden", "thanks": "Danke für Ihre Antwort",
    },
}  # fmt: skip


@pytest.mark.parametrize("javascript", [False, True], ids=["plain", "axe"])
@pytest.mark.parametrize("language", ROAD)
def test_the_whole_road_in_four_languages_on_a_phone(
    open_walk: Callable[..., Walk], letter: Invitation, language: str, javascript: bool
) -> None:
    """From the code to the receipt, and a change of mind: without JavaScript, and with it checked by axe."""
    walk, say = open_walk(width=360, javascript=javascript), ROAD[language]
    walk.visit(f"/c/{code_for(letter)}/")
    if language != "nl":
        walk.click(say["name"], exact=True)
    walk.see(say["letter"]).click(say["go"], within="main").see(say["ask"]).read(say["question"])
    assert walk.page.locator("html").get_attribute("lang") == language
    walk.click(say["yes"])
    walk.page.get_by_role("group", name=say["schooling"]).get_by_label(say["practical"]).check()
    walk.click(say["next"]).fill(say["need"], "Een oprit").click(say["next"]).see(say["reach"])
    walk.tick(say["large"]).click(say["next"]).see(say["check"]).read("Een oprit")
    walk.click(say["send"]).see(say["receipt"], say["number"]).read(letter.spoken_number)
    letter.refresh_from_db()
    assert (letter.reply, letter.channel, letter.large_print, letter.test) == ("yes", "web", True, False)
    assert letter.answers is not None
    assert letter.answers.language == language
    walk.click(say["no"])
    walk.page.get_by_role("group", name=say["reason"]).get_by_label(say["not_me"]).check()
    walk.tick(say["curious"]).click(say["send_no"]).see(say["thanks"])
    letter.refresh_from_db()
    assert (letter.reply, letter.reason, letter.curious) == ("no", "not_me", True)
    assert only(Contribution, withdrawn_at=None).person == letter.person


def test_what_is_begun_is_there_again_and_what_is_forgotten_is_asked(plain_walk: Walk, letter: Invitation) -> None:
    plain_walk.visit("/letter/").fill("De code in je brief", code_for(letter)).click("Ga verder", within="main")
    plain_walk.click("Ja, mijn naam mag mee").click("Bewaar en ga verder").fill("Wat heb je nodig", "Een oprit")
    plain_walk.click("Bewaar en stop nu even").read("Bewaard").click("Ja, ga verder waar ik was")
    plain_walk.click("Bewaar en ga verder").click("Bewaar en ga verder").click("Bewaar en ga verder")
    plain_walk.read("Een oprit", "moet je nog antwoord geven").click("Naar die vraag")
    pick(plain_walk, "Welke opleiding heb je?", "Praktisch")
    plain_walk.click("Bewaar en ga verder").see("Kijk het na").click("Verstuur: ja").see("Je lotnummer")


def test_after_the_last_day_one_reads_what_one_said_and_why_it_stays(walk: Walk, letter: Invitation) -> None:
    from samenraad.instruments.lot.actions.replies import say_no

    say_no(invitation=letter, curious=True)
    now, step = timezone.now(), letter.lot.step
    step.opens, step.closes = now - timedelta(days=9), now - timedelta(days=2)
    step.save()
    walk.become(letter.person).visit(reverse("lot:reply", args=[letter.lot_id])).see("Je zei nee")
    walk.read("Je kon antwoorden tot en met")


def test_a_yes_by_phone(walk: Walk, letter: Invitation, bram: Person) -> None:
    """J13: staff read aloud what is asked, and key in what they hear."""
    walk.become(bram).visit(reverse("lot:replies", args=[letter.lot_id])).click("Iemand belt").see("Iemand belt")
    walk.fill("Naam", "Yıldız").fill("Postcode", "1234cd").click("Zoek").see("Emre Yıldız", "Wat je zegt")
    walk.read("Hoe maken we het centrum groener?", "Wil je dat je naam meedoet")
    pick(walk, "Ja of nee?", "Ja")
    pick(walk, "Welke opleiding heb je?", "Praktisch")
    walk.fill("Straat en huisnummer", "Nieuwe Weg 3").tick("Brieven in grote letters").click("Bewaar").read("lotnummer")
    letter.refresh_from_db()
    assert (letter.reply, letter.channel, letter.keyed_by) == ("yes", "phone", bram)
    assert letter.person is not None
    assert letter.person.street == "Nieuwe Weg 3"


def test_a_card_is_keyed_by_two_people_with_the_keyboard(walk: Walk, letter: Invitation, bram: Person) -> None:
    saar = somebody("Saar Maes")
    Role.objects.create(person=saar, word="secretary")
    cards = reverse("lot:cards", args=[letter.lot_id])
    for person, schooling in ((bram, "Praktisch"), (saar, "Theoretisch")):
        walk.become(person).visit(cards)
        walk.page.keyboard.type(letter.spoken_number)
        walk.enter().see("Kaart")
        pick(walk, "Ja of nee?", "Ja")
        pick(walk, "Welke opleiding heb je?", schooling)
        walk.enter()
    walk.see("Verschillend gelezen").read("Praktisch", "Theoretisch")
    pick(walk, "Ja of nee?", "Ja")
    pick(walk, "Welke opleiding heb je?", "Theoretisch")
    walk.click("Dit is wat er staat").see("Kaarten invoeren").read("telt mee")
    letter.refresh_from_db()
    assert (letter.reply, letter.channel) == ("yes", "paper")
    assert not Card.objects.exists()
