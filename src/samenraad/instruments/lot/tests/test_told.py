"""Everybody hears their own place in the lot, by the way they used, exactly once (J2 steps 6-8, R216)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from samenraad.followup.actions import owe_word, tell
from samenraad.followup.actions.feedback import owe_the_end
from samenraad.followup.models import Feedback
from samenraad.instruments.lot.actions import seats, told
from samenraad.instruments.lot.actions.calls import note_call
from samenraad.instruments.lot.models import Departure, Invitation
from samenraad.instruments.lot.queries.replacing import proposals
from samenraad.instruments.lot.queries.seats import roll
from samenraad.instruments.lot.queries.told import tellings
from samenraad.people.models import Person
from samenraad.post.models import Message
from samenraad.processes.actions import forget, take_part


@pytest.fixture
def curious(lot, emre):
    """Emre has no e-mail. He sent the card: no, but tell me the result."""
    part = take_part(step=lot.step, person=emre, channel="paper")
    return Invitation.objects.create(
        lot=lot, person=emre, key="emre", reply="no", curious=True, replied_at=timezone.now(), channel="paper",
        contribution=part, reason="care",
    )  # fmt: skip


@pytest.fixture
def drawn(lot, seated, curious):
    return seated(lot)


def words(lot, what: str) -> list[Message]:
    rows = Feedback.objects.filter(about=told.name_of(lot, what)).exclude(message=None)
    return [row.message for row in rows.select_related("message")]


def test_drawn_substitute_not_drawn_and_curious_each_hear_their_own_sentence(drawn, lot):
    assert tell(process=lot.step.process) == 41
    counts = {what: len(words(lot, what)) for what in ("drawn", "substitute", "not_drawn", "curious")}
    assert counts == {"drawn": 12, "substitute": 4, "not_drawn": 24, "curious": 1}
    assert all("je bent geloot" in one.body for one in words(lot, "drawn"))
    bodies = "".join(one.body for one in words(lot, "substitute"))
    assert all(f"reservelid nummer {place}" in bodies for place in (1, 2, 3, 4))
    assert all("vraag of een idee" in one.body for one in words(lot, "not_drawn"))


def test_everybody_hears_their_lot_number_and_on_how_many_panels_it_stood(drawn, lot):
    tell(process=lot.step.process)
    one = Invitation.objects.filter(lot=lot, reply="yes").first()
    body = Message.objects.get(person=one.person).body
    assert one.spoken_number in body
    assert "1000 panels" in body
    assert "op 67 daarvan" in body


def test_who_left_a_number_is_called_and_who_left_none_is_asked_to_call(drawn, lot):
    first, second = (one.membership.person for one in roll(lot).sitting[:2])
    Person.objects.filter(pk=first.pk).update(phone="06 12 34 56 78")
    tell(process=lot.step.process)
    assert "We bellen je binnenkort" in Message.objects.get(person=first).body
    assert "We hebben geen telefoonnummer van je. Bel 0800 12 34" in Message.objects.get(person=second).body


def test_who_has_no_email_gets_a_letter_and_who_has_one_an_email(drawn, lot):
    aisha = roll(lot).sitting[0].membership.person
    Person.objects.filter(pk=aisha.pk).update(email="aisha@example.net")
    tell(process=lot.step.process)
    assert Message.objects.get(person=aisha).medium == "email"
    assert {one.medium for one in words(lot, "curious")} == {"letter"}


def test_who_asked_for_large_print_gets_it_from_now_on(drawn, lot):
    wished, other = Invitation.objects.filter(lot=lot, reply="yes", person__email="")[:2]
    Invitation.objects.filter(pk=wished.pk).update(large_print=True)
    tell(process=lot.step.process)
    assert Message.objects.get(person=wished.person).extra["large"]
    assert "large" not in Message.objects.get(person=other.person).extra


def test_nobody_hears_anything_twice(drawn, lot):
    tell(process=lot.step.process)
    told.owe_the_rest(lot, [one.invitation for one in roll(lot).substitutes])
    assert tell(process=lot.step.process) == 0
    assert Message.objects.count() == 41


def test_a_reader_of_english_hears_it_in_english(drawn, lot):
    person = roll(lot).sitting[0].membership.person
    Person.objects.filter(pk=person.pk).update(language="en")
    tell(process=lot.step.process)
    assert "you were drawn" in Message.objects.get(person=person).body


def test_a_forgotten_person_gets_nothing_and_the_totals_stand(drawn, lot, bram):
    person = roll(lot).sitting[0].membership.person
    before = Invitation.objects.filter(lot=lot, reply="yes").count()
    forget(person=person, by=bram)
    assert tell(process=lot.step.process) == 40
    assert not Message.objects.filter(person=person).exists()
    assert Feedback.objects.untold().filter(message=None).count() == 0
    assert Invitation.objects.filter(lot=lot, reply="yes").count() == before
    assert lot.step.contributions.count() == 41


def test_a_substitute_who_is_called_up_and_who_left_both_hear_it(drawn, lot, bram):
    tell(process=lot.step.process)
    note_call(lot=lot, membership=roll(lot).sitting[0].membership, outcome="declined", by=bram)
    seats.call_up(departure=Departure.objects.get(), number=proposals(roll(lot))[0].number, by=bram)
    assert tell(process=lot.step.process) == 2
    assert "plaats" in words(lot, "called")[0].body
    assert "teruggegeven" in words(lot, "left")[0].body


def test_leaving_that_was_undone_is_not_told(drawn, lot, bram):
    tell(process=lot.step.process)
    lot.replace_until = 0
    lot.save()
    departure = seats.leave(membership=roll(lot).sitting[0].membership, by=bram)
    seats.undo(departure=departure, by=bram)
    assert tell(process=lot.step.process) == 0


def test_who_refused_but_was_curious_gets_the_end_as_a_letter(drawn, lot, curious):
    """J2 step 8, for somebody without e-mail."""
    tell(process=lot.step.process)
    owe_the_end(lot.step.process)
    tell(process=lot.step.process)
    end = Feedback.objects.get(contribution=curious.contribution, occasion="closed").message
    assert end.medium == "letter"
    assert "je wilde de uitkomst horen" in end.body
    ends = Feedback.objects.filter(occasion="closed", contribution__step=lot.step)
    assert ends.count() == 41


def test_the_words_for_many_take_a_few_queries(drawn, lot, django_assert_max_num_queries):
    everybody = list(lot.step.contributions.values_list("pk", flat=True))
    with django_assert_max_num_queries(10):
        said = tellings(lot.step, told.name_of(lot, "not_drawn"), everybody)
        assert len([say() for say in said.values()]) == 41
    assert tellings(lot.step, "answer:3", everybody) == {}


@pytest.mark.slow
def test_thousands_are_owed_word_in_a_bounded_number_of_queries(lot, django_assert_max_num_queries):
    people = Person.objects.bulk_create(Person(name=f"P{n}") for n in range(6500))
    parts = [one.pk for one in lot.step.contributions.bulk_create(
        lot.step.contributions.model(step=lot.step, person=person) for person in people
    )]  # fmt: skip
    with django_assert_max_num_queries(120):
        assert owe_word(occasion="drawn", about="draw:1:not_drawn", contributions=parts) == 6500
