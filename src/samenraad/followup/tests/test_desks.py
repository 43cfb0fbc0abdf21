"""The desks: who may, what is refused, what is kept when something goes wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.followup.actions import add_measure, assign, give_answer, hand_over, publish_answers, tell, version_of
from samenraad.followup.models import Answer, Feedback, Handover, Measure, SideNote, Update
from samenraad.followup.room import card
from samenraad.people.models import Body, Membership, Person, Role
from samenraad.post.models import Message
from samenraad.processes import actions as processes


def page(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return response.content.decode()


def rows(handover):
    return f"/desk/answers/{handover.pk}/"


@pytest.fixture
def owner(handover, bram):
    person = Person.objects.create(name="Joke Hamersma", email="joke@example.org")
    Role.objects.create(person=person, word="owner")
    assign(item=handover.items.get(number=2), owner=person, by=bram)
    return person


ANSWER = {
    "decision": "adopted",
    "reasons": "Ja, dat doen we.",
    "decided_on": "2027-03-08",
    "meets_0": "yes",
    "meets_1": "",
}


def test_who_may_see_the_answer_desk(handover, as_, bram, chantal, dirk, aisha, owner):
    for person in (bram, chantal, owner):
        page(as_(person), rows(handover))
        page(as_(person), f"{rows(handover)}agenda/")
    for person in (dirk, aisha):
        for part in ("", "1/", "review/", "delay/", "agenda/"):
            page(as_(person), f"{rows(handover)}{part}", 404)
    assert as_(None).get(rows(handover)).status_code == 302  # sign in first
    page(as_(bram), "/desk/answers/999999/", 404)
    page(as_(bram), f"{rows(handover)}99/", 404)


def test_an_owner_prepares_only_their_own_row(handover, as_, owner):
    page(as_(owner), f"{rows(handover)}2/")
    page(as_(owner), f"{rows(handover)}1/", 404)
    page(as_(owner), f"{rows(handover)}review/", 404)
    assert as_(owner).post(f"{rows(handover)}1/", ANSWER).status_code == 404
    assert as_(owner).post(f"{rows(handover)}2/", {**ANSWER, "seen": ""}).status_code == 302
    assert Answer.objects.get().by == owner


def test_a_member_of_another_body_sees_nothing(handover, as_, dirk):
    board = Body.objects.create(name="het college", kind="executive")
    Membership.objects.create(body=board, person=dirk, state="member")
    page(as_(dirk), rows(handover), 404)


def test_save_and_go_on_leads_to_the_next_blank_row(handover, as_, chantal):
    client = as_(chantal)
    for number, following in ((1, "2/"), (3, "2/"), (2, "")):
        response = client.post(f"{rows(handover)}{number}/", {**ANSWER, "seen": "", "on": "1"})
        assert response["Location"] == f"{rows(handover)}{following}"
    item = handover.items.get(number=1)
    assert (item.answer.reasons, item.meets) == ("Ja, dat doen we.", [True, None])


def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(handover, as_, chantal):
    data = {**ANSWER, "decision": "forwarded", "reasons": "Dat is van de provincie.", "seen": ""}
    text = as_(chantal).post(f"{rows(handover)}1/", data).content.decode()
    assert "Vul in naar wie dit is doorgestuurd." in text
    assert "Dat is van de provincie." in text
    text = as_(chantal).post(f"{rows(handover)}1/", {**ANSWER, "reasons": "", "seen": ""}).content.decode()
    assert "Geef de redenen." in text
    assert not Answer.objects.exists()


def test_two_editors_at_once_the_last_one_is_told(handover, as_, chantal, bram):
    item = handover.items.first()
    give_answer(item=item, decision="rejected", reasons="Te duur.", by=bram)
    late = as_(chantal).post(f"{rows(handover)}1/", {**ANSWER, "seen": ""})
    text = late.content.decode()
    assert "Iemand anders veranderde rij 1" in text
    assert "Te duur." in text
    assert "Ja, dat doen we." in text
    assert Answer.objects.get().decision == "rejected"
    seen = version_of(Answer.objects.get())
    assert seen.replace("+", "&#x2B;") in text or seen in text
    as_(chantal).post(f"{rows(handover)}1/", {**ANSWER, "seen": seen})
    assert Answer.objects.get().decision == "adopted"


def test_a_side_note_and_an_owner_are_added_on_the_page_of_the_row(handover, as_, chantal, bram, owner):
    url = f"{rows(handover)}1/"
    as_(chantal).post(f"{url}note/", {"kind": "legal", "text": "Mag niet."})
    as_(chantal).post(f"{url}note/", {"kind": "gossip", "text": "Mag niet."})
    assert SideNote.objects.count() == 1
    assert as_(chantal).post(f"{url}owner/", {"owner": owner.pk}).status_code == 404  # the organiser asks
    as_(bram).post(f"{url}owner/", {"owner": owner.pk})
    assert handover.items.get(number=1).owner == owner
    assert "Mag niet." in page(as_(chantal), url)


def test_the_review_names_blank_rows_with_links_and_refuses(handover, as_, chantal):
    url = f"{rows(handover)}review/"
    text = page(as_(chantal), url)
    assert "Nog niet klaar om openbaar te worden" in text
    assert f'href="{rows(handover)}3/"' in text
    refused = as_(chantal).post(url, {})
    assert refused.status_code == 409
    assert "rij 1, 2, 3" in refused.content.decode()
    assert Handover.objects.get().answered_at is None


def test_the_review_says_who_will_hear_and_a_double_click_publishes_once(
    handover, process, as_, chantal, answer_all, emre, bram
):
    processes.support(proposal=handover.items.first().proposal, person=emre, channel="paper", entered_by=bram)
    answer_all(handover)
    url = f"{rows(handover)}review/"
    assert "1 per e-mail, 1 per brief, 0 per telefoon" in page(as_(chantal), url)
    for _ in range(2):
        response = as_(chantal).post(url, {"explained_on": "2027-04-01"})
        assert response["Location"] == f"/process/{process.slug}/answers/"
    assert Feedback.objects.filter(occasion="answered").count() == 4
    assert as_(chantal).get(f"{rows(handover)}1/").status_code == 302  # nothing to fill in any more


def test_a_delay_is_explained_in_public(handover, as_, chantal, process):
    as_(chantal).post(f"{rows(handover)}delay/", {"text": "We wachten op de offerte.", "until": ""})
    assert Handover.objects.get().delay_reason == "We wachten op de offerte."


def test_the_agenda_prints_texts_notes_and_drafts(handover, as_, chantal, answer_all):
    answer_all(handover, "rejected")
    text = page(as_(chantal), f"{rows(handover)}agenda/")
    for words in (
        "Tekst 1.",
        "Omdat het kan, zei de raad bij nummer 2.",
        "een besluit over het antwoord op 3 voorstellen",
    ):
        assert words in text


def hand(client, process, **data):
    today = timezone.localdate().isoformat()
    return client.post(f"/desk/handover/{process.slug}/", {"on": today, **data})


def test_handing_over_is_chosen_looked_over_and_done(process, ideas, as_, bram, council):
    first, second, third = ideas(3)
    client = as_(bram)
    assert "Idee 2" in page(client, f"/desk/handover/{process.slug}/")
    data = {"proposals": [second.pk], "numbers": f"{third.number}", "body": council.pk}
    sure = hand(client, process, **data).content.decode()
    assert "2 teksten overhandigen aan de gemeenteraad van Lindenveld?" in sure
    assert not Handover.objects.exists()
    data = {"proposals": [second.pk, third.pk], "body": council.pk, "confirm": "1"}
    assert hand(client, process, **data).status_code == 302
    assert hand(client, process, **data).status_code in (200, 409)  # a double click
    made = Handover.objects.get()
    assert [item.proposal for item in made.items.all()] == [second, third]
    assert f'value="{first.pk}"' in page(client, f"/desk/handover/{process.slug}/")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Kies minstens één"), ({"numbers": "1, twee"}, "Schrijf nummers met komma"),
        ({"numbers": "7-9"}, "Deze zijn er niet"),
        ({"numbers": "1", "on": "2099-01-01", "confirm": "1"}, "Deze dag moet nog komen"),
    ],
)  # fmt: skip
def test_a_wrong_hand_over_says_what_is_wrong(process, ideas, as_, bram, council, data, words):
    ideas(2)
    assert words in hand(as_(bram), process, body=council.pk, **data).content.decode()
    assert not Handover.objects.exists()


def test_what_was_chosen_on_another_list_is_ticked(process, step, ideas, as_, bram):
    first, second = ideas(2)
    text = page(as_(bram), f"/desk/handover/{process.slug}/?step={step.pk}&p={second.pk}&p=x")
    assert f'value="{second.pk}" checked' in text
    assert f'value="{first.pk}" checked' not in text


def test_only_who_organises_hands_over(process, ideas, as_, aisha, chantal, council):
    text = ideas(1)[0]
    for person in (aisha, chantal):
        assert hand(as_(person), process, proposals=[text.pk], body=council.pk, confirm="1").status_code == 404
    assert as_(None).get(f"/desk/handover/{process.slug}/").status_code == 302


def test_texts_of_another_process_cannot_be_smuggled_in(process, ideas, as_, bram, council, place):
    other = processes.create(title="Anders", place=place, by=bram)
    strange = processes.propose(
        step=processes.add_step(process=other, kind="ideas", title="Daar", by=bram),
        contribution=None,
        title="X",
        text="",
        by=bram,
    )
    ideas(1)
    hand(as_(bram), process, proposals=[strange.pk], body=council.pk, confirm="1")
    assert not Handover.objects.exists()


@pytest.fixture
def measure(answered, process, bram, owner_of_measures):
    due = timezone.localdate() + timedelta(days=10)
    return add_measure(
        process=process,
        answer=answered.items.first().answer,
        title="Tien bomen",
        owner=owner_of_measures,
        due=due,
        by=bram,
    )


@pytest.fixture
def owner_of_measures(db):
    person = Person.objects.create(name="Joke Hamersma", email="joke@example.org")
    Role.objects.create(person=person, word="owner")
    return person


def test_an_owner_says_in_half_a_minute_how_it_stands(measure, as_, owner_of_measures):
    client = as_(owner_of_measures)
    assert "Tien bomen" in page(client, "/desk/measures/")
    data = {"text": "Vijf staan er.", "state": "running", "due": measure.due.isoformat()}
    for _ in range(2):
        assert client.post(f"/desk/measures/{measure.pk}/", data).status_code == 302
    assert Update.objects.count() == 1


def test_who_prepares_or_answers_a_row_proposes_its_measure(handover, process, as_, owner, chantal, answer_all, aisha):
    answer_all(handover)
    url = f"/desk/measures/new/{process.slug}/"
    own, other = (handover.items.get(number=number).answer for number in (2, 1))
    data = {"title": "Bankjes", "due": "2028-01-01", "department": "Groen"}
    assert as_(owner).post(url, {**data, "answer": own.pk})["Location"] == f"{rows(handover)}2/"
    for answer in (other.pk, "", 999_999):
        assert as_(owner).post(url, {**data, "answer": answer}).status_code == 200
    assert as_(chantal).post(url, {**data, "answer": other.pk}).status_code == 302
    assert as_(aisha).post(url, {**data, "answer": own.pk}).status_code == 404
    assert Measure.objects.count() == 2
    assert "Bankjes" in page(as_(owner), f"{rows(handover)}2/")


def test_a_moved_date_and_done_are_asked_about(measure, as_, owner_of_measures):
    client = as_(owner_of_measures)
    later = (measure.due + timedelta(days=9)).isoformat()
    url = f"/desk/measures/{measure.pk}/"
    assert "Zeg waarom" in client.post(url, {"text": "Later.", "state": "running", "due": later}).content.decode()
    done = {"text": "Klaar.", "state": "done", "due": measure.due.isoformat()}
    assert "Laat het zien" in client.post(url, done).content.decode()
    assert not Update.objects.exists()
    assert client.post(url, {**done, "evidence": "besluit 14"}).status_code == 302


def test_measures_of_others_do_not_exist(measure, as_, aisha, chantal):
    for person in (aisha, chantal):
        page(as_(person), f"/desk/measures/{measure.pk}/", 404)
    assert "Tien bomen" not in page(as_(chantal), "/desk/measures/")
    page(as_(aisha), "/desk/measures/", 404)
    assert as_(None).get(f"/desk/measures/{measure.pk}/").status_code == 302


def test_the_officer_adds_a_measure_with_an_amount(answered, process, as_, bram, aisha, owner_of_measures):
    url = f"/desk/measures/new/{process.slug}/"
    data = {"title": "Bankjes", "due": "2028-01-01", "owner": owner_of_measures.pk, "budget": "12.500,50",
            "answer": answered.items.first().answer.pk}  # fmt: skip
    assert "Vul in wie het doet" in as_(bram).post(url, {**data, "owner": ""}).content.decode()
    assert as_(bram).post(url, data).status_code == 302
    assert Measure.objects.get().budget_cents == 1_250_050
    page(as_(aisha), url, 404)


def test_the_feedback_desk_says_who_is_untold_and_why(answered, process, step, as_, bram, aisha, chantal):
    nobody = Person.objects.create(name="Iemand van de markt")
    part = processes.take_part(step=step, person=nobody, channel="street", entered_by=bram)
    text = processes.propose(step=step, contribution=part, title="Een bank", text="", by=bram)
    hand_over(process=process, proposals=[text], by=bram)
    url = f"/desk/feedback/{process.slug}/"
    tell()
    Message.objects.filter(person=aisha).update(state="failed", trouble="mailbox bestaat niet")
    found = page(as_(bram), url)
    for words in ("2 mensen hoorden nog niet alles", "Iemand van de markt", "Hang een poster", "stuur als e-mail"):
        assert words in found
    assert "Iemand van de markt" not in page(as_(bram), f"{url}?show=failed")
    page(as_(chantal), url, 404)
    as_(bram).post(f"{url}public/", {"where": "poster op de markt"})
    assert Feedback.objects.get(contribution=part).how == "public"
    assert as_(bram).post(f"{url}public/", {"where": "nog een"}).status_code == 409
    assert as_(bram).post(f"{url}public/", {"where": ""}).status_code == 400


def test_the_officer_sends_again_or_tells_by_hand(answered, process, step, as_, bram, aisha, dirk):
    url = f"/desk/feedback/{process.slug}/"
    as_(bram).post(f"{url}send/")
    first = Message.objects.filter(person=aisha).count()
    assert first == 2  # handed over, answered
    Message.objects.filter(person=aisha).update(state="failed")
    part = Feedback.objects.first().contribution
    as_(bram).post(f"{url}{part.pk}/again/", {"medium": "letter"})  # no address
    as_(bram).post(f"{url}{part.pk}/again/", {"medium": "pigeon"})
    assert Message.objects.filter(person=aisha).count() == first
    as_(bram).post(f"{url}{part.pk}/again/", {"medium": "email"})
    assert Message.objects.filter(person=aisha, state="waiting").count() == 2
    as_(bram).post(f"{url}{part.pk}/told/")
    assert not Feedback.objects.untold().exists()
    assert as_(bram).post(f"{url}999999/told/").status_code == 404
    assert as_(dirk).post(f"{url}{part.pk}/told/").status_code == 404
    assert as_(bram).get(f"{url}{part.pk}/told/").status_code == 405


def test_the_evaluation_is_written_looked_over_and_public(answered, process, as_, bram, client, chantal):
    url = f"/desk/evaluation/{process.slug}/"
    page(as_(chantal), url, 404)
    assert as_(bram).post(url, {"wrong": "De brief kwam te laat."}).status_code == 302
    assert as_(bram).post(f"{url}publish/").status_code == 409
    whole = {"wrong": "De brief kwam te laat.", "service": "a", "democracy": "b", "relations": "c", "lessons": "d"}
    assert as_(bram).post(url, {**whole, "publish": "1"})["Location"] == f"{url}publish/"
    assert "De brief kwam te laat." in page(as_(bram), f"{url}publish/")
    for _ in range(2):
        assert as_(bram).post(f"{url}publish/").status_code == 302
    assert "De brief kwam te laat." in page(as_(None), f"/process/{process.slug}/evaluation/")
    assert as_(bram).get(url).status_code == 302


def test_what_waits_stands_on_the_desk_of_who_must_do_it(
    handover, owner, chantal, bram, aisha, answer_all, process, step
):
    today = timezone.localdate()
    assert [todo.what for todo in card.todo(owner, today)] == ["Bereid het antwoord voor op nummer 2: Idee 2"]
    assert [todo.what for todo in card.todo(chantal, today)] == ["3 antwoorden zijn nog leeg"]
    answer_all(handover)
    assert [todo.what for todo in card.todo(chantal, today)] == ["3 antwoorden kunnen openbaar worden"]
    assert card.todo(aisha, today) == []
    late = card.todo(bram, handover.due + timedelta(days=1))
    assert "Het antwoord van de gemeenteraad van Lindenveld is te laat" in [todo.what for todo in late]
    publish_answers(handover=handover, by=chantal)
    assert [todo.what for todo in card.todo(bram, today)] == ["Schrijf op wat er is geleerd"]


def test_texts_that_wait_for_a_hand_over_stand_on_the_desk(process, step, idea, bram):
    today = timezone.localdate()
    assert card.todo(bram, today) == []
    processes.conclude(step=step, by=bram)
    assert [todo.what for todo in card.todo(bram, today)] == ["Overhandig wat inwoners inbrachten"]


def test_a_handover_list_shows_what_is_mine(handover, as_, chantal, bram, dirk, owner):
    for person in (chantal, bram, owner):
        assert "Groener centrum" in page(as_(person), "/desk/answers/")
    page(as_(dirk), "/desk/answers/", 404)  # no role, no seat, no row: no such desk
    assert as_(None).get("/desk/answers/").status_code == 302
