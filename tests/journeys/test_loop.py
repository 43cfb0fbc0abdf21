"""J1, J6 and J8 together: from ideas on the table to the last person told and the process closed, by clicking."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from samenraad.followup.models import Feedback, Handover, Measure
from samenraad.people.models import Channel, Role
from samenraad.post.actions import deliver
from samenraad.post.models import Message
from samenraad.processes import actions
from tests.journeys.steps import day, only, pick
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def joke(bram: Any) -> Any:
    """A civil servant who owns measures."""
    from samenraad.testing import somebody

    person = somebody("Joke Hamersma")
    Role.objects.create(person=person, word="owner")
    return person


@pytest.fixture
def ideas(step: Any, idea: Any, emre: Any, dirk: Any, bram: Any) -> list[Any]:
    """Three ideas, one of them from paper; Dirk supports the first."""
    paper = actions.take_part(step=step, person=emre, channel=Channel.PAPER, entered_by=bram)
    bank = actions.propose(step=step, contribution=paper, title="Een bank bij de halte", text="Om te rusten.", by=bram)
    own = actions.take_part(step=step, person=dirk)
    bus = actions.propose(step=step, contribution=own, title="Bus 12 elk kwartier", text="", by=dirk)
    actions.support(proposal=idea, person=dirk)
    return [idea, bank, bus]


def everything_leaves_the_house() -> None:
    """The tick makes what is owed into messages, the worker sends the e-mails."""
    call_command("tick", verbosity=0)
    deliver()


def hand_over(walk: Walk, slug: str) -> None:
    walk.visit(f"/desk/handover/{slug}/").see("Overhandigen voor een antwoord")
    for title in ("Bomen op het Marktplein", "Een bank bij de halte", "Bus 12 elk kwartier"):
        walk.tick(title)
    walk.click("Kijk het na").click("Overhandig")
    assert only(Handover).items.count() == 3


def answer(walk: Walk, number: int, decision: str, reasons: str, forwarded: str = "") -> None:
    walk.visit(f"/desk/answers/{only(Handover).pk}/{number}/")
    for condition in ("past binnen het budget", "mag volgens de wet"):
        pick(walk, condition, "ja")
    pick(walk, "Wat is het besluit?", decision)
    if forwarded:
        walk.fill("Doorgestuurd naar wie?", forwarded)
    walk.fill("De redenen", reasons)
    walk.page.get_by_role("button", name="Bewaar", exact=True).click()
    walk.check()


def close(walk: Walk, slug: str) -> None:
    walk.visit(f"/desk/evaluation/{slug}/").see("Wat hebben we geleerd?")
    for question in (
        "Wat ging er mis?",
        "Wat doe je de volgende keer anders?",
        "Wat werd er beter voor inwoners?",
        "Wat deed het voor de lokale democratie?",
        "Wat deed het voor hoe mensen met elkaar omgaan?",
    ):
        walk.fill(question, "We begonnen te laat met bellen. Volgende keer bellen we in week een.")
    walk.click("Bewaar en kijk het na").click("Maak het openbaar")


def test_the_loop_closes(
    walk: Walk, open_walk: Any, process: Any, step: Any, ideas: list[Any], chantal: Any, bram: Any, joke: Any,
    dirk: Any, emre: Any, aisha: Any,
) -> None:  # fmt: skip
    slug = process.slug
    walk.become(bram)
    hand_over(walk, slug)
    public = open_walk(width=360).visit(f"/process/{slug}/answers/").see("3 voorstellen wachten op antwoord")

    # J6: the council answers. A blank row blocks publication, and the page says which one.
    walk.become(chantal).visit("/desk/answers/")
    answer(walk, 1, "overgenomen", "Ja. We planten er twaalf linden.")
    answer(walk, 2, "afgewezen", "De halte verhuist volgend jaar.")
    walk.visit(f"/desk/answers/{only(Handover).pk}/review/").see("1 rij is leeg")
    answer(walk, 3, "niet van ons, doorgestuurd", "De provincie gaat over de bus.", forwarded="de provincie")
    walk.visit(f"/desk/answers/{only(Handover).pk}/review/").click("Maak de antwoorden openbaar")
    assert only(Handover).answered_at

    # everybody can read it, with what differs from the promise
    public.visit(f"/process/{slug}/answers/").see("Bomen op het Marktplein", "Een bank bij de halte")
    public.read("We planten er twaalf linden.", "33,3 %", "Anders dan beloofd")

    # everybody hears it: Aisha and Dirk by e-mail, Emre by letter
    everything_leaves_the_house()
    assert {message.to[0].split("@")[0] for message in mail.outbox} >= {"aisha", "dirk"}
    letters = Message.objects.filter(medium="letter", person=emre)
    assert letters.exists()

    # J8: a measure, and how it stands
    walk.become(bram).visit(f"/desk/measures/new/{slug}/").fill("Wat gaat er gebeuren?", "Twaalf linden planten")
    walk.choose("Vanwege welk antwoord?", "1. Bomen op het Marktplein").choose("Wie doet het?", "Joke Hamersma")
    walk.fill("Klaar vóór", day(90))
    walk.click("Bewaar de maatregel")
    measure = only(Measure)
    walk.become(joke).visit("/desk/measures/").click("Zeg hoe het staat")
    walk.fill("Hoe staat het ervoor?", "De bomen zijn besteld.").click("Bewaar")
    assert measure.updates.get().text == "De bomen zijn besteld."
    everything_leaves_the_house()

    # a moved date asks why
    walk.visit("/desk/measures/").click("Zeg hoe het staat").fill("Hoe staat het ervoor?", "Het wordt later.")
    walk.fill("Klaar vóór", day(120)).click("Bewaar").read("De datum is verschoven. Zeg waarom")
    walk.fill("Waarom is de datum verschoven?", "De kweker levert in het najaar.").click("Bewaar")
    public.visit(f"/process/{slug}/measures/").read("De kweker levert in het najaar.")
    everything_leaves_the_house()

    # gate 6: not before the letters are posted and the evaluation is public
    walk.become(bram).visit(f"/desk/process/{slug}/close/").see("Poort 6 is nog dicht: Terugkoppeling")
    close(walk, slug)
    everything_leaves_the_house()
    walk.visit("/desk/post/").click("Leg klaar om te printen").click("Deze brieven zijn gepost")
    walk.visit(f"/desk/feedback/{slug}/").see("Iedereen weet wat ervan kwam")
    walk.visit(f"/desk/process/{slug}/close/").click("Sluit het traject")
    process.refresh_from_db()
    assert process.closed_at
    public.visit(f"/process/{slug}/").read("afgerond")
    assert not Feedback.objects.filter(told_at=None).exclude(message__state="sent").exists()
