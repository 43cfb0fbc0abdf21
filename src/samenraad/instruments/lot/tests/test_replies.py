"""Saying yes or no on the website and by phone, changing one's mind, and what is set apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.instruments.lot.actions import replies
from samenraad.instruments.lot.models import Answered, Draw, Invitation, Outreach
from samenraad.instruments.lot.rules import replies as rules
from samenraad.instruments.lot.rules.outreach import flyer_code
from samenraad.ledger.models import Entry
from samenraad.people.actions import issue_code
from samenraad.people.models import Role
from samenraad.processes.models import Contribution
from samenraad.questionnaires.models import AnswerSet
from samenraad.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(lot, invited):
    [one] = invited(1)
    one.lot = lot
    return one


@pytest.fixture
def at_ease(monkeypatch):
    """A test fills in a page faster than anybody reads it."""
    monkeypatch.setattr(rules, "FASTEST", 0)


@pytest.fixture
def resident(client, letter, at_ease):
    """A browser in which the code of the letter was filled in."""
    client.post(reverse("people:letter"), {"code": issue_code(person=letter.person, leads_to=page("reply", letter))})
    return client


def page(name, letter, *args):
    return reverse(f"lot:{name}", args=[letter.lot_id, *args])


def fresh(letter):
    return Invitation.objects.get(pk=letter.pk)


def standing(letter):
    return Contribution.objects.filter(step=letter.lot.step, withdrawn_at=None).count()


# --- rules --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, ""),
        ({"trap": True}, "trap"),
        ({"seconds": 1}, "fast"),
        ({"from_source": rules.FROM_ONE_SOURCE}, "many"),
        ({"from_source": rules.FROM_ONE_SOURCE - 1}, ""),
    ],
)
def test_an_answer_is_doubtful_when_no_person_answers_like_that(facts, why):
    assert rules.doubt(**{"trap": False, "seconds": 60, "from_source": 0} | facts) == why


def test_two_people_read_the_same_when_only_blanks_and_capitals_differ():
    first = {"reply": "yes", "phone": "06-12 34 56 78", "q": {"need": "a Ramp "}, "curious": False, "day": "2027-03-01"}
    second = {"reply": "yes", "phone": "0612345678", "q": {"need": "a  ramp"}, "day": "2027-03-02"}
    assert rules.differences(first, second) == []
    assert rules.differences(first, second | {"q": {}}) == ["q.need"]


# --- yes and no ---------------------------------------------------------------------------------------------------


def test_a_yes_counts_once_however_often_it_is_sent(letter):
    for _ in range(3):
        replies.say_yes(invitation=letter)
    letter = fresh(letter)
    assert (letter.reply, letter.channel) == ("yes", "web")
    assert standing(letter) == 1
    assert Entry.objects.filter(act="lot.replied").count() == 1


def test_the_ledger_says_by_which_way_and_nothing_else(letter):
    replies.say_no(invitation=letter, reason="health", curious=True)
    entry = Entry.objects.get(act="lot.replied")
    assert entry.facts == {"channel": "web"}
    assert entry.subject == f"step:{letter.lot_id}"


def test_a_no_takes_part_only_when_curious(letter):
    replies.say_no(invitation=letter)
    assert standing(letter) == 0
    replies.say_no(invitation=letter, curious=True)
    assert standing(letter) == 1


def test_who_says_no_after_all_takes_part_no_longer_and_may_come_back(letter):
    replies.say_yes(invitation=letter)
    replies.say_no(invitation=letter, reason="time")
    assert (fresh(letter).reply, fresh(letter).reason, standing(letter)) == ("no", "time", 0)
    replies.say_yes(invitation=letter)
    assert (fresh(letter).reply, fresh(letter).reason, standing(letter)) == ("yes", "", 1)


def test_another_way_replaces_the_contribution_and_makes_no_second(letter, bram):
    replies.say_yes(invitation=letter)
    replies.say_yes(invitation=letter, channel="phone", keyed_by=bram)
    assert standing(letter) == 1
    assert fresh(letter).contribution.channel == "phone"


def test_taken_back_is_as_if_nothing_was_answered(letter):
    replies.say_yes(invitation=letter)
    replies.take_back(invitation=letter)
    assert (fresh(letter).reply, fresh(letter).channel, standing(letter)) == ("", "", 0)


def test_after_the_last_day_an_answer_stays_as_it_is(letter, bram):
    replies.say_yes(invitation=letter)
    now = timezone.now()
    letter.lot.step.opens, letter.lot.step.closes = now - timedelta(days=9), now - timedelta(days=2)
    letter.lot.step.save()
    with pytest.raises(Refusal, match=r"lot\.replies_closed"):
        replies.say_no(invitation=letter)
    with pytest.raises(Refusal, match=r"lot\.replies_closed"):
        replies.say_no(invitation=letter, channel="paper", keyed_by=bram)
    in_time = timezone.localdate() - timedelta(days=3)
    replies.say_no(invitation=letter, channel="paper", keyed_by=bram, day=in_time)
    assert timezone.localtime(fresh(letter).replied_at).date() == in_time


def test_once_the_pool_is_frozen_nobody_changes_anything(letter, bram):
    Draw.objects.create(lot=letter.lot)
    for keyed_by in (None, bram):
        with pytest.raises(Refusal, match=r"lot\.pool_frozen"):
            replies.say_yes(invitation=letter, keyed_by=keyed_by)


def test_who_was_forgotten_cannot_be_answered_for(letter):
    Invitation.objects.filter(pk=letter.pk).update(person=None)
    with pytest.raises(Refusal, match=r"lot\.nobody_there"):
        replies.say_yes(invitation=letter)


# --- on the website -----------------------------------------------------------------------------------------------


def test_the_code_leads_to_the_question_and_two_answers(resident, letter):
    text = resident.get(page("reply", letter)).content.decode()
    assert "Hoe maken we het centrum groener?" in text
    assert letter.lot.step.process.promises.get().digest[:4] in text


def test_yes_with_all_its_pages_ends_in_a_receipt(resident, letter, asked):
    assert resident.post(page("reply_yes", letter)).url == page("reply_page", letter, 1)
    assert resident.post(page("reply_page", letter, 1), {"schooling": "practical"}).url == page("reply_page", letter, 2)
    assert fresh(letter).reply == ""
    resident.post(page("reply_page", letter, 2), {"need": "Een oprit"})
    sent = resident.post(page("reply_reach", letter), {"phone": "06 1234 5678", "large_print": "on"})
    assert sent.url == page("reply_check", letter)
    assert resident.post(page("reply_check", letter), {"more": ""}).url == page("reply_receipt", letter)
    letter = fresh(letter)
    assert (letter.reply, letter.large_print, letter.test) == ("yes", True, False)
    assert letter.person.phone == "06 1234 5678"
    assert letter.answers.handed_in_at
    assert letter.spoken_number in resident.get(page("reply_receipt", letter)).content.decode()


def test_what_was_filled_in_is_there_again_the_next_time(resident, letter, asked):
    resident.post(page("reply_yes", letter))
    resident.post(page("reply_page", letter, 1), {"schooling": "practical", "later": "1"})
    assert "Ja, ga verder waar ik was" in resident.get(page("reply", letter)).content.decode()
    assert 'value="practical" required id="id_schooling_0" checked' in resident.get(
        page("reply_page", letter, 1)
    ).content.decode().replace(' aria-describedby="id_schooling_helptext"', "")


def test_without_the_obligatory_answer_it_is_no_yes(resident, letter, asked):
    resident.post(page("reply_yes", letter))
    resident.post(page("reply_page", letter, 1), {})
    answer = resident.post(page("reply_check", letter), {"more": ""})
    assert answer.status_code == 200
    assert "moet je nog antwoord geven" in answer.content.decode()
    assert fresh(letter).reply == ""


def test_no_with_a_reason_and_the_wish_to_hear_the_result(resident, letter):
    resident.post(page("reply_no", letter), {"reason": "not_me", "curious": "on", "more": ""})
    letter = fresh(letter)
    assert (letter.reply, letter.reason, letter.curious, standing(letter)) == ("no", "not_me", True, 1)
    assert resident.get(page("reply", letter)).url == page("reply_receipt", letter)


def test_a_reason_is_never_needed_and_never_made_up(resident, letter):
    assert 'class="error' in resident.post(page("reply_no", letter), {"reason": "nonsense"}).content.decode()
    resident.post(page("reply_no", letter), {"more": ""})
    assert (fresh(letter).reply, fresh(letter).reason) == ("no", "")


def test_after_the_last_day_the_page_tells_what_was_answered_and_why_it_stays(resident, letter):
    replies.say_yes(invitation=letter)
    now = timezone.now()
    letter.lot.step.opens, letter.lot.step.closes = now - timedelta(days=9), now - timedelta(days=2)
    letter.lot.step.save()
    assert resident.get(page("reply_no", letter)).url == page("reply", letter)
    text = resident.get(page("reply", letter)).content.decode()
    assert "Je zei ja" in text
    assert "Je kon antwoorden tot en met" in text


def test_without_a_code_one_is_led_to_the_page_that_asks_for_it(client, letter, as_, dirk):
    wanted = f"{reverse('people:letter')}?next={page('reply', letter)}".replace("/", "%2F").replace("%2F", "/")
    for browser in (client, as_(dirk)):
        assert browser.get(page("reply", letter)).url.replace("%2F", "/") == wanted


def test_who_lives_at_the_same_address_hears_that_one_of_them_can_be_drawn(resident, letter, invited):
    [other] = invited(1, home="h1")
    Invitation.objects.filter(pk=letter.pk).update(home="h1")
    note = "Iemand op jouw adres zei ook ja"
    assert note not in resident.get(page("reply", letter)).content.decode()
    replies.say_yes(invitation=other)
    assert note in resident.get(page("reply", letter)).content.decode()
    letter.lot.one_per_address = False
    letter.lot.save()
    assert note not in resident.get(page("reply", letter)).content.decode()


def test_who_came_by_an_ambassador_is_counted_with_that_measure(client, letter, at_ease):
    measure = Outreach.objects.create(lot=letter.lot, kind="ambassador", name="Moskee")
    address = page("reply", letter) + f"?via={flyer_code(measure.token)}"
    back = client.get(address).url
    code = issue_code(person=letter.person)
    sent = client.post(reverse("people:letter"), {"code": code, "next": address})
    assert flyer_code(measure.token) in back
    client.get(sent.url)
    client.post(page("reply_no", letter), {"curious": "on", "more": ""})
    assert fresh(letter).outreach == measure


# --- set apart ----------------------------------------------------------------------------------------------------


def test_a_hidden_field_that_is_filled_in_sets_the_answer_apart(resident, letter, as_, bram):
    resident.post(page("reply_no", letter), {"curious": "on", "more": "http://"})
    letter = fresh(letter)
    assert (letter.test, letter.doubt, standing(letter)) == (True, "trap", 0)
    assert resident.get(page("reply_receipt", letter)).status_code == 200  # who sent it learns nothing
    desk = as_(bram)
    assert letter.spoken_number in desk.get(reverse("lot:replies", args=[letter.lot_id])).content.decode()
    desk.post(page("reply_judge", letter, letter.pk), {"let_in": "1"})
    assert (fresh(letter).test, standing(letter)) == (False, 1)


def test_an_answer_within_a_second_is_set_apart_and_can_be_thrown_out(client, letter, bram):
    client.post(reverse("people:letter"), {"code": issue_code(person=letter.person)})
    client.post(page("reply_no", letter), {"more": ""})
    assert fresh(letter).doubt == "fast"
    replies.throw_out(invitation=letter, by=bram)
    assert (fresh(letter).reply, fresh(letter).test) == ("", False)


def test_very_many_from_one_place_are_set_apart_and_the_place_is_forgotten(lot):
    watch = lambda: replies.watch(lot=lot, source="library", trap=False, seconds=60)  # noqa: E731
    assert {watch() for _ in range(rules.FROM_ONE_SOURCE)} == {""}
    assert watch() == "many"
    Answered.objects.update(moment=timezone.now() - timedelta(days=2))
    assert replies.tidy_up() == rules.FROM_ONE_SOURCE + 1


def test_what_an_organiser_tries_out_never_counts(as_, bram, letter, asked):
    desk = as_(bram)
    assert desk.post(page("reply_try", letter)).url == page("reply", letter)
    desk.post(page("reply_yes", letter))
    desk.post(page("reply_page", letter, 1), {"schooling": "practical"})
    desk.post(page("reply_check", letter), {"more": ""})
    trial = Invitation.objects.get(person=bram)
    assert (trial.reply, trial.test, standing(letter)) == ("yes", True, 0)
    with pytest.raises(Refusal, match=r"lot\.trial_never_counts"):
        replies.let_in(invitation=trial, by=bram)
    replies.throw_out(invitation=trial, by=bram)
    assert not Invitation.objects.filter(person=bram).exists()
    assert not AnswerSet.objects.exists()


# --- by phone -----------------------------------------------------------------------------------------------------


def test_somebody_who_calls_is_found_by_code_by_number_or_by_name(as_, bram, letter):
    desk, code = as_(bram), issue_code(person=letter.person)
    call = page("phone_call", letter, letter.pk)
    for given in ({"code": code.lower()}, {"code": letter.spoken_number}, {"name": "Bewoner 0", "postcode": "1234ab"}):
        assert desk.post(page("phone", letter), given).url == call
    assert "Niemand gevonden" in desk.post(page("phone", letter), {"code": "AAA-AAA"}).content.decode()


def test_a_yes_by_phone_has_its_channel_and_who_keyed_it(as_, bram, letter, asked):
    desk, call = as_(bram), page("phone_call", letter, letter.pk)
    assert "Hoe maken we het centrum groener?" in desk.get(call).content.decode()
    assert desk.post(call, {"reply": "yes"}).status_code == 200  # the obligatory question
    assert fresh(letter).reply == ""
    desk.post(call, {"reply": "yes", "q-schooling": "theoretical", "street": "Nieuwstraat 2", "postcode": "1234xy",
                     "city": "Lindenveld", "large_print": "on"})  # fmt: skip
    letter = fresh(letter)
    assert (letter.reply, letter.channel, letter.keyed_by) == ("yes", "phone", bram)
    assert (letter.person.street, letter.person.postcode, letter.large_print) == ("Nieuwstraat 2", "1234 XY", True)
    assert (letter.answers.channel, letter.answers.keyed_by) == ("phone", bram)
    assert letter.contribution.channel == "phone"


def test_who_calls_can_have_the_answer_taken_back(as_, bram, letter):
    replies.say_yes(invitation=letter)
    assert "Haal het antwoord terug" in as_(bram).get(page("phone_call", letter, letter.pk)).content.decode()
    as_(bram).post(page("phone_take_back", letter, letter.pk))
    assert (fresh(letter).reply, standing(letter)) == ("", 0)
    assert Entry.objects.get(act="lot.reply_taken_back").facts == {"channel": "phone"}


def test_the_secretariat_answers_the_phone_and_a_stranger_knows_of_nothing(as_, emre, dirk, letter):
    assert as_(dirk).get(page("phone", letter)).status_code == 404
    Role.objects.create(person=dirk, word="secretary")
    assert as_(dirk).get(page("phone", letter)).status_code == 200
    assert as_(dirk).get(page("replies", letter)).status_code == 200


def test_the_desk_asks_little_of_the_database(as_, bram, lot, invited, django_assert_max_num_queries):
    for row, one in enumerate(invited(40)):
        replies.say_no(invitation=one, reason="time", doubt="fast" if row % 4 else "")
    desk = as_(bram)
    with django_assert_max_num_queries(25):
        text = desk.get(reverse("lot:replies", args=[lot.pk])).content.decode()
    assert "ik heb geen tijd" in text


def test_my_part_says_that_an_invitation_waits_until_it_is_answered(lot, invited, as_):
    one = invited(1)[0]
    assert "Je bent uitgenodigd" in as_(one.person).get("/my/").content.decode()
    Invitation.objects.filter(pk=one.pk).update(reply="no", replied_at=timezone.now(), channel="web")
    assert "Je bent uitgenodigd" not in as_(one.person).get("/my/").content.decode()
