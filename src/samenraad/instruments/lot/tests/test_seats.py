"""Seats: taken by the draw, confirmed on the phone, left, and filled again by the same profile until a limit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from samenraad.followup.models import Feedback
from samenraad.instruments.lot.actions import seats
from samenraad.instruments.lot.actions.calls import note_call, note_session
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Call, Departure, Draw, Invitation, Reserve
from samenraad.instruments.lot.queries.calls import call_list
from samenraad.instruments.lot.queries.known import known
from samenraad.instruments.lot.queries.members import panel
from samenraad.instruments.lot.queries.pool import pool, quotas
from samenraad.instruments.lot.queries.replacing import Labels, proposals, sentences
from samenraad.instruments.lot.queries.seats import held, roll
from samenraad.instruments.lot.queries.sessions import expected, retention
from samenraad.instruments.lot.rules.retention import Seat, curve, loses
from samenraad.ledger.models import Entry
from samenraad.methods.sortition.substitution.replacement import replace
from samenraad.methods.sortition.substitution.substitutes import substitutes
from samenraad.people.actions import change_seats
from samenraad.people.models import Membership, Person
from samenraad.processes.actions import forget, plan_meeting
from samenraad.processes.actions import work as working
from samenraad.processes.models import Meeting, Work
from samenraad.refusals import Refusal


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def drawn(lot, seated):
    """Forty people said yes; twelve of them have a seat, four stand by."""
    return seated(lot)


@pytest.fixture
def session(lot, bram):
    """`session()`: one that was held yesterday, with everybody there but `away`."""

    def hold(away=(), days=1, **fields):
        starts = timezone.now() - timedelta(days=days)
        meeting = plan_meeting(
            meeting=Meeting(process=lot.step.process, step=lot.step, title={"nl": "Sessie"}, starts=starts,
                            ends=starts + timedelta(hours=6), **fields), by=bram,
        )  # fmt: skip
        everybody = {one.membership.person_id for one in roll(lot).sitting}
        note_session(lot=lot, meeting=meeting, there=everybody - set(away), excused=(), everybody=everybody, by=bram)
        return meeting

    return hold


def one_of(lot) -> Membership:
    return roll(lot).sitting[0].membership


def test_the_draw_seats_everybody_with_one_entry_in_the_ledger(drawn, lot):
    assert len(drawn) == 12
    assert {one.state for one in drawn} == {"drawn"}
    entry = Entry.objects.get(act="membership.many_begun", facts__state="drawn")
    assert entry.facts["count"] == 12


def test_a_third_of_the_seats_are_substitutes_and_choosing_again_changes_nothing(lot, seated):
    """In the order of the plan, which follows from the seed of the draw."""
    seated(lot, plan=True)
    people = roll(lot)
    assert [one.position for one in people.substitutes] == [1, 2, 3, 4]
    assert not {one.number for one in people.substitutes} & {one.number for one in people.sitting}
    expected = substitutes(people.pool, quotas(lot), [one.number for one in people.sitting], how_many=4, seed="4 2 6")
    assert [one.number for one in people.substitutes] == list(expected.order)
    again = Work.objects.create(step=lot.step, kind=Kind.SUBSTITUTES)
    assert working.do(again).state == "done"
    assert Reserve.objects.count() == 4


def test_as_many_substitutes_as_the_plan_says_and_none_when_it_says_none(lot, seated):
    lot.substitutes = 0
    lot.save()
    seated(lot, plan=True)
    assert not Reserve.objects.filter(lot=lot).exists()
    assert Feedback.objects.filter(about=f"draw:{lot.pk}:not_drawn").count() == 28


def test_a_body_with_too_few_seats_refuses_the_panel(lot, seated):
    change_seats(body=lot.step.body, seats={"citizen": 11})
    with pytest.raises(Refusal, match=r"people\.no_seat"):
        seated(lot)
    assert not Membership.objects.filter(body=lot.step.body).exists()


def test_a_step_without_a_body_gets_one_with_its_own_name(lot, seated):
    lot.step.body = None
    lot.step.save()
    seated(lot)
    lot.step.refresh_from_db()
    assert (lot.step.body.name, lot.step.body.kind, lot.step.body.seats) == (
        "Loting Klimaatpanel", "panel", {"citizen": 12},
    )  # fmt: skip


def test_who_was_forgotten_after_the_lottery_leaves_a_free_seat(lot, seated, bram):
    seated(lot, before=lambda people: forget(person=people[0].person, by=bram))
    people = roll(lot)
    assert (len(people.sitting), len(people.free)) == (11, 1)
    assert proposals(people)[0].comes is not None


def test_who_says_on_the_phone_that_they_come_is_a_member(drawn, lot, bram):
    member = one_of(lot)
    note_call(lot=lot, membership=member, outcome="confirmed", by=bram)
    member.refresh_from_db()
    assert member.state == "member"
    counts = call_list(roll(lot)).counts
    assert (counts["call"], counts["member"], counts["all"]) == (11, 1, 12)


def test_a_second_click_is_no_second_call(drawn, lot, bram):
    member = one_of(lot)
    for _click in range(2):
        note_call(lot=lot, membership=member, outcome="missed", remark="voicemail", by=bram)
    assert Call.objects.count() == 1


def test_who_does_not_come_leaves_a_seat_for_which_a_substitute_is_proposed(drawn, lot, bram):
    """S08: one click calls up the next with the same profile, and the page says why this one."""
    note_call(lot=lot, membership=one_of(lot), outcome="declined", remark="verhuisd", by=bram)
    departure = Departure.objects.get()
    assert (departure.reason, departure.after_session, departure.before) == ("verhuisd", 0, "drawn")
    proposal = proposals(roll(lot))[0]
    said = sentences(proposal.reasons, Labels(lot))
    assert said[0] == f"Substitute number {proposal.comes.position}."
    assert any("limits" in sentence for sentence in said)
    seats.call_up(departure=departure, number=proposal.number, by=bram)
    people = roll(lot)
    assert (len(people.sitting), len(people.free), len(people.substitutes)) == (12, 0, 3)
    departure.refresh_from_db()
    assert departure.replaced_by == proposal.comes.membership
    assert departure.replaced_by.since == timezone.localdate()


def test_the_substitute_is_who_the_mathematics_says(drawn, lot, bram):
    """The second implementation: the method itself, on the pool as it was frozen."""
    gone = one_of(lot)
    seats.leave(membership=gone, by=bram)
    people = roll(lot)
    expected = replace(
        people.pool, quotas(lot), [one.number for one in people.sitting], [people.free[0].number],
        [one.number for one in people.substitutes], seed="4 2 6", order=[one.number for one in people.substitutes],
    )  # fmt: skip
    assert [one.number for one in proposals(people)] == list(expected.seated)


def test_calling_up_twice_is_once_and_calling_up_somebody_else_is_refused(drawn, lot, bram):
    seats.leave(membership=one_of(lot), by=bram)
    departure, number = Departure.objects.get(), proposals(roll(lot))[0].number
    other = next(one.number for one in roll(lot).sitting)
    with pytest.raises(Refusal, match=r"lot\.other_substitute"):
        seats.call_up(departure=departure, number=other, by=bram)
    for _click in range(2):
        seats.call_up(departure=departure, number=number, by=bram)
    assert len(roll(lot).sitting) == 12
    assert Entry.objects.filter(act="lot.seat_filled").count() == 1


def test_when_the_substitutes_are_used_up_somebody_else_who_said_yes_comes(drawn, lot, bram):
    for one in roll(lot).substitutes:
        seats.step_back(membership=one.membership, by=bram)
    seats.leave(membership=one_of(lot), by=bram)
    proposal = proposals(roll(lot))[0]
    assert proposal.comes is None
    assert proposal.reasons[0][0] == "from_pool"
    departure = seats.call_up(departure=Departure.objects.get(), number=proposal.number, by=bram)
    assert departure.replaced_by.person == proposal.invitation.person
    assert len(roll(lot).sitting) == 12


def test_after_session_1_a_substitute_comes_and_after_session_3_the_seat_stays_empty(drawn, lot, bram, session):
    """R040, with the limit of the plan: session 2."""
    session(days=9)
    first = seats.leave(membership=one_of(lot), by=bram)
    assert (first.after_session, first.stays_empty) == (1, False)
    seats.call_up(departure=first, number=proposals(roll(lot))[0].number, by=bram)
    session(days=6), session(days=3)
    assert len(held(lot)) == 3
    last = seats.leave(membership=one_of(lot), by=bram)
    assert (last.after_session, last.stays_empty) == (3, True)
    assert proposals(roll(lot)) == []
    said = sentences(last.explained, Labels(lot))
    assert said == ["The seat stays empty: 3 sessions were held, and after session 2 nobody new joins."]


def test_leaving_is_undone_on_the_same_day_while_nobody_was_called_up(drawn, lot, bram):
    member = one_of(lot)
    note_call(lot=lot, membership=member, outcome="confirmed", by=bram)
    departure = seats.leave(membership=member, reason="vergissing", by=bram)
    back = seats.undo(departure=departure, by=bram)
    assert (back.state, back.until) == ("member", None)
    assert not Departure.objects.exists()


def test_leaving_is_not_undone_the_next_day_nor_after_somebody_was_called_up(drawn, lot, bram):
    departure = seats.leave(membership=one_of(lot), by=bram)
    with pytest.raises(Refusal, match=r"lot\.too_late_to_undo"):
        seats.undo(departure=departure, by=bram, today=timezone.localdate() + timedelta(days=1))
    seats.call_up(departure=departure, number=proposals(roll(lot))[0].number, by=bram)
    with pytest.raises(Refusal, match=r"lot\.seat_filled_already"):
        seats.undo(departure=departure, by=bram)


def test_who_has_no_seat_cannot_leave_one(drawn, lot, bram):
    substitute = roll(lot).substitutes[0].membership
    with pytest.raises(Refusal, match=r"lot\.no_seat_to_leave"):
        seats.leave(membership=substitute, by=bram)


def test_who_was_absent_without_a_message_is_called_and_who_sent_word_is_not(drawn, lot, bram, session):
    """R063."""
    for one in roll(lot).sitting:
        note_call(lot=lot, membership=one.membership, outcome="confirmed", by=bram)
    Call.objects.update(made_at=timezone.now() - timedelta(days=30))
    silent, word = (one.membership for one in roll(lot).sitting[:2])
    meeting = session(away={silent.person_id, word.person_id})
    everybody = {one.membership.person_id for one in roll(lot).sitting}
    note_session(lot=lot, meeting=meeting, there=everybody - {silent.person_id, word.person_id},
                 excused=[word.person_id], everybody=everybody, by=bram)  # fmt: skip
    found = call_list(roll(lot), "absent")
    assert [row.membership.pk for row in found.rows] == [silent.pk]
    note_call(lot=lot, membership=silent, outcome="confirmed", remark="was ziek", by=bram)
    assert call_list(roll(lot)).counts["absent"] == 0


def test_retention_counts_who_was_there_and_who_came_in_somebodys_place_begins_anew(drawn, lot, bram, session):
    session(days=9)
    departure = seats.leave(membership=one_of(lot), by=bram)
    seats.call_up(departure=departure, number=proposals(roll(lot))[0].number, by=bram)
    session(days=5)
    found = retention(roll(lot))
    assert found.everybody.present == (12, 12)
    assert (found.everybody.drawn, found.everybody.seats) == (12, 13)
    assert found.everybody.stays == pytest.approx(12 / 13)


def test_who_came_after_a_session_was_not_absent_from_it_and_who_left_after_it_was_there(drawn, lot, bram, session):
    gone = one_of(lot)
    meeting = session(days=3)
    departure = seats.leave(membership=gone, by=bram)
    seats.call_up(departure=departure, number=proposals(roll(lot))[0].number, by=bram)
    departure.refresh_from_db()
    people = set(expected(lot, meeting))
    assert gone.person in people
    assert departure.replaced_by.person not in people


def test_a_group_that_leaves_more_than_others_sounds_the_alarm():
    """R062: more than 20 points more than the average."""
    young = [Seat({"age": "young"}, left=1 if n < 4 else None) for n in range(10)]
    old = [Seat({"age": "old"}) for n in range(10)]
    everybody = curve(young + old, 2)
    assert everybody.stays == pytest.approx(0.8)
    assert not loses(curve(young, 2), everybody)
    young[4] = Seat({"age": "young"}, left=1)
    assert loses(curve(young, 2), curve(young + old, 2))


def test_everybody_sees_counts_and_nobody_sees_names(drawn, lot, as_):
    found = panel(roll(lot))
    assert (found.sitting, found.substitutes, found.sources) == (12, 4, [("drawn by lot", 12)])
    page = as_(None).get(f"/lot/{lot.pk}/members/").content.decode()
    assert "Bewoner" not in page


def test_a_forgotten_member_leaves_a_free_seat_and_the_counts_stand(drawn, lot, bram):
    member = one_of(lot)
    invitation = Invitation.objects.get(person=member.person)
    groups = dict(invitation.features)
    note_call(lot=lot, membership=member, outcome="confirmed", remark="heeft drie kinderen", by=bram)
    forget(person=member.person, by=bram)
    invitation.refresh_from_db()
    assert (invitation.features, invitation.key, invitation.answers) == (groups, "", None)
    assert set(Call.objects.filter(membership=member).values_list("note", flat=True)) == {""}
    people = roll(lot)
    assert (len(people.sitting), len(people.free)) == (11, 1)
    assert Invitation.objects.filter(lot=lot, reply="yes").count() == 40
    assert proposals(people)[0].number


def test_a_person_reads_what_a_lot_holds_about_them_in_words(drawn, lot, bram):
    member = one_of(lot)
    note_call(lot=lot, membership=member, outcome="later", remark="belt terug", by=bram)
    found = known(member.person)["Lots for which you were invited"][0]
    assert found["your answer"] == "said yes"
    assert found["calls with you"][0]["note"] == "belt terug"
    assert known(Person.objects.create(name="Nobody")) == {}


def test_the_pool_that_was_frozen_is_the_pool_of_the_lot(drawn, lot):
    assert len(pool(lot)) == len(Draw.objects.get(lot=lot).pool) == 40


def test_who_stayed_until_the_end_still_makes_up_the_panel(lot, seated):
    seated(lot)
    Membership.objects.filter(body=lot.step.body, state="drawn").update(state="completed", until=timezone.localdate())
    found = roll(lot)
    assert (len(found.sitting), len(found.stayed), found.free) == (0, 12, [])
    assert panel(found).sitting == 12
