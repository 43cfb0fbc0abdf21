"""The desks of the list of voters, as an officer walks them; and that nobody else does."""

from io import BytesIO

import pytest
from django.urls import reverse

from samenraad.ballots.actions import letters
from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.models import Load, Mailing
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.testing import make_vote, on_the_roll, vote_with
from samenraad.ballots.tests.rolling import csv_of, done, frozen_with_letters, letters_of, line, people, read_in
from samenraad.post.models import Message
from samenraad.processes.models import Work


@pytest.fixture
def vote(process, bram):
    return make_vote(process, bram)


def page(vote, name="roll", *more):
    return reverse(f"ballots:{name}", args=[vote.key, *more])


def file_of(content, name="kiezers.csv"):
    upload = BytesIO(content)
    upload.name = name
    return upload


def work():
    return done(Work.objects.latest("pk"))


def test_an_officer_reads_in_a_list_and_sees_it_per_neighbourhood(as_, bram, vote):
    client = as_(bram)
    assert client.get(page(vote)).context["figures"].entitled == 0
    client.post(page(vote), {"file": file_of(people(4))})
    work()
    load = Load.objects.get()
    shown = client.get(page(vote, "roll_list", load.pk)).content.decode()
    assert "Oud-Linden" in shown
    assert "De Kamp" in shown
    client.post(page(vote, "roll_read", load.pk))
    work()
    assert Entry.objects.count() == 4
    assert "kiezers.csv" in client.get(page(vote)).content.decode()


def test_a_list_that_cannot_be_read_is_refused_beside_the_field(as_, bram, vote):
    answer = as_(bram).post(page(vote), {"file": file_of(csv_of(["1;2"], "nummer;straat"))})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Load.objects.exists()


def test_the_bad_lines_can_be_downloaded(as_, bram, vote):
    client = as_(bram)
    client.post(page(vote), {"file": file_of(csv_of([line(1), line(1)]))})
    work()
    found = client.get(page(vote, "roll_bad_lines", Load.objects.get().pk)).getvalue().decode()
    assert found.splitlines()[1].startswith("3;")
    client.post(page(vote, "roll_drop", Load.objects.get().pk))
    client.post(page(vote, "roll_drop", 1))
    assert not Load.objects.exists()


def test_codes_on_cards_come_as_a_file_once(as_, bram, vote):
    client = as_(bram)
    answer = client.post(page(vote, "roll_cards"), {"areas": "Binnenring 120\nBuitenring: 175"})
    rows = answer.getvalue().decode().splitlines()
    assert len(rows) == 296
    assert "/vote/c/" in rows[1]
    assert answer["Cache-Control"] == "no-store"
    again = client.post(page(vote, "roll_cards"), {"areas": "295"})
    assert again.status_code == 409 or "text/csv" not in again["Content-Type"]
    seen = Load.objects.get().pk
    answer = client.post(page(vote, "roll_cards"), {"areas": "10", "seen": seen, "instead": "on"})
    assert len(answer.getvalue().decode().splitlines()) == 11
    assert Entry.objects.count() == 10


@pytest.mark.parametrize("typed", ["", "veel", "Binnenring", "A 3\nA 4", "0", "20001", "A -3", "²"])
def test_what_is_no_number_of_codes_is_said_beside_the_field(as_, bram, vote, typed):
    answer = as_(bram).post(page(vote, "roll_cards"), {"areas": typed})
    assert answer.context["cards_form"].errors["areas"]
    assert not Load.objects.exists()


def test_the_letters_are_made_and_piled_by_two_buttons(as_, bram, vote):
    client = as_(bram)
    read_in(vote, bram, people(60))
    assert "letters/make" not in client.get(page(vote, "letters")).content.decode()
    freeze(vote=vote, by=bram)
    assert "letters/make" in client.get(page(vote, "letters")).content.decode()
    client.post(page(vote, "letters_make"))
    work()
    client.post(page(vote, "letters_piles"))
    work()
    assert Message.objects.exclude(batch=None).count() == 60
    assert "PDF" in client.get(page(vote, "letters")).content.decode()


def test_a_letter_can_be_read_before_it_is_made(as_, bram, vote):
    client = as_(bram)
    said = {"phone": "088 765 43 21", "places_nl": "Stadhuis", "places_en": "", "signed": "Burgemeester", "second_language": "en"}  # fmt: skip  # noqa: E501
    assert client.post(page(vote, "letter_text"), said).status_code == 302
    assert Mailing.objects.get().second_language == "en"
    shown = client.get(page(vote, "letter_text")).content.decode()
    assert "088 765 43 21" in shown
    assert "Stadhuis" in shown
    assert "Burgemeester" in shown
    assert client.get(page(vote, "letter_specimen") + "?large=1").content.startswith(b"%PDF")


def test_letters_that_came_back_are_counted_once_per_press(as_, bram, vote):
    client = as_(bram)
    for _press in range(2):
        client.post(page(vote, "letters_back"), {"number": 3, "seen": 0})
    assert Mailing.objects.get().returned == 3
    client.post(page(vote, "letters_back"), {"number": 2, "seen": 3})
    assert Mailing.objects.get().returned == 5


def test_a_lost_letter_is_replaced_by_a_code_to_read_aloud_or_by_a_letter(as_, bram, vote):
    client = as_(bram)
    vote = frozen_with_letters(vote, bram, people(60))
    found = client.post(page(vote, "lost"), {"number": "A0000003"})
    assert found.context["ask"]["seen"].value() == 1
    aloud = client.post(page(vote, "lost"), {"number": "A0000003", "seen": 1, "how": "aloud"})
    assert vote_with(vote, aloud.context["code"])
    assert "A0000003" not in aloud.content.decode()
    missing = client.post(page(vote, "lost"), {"number": "A0000004", "seen": 1, "how": "letter", "name": "Inwoner 4"})
    assert missing.context["ask"].errors.keys() == {"street", "postcode", "city"}
    address = {"name": "Inwoner 4", "street": "Touwbaan 4", "postcode": "1234 AB", "city": "Lindenveld", "large": "on"}
    written = client.post(page(vote, "lost"), {"number": "A0000004", "seen": 1, "how": "letter"} | address)
    letter = letters_of(vote)[-1]
    assert letter.extra["large"]
    assert letter.extra["code"] not in written.content.decode()
    assert vote_with(vote, letter.extra["code"])


def test_a_used_code_is_refused_with_the_reason(as_, bram, vote):
    client = as_(bram)
    vote = frozen_with_letters(vote, bram, people(60))
    code = next(one.extra["code"] for one in letters_of(vote) if one.address["name"] == "Inwoner 3")
    vote_with(vote, code)
    assert client.post(page(vote, "lost"), {"number": "A0000003"}).context["why"]
    assert client.post(page(vote, "lost"), {"number": "B"}).context["why"]
    assert client.post(page(vote, "lost_code"), {"code": code}).context["form"].errors["code"]
    assert client.post(page(vote, "lost_code"), {"code": "K7F4"}).context["form"].errors["code"]
    other = next(one.extra["code"] for one in letters_of(vote) if one.address["name"] == "Inwoner 5")
    given = client.post(page(vote, "lost_code"), {"code": other})
    assert given.context["code"]
    assert given.content.decode().count(f'href="{page(vote, "lost")}"') == 2, "in the crumbs, and for the next letter"


def test_from_lines_that_are_not_right_one_goes_to_a_better_list(as_, bram, vote):
    client = as_(bram)
    client.post(page(vote), {"file": file_of(people(4) + people(4).splitlines(keepends=True)[1])})
    work()
    shown = client.get(page(vote, "roll_list", Load.objects.get().pk)).content.decode()
    assert f'href="{page(vote)}#file"' in shown


def test_how_long_the_list_is_kept_is_for_the_organiser(as_, bram, vote):
    client = as_(bram)
    client.post(page(vote, "roll_keep"), {"keep_roll_days": 30})
    vote.refresh_from_db()
    assert vote.keep_roll_days == 30
    client.post(page(vote, "roll_keep"), {"keep_roll_days": 0})
    vote.refresh_from_db()
    assert vote.keep_roll_days == 30


@pytest.mark.parametrize("name", ["roll", "letters", "letter_text", "letter_specimen", "lost", "lost_code"])
def test_the_desks_are_for_organisers_only(client, as_, aisha, chantal, vote, name):
    for visitor in (client, as_(aisha), as_(chantal)):
        assert visitor.get(page(vote, name)).status_code in (302, 403, 404)
    for act in ("roll_cards", "roll_keep", "letters_make", "letters_piles", "letters_back", "lost", "lost_code"):
        assert as_(aisha).post(page(vote, act), {}).status_code in (302, 403, 404)
    assert not Load.objects.exists()


def test_the_pages_ask_as_little_for_20000_codes_as_for_twenty(as_, bram, vote, django_assert_max_num_queries):
    client = as_(bram)
    on_the_roll(vote, {f"Wijk {one}": 60 for one in range(20)})
    frozen = freeze(vote=vote, by=bram)
    assert letters.why_not(frozen) is None
    for name in ("roll", "letters", "letter_text"):
        with django_assert_max_num_queries(40):
            assert client.get(page(vote, name)).status_code == 200
