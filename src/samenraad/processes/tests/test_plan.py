"""The plan of a process, its promise, and who may take part in it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from samenraad.ledger.models import Entry
from samenraad.people.models import Channel
from samenraad.processes import actions
from samenraad.processes.actions.promises import content
from samenraad.processes.gates import passed
from samenraad.processes.models import Contribution, Goal, Override, Process, Promise, RoomItem
from samenraad.processes.rules import promise_digest
from samenraad.refusals import Refusal


@pytest.fixture
def draft(town, bram):
    return actions.create(title="Nieuw plein", place=town.place, by=bram)


def days(number):
    return timezone.now() + timedelta(days=number)


def test_a_process_becomes_public_only_with_goal_and_room(draft, bram):
    with pytest.raises(Refusal) as refusal:
        actions.publish(process=draft, by=bram)
    assert refusal.value.facts["gate"] == 1
    Goal.objects.create(process=draft, policy_phase="agenda", text="Rust")
    with pytest.raises(Refusal) as refusal:
        actions.publish(process=draft, by=bram)
    assert refusal.value.facts["gate"] == 2
    RoomItem.objects.create(process=draft, kind="open", text="Alles")
    assert actions.publish(process=draft, by=bram).is_public


def test_a_gate_is_passed_unmet_only_with_a_public_reason(draft, bram):
    with pytest.raises(Refusal, match="reason_needed"):
        actions.override_gate(process=draft, number=1, reason="haast", by=bram)
    actions.override_gate(process=draft, number=1, reason="De wethouder vraagt dit, zie de brief van mei.", by=bram)
    assert passed(draft, 1)
    assert Entry.objects.get(act="gate.overridden").facts["reason"].startswith("De wethouder")
    with pytest.raises(Refusal, match=r"gate\.unknown"):
        actions.override_gate(process=draft, number=7, reason="x" * 30, by=bram)


def test_two_processes_with_one_title_have_their_own_address(draft, town, bram):
    twin = actions.create(title="Nieuw plein", place=town.place, by=bram)
    assert (draft.slug, twin.slug) == ("nieuw-plein", "nieuw-plein-2")


def test_nobody_is_invited_before_the_promise_is_public(draft, bram):
    Goal.objects.create(process=draft, policy_phase="agenda", text="Rust")
    RoomItem.objects.create(process=draft, kind="open", text="Alles")
    planned = actions.add_step(process=draft, kind="ideas", title="Ideeën", by=bram)
    with pytest.raises(Refusal) as refusal:
        actions.schedule(step=planned, opens=days(1), closes=days(9), by=bram)
    assert refusal.value.facts["gate"] == 3


def test_a_step_opens_and_closes_by_its_dates_alone(step):
    assert step.state == "open"
    assert step.state_at(step.opens - timedelta(seconds=1)) == "planned"
    assert step.state_at(step.closes) == "closed"


def test_a_step_closes_after_it_opens(step, bram):
    with pytest.raises(Refusal, match=r"step\.dates"):
        actions.schedule(step=step, opens=days(3), closes=days(2), by=bram)


def test_influence_shrinks_in_public_only_with_a_reason(process, bram):
    actions.change_rung(process=process, rung="codecide", by=bram)
    with pytest.raises(Refusal, match="reason_needed"):
        actions.change_rung(process=process, rung="consult", by=bram)
    actions.change_rung(process=process, rung="consult", by=bram, reason="De raad wil toch zelf beslissen.")
    assert Entry.objects.filter(act="process.rung_lowered").exists()


def test_what_people_took_part_in_stays_public(process, idea, bram):
    with pytest.raises(Refusal, match="has_contributions"):
        actions.unpublish(process=process, by=bram)


def test_a_step_with_contributions_is_not_removed(idea, bram):
    with pytest.raises(Refusal, match="has_contributions"):
        actions.remove_step(step=idea.step, by=bram)


def test_anybody_can_recompute_the_fingerprint_of_a_promise(process):
    promise = process.promises.get()
    assert promise.digest == promise_digest(content(promise))


def test_a_next_version_leaves_the_first_as_it_was(process, council, bram):
    first = process.promises.get()
    second = actions.draft_promise(process=process, body=council, term_days=90, text="Anders", by=bram)
    assert second.version == 2
    actions.publish_promise(promise=second, by=bram)
    assert Promise.objects.get(pk=first.pk).digest == first.digest
    with pytest.raises(Refusal, match="already_public"):
        actions.publish_promise(promise=first, by=bram)


def test_the_database_itself_refuses_to_alter_a_public_promise(process):
    promise = process.promises.get()
    with pytest.raises(DatabaseError, match="never altered"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE processes_promise SET term_days = 700 WHERE id = %s", [promise.pk])
    assert Promise.objects.get().term_days == 70


def test_an_unfinished_promise_is_not_published(process, council, bram):
    empty = actions.draft_promise(process=process, body=council, term_days=70, text="", by=bram)
    with pytest.raises(Refusal, match="incomplete"):
        actions.publish_promise(promise=empty, by=bram)


def test_taking_part_twice_is_one_contribution(step, dirk):
    first = actions.take_part(step=step, person=dirk)
    assert actions.take_part(step=step, person=dirk) == first


def test_a_closed_step_says_since_when(step, dirk, bram):
    actions.schedule(step=step, opens=days(-9), closes=days(-2), by=bram)
    with pytest.raises(Refusal) as refusal:
        actions.take_part(step=step, person=dirk)
    assert refusal.value.code == "step.closed"
    assert refusal.value.facts["closes"]
    late = actions.take_part(
        step=step, person=dirk, channel=Channel.PAPER, day=days(-4).date(), entered_by=bram
    )  # the form was in time, keying it in was not
    assert late.channel == "paper"


def test_nobody_takes_part_in_what_is_not_public(step, dirk):
    Process.objects.filter(pk=step.process_id).update(published_at=None)
    step.refresh_from_db()
    with pytest.raises(Refusal, match="not_public"):
        actions.take_part(step=step, person=dirk)


def test_a_card_without_a_name_is_a_contribution_too(step, bram):
    for _ in range(2):
        actions.take_part(step=step, person=None, channel=Channel.STREET, entered_by=bram)
    assert Contribution.objects.filter(step=step, person=None).count() == 2


def test_only_the_author_mends_a_text_and_only_before_others_react(idea, aisha, dirk):
    with pytest.raises(Refusal, match="not_yours"):
        actions.edit(proposal=idea, title="X", text="", by=dirk)
    old = idea.sha256
    assert actions.edit(proposal=idea, title="Bomen", text="Veel", by=aisha).sha256 != old
    actions.support(proposal=idea, person=dirk)
    with pytest.raises(Refusal, match="has_reactions"):
        actions.edit(proposal=idea, title="Bomen", text="Weinig", by=aisha)


def test_a_copy_is_an_empty_twin(process, step, idea, bram):
    twin = actions.copy_process(process=process, title="Groener centrum 2027", by=bram)
    assert not twin.is_public
    assert [str(goal.text) for goal in twin.goals.all()] == ["Meer schaduw in het centrum"]
    assert twin.room.count() == 2
    assert twin.steps.get().opens is None
    assert twin.steps.get().proposals.count() == 0
    assert twin.promises.get().published_at is None


def test_a_closed_process_takes_nothing_new(process, bram):
    Process.objects.filter(pk=process.pk).update(closed_at=timezone.now())
    process.refresh_from_db()
    with pytest.raises(Refusal, match=r"process\.closed"):
        actions.add_step(process=process, kind="ideas", title="Nog een", by=bram)


def test_an_unknown_instrument_is_refused(process, bram):
    with pytest.raises(Refusal, match=r"instrument\.unknown"):
        actions.add_step(process=process, kind="magic", title="X", by=bram)


def test_a_process_with_open_gates_does_not_close(process, bram):
    with pytest.raises(Refusal, match="gate_unmet"):
        actions.close(process=process, by=bram)


def test_one_override_per_gate_remains(process, bram):
    for reason in ("Eerste uitleg die lang genoeg is", "Tweede uitleg die lang genoeg is"):
        actions.override_gate(process=process, number=5, reason=reason, by=bram)
    assert Override.objects.get(gate=5).reason.startswith("Tweede")
