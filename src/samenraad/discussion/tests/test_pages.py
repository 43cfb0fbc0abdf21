"""Talk and moderation as whole requests."""

import re
import time

import pytest

from samenraad.discussion.actions import comment, hide, report
from samenraad.discussion.models import Comment, Report
from samenraad.people.models import Person, Role


def since(page):
    return re.search(r'name="since" value="([^"]+)"', page.content.decode()).group(1)


@pytest.fixture
def waited(monkeypatch):
    monkeypatch.setattr("samenraad.discussion.rules.FASTEST", 0)


def say(client, idea, **data):
    return client.post(f"/talk/{idea.pk}/", {"text": "Mooi plan", "next": "/talk/here/", **data})


def test_who_is_signed_in_says_it_at_once(as_, dirk, idea):
    page = say(as_(dirk), idea)
    made = Comment.objects.get()
    assert page.status_code == 302
    assert page["Location"] == f"/talk/here/?talk=1#comment-{made.pk}"


def test_who_has_a_letter_says_it_at_once(as_, emre, idea):
    say(as_(emre), idea)
    assert Comment.objects.get().contribution.person == emre


def test_who_is_unknown_writes_first_and_then_says_who_they_are(client, idea, waited):
    page = say(client, idea)
    assert page.status_code == 200
    assert not Comment.objects.exists()
    assert "Mooi plan" in page.content.decode()
    page = say(client, idea, name="Fatma", email="fatma@example.org", since=since(page))
    assert page.status_code == 302
    person = Comment.objects.get().contribution.person
    assert (person.name, person.email, person.account) == ("Fatma", "fatma@example.org", None)
    say(client, idea, text="En nog iets")
    assert Comment.objects.filter(contribution__person=person).count() == 2


def test_a_postcode_is_enough_and_nothing_is_not(client, idea, waited):
    page = say(client, idea)
    refused = say(client, idea, name="Fatma", since=since(page))
    assert refused.status_code == 200
    assert not Person.objects.filter(name="Fatma").exists()
    assert say(client, idea, name="Fatma", postcode="1234ab", since=since(refused)).status_code == 302
    assert Person.objects.get(name="Fatma").postcode == "1234 AB"


def test_a_typed_address_never_opens_what_somebody_else_did(client, idea, waited, aisha, emre):
    emre.email = "emre@example.org"
    emre.save()
    for email in ("aisha@example.org", "emre@example.org"):
        client.logout()
        page = say(client, idea, text=email)
        say(client, idea, text=email, name="Iemand", email=email, since=since(page))
    assert Comment.objects.count() == 2
    assert not Comment.objects.filter(contribution__person__in=[aisha, emre]).exists()


def test_a_program_that_fills_in_everything_gets_nowhere(client, idea, waited):
    page = say(client, idea)
    sent = say(client, idea, name="Bot", email="b@example.org", more="http://spam", since=since(page))
    assert sent.status_code == 200
    assert not Comment.objects.exists()


def test_what_is_sent_at_once_is_asked_for_once_more(client, idea, monkeypatch):
    page = say(client, idea)
    who = {"name": "Fatma", "postcode": "1234 AB"}
    again = say(client, idea, **who, since=since(page))
    assert again.status_code == 200
    assert not Comment.objects.exists()
    later = time.time() + 2
    monkeypatch.setattr("samenraad.discussion.forms.time.time", lambda: later)
    assert say(client, idea, **who, since="forged").status_code == 200
    assert say(client, idea, **who, since=since(again)).status_code == 302


def test_many_from_one_address_wait_an_hour(client, idea, waited, monkeypatch):
    monkeypatch.setattr("samenraad.discussion.rules.ARRIVALS", 2)
    for number in range(3):
        client.logout()
        page = say(client, idea, text=f"nummer {number}")
        last = say(client, idea, text=f"nummer {number}", name="Fatma", postcode="1234 AB", since=since(page))
    assert last.status_code == 200
    assert Comment.objects.count() == 2
    assert "nummer 2" in last.content.decode()


def test_ten_megabytes_are_refused_with_a_sentence_and_nothing_is_lost(as_, dirk, idea):
    page = say(as_(dirk), idea, text="woord " * 1_700_000)
    assert page.status_code == 200
    assert page.context["form"].errors["text"]
    assert not Comment.objects.exists()


def test_one_goes_back_to_this_website_only(as_, dirk, idea):
    page = say(as_(dirk), idea, next="https://evil.example/")
    assert page["Location"].startswith("/")
    page = say(as_(dirk), idea, text="nog", next="//evil.example/")
    assert not page["Location"].startswith("//")


@pytest.mark.parametrize("address", ["/talk/999999/", "/talk/report/comment/99/", "/talk/report/idea/1/"])
def test_what_does_not_exist_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


def test_a_hidden_comment_or_text_cannot_be_reached_by_number(client, idea, dirk, bram):
    said = comment(proposal=idea, person=dirk, text="Iets")
    hide(thing=said, kind="insult", reason="Je scheldt iemand uit.", by=bram)
    assert client.get(f"/talk/report/comment/{said.pk}/").status_code == 404
    hide(thing=idea, kind="insult", reason="Je scheldt iemand uit.", by=bram)
    assert client.get(f"/talk/{idea.pk}/").status_code == 404
    assert client.get(f"/talk/report/text/{idea.pk}/").status_code == 404


def test_a_text_that_is_not_public_yet_cannot_be_talked_about(as_, dirk, idea, process):
    type(process).objects.filter(pk=process.pk).update(published_at=None)
    assert say(as_(dirk), idea).status_code == 404


def test_only_the_author_takes_a_comment_back(as_, dirk, aisha, idea):
    said = comment(proposal=idea, person=dirk, text="Iets")
    assert as_(aisha).post(f"/talk/comment/{said.pk}/withdraw/").status_code == 404
    assert as_(dirk).post(f"/talk/comment/{said.pk}/withdraw/", {"next": "/"}).status_code == 302
    assert Comment.objects.get().withdrawn_at


def test_anybody_can_report_also_without_a_name(client, idea, dirk, waited):
    said = comment(proposal=idea, person=dirk, text="Iets")
    address = f"/talk/report/comment/{said.pk}/"
    page = client.get(address)
    assert client.post(address, {"reason": "Dit kan niet", "since": since(page), "next": "/"}).status_code == 302
    assert Report.objects.get().person is None


def test_the_desk_is_for_moderators(as_, client, dirk, bram, idea):
    assert as_(dirk).get("/desk/moderation/").status_code == 404
    client.logout()
    assert client.get("/desk/moderation/").status_code == 302
    assert as_(bram).get("/desk/moderation/").status_code == 200


def test_a_moderator_of_one_process_sees_that_process_only(as_, dirk, idea, aisha):
    said = comment(proposal=idea, person=aisha, text="Iets")
    report(thing=said, reason="Dit kan niet")
    Role.objects.create(person=dirk, word="moderator", scope="process:999")
    client = as_(dirk)
    assert client.get("/desk/moderation/").context["things"] == []
    assert client.get(f"/desk/moderation/comment/{said.pk}/").status_code == 404
    Role.objects.filter(person=dirk).update(scope=idea.step.process.thread)
    assert len(client.get("/desk/moderation/").context["things"]) == 1
    assert client.get(f"/desk/moderation/comment/{said.pk}/").status_code == 200


def test_a_moderator_hides_and_puts_back(as_, bram, idea, dirk):
    said = comment(proposal=idea, person=dirk, text="Iets")
    report(thing=said, reason="Dit kan niet")
    client, address = as_(bram), f"/desk/moderation/comment/{said.pk}/"
    assert client.post(address, {"do": "hide", "kind": "insult", "reason": "kort"}).status_code == 200
    assert client.post(address, {"do": "hide", "reason": "Je scheldt iemand uit."}).status_code == 200
    data = {"do": "hide", "kind": "insult", "reason": "Je scheldt iemand uit."}
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 200  # the second click: a sentence
    assert len(client.get("/desk/moderation/?show=hidden").context["things"]) == 1
    assert client.post(address, {"do": "restore"}).status_code == 302
    assert not Comment.objects.get().hidden_at


def test_a_moderator_lets_it_stay(as_, bram, idea):
    report(thing=idea, reason="Dit kan niet")
    client = as_(bram)
    assert client.post(f"/desk/moderation/text/{idea.pk}/", {"do": "keep"}).status_code == 302
    assert client.get("/desk/moderation/").context["things"] == []


def test_the_desk_asks_little_of_the_database(as_, bram, idea, dirk, aisha, django_assert_max_num_queries):
    for number in range(40):
        said = comment(proposal=idea, person=dirk, text=f"nummer {number}")
        report(thing=said, reason="een", person=aisha)
        report(thing=said, reason="twee")
    client = as_(bram)
    with django_assert_max_num_queries(20):
        assert len(client.get("/desk/moderation/").context["things"]) == 25
