"""The pages of paper and books: who may see them, and that they work without JavaScript."""

import re
import shutil
import subprocess
from secrets import token_hex

import pytest
from django.urls import reverse

from samenraad.ballots.actions.printing import print_sheets
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.actions.stubs import take_in
from samenraad.ballots.box.models import Sheet, Ticket, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.roll.models import Turned
from samenraad.ballots.rules.codes import normal
from samenraad.ballots.rules.sheets import is_a_number, new_number
from samenraad.ballots.testing import end, make_vote, open_vote, vote_with
from samenraad.people.models import Role
from samenraad.processes.actions.work import do
from samenraad.processes.models import Work
from samenraad.testing import somebody

FIELDS = {"b-1": "4", "b-2": "0", "b-priorities": "1"}
DESKS = ("paper", "stubs", "sheets", "books_desk", "seal")


@pytest.fixture
def clerks(process):
    made = [somebody(f"{name} Bakker") for name in ("Guus", "Hanna", "Ilse")]
    for person in made:
        Role.objects.create(person=person, word="secretary", scope=process.thread)
    return made


def url(name, vote, *more):
    return reverse(f"ballots:{name}", args=[vote.key, *more])


def press(browser, name, vote, **fields):
    return browser.post(url(name, vote), {"once": token_hex(16), "channel": "paper", **fields}).content.decode()


def text_of(document):
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (poppler-utils) to read a PDF")
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True
    ).stdout.decode()


# who may see what


@pytest.mark.parametrize("name", DESKS)
def test_the_desks_are_for_staff_only(opened, as_, aisha, dirk, name):
    assert as_(None).get(url(name, opened.vote)).status_code == 302
    assert as_(aisha).get(url(name, opened.vote)).status_code == 404


@pytest.mark.parametrize("name", DESKS[:-1])
def test_the_secretariat_sits_at_the_desks_of_its_process(opened, as_, clerks, name):
    assert as_(clerks[0]).get(url(name, opened.vote)).status_code == 200


def test_only_the_organiser_seals(opened, as_, clerks, bram):
    end(opened.vote)
    assert as_(clerks[0]).get(url("seal", opened.vote)).status_code == 404
    assert as_(bram).get(url("seal", opened.vote)).status_code == 200


@pytest.mark.parametrize("name", DESKS[:-1])
def test_a_desk_asks_the_databases_little_however_many_ballots_there_are(
    opened, as_, bram, name, django_assert_max_num_queries
):
    for code in opened.codes[:30]:
        vote_with(opened.vote, code)
    browser = as_(bram)
    for alias, most in (("default", 22), ("roll", 4), ("box", 9)):
        with django_assert_max_num_queries(most, using=alias):
            browser.get(url(name, opened.vote))


# the printer


def test_every_printed_sheet_has_a_number_of_its_own_and_all_options(opened, bram):
    text = text_of(print_sheets(vote=opened.vote, by=bram, copies=3))
    numbers = set(re.findall(r"(?:[2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}", text))
    assert len(numbers) == 3
    assert all(is_a_number(opened.vote.key, number) for number in numbers)
    assert text.count("5. Markt") == 3
    assert "sterk tegen" in text
    assert Vote.objects.get().paper


@pytest.mark.parametrize(
    "settings",
    [
        {"ballot": "choose", "rule": "plurality"},
        {"ballot": "approve", "rule": "approval"},
        {"ballot": "rank", "rule": "schulze"},
    ],
)
@pytest.mark.parametrize("large", [False, True])
def test_every_kind_of_ballot_can_be_printed_small_and_large(process, bram, settings, large):
    vote = open_vote(process, bram, areas={"Beekdorp": 50, "De Kamp": 10}, **settings).vote
    text = text_of(print_sheets(vote=vote, by=bram, copies=1, area="Beekdorp", language="en", large=large))
    assert "Beekdorp" in text
    assert "5. Markt" in text


def test_the_printer_gives_a_pdf_and_refuses_what_is_too_much(opened, as_, bram):
    browser = as_(bram)
    answer = browser.post(url("paper", opened.vote), {"copies": 2, "language": "nl"})
    assert answer.content[:5] == b"%PDF-"
    assert answer["Content-Type"] == "application/pdf"
    for wrong in ({"copies": 501}, {"copies": 151, "large": "on"}, {"copies": "x"}):
        assert browser.post(url("paper", opened.vote), {"language": "nl", **wrong})["Content-Type"].startswith(
            "text/html"
        )


def test_nothing_is_printed_before_the_rules_are_fixed(process, bram, as_):
    vote = make_vote(process, bram)
    assert "PDF" not in as_(bram).get(url("paper", vote)).content.decode()
    assert as_(bram).post(url("paper", vote), {"copies": 1, "language": "nl"}).status_code == 409


# the first desk


def test_the_desk_for_stubs_says_yes_then_no_then_that_the_code_is_unknown(opened, as_, bram):
    browser = as_(bram)
    assert '<p class="big">Ja</p>' in press(browser, "stubs", opened.vote, code=opened.codes[0].lower())
    assert '<p class="big">Nee</p>' in press(browser, "stubs", opened.vote, code=opened.codes[0])
    unknown = press(browser, "stubs", opened.vote, code="2222-2222-2222-2222")
    assert '<p class="big">Nog niet</p>' in unknown
    assert "2222-2222-2222-2222" in unknown
    assert (Ticket.objects.count(), Turned.objects.get().count) == (1, 1)


def test_the_answer_page_keeps_the_cursor_in_an_empty_field_and_the_code_nowhere(opened, as_, bram):
    browser = as_(bram)
    text = press(browser, "stubs", opened.vote, code=opened.codes[0], channel="phone")
    assert "autofocus" in text[text.index('name="code"') :][:200]
    assert opened.codes[0] not in text
    assert normal(opened.codes[0]) not in str(dict(browser.session))
    assert Ticket.objects.get().channel == "phone"


def test_sending_the_same_page_again_is_one_press(opened, as_, bram):
    browser = as_(bram)
    for _n in range(2):
        assert '<p class="big">Ja</p>' in press(browser, "stubs", opened.vote, code=opened.codes[0], once="same")
    assert not Turned.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"code": ""}, {"code": "x" * 300}, {"code": "\x00"}, {"channel": "pigeon"}])
def test_nonsense_at_the_desk_for_stubs_changes_nothing(opened, as_, bram, fields):
    as_(bram).post(url("stubs", opened.vote), fields)
    assert not Ticket.objects.exists()


# the second desk


def test_two_clerks_type_a_sheet_and_the_second_does_not_see_the_first(opened, as_, clerks):
    take_in(vote=opened.vote, code=opened.codes[0], once="x")
    number = new_number(opened.vote.key)
    assert "Eén keer getypt" in press(as_(clerks[0]), "sheets", opened.vote, number=number, **FIELDS)
    page = as_(clerks[1]).get(url("sheets", opened.vote)).content.decode()
    assert 'value="4"' not in page
    assert "In de stembus" in press(as_(clerks[1]), "sheets", opened.vote, number=number, **FIELDS)
    assert Waiting.objects.get().tracker == number


def test_what_differs_is_marked_for_the_third_and_hidden_from_the_two(opened, as_, clerks):
    take_in(vote=opened.vote, code=opened.codes[0], once="x")
    number = new_number(opened.vote.key)
    press(as_(clerks[0]), "sheets", opened.vote, number=number, **FIELDS)
    press(as_(clerks[1]), "sheets", opened.vote, number=number, **FIELDS | {"b-1": "3"})
    page = url("sheet", opened.vote, number)
    assert as_(clerks[0]).get(page).status_code == 409
    text = as_(clerks[2]).get(page).content.decode()
    assert text.count('data-state="late"') == 1
    assert as_(clerks[2]).post(page, {"once": "y"}).status_code == 200
    assert Sheet.objects.get().state == "different"
    assert as_(clerks[2]).post(page, {"once": "y", "which": "first"}).status_code == 302
    assert Sheet.objects.get().state == "accepted"
    assert as_(clerks[2]).get(page).status_code == 302
    assert as_(clerks[2]).post(page, {"once": "y", "which": "first"}).status_code == 302
    assert Waiting.objects.count() == 1


def test_the_third_may_type_it_anew(opened, as_, clerks):
    take_in(vote=opened.vote, code=opened.codes[0], once="x")
    number = new_number(opened.vote.key)
    press(as_(clerks[0]), "sheets", opened.vote, number=number, **FIELDS)
    press(as_(clerks[1]), "sheets", opened.vote, number=number, **FIELDS, spoilt="on")
    own = {"once": "y", "which": "own", **FIELDS}
    assert as_(clerks[2]).post(url("sheet", opened.vote, number), own).status_code == 302
    assert Waiting.objects.count() == 1


def test_after_a_refusal_what_was_typed_stands_there_still(opened, as_, clerks):
    right = new_number(opened.vote.key)
    wrong = right[:-1] + ("2" if right[-1] != "2" else "3")
    text = press(as_(clerks[0]), "sheets", opened.vote, number=wrong, **FIELDS)
    assert 'value="4"' in text
    assert not Sheet.objects.exists()
    text = press(as_(clerks[0]), "sheets", opened.vote, number=new_number(opened.vote.key), **FIELDS | {"b-2": "9"})
    assert 'value="9"' in text
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("number", ["nothing", "2" * 20, "é"])
def test_a_sheet_that_is_not_there_is_not_found(opened, as_, clerks, number):
    assert as_(clerks[0]).get(url("sheet", opened.vote, number)).status_code == 404


# the books


def test_the_books_are_closed_to_the_public_until_the_box_is_sealed(opened, as_, bram):
    for code in opened.codes[:23]:
        vote_with(opened.vote, code)
    take_in(vote=opened.vote, code=opened.codes[0], once="x")
    page = as_(None).get(url("books", opened.vote)).content.decode()
    assert "<table" not in page
    seal(vote=end(opened.vote), by=bram)
    page = as_(None).get(url("books", opened.vote)).content.decode()
    assert "De boeken kloppen" in page
    assert "23" in page
    assert "1. Bomen" in page


def test_the_desk_says_what_does_not_agree_and_the_seal_warns(opened, as_, bram):
    take_in(vote=opened.vote, code=opened.codes[0], once="x")
    text = as_(bram).get(url("books_desk", opened.vote)).content.decode()
    assert "Niet alles klopt" in text
    vote = end(opened.vote)
    assert "Er ontbreekt papier" in as_(bram).get(url("seal", vote)).content.decode()


def test_sealing_is_asked_once_and_done_in_the_background(opened, as_, bram):
    vote_with(opened.vote, opened.codes[0])
    assert as_(bram).post(url("seal", opened.vote)).status_code == 409
    end(opened.vote)
    for _n in range(2):
        assert "/desk/work/" in as_(bram).post(url("seal", opened.vote)).url
    assert Work.objects.count() == 1
    do(Work.objects.get())
    assert Vote.objects.get().sealed_at
    assert as_(bram).get(reverse("ballots:books_of_step", args=[opened.step.pk])).url == url("books_desk", opened.vote)
    assert as_(bram).get(url("seal", opened.vote)).url == url("books_desk", opened.vote)
