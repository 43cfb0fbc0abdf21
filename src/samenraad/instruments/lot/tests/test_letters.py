"""Letters: the promise stands in them, each goes out once, and nobody is written to who should not be."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.instruments.lot.actions import letters as actions
from samenraad.instruments.lot.models import Invitation, Lot, Rehearsal, Wave
from samenraad.instruments.lot.queries import letters as queries
from samenraad.instruments.lot.queries import specimen
from samenraad.instruments.lot.rules import letters as rules
from samenraad.ledger.models import Entry
from samenraad.people.actions import forget, redeem
from samenraad.people.models import AccessCode, Person
from samenraad.post import actions as post
from samenraad.post.letters import pdf
from samenraad.post.models import Batch, Message
from samenraad.processes.actions import draft_promise, publish_promise
from samenraad.processes.actions.work import do
from samenraad.processes.models import Promise, Work
from samenraad.refusals import Refusal

State = Message.State


@pytest.fixture
def lot(lot: Lot) -> Lot:
    """With all that a good letter says."""
    now = timezone.now()
    lot.hours, lot.draw_at, lot.draw_where = 36, now + timedelta(days=30), "in de raadzaal"
    lot.sessions = {"nl": "Zes zaterdagen, van 10 tot 16 uur.", "en": "Six Saturdays, from 10 to 4."}
    lot.allowance = {"nl": "€ 100 per dag.", "en": "€ 100 a day."}
    lot.support = {"nl": "Lunch, oppas, vervoer en een tolk."}
    lot.reply_address = "Gemeente Lindenveld, Antwoordnummer 150, 1230 VB  Lindenveld"
    lot.second_language = "en"
    lot.keep_until = (now + timedelta(days=90)).date()
    lot.save()
    return lot


@pytest.fixture
def wave(lot: Lot, promise: Promise) -> Wave:
    return Wave.objects.create(
        lot=lot, number=1, seed="drie hoeden", seed_by="Bram", digest="a" * 64, promise_digest=promise.digest,
        drawn_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def promise(lot: Lot) -> Promise:
    return lot.step.process.promises.get()


@pytest.fixture
def letters(wave: Wave, invited: Callable[..., list[Invitation]]) -> list[Invitation]:
    """Three people whose letters were made."""
    found = invited(3, wave=wave)
    make(wave)
    return found


@pytest.fixture
def posted(letters: list[Invitation], wave: Wave) -> list[Invitation]:
    """Their letters were posted, three weeks ago."""
    put_in_piles(wave.lot)
    for batch in Batch.objects.filter(posted_on=None):
        post.posted(batch=batch, day=timezone.localdate(), by=None)
    Message.objects.update(settled_at=timezone.now() - timedelta(days=21))
    return letters


def make(wave: Wave) -> Work:
    work = do(actions.begin(wave=wave, by=None))
    assert work is not None
    assert work.state == Work.State.DONE, work.code
    return work


def put_in_piles(lot: Lot, kind: str = rules.INVITE) -> None:
    work = do(actions.begin_piles(lot=lot, kind=kind, by=None))
    assert work is not None
    assert work.state == Work.State.DONE, work.code


def remind(wave: Wave, days: int = 14) -> None:
    work = do(actions.begin_reminding(wave=wave, days=days, by=None))
    assert work is not None
    assert work.state == Work.State.DONE, work.code


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as refusal:
        call()
    return refusal.value.code


def text_of(document: bytes, *options: str) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (poppler-utils) to read a PDF")
    read = subprocess.run(["pdftotext", *options, "-", "-"], input=document, capture_output=True, check=True)
    return " ".join(read.stdout.decode().replace("\f", " \f ").split(" "))


def plain(text: str) -> str:
    return " ".join(text.split())


class TestWhatStandsInIt:
    @pytest.fixture
    def document(self, letters: list[Invitation], wave: Wave) -> bytes:
        put_in_piles(wave.lot)
        return pdf(list(Message.objects.order_by("id")), timezone.now())

    def test_the_promise_its_version_and_its_fingerprint(self, document, promise):
        text = plain(text_of(document, "-raw"))
        assert str(promise.text) in text
        assert text.count(promise.digest) == 6  # three letters, front and back
        assert "Versie 1, openbaar sinds" in text
        assert "De gemeenteraad van Lindenveld antwoordt binnen 70 dagen." in text
        assert "past binnen het budget; mag volgens de wet" in text

    def test_what_is_asked_what_people_get_and_the_two_fears(self, document):
        text = plain(text_of(document, "-raw"))
        for part in (
            "Hoe maken we het centrum groener?", "Zes zaterdagen, van 10 tot 16 uur.", "Samen 36 uur.",
            "€ 100 per dag.", "Lunch, oppas, vervoer en een tolk.", "Je hoeft niets van het onderwerp te weten",
            "Denk je: daar gebeurt toch niets mee?", "Denk je: dat is niets voor mensen zoals ik?",
            "een van de 3 inwoners", "loten we er 12", "0800 12 34", "in de raadzaal", "Yvonne ter Horst",
            "Een postzegel is niet nodig.", "vernietigen ze op",
        ):  # fmt: skip
            assert part in text, part

    def test_a_card_with_the_code_to_send_back(self, document):
        code = Message.objects.order_by("id")[0].extra["code"]
        card = plain(text_of(document, "-l", "1", "-x", "0", "-y", "640", "-W", "600", "-H", "210"))
        for part in ("Antwoordkaart", "Ja, ik wil meeloten", "Nee, want", "Nee, maar stuur me de uitkomst",
                     "Voornaam", "Telefoon", "Bel me liever", "Antwoordnummer 150", code):  # fmt: skip
            assert part in card, part

    def test_the_address_stands_in_the_window_and_the_code_does_not(self, document):
        box = text_of(document, "-l", "1", "-x", "57", "-y", "127", "-W", "241", "-H", "91")
        code = Message.objects.order_by("id")[0].extra["code"]
        assert "Dorpsstraat 0" in box
        assert code not in box
        assert Invitation.objects.order_by("pk")[0].spoken_number not in box

    def test_the_back_says_it_in_the_second_language(self, document):
        pages = text_of(document, "-raw").split("\f")
        assert len(pages) - 1 == 6
        assert "You are invited to be drawn" in pages[1]
        assert "Six Saturdays" in pages[1]
        assert "Lunch, oppas" not in pages[1]  # nobody translated it: it stands on the front
        assert "You find the promise on the other side." in plain(pages[1])
        assert "English: see the other side." in pages[0]

    def test_a_screen_reader_can_read_it(self, document):
        assert b"<pdfuaid:part>1</pdfuaid:part>" in document

    def test_the_same_bytes_twice(self, letters, wave):
        put_in_piles(wave.lot)
        moment = timezone.now()
        assert pdf(Message.objects.order_by("id"), moment) == pdf(Message.objects.order_by("id"), moment)

    def test_a_reminder_is_shorter_and_repeats_the_fingerprint(self, posted, wave, promise):
        remind(wave)
        put_in_piles(wave.lot, rules.REMIND)
        reminder = Message.objects.filter(key__startswith="lot:remind:").order_by("id")[0]
        text = plain(text_of(pdf([reminder], timezone.now()), "-raw"))
        assert "Herinnering: je kunt nog meeloten" in text
        assert promise.digest in text
        assert len(reminder.body) < len(Message.objects.get(key=f"lot:invite:{posted[0].pk}").body)

    def test_nothing_the_town_wrote_becomes_markup(self, lot, wave, invited):
        lot.opening = {"nl": '#panic() $x$ *vet* \\#] "// /*'}
        lot.save()
        document = specimen.pdf(lot, None, rules.INVITE, "nl", large=False)
        assert '#panic() $x$ *vet* \\#] "// /*' in plain(text_of(document, "-raw"))

    def test_own_words_open_the_letter(self, lot, wave, as_, bram, client):
        address = reverse("lot:letter_text", args=[lot.pk])
        as_(bram).post(address, {"opening_nl": "Wij willen weten wat jij vindt.", "opening_en": ""})
        page = client.get(address).content.decode()
        assert "Wij willen weten wat jij vindt. Jij bent een van de" in page
        assert "Hoe maken we het centrum groener? De gemeenteraad" not in page


class TestMaking:
    def test_everybody_who_was_drawn_gets_one(self, letters):
        assert set(Message.objects.values_list("key", flat=True)) == {f"lot:invite:{one.pk}" for one in letters}
        assert set(Message.objects.values_list("medium", "state")) == {("letter", "waiting")}
        assert Entry.objects.get(act="lot.letters_made").facts["count"] == 3

    def test_twice_is_once(self, letters, wave):
        assert refused(lambda: actions.begin(wave=wave, by=None)) == "lot.all_letters_made"
        actions.make(Work(step=wave.lot.step, kind="lot.letters", about=f"invite:{wave.pk}"), lambda stage, share: None)
        assert Message.objects.count() == 3
        assert Entry.objects.filter(act="lot.letters_made").count() == 1

    def test_a_job_that_was_killed_goes_on_where_it_was(self, wave, invited, monkeypatch):
        invited(5, wave=wave)
        monkeypatch.setattr(actions, "CHUNK", 2)

        def killed(stage: str, share: float) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            actions.make(Work(step=wave.lot.step, kind="lot.letters", about=f"invite:{wave.pk}"), killed)
        assert Message.objects.count() == 2
        make(wave)
        assert Message.objects.count() == 5

    def test_no_letter_before_the_promise_is_public(self, wave, invited):
        invited(1, wave=wave)
        Promise.objects.all().delete()
        assert refused(lambda: actions.begin(wave=wave, by=None)) == "lot.no_promise"
        assert refused(lambda: specimen.pdf(wave.lot, wave, rules.INVITE, "nl", large=False)) == "lot.no_promise"
        assert not Message.objects.exists()

    def test_no_letter_after_the_last_day(self, wave, invited):
        invited(1, wave=wave)
        step = wave.lot.step
        step.closes = timezone.now() - timedelta(minutes=1)
        step.save()
        assert refused(lambda: actions.begin(wave=wave, by=None)) == "lot.letters_too_late"

    def test_no_letter_without_a_last_day_or_before_the_draw_of_addressees(self, wave, invited):
        invited(1, wave=wave)
        Wave.objects.update(drawn_at=None)
        assert refused(lambda: actions.begin(wave=wave, by=None)) == "lot.no_addressees"
        Wave.objects.update(drawn_at=timezone.now())
        step = wave.lot.step
        step.closes = None
        step.save()
        assert refused(lambda: actions.begin(wave=wave, by=None)) == "lot.no_closing_day"

    def test_all_letters_of_a_round_carry_the_same_promise(self, letters, wave, invited, promise, council):
        draft = draft_promise(
            process=wave.lot.step.process, body=council, term_days=10, text="Iets anders.", preconditions=[], by=None
        )
        newer = publish_promise(promise=draft, by=None)
        invited(1, wave=wave)
        make(wave)
        assert all(promise.digest in message.extra["proof"] for message in Message.objects.all())
        second = Wave.objects.create(
            lot=wave.lot, number=2, seed="s", seed_by="b", digest="b" * 64, promise_digest=promise.digest,
            drawn_at=timezone.now(),
        )  # fmt: skip
        late = invited(1, wave=second)
        make(second)
        second.refresh_from_db()
        assert second.promise_digest == newer.digest
        assert newer.digest in Message.objects.get(key=f"lot:invite:{late[0].pk}").extra["proof"]

    def test_who_was_forgotten_whose_letter_came_back_and_tests_get_none(self, wave, invited):
        gone, back, test, answered, _one = invited(5, wave=wave)
        forget(person=gone.person)
        Invitation.objects.filter(pk=back.pk).update(undeliverable_on=timezone.localdate())
        Invitation.objects.filter(pk=test.pk).update(test=True)
        Invitation.objects.filter(pk=answered.pk).update(reply="yes", replied_at=timezone.now(), channel="phone")
        make(wave)
        assert [message.person_id for message in Message.objects.all()] == [_one.person_id]

    def test_an_address_that_is_not_complete_stops_nobody_else(self, wave, invited):
        one, other = invited(2, wave=wave)
        Person.objects.filter(pk=one.person_id).update(postcode="")
        make(wave)
        assert [message.person_id for message in Message.objects.all()] == [other.person_id]
        assert queries.overview(wave.lot).waves[0].to_make == 1

    def test_a_rehearsal_never_reaches_the_post(self, lot, wave, bram):
        Rehearsal.objects.create(lot=lot, seed="proef", by=bram)
        assert refused(lambda: actions.begin(wave=wave, by=None)) == "lot.all_letters_made"
        assert not Message.objects.exists()

    def test_a_letter_speaks_the_language_of_its_reader(self, wave, invited):
        dutch, english, other = invited(3, wave=wave)
        Person.objects.filter(pk=english.person_id).update(language="en")
        Person.objects.filter(pk=other.person_id).update(language="tr")
        make(wave)
        found = {one.person_id: one for one in Message.objects.all()}
        assert found[dutch.person_id].language == found[other.person_id].language == "nl"
        letter = found[english.person_id]
        assert (letter.language, letter.extra["back"]["language"]) == ("en", "nl")
        assert "You are invited" in letter.subject
        assert "Je bent uitgenodigd" in letter.extra["back"]["subject"]


class TestPiles:
    def test_a_code_opens_the_page_with_the_question(self, letters, wave):
        put_in_piles(wave.lot)
        message = Message.objects.get(key=f"lot:invite:{letters[0].pk}")
        found = redeem(code=message.extra["code"], source="here")
        assert found.person == letters[0].person
        assert found.purpose == f"lot:{wave.lot.pk}"
        assert found.leads_to == message.extra["leads_to"]
        closes = wave.lot.step.closes
        assert closes + timedelta(weeks=7) < found.expires_at < closes + timedelta(weeks=10)

    def test_codes_are_kept_nowhere_once_posted(self, posted):
        assert {message.extra["code"] for message in Message.objects.all()} == {""}
        assert AccessCode.objects.count() == 3

    def test_other_letters_of_the_process_lie_in_other_piles(self, letters, wave, emre):
        post.queue(key="other:1", person=emre, subject="Iets", body="anders", scope=wave.lot.step.process.thread)
        put_in_piles(wave.lot)
        assert Message.objects.get(key="other:1").batch is None

    def test_who_answered_in_the_meantime_needs_no_letter(self, letters, wave):
        Invitation.objects.filter(pk=letters[0].pk).update(reply="yes", replied_at=timezone.now(), channel="phone")
        put_in_piles(wave.lot)
        assert Message.objects.get(key=f"lot:invite:{letters[0].pk}").state == State.CANCELLED
        assert Batch.objects.get().messages.count() == 2

    def test_what_became_of_them(self, posted, wave, invited, django_assert_max_num_queries):
        invited(2, wave=wave)
        make(wave)
        actions.came_back(lot=wave.lot, typed=posted[0].number, day=timezone.localdate(), by=None)
        with django_assert_max_num_queries(6):
            overview = queries.overview(wave.lot)
        row = overview.waves[0]
        assert (row.invited, row.made, row.loose, row.in_piles, row.posted, row.back) == (5, 5, 2, 0, 3, 1)
        assert [pile.letters for pile in overview.piles] == [3]
        assert overview.loose == {"invite": 2}

    def test_the_list_for_a_print_shop(self, letters, wave, as_, bram):
        put_in_piles(wave.lot)
        address = reverse("post:addresses", args=[Batch.objects.get().pk])
        text = b"".join(as_(bram).get(address).streaming_content).decode("utf-8-sig")
        header, *rows = text.splitlines()
        assert header.endswith("brief;taal;grote letters")
        assert len(rows) == 3
        assert all(message.extra["code"] in text for message in Message.objects.all())
        assert ";nl;nee" in rows[0]


class TestReminders:
    def test_once_and_only_to_who_did_not_answer(self, posted, wave):
        answered, back, silent = posted
        Invitation.objects.filter(pk=answered.pk).update(reply="no", replied_at=timezone.now(), channel="web")
        actions.came_back(lot=wave.lot, typed=back.spoken_number, day=timezone.localdate(), by=None)
        remind(wave)
        assert Message.objects.filter(key__startswith="lot:remind:").get().person == silent.person
        silent.refresh_from_db()
        assert silent.reminded_at
        assert refused(lambda: actions.begin_reminding(wave=wave, days=14, by=None)) == "lot.nobody_to_remind"
        actions.make(
            Work(step=wave.lot.step, kind="lot.letters", about=f"remind:{wave.pk}:14"), lambda stage, share: None
        )
        assert Message.objects.filter(key__startswith="lot:remind:").count() == 1

    def test_not_before_the_letter_was_posted_so_many_days_ago(self, posted, wave):
        assert refused(lambda: actions.begin_reminding(wave=wave, days=22, by=None)) == "lot.nobody_to_remind"
        remind(wave, days=20)

    def test_a_letter_that_was_not_posted_needs_no_reminder(self, letters, wave):
        assert refused(lambda: actions.begin_reminding(wave=wave, days=3, by=None)) == "lot.nobody_to_remind"

    def test_too_late_to_be_answered(self, posted, wave):
        step = wave.lot.step
        step.closes = timezone.now() + timedelta(days=3)
        step.save()
        assert refused(lambda: actions.begin_reminding(wave=wave, days=14, by=None)) == "lot.too_late_to_remind"

    def test_who_was_forgotten_gets_none(self, posted, wave):
        forget(person=posted[0].person)
        remind(wave)
        assert Message.objects.filter(key__startswith="lot:remind:").count() == 2

    def test_a_fresh_code_and_the_old_one_keeps_working(self, letters, wave):
        put_in_piles(wave.lot)
        old = Message.objects.get(key=f"lot:invite:{letters[0].pk}").extra["code"]
        post.posted(batch=Batch.objects.get(), day=timezone.localdate(), by=None)
        Message.objects.update(settled_at=timezone.now() - timedelta(days=21))
        remind(wave)
        put_in_piles(wave.lot, rules.REMIND)
        fresh = Message.objects.get(key=f"lot:remind:{letters[0].pk}").extra["code"]
        assert fresh != old
        assert redeem(code=old, source="a").person == redeem(code=fresh, source="a").person == letters[0].person

    def test_who_answers_before_it_is_printed_gets_none(self, posted, wave):
        remind(wave)
        Invitation.objects.filter(pk=posted[0].pk).update(reply="yes", replied_at=timezone.now(), channel="web")
        put_in_piles(wave.lot, rules.REMIND)
        assert Message.objects.get(key=f"lot:remind:{posted[0].pk}").state == State.CANCELLED

    def test_the_count_is_shown_before_they_are_made(self, posted, wave, as_, bram):
        browser, address = as_(bram), reverse("lot:letters_remind", args=[wave.lot.pk, 1])
        assert "3 mensen krijgen een herinnering" in browser.get(address).content.decode()
        assert "0 mensen" in browser.get(address, {"days": 60}).content.decode()
        assert browser.post(address, {"days": 14}).status_code == 302
        assert Work.objects.filter(about=f"remind:{wave.pk}:14").count() == 1
        assert Message.objects.filter(key__startswith="lot:remind:").count() in (0, 3)


class TestCameBack:
    def test_by_lot_number_code_or_scanned_address(self, letters, wave, as_, bram):
        put_in_piles(wave.lot)
        code = Message.objects.get(key=f"lot:invite:{letters[1].pk}").extra["code"]
        scanned = Message.objects.get(key=f"lot:invite:{letters[2].pk}").extra["code"]
        typed = f"{letters[0].spoken_number.lower()}\n{code}\nhttps://praatmee.example/c/{scanned}/\n"
        address = reverse("lot:letters_back", args=[wave.lot.pk])
        response = as_(bram).post(address, {"numbers": typed, "day": timezone.localdate().isoformat()})
        assert response.status_code == 302
        assert Invitation.objects.filter(undeliverable_on=timezone.localdate()).count() == 3
        assert Entry.objects.get(act="lot.came_back").facts == {"count": 3}

    def test_what_is_not_known_stays_in_the_field(self, letters, wave, as_, bram):
        typed = f"{letters[0].number}\nZZZ-ZZZ\n"
        address = reverse("lot:letters_back", args=[wave.lot.pk])
        page = as_(bram).post(address, {"numbers": typed, "day": timezone.localdate().isoformat()}).content.decode()
        assert "We kennen geen brief met deze nummers: ZZZ-ZZZ" in page
        assert re.search(r"<textarea[^>]*>\s*ZZZ-ZZZ\s*</textarea>", page)
        assert Invitation.objects.exclude(undeliverable_on=None).count() == 1

    def test_twice_is_once_and_a_mistake_is_mended(self, letters, wave, as_, bram):
        for marked in (1, 0):
            done = actions.came_back(lot=wave.lot, typed=letters[0].number, day=timezone.localdate(), by=bram)
            assert done.marked == marked
        as_(bram).post(reverse("lot:letters_back", args=[wave.lot.pk]), {"mistake": letters[0].number})
        assert not Invitation.objects.exclude(undeliverable_on=None).exists()

    def test_a_day_to_come_is_refused(self, letters, wave):
        tomorrow = timezone.localdate() + timedelta(days=1)
        call = lambda: actions.came_back(lot=wave.lot, typed=letters[0].number, day=tomorrow, by=None)  # noqa: E731
        assert refused(call) == "lot.day_to_come"


class TestLargePrint:
    def test_a_letter_that_was_not_posted_is_replaced(self, letters, wave):
        put_in_piles(wave.lot)
        fresh = actions.again(lot=wave.lot, word=letters[0].number, large=True, language="nl", by=None)
        same = actions.again(lot=wave.lot, word=letters[0].number, large=True, language="nl", by=None)
        assert fresh == same
        assert fresh.extra["large"] is True
        assert "code" not in fresh.extra
        old = Message.objects.get(key=f"lot:invite:{letters[0].pk}")
        assert (old.state, old.batch, fresh.replaces) == (State.CANCELLED, None, old)
        assert queries.overview(wave.lot).waves[0].made == 3

    def test_a_posted_one_stays_sent_and_its_reminder_is_large_too(self, posted, wave):
        actions.again(lot=wave.lot, word=posted[0].number, large=True, language="en", by=None)
        assert Message.objects.get(key=f"lot:invite:{posted[0].pk}").state == State.SENT
        remind(wave)
        reminder = Message.objects.get(key=f"lot:remind:{posted[0].pk}")
        assert (reminder.extra["large"], reminder.language) == (True, "en")
        assert "large" not in Message.objects.get(key=f"lot:remind:{posted[1].pk}").extra

    def test_an_unknown_number_and_a_letter_that_is_not_there(self, wave, invited):
        one = invited(1, wave=wave)[0]
        ask = lambda word: actions.again(lot=wave.lot, word=word, large=True, language="nl", by=None)  # noqa: E731
        assert refused(lambda: ask("ZZZZZZ")) == "lot.unknown_letter"
        assert refused(lambda: ask(one.number)) == "lot.no_letter_yet"

    def test_it_is_large_and_the_card_is_still_whole(self, lot, promise):
        small = specimen.pdf(lot, None, rules.INVITE, "nl", large=False)
        large = specimen.pdf(lot, None, rules.INVITE, "nl", large=True)
        assert text_of(large).count("\f") > text_of(small).count("\f")
        assert "Nee, maar stuur me de uitkomst" in plain(text_of(large))


class TestPages:
    @pytest.mark.parametrize("name", ["letters", "letter_text", "letter_specimen", "letters_back", "letter_again"])
    def test_for_who_organises_it_and_for_nobody_else(self, name, wave, as_, bram, dirk, aisha):
        address = reverse(f"lot:{name}", args=[wave.lot.pk])
        assert as_(bram).get(address).status_code == 200
        assert as_(dirk).get(address).status_code == 404
        assert as_(aisha).post(address).status_code in (404, 405)

    def test_making_is_one_button_and_twice_is_one_work(self, wave, invited, as_, bram):
        invited(2, wave=wave)
        browser = as_(bram)
        assert "Maak 2 brieven" in browser.get(reverse("lot:letters", args=[wave.lot.pk])).content.decode()
        for _twice in range(2):
            browser.post(reverse("lot:letters_make", args=[wave.lot.pk, 1]))
        assert Work.objects.filter(kind="lot.letters").count() <= 2
        for work in Work.objects.filter(state="waiting"):
            do(work)
        assert Message.objects.count() == 2

    def test_it_says_why_not(self, wave, as_, bram):
        step = wave.lot.step
        step.closes = None
        step.save()
        page = as_(bram).get(reverse("lot:letters", args=[wave.lot.pk])).content.decode()
        assert "Zeg eerst tot welke dag mensen kunnen antwoorden" in page

    def test_five_hundred_letters_are_few_queries(self, wave, invited, as_, bram, django_assert_max_num_queries):
        people = Person.objects.bulk_create(
            Person(name=f"Bewoner {n}", street="Straat 1", postcode="1234 AB", city="Linden") for n in range(500)
        )
        Invitation.objects.bulk_create(
            Invitation(lot=wave.lot, wave=wave, person=who, key=str(who.pk)) for who in people
        )
        work = actions.begin(wave=wave, by=bram)
        with django_assert_max_num_queries(40):
            do(work)
        piles = actions.begin_piles(lot=wave.lot, kind=rules.INVITE, by=bram)
        with django_assert_max_num_queries(40):
            do(piles)
        assert Batch.objects.get().messages.count() == 500
        browser = as_(bram)
        with django_assert_max_num_queries(30):
            browser.get(reverse("lot:letters", args=[wave.lot.pk]))
