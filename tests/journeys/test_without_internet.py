"""J13: a resident without e-mail. From a form on paper to a letter that says what became of it (R216, W6)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from samenraad.followup import actions as followup
from samenraad.instruments.ideas.rules.forms import form_code
from samenraad.people.models import Account, Person
from samenraad.post.actions import deliver
from samenraad.post.models import Message
from samenraad.processes.models import Proposal
from tests.journeys.steps import only, pick
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


def key_in(walk: Walk, step: Any, code: str) -> Walk:
    """What Bram types from Gerda's form."""
    walk.visit(f"/ideas/{step.pk}/desk/key/").see("Een idee invoeren")
    pick(walk, "Hoe kwam het binnen?", "papier").fill("Code op het formulier", code)
    walk.fill("Het idee in één zin", "Een bankje halverwege de heuvel")
    walk.fill("Vertel er meer over", "Ik loop met een rollator en moet onderweg rusten.")
    walk.fill("Naam", "Gerda Smit").fill("Straat en huisnummer", "Touwbaan 8")
    walk.fill("Postcode", "1234 CD").fill("Woonplaats", "Lindenveld")
    return walk.click("Bewaar en volgende")


def everything_leaves_the_house() -> None:
    call_command("tick", verbosity=0)
    deliver()


def post_the_letters(walk: Walk) -> str:
    """Put the waiting letters in a pile, read the code of the last one, and say that they were posted."""
    walk.visit("/desk/post/").click("Leg klaar om te printen")
    pdf = walk.page.request.get(walk.page.url.rstrip("/") + ".pdf")
    assert pdf.ok
    assert pdf.body().startswith(b"%PDF")
    code: str = Message.objects.filter(medium="letter").order_by("-pk")[0].extra["code"]
    walk.click("Deze brieven zijn gepost")
    return code


def test_from_a_paper_form_to_a_letter(
    walk: Walk, open_walk: Any, process: Any, step: Any, bram: Any, chantal: Any
) -> None:
    accounts = Account.objects.count()
    walk.become(bram).visit(f"/ideas/{step.pk}/desk/")
    form = walk.page.request.get(f"{walk.base}/ideas/{step.pk}/form.pdf")
    assert form.body().startswith(b"%PDF")

    key_in(walk, step, "").read("Een bankje halverwege de heuvel")
    bench = only(Proposal)
    gerda = only(Person, name="Gerda Smit")
    assert bench.sources.get().contribution.channel == "paper"

    # she gets a receipt by letter, with a code; in the library she looks at what became of it, without JavaScript
    everything_leaves_the_house()
    code = post_the_letters(walk)
    library = open_walk(width=360, javascript=False).visit("/brief/").fill("Code", code.lower().replace("-", " "))
    library.click("Ga verder").read("Een bankje halverwege de heuvel", "papier")

    # the council answers; the letter says what became of her own idea, in the council's words
    handover = followup.hand_over(process=process, proposals=[bench], by=bram)
    item = handover.items.get()
    followup.give_answer(item=item, decision="adopted", reasons="Ja, er komen twee banken.", by=chantal)
    followup.publish_answers(handover=handover, by=chantal)
    everything_leaves_the_house()
    letter = Message.objects.filter(person=gerda, medium="letter").latest("pk")
    assert "Een bankje halverwege de heuvel" in letter.body
    assert "Ja, er komen twee banken." in letter.body
    post_the_letters(walk)
    library.visit("/my/").read("Ja, er komen twee banken.")

    assert Account.objects.count() == accounts  # nobody was made to have an account
    assert [message for message in mail.outbox if "gerda" in message.to[0].lower()] == []


def test_a_form_that_was_keyed_already_is_refused(walk: Walk, step: Any, bram: Any) -> None:
    walk.become(bram)
    code = form_code(range(7))  # as it is printed on a form; one wrong letter would be noticed
    key_in(walk, step, code)
    key_in(walk, step, code)
    assert Proposal.objects.count() == 1
    walk.read(re.compile("al ingevoerd"))
