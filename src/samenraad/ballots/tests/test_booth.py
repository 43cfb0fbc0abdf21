"""The booth: in with a code, out with a receipt, and nothing stays behind."""

from __future__ import annotations

import json
from datetime import timedelta
from secrets import token_hex
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samenraad.ballots import draft as drafts
from samenraad.ballots.actions import casting
from samenraad.ballots.box.models import Ticket, Waiting
from samenraad.ballots.queries.books import books
from samenraad.ballots.roll.models import Entry, Turned
from samenraad.ballots.rules import codes, slips
from samenraad.ballots.testing import end, vote_with
from samenraad.people.models import FailedCode, Person
from samenraad.people.rules import WRONG_CODES
from samenraad.processes.models import Contribution
from samenraad.testing import at_once

UNKNOWN = "2222-2222-2222-2222"


def enter(client: Client, code: str, query: str = "") -> Any:
    return client.post(f"/vote/{query}", {"code": code})


def filled_in(client: Client, opened: Any, code: str = "") -> None:
    """In the booth, with a ballot that is ready to be cast."""
    enter(client, code or opened.codes[0])
    base = f"/preferendum/{opened.step.pk}/ballot/"
    client.post(f"{base}1/", {"b-1": "4", "b-2": "0"})
    client.post(f"{base}most/", {"b-priorities": ["1"]})


def text(response: Any) -> str:
    return str(response.content.decode())


def draft_of(client: Client) -> drafts.Draft | None:
    class Asking:
        COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}

    return drafts.read(Asking())  # type: ignore[arg-type]


# coming in


def test_a_code_leads_to_the_ballot_of_its_vote(opened, client):
    response = enter(client, opened.codes[0].lower().replace("-", " "))
    assert response.url == f"/preferendum/{opened.step.pk}/ballot/"
    assert "Hoe maken we het centrum groener?" in text(client.get(response.url))


def test_the_qr_fills_in_the_code_and_opening_it_does_nothing(opened, client):
    response = client.get(f"/vote/c/{opened.codes[0]}/")
    assert opened.codes[0] in text(response)
    assert response["Referrer-Policy"] == "strict-origin"
    assert response["X-Robots-Tag"] == "noindex"
    assert drafts.NAME not in client.cookies


def test_an_unknown_code_is_refused_and_who_tries_many_waits(opened, client):
    assert "staat niet op de lijst" in text(enter(client, UNKNOWN))
    FailedCode.objects.bulk_create([FailedCode(source=FailedCode.objects.get().source)] * (WRONG_CODES - 1))
    assert "Wacht een uur" in text(enter(client, opened.codes[0]))
    assert drafts.NAME not in client.cookies


def test_what_cannot_be_a_code_is_told_so_and_not_counted_as_a_guess(opened, client):
    assert "geen stemcode" in text(enter(client, "hallo"))
    assert not FailedCode.objects.exists()


def test_a_used_and_a_replaced_code_say_so(opened, client):
    vote_with(opened.vote, opened.codes[0])
    assert "al een stembiljet" in text(enter(client, opened.codes[0]))
    Entry.objects.filter(state=Entry.State.UNUSED).update(state=Entry.State.BLOCKED)
    assert "nieuwste brief" in text(enter(client, opened.codes[1]))


def test_before_and_after_the_vote_a_code_says_when(opened, client):
    now = timezone.now()
    steps = type(opened.step).objects.filter(pk=opened.step.pk)
    steps.update(opens=now + timedelta(days=3))
    assert "Stemmen kan vanaf" in text(enter(client, opened.codes[0]))
    steps.update(opens=now - timedelta(days=3))
    end(opened.vote)
    assert "Stemmen kon tot" in text(enter(client, opened.codes[0]))


def test_a_voting_code_in_the_page_for_letters_goes_on_to_the_booth(opened, client):
    response = client.post("/letter/", {"code": opened.codes[0]})
    assert (response.status_code, response.url) == (307, "/vote/")
    followed = client.post("/letter/", {"code": opened.codes[0]}, follow=True)
    assert followed.request["PATH_INFO"] == f"/preferendum/{opened.step.pk}/ballot/"


# the cookie


def test_what_a_voter_fills_in_lies_in_one_sealed_cookie_and_nowhere_else(opened, client):
    filled_in(client, opened)
    cookie = client.cookies[drafts.NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Strict", "", "")
    assert codes.normal(opened.codes[0]) not in cookie.value
    found = draft_of(client)
    assert found is not None
    assert found.choices == {"grades": {"1": 3, "2": "none"}, "priorities": ["1"]}
    assert set(client.cookies) <= {drafts.NAME, "csrftoken"}
    assert not Session.objects.exists()
    assert not Waiting.objects.exists()


def test_the_cookie_of_thirty_proposals_is_small(rf):
    from django.http import HttpResponse

    numbers = [str(number) for number in range(101, 131)]
    choices = {"grades": dict.fromkeys(numbers, "none"), "priorities": numbers[:5]}
    made = drafts.Draft(vote="abcdefghij", code="K7F42Q9PXW3D6MTA", choices=choices, tracker="A" * 20)
    response = drafts.keep(HttpResponse(), made)
    assert len(response.cookies[drafts.NAME].OutputString()) < 3500


def test_a_cookie_that_is_old_or_was_altered_is_no_ballot(opened, client, monkeypatch):
    filled_in(client, opened)
    sealed = client.cookies[drafts.NAME].value
    client.cookies[drafts.NAME] = sealed[:-6] + ("AAAA" if sealed[-6:-2] != "AAAA" else "BBBB") + sealed[-2:]
    assert client.get("/vote/check/").url == "/vote/?again=1"
    client.cookies[drafts.NAME] = sealed
    assert client.get("/vote/check/").status_code == 200
    later = drafts.time.time() + drafts.FILLING + 1
    monkeypatch.setattr(drafts.time, "time", lambda: later)
    assert client.get("/vote/check/").url == "/vote/?again=1"


def test_the_same_code_again_finds_what_was_filled_in(opened, client):
    filled_in(client, opened)
    before = draft_of(client)
    enter(client, opened.codes[0])
    after = draft_of(client)
    assert before is not None
    assert after is not None
    assert (after.seed, after.choices) == (before.seed, before.choices)
    enter(client, opened.codes[1])
    other = draft_of(client)
    assert other is not None
    assert other.choices == {}


def test_no_page_of_the_booth_is_kept_or_asks_who_is_signed_in(opened, as_, aisha):
    client = as_(aisha)
    filled_in(client, opened)
    pages = ["/vote/", "/vote/check/", "/vote/stop/", f"/preferendum/{opened.step.pk}/ballot/1/"]
    for address in pages:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        assert "no-store" in response["Cache-Control"], address
        assert "sessionid" not in response.cookies
        assert "Aisha" not in text(response)
        # what the door asks of whoever has a session; the booth itself asks nothing
        people = [one["sql"] for one in asked if "people_person" in one["sql"] or "django_session" in one["sql"]]
        assert len(people) <= 2, people
    client.post("/vote/cast/")
    assert "sessionid" not in client.get("/vote/receipt/").cookies
    assert not Contribution.objects.filter(person=aisha, step=opened.step).exists()


def test_a_whole_vote_writes_nothing_in_the_towns_own_database(opened, client):
    with CaptureQueriesContext(connection) as asked:
        filled_in(client, opened)
        client.get("/vote/check/")
        client.post("/vote/cast/")
        client.get("/vote/receipt/")
        client.post("/vote/stop/")
    assert Ticket.objects.exists()
    assert [one["sql"] for one in asked if not one["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))] == []


# casting


def test_the_whole_road_ends_with_a_receipt_and_the_code_is_gone_from_the_browser(opened, client):
    filled_in(client, opened)
    assert "sterk voor" in text(client.get("/vote/check/"))
    assert client.post("/vote/cast/").url == "/vote/receipt/"
    tracker = Waiting.objects.get().tracker
    page = text(client.get("/vote/receipt/"))
    assert codes.grouped(tracker) in page
    assert "minstens 20 stembiljetten samen" in page, "with nineteen others"
    after = draft_of(client)
    assert after is not None
    assert (after.code, after.tracker) == ("", tracker)
    assert "al een stembiljet" in text(enter(client, opened.codes[0]))


def test_pressing_twice_and_going_back_give_the_same_receipt(opened, client):
    filled_in(client, opened)
    before = client.cookies[drafts.NAME].value
    client.post("/vote/cast/")
    first = text(client.get("/vote/receipt/"))
    client.post("/vote/cast/")
    client.cookies[drafts.NAME] = before  # the answer never came back to the browser
    assert client.get("/vote/check/").status_code == 200
    enter(client, opened.codes[0])
    client.post("/vote/cast/")
    tracker = codes.grouped(Waiting.objects.get().tracker)
    assert tracker in first
    assert tracker in text(client.get("/vote/receipt/"))
    assert not Turned.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_ballot_with_one_receipt(opened, client):
    filled_in(client, opened)
    cookie = client.cookies[drafts.NAME].value

    def press():
        browser = Client()
        browser.cookies[drafts.NAME] = cookie
        return browser.post("/vote/cast/").status_code

    assert at_once(*[press] * 6) == [302] * 6
    assert Waiting.objects.count() == 1
    assert not Turned.objects.exists()


def test_a_ballot_that_was_left_is_offered_again(opened, client):
    filled_in(client, opened)
    assert 'href="/vote/check/"' in text(client.get("/vote/"))
    client.post("/vote/cast/")
    assert 'href="/vote/receipt/"' in text(client.get("/vote/"))


def test_who_was_cut_off_tries_again(opened, client, monkeypatch):
    filled_in(client, opened)
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(casting, "put", lambda **_all: 1 / 0)
        assert client.post("/vote/cast/").status_code == 500
    assert client.post("/vote/cast/").url == "/vote/receipt/"
    assert books(opened.vote).agree


def test_a_second_ballot_from_another_browser_is_refused_in_words_and_counted(opened, client):
    filled_in(client, opened)
    vote_with(opened.vote, opened.codes[0], seed=token_hex(32))
    response = client.post("/vote/cast/")
    assert response.status_code == 409
    assert "al een stembiljet" in text(response)
    assert Turned.objects.get().count == 1


def test_when_the_vote_closes_meanwhile_the_voter_reads_so(opened, client):
    filled_in(client, opened)
    end(opened.vote)
    assert client.post("/vote/cast/").status_code == 409
    assert "Stemmen kon tot" in text(client.get(f"/preferendum/{opened.step.pk}/ballot/1/"))
    assert not Ticket.objects.exists()


def test_a_receipt_that_was_lost_on_the_way_is_given_after_the_close_too(opened, client):
    filled_in(client, opened)
    before = client.cookies[drafts.NAME].value
    client.post("/vote/cast/")
    client.cookies[drafts.NAME] = before
    end(opened.vote)
    assert client.post("/vote/cast/").url == "/vote/receipt/"
    assert codes.grouped(Waiting.objects.get().tracker) in text(client.get("/vote/receipt/"))


def test_a_ballot_that_was_left_wholly_blank_has_its_receipt_and_file(opened, client):
    enter(client, opened.codes[0])
    client.post("/vote/cast/")
    facts = json.loads(client.get("/vote/receipt.json").content)
    assert facts["tracker"] == Waiting.objects.get().tracker
    assert {one["value"] for one in facts["slips"]} == {""}


def test_casting_needs_a_ballot_and_a_press_on_a_button(opened, client):
    assert client.post("/vote/cast/").url == "/vote/?again=1"
    assert client.get("/vote/cast/").status_code == 405
    assert client.get("/vote/receipt/").url == "/vote/"


# afterwards


def test_with_the_receipt_file_one_finds_ones_own_slips(opened, client):
    filled_in(client, opened)
    client.post("/vote/cast/")
    facts = json.loads(client.get("/vote/receipt.json").content)
    sealed = slips.Sealed(facts["vote"], tuple(slips.Torn(**one) for one in facts["slips"]), facts["secret"])
    assert sealed.tracker == facts["tracker"] == Waiting.objects.get().tracker
    assert ("grade:1", "3") in [(one["about"], one["value"]) for one in facts["slips"]]
    assert codes.normal(opened.codes[0]) not in json.dumps(facts)


def test_finishing_and_stopping_leave_nothing_in_the_browser(opened, client):
    filled_in(client, opened)
    assert "gooien we weg" in text(client.get("/vote/stop/"))
    client.post("/vote/stop/")
    assert draft_of(client) is None
    assert not Ticket.objects.exists()
    filled_in(client, opened)
    client.post("/vote/cast/")
    client.post("/vote/stop/")
    assert draft_of(client) is None


@pytest.mark.parametrize(
    ("reach", "email", "phone"), [("Sam@Example.org", "sam@example.org", ""), ("06 12345678", "", "06 12345678")]
)
def test_who_wants_to_be_kept_informed_is_somebody_new_on_a_day_without_a_time(opened, client, reach, email, phone):
    filled_in(client, opened)
    client.post("/vote/cast/")
    for _twice in range(2):
        client.post("/vote/receipt/informed/", {"reach": reach})
    part = Contribution.objects.get(step=opened.step)
    assert (part.person.email, part.person.phone, part.person.account) == (email, phone, None)
    assert timezone.localtime(part.person.made_at).strftime("%H:%M:%S") == "00:00:00"
    assert "Je hoort van ons" in text(client.get("/vote/receipt/"))


def test_what_is_no_address_is_refused_and_nobody_is_made(opened, client):
    filled_in(client, opened)
    client.post("/vote/cast/")
    before = Person.objects.count()
    for wrong in ("", "sam@", "bel mij"):
        assert client.post("/vote/receipt/informed/", {"reach": wrong}).status_code == 200
    assert Person.objects.count() == before


# at a public terminal


def test_a_terminal_asks_who_is_there_keeps_no_file_and_forgets(opened, client):
    response = enter(client, opened.codes[0], "?terminal=1")
    assert client.get(response.url)["Refresh"].startswith("180; url=/vote/still/?next=/preferendum/")
    still = client.get(f"/vote/still/?next={response.url}")
    assert response.url in text(still)
    assert still["Refresh"] == "60; url=/vote/?terminal=1"
    assert 'href="https://example.org' not in text(client.get("/vote/still/?next=https://example.org/"))
    client.post("/vote/cast/")
    page = text(client.get("/vote/receipt/"))
    assert "receipt.json" not in page
    assert client.get("/vote/receipt.json").status_code == 409
    assert client.post("/vote/stop/").url == "/vote/?terminal=1"
    enter(client, opened.codes[1], "?terminal=1")
    client.get("/vote/?terminal=1")
    assert draft_of(client) is None


def test_at_home_nobody_is_hurried(opened, client):
    response = enter(client, opened.codes[0])
    assert "Refresh" not in client.get(response.url)


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
