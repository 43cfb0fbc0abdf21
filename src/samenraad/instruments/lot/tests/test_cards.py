"""Reply cards: two people key each card, what both read counts, and a third look decides what they read differently."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.instruments.lot.actions import cards, replies
from samenraad.instruments.lot.models import Card, Invitation
from samenraad.instruments.lot.queries.cards import pile
from samenraad.people.models import Role
from samenraad.processes.models import Contribution
from samenraad.refusals import Refusal
from samenraad.testing import somebody

pytestmark = pytest.mark.django_db

YES = {"reply": "yes", "q-schooling": "practical", "q-need": "Een oprit", "phone": "06 12 34 56 78"}


@pytest.fixture
def saar(db):
    """Of the secretariat."""
    person = somebody("Saar Maes")
    Role.objects.create(person=person, word="secretary")
    return person


@pytest.fixture
def letter(asked, invited):
    [one] = invited(1)
    one.lot = asked
    return one


def page(name, letter, *args):
    return reverse(f"lot:{name}", args=[letter.lot_id, *args])


def fresh(letter):
    return Invitation.objects.get(pk=letter.pk)


def sent(**changes):
    return {**YES, "day": timezone.localdate().isoformat(), **changes}


def test_a_card_counts_when_a_second_person_reads_the_same(as_, bram, saar, letter):
    desk = as_(bram)
    found = desk.post(page("cards", letter), {"code": letter.spoken_number.lower()})
    assert found.url == page("card", letter, letter.pk)
    assert desk.post(found.url, sent()).url == page("cards", letter)
    assert fresh(letter).reply == ""
    as_(saar).post(page("card", letter, letter.pk), sent(phone="0612345678", **{"q-need": "een  oprit"}))
    letter = fresh(letter)
    assert (letter.reply, letter.channel, letter.keyed_by) == ("yes", "paper", saar)
    assert (letter.answers.channel, letter.answers.handed_in_at is not None) == ("paper", True)
    assert Contribution.objects.get().channel == "paper"
    assert not Card.objects.exists()


def test_one_person_alone_never_makes_a_card_count(letter, bram):
    for reason in ("time", "health", "health"):
        assert cards.key(invitation=letter, by=bram, values={"reply": "no", "reason": reason}) == cards.WAITS
    assert Card.objects.get().values == {"reply": "no", "reason": "health"}
    assert fresh(letter).reply == ""


def test_what_was_read_differently_is_shown_side_by_side_and_decided(as_, bram, saar, letter):
    as_(bram).post(page("card", letter, letter.pk), sent())
    led = as_(saar).post(page("card", letter, letter.pk), sent(**{"q-schooling": "theoretical"}))
    assert led.url == page("card_differs", letter, letter.pk)
    text = as_(bram).get(led.url).content.decode()
    table = text[text.index("<tbody>") : text.index("</tbody>")]
    assert "Praktisch" in table
    assert "Theoretisch" in table
    assert "Een oprit" not in table
    as_(bram).post(led.url, sent(**{"q-schooling": "theoretical"}))
    letter = fresh(letter)
    assert letter.reply == "yes"
    assert letter.answers.answers.get(question__key="schooling").value == "theoretical"


def test_who_mends_their_own_reading_makes_it_count(letter, bram, saar):
    cards.key(invitation=letter, by=bram, values={"reply": "no", "reason": "time"})
    assert cards.key(invitation=letter, by=saar, values={"reply": "no", "reason": "topic"}) == cards.DIFFERS
    assert cards.key(invitation=letter, by=bram, values={"reply": "no", "reason": "topic"}) == cards.COUNTED
    assert fresh(letter).reason == "topic"


def test_what_the_first_person_read_is_not_shown_to_the_second(as_, bram, saar, letter):
    as_(bram).post(page("card", letter, letter.pk), sent())
    assert "Een oprit" in as_(bram).get(page("card", letter, letter.pk)).content.decode()
    assert "Een oprit" not in as_(saar).get(page("card", letter, letter.pk)).content.decode()


def test_nobody_decides_before_two_people_keyed_it(as_, bram, letter):
    cards.key(invitation=letter, by=bram, values={"reply": "no"})
    with pytest.raises(Refusal, match=r"lot\.card_needs_two"):
        cards.decide(invitation=letter, by=bram, values={"reply": "no"})
    assert as_(bram).get(page("card_differs", letter, letter.pk)).url == page("cards", letter)


def test_a_yes_without_the_obligatory_answer_stays_on_the_screen(as_, bram, letter):
    answer = as_(bram).post(page("card", letter, letter.pk), {"reply": "yes", "day": timezone.localdate().isoformat()})
    assert answer.status_code == 200
    assert not Card.objects.exists()


def test_who_answered_after_the_card_came_in_keeps_that_answer(letter, bram):
    replies.say_no(invitation=letter)
    before = (timezone.localdate() - timedelta(days=1)).isoformat()
    with pytest.raises(Refusal, match=r"lot\.answered_later"):
        cards.key(invitation=letter, by=bram, values={"reply": "yes", "day": before})


def test_a_card_of_the_last_day_counts_although_it_is_keyed_later(letter, bram, saar):
    now, step = timezone.now(), letter.lot.step
    step.opens, step.closes = now - timedelta(days=9), now - timedelta(days=2)
    step.save()
    in_time, late = ((timezone.localdate() - timedelta(days=days)).isoformat() for days in (3, 1))
    cards.key(invitation=letter, by=bram, values={"reply": "no", "day": late})
    with pytest.raises(Refusal, match=r"lot\.replies_closed"):
        cards.key(invitation=letter, by=saar, values={"reply": "no", "day": late})
    cards.key(invitation=letter, by=bram, values={"reply": "no", "day": in_time})
    assert cards.key(invitation=letter, by=saar, values={"reply": "no", "day": in_time}) == cards.COUNTED


def test_the_pile_says_what_waits_for_whom(lot, invited, bram, saar, django_assert_max_num_queries):
    lot.questionnaire = None
    lot.save()
    for row, one in enumerate(invited(9)):
        cards.key(invitation=one, by=bram, values={"reply": "no"})
        if row < 4:
            cards.key(invitation=one, by=saar, values={"reply": "no", "reason": "" if row < 3 else "time"})
    with django_assert_max_num_queries(2):
        found = pile(lot, saar)
    assert (found.counted, len(found.second), len(found.differ), found.for_me) == (3, 5, 1, 5)
    assert pile(lot, bram).for_me == 0


def test_a_code_that_is_on_no_card_says_so(as_, bram, letter, dirk):
    assert "geen brief met deze code" in as_(bram).post(page("cards", letter), {"code": "K7F-2Q9"}).content.decode()
    assert as_(dirk).get(page("cards", letter)).status_code == 404


def test_after_a_card_the_next_one_is_one_key_away(as_, bram, letter):
    """Keyboard only: the field for the code has the cursor, and Enter is enough."""
    text = as_(bram).get(page("cards", letter)).content.decode()
    assert "autofocus" in text[text.index('name="code"') :][:200]


def test_the_card_of_who_was_forgotten_waits_for_nobody(letter, bram, saar):
    from samenraad.processes.actions import forget

    cards.key(invitation=letter, by=bram, values={"reply": "no", "phone": "0612345678"})
    forget(person=letter.person, by=None)
    assert not Card.objects.exclude(values={}).exists()
    assert pile(letter.lot, saar).second == ()
    with pytest.raises(Refusal, match=r"lot\.nobody_there"):
        cards.key(invitation=letter, by=saar, values={"reply": "no"})
