"""Gates 5 and 6: nothing closes while an answer is missing, one person is untold, or nothing was learned."""

import pytest

from samenraad.followup.actions import evaluate, hand_over, publish_answers, publish_evaluation, tell, told_by_hand
from samenraad.followup.models import Evaluation, Feedback
from samenraad.followup.queries.gates import gates, moments
from samenraad.followup.queries.reach import count_untold
from samenraad.people.models import Person
from samenraad.processes import actions as processes
from samenraad.processes.gates import gate
from samenraad.processes.models import Process
from samenraad.refusals import Refusal

TEXTS = {
    "service": "Meer schaduw.", "democracy": "Meer mensen deden mee.", "relations": "Buren kennen elkaar.",
    "wrong": "De brief kwam te laat.", "lessons": "Eerder beginnen.",
}  # fmt: skip


@pytest.fixture
def evaluated(answered, process, bram):
    evaluate(process=process, by=bram, **TEXTS)
    return publish_evaluation(process=process, by=bram)


def test_gate_5_waits_for_the_hand_over_and_for_the_answer(process, step, ideas, bram, chantal, answer_all):
    assert gate(process, 5).missing == ("Er is nog niets overhandigd.",)
    made = hand_over(process=process, proposals=ideas(2), by=bram)
    assert gate(process, 5).missing == ("2 teksten wachten op antwoord van de gemeenteraad van Lindenveld.",)
    publish_answers(handover=answer_all(made), by=chantal)
    found = gate(process, 5)
    assert (found.missing, found.since) == ((), made.handed_on)


def test_gate_5_does_not_ask_for_an_answer_where_people_are_only_informed(process):
    process.rung = "inform"
    process.save()
    assert not next(one for one in gates(process) if one.number == 5).applies


def test_gate_6_waits_for_the_evaluation_and_then_for_everybody(evaluated, process, sent):
    assert gate(process, 6).missing == ("1 persoon weet nog niet wat er met zijn bijdrage gebeurde.",)
    tell(), sent()
    assert gate(process, 6).missing == ()


def test_a_process_closes_when_everybody_was_told(evaluated, process, step, bram, sent):
    processes.conclude(step=step, by=bram)
    with pytest.raises(Refusal, match=r"process\.gate_unmet"):
        processes.close(process=process, by=bram)
    tell(), sent()
    assert processes.close(process=process, by=bram).closed_at
    assert gate(Process.objects.get(), 6).missing == ()


def test_one_untold_person_keeps_it_open(evaluated, process, step, bram, emre, sent):
    """Also somebody whose form is keyed in after the evaluation."""
    tell(), sent()
    processes.take_part(step=step, person=emre, channel="paper", entered_by=bram)
    with pytest.raises(Refusal, match=r"process\.gate_unmet"):
        processes.close(process=process, by=bram)


def test_who_heard_no_last_word_hears_one_with_the_evaluation(answered, process, step, dirk, emre, bram):
    part = processes.take_part(step=step, person=dirk)
    left = processes.propose(step=step, contribution=part, title="Een fontein", text="", by=dirk)
    processes.take_part(step=step, person=emre, channel="meeting", entered_by=bram)
    assert count_untold(process) == 3
    evaluate(process=process, by=bram, **TEXTS)
    publish_evaluation(process=process, by=bram)
    closed = Feedback.objects.filter(occasion="closed")
    assert {(row.contribution.person.name.split()[0], row.origin) for row in closed} == {("Dirk", left), ("Emre", None)}
    tell()
    bodies = {
        row.contribution.person.name.split()[0]: row.message.body for row in Feedback.objects.filter(occasion="closed")
    }
    assert "Je idee nr. 4 “Een fontein” is gelezen en blijft op de pagina staan" in bodies["Dirk"]
    assert "Je deed op" in bodies["Emre"]


def test_the_last_word_of_a_late_supporter_is_the_answer(answered, process, dirk, bram):
    """Somebody who joined after the answers became public hears the answer, not that there is none."""
    text = answered.items.get(number=3).proposal
    processes.support(proposal=text, person=dirk)
    evaluate(process=process, by=bram, **TEXTS)
    publish_evaluation(process=process, by=bram)
    tell()
    body = Feedback.objects.get(contribution__person=dirk).message.body
    assert "Je steunde idee nr. 3 “Idee 3”. Idee 3 is afgewezen door" in body


def test_what_was_taken_back_or_taken_off_is_said_so(answered, process, step, dirk, emre, bram, aisha):
    part = processes.take_part(step=step, person=dirk)
    mine = processes.propose(step=step, contribution=part, title="Een fontein", text="", by=dirk)
    rude = processes.propose(step=step, contribution=part, title="Iets lelijks", text="", by=dirk)
    processes.support(proposal=mine, person=aisha)
    processes.withdraw(proposal=mine, by=dirk)
    rude.status, rude.status_reason = "hidden", "Het noemde een buurvrouw bij naam."
    rude.save()
    evaluate(process=process, by=bram, **TEXTS)
    publish_evaluation(process=process, by=bram)
    tell()
    body = Feedback.objects.filter(contribution__person=dirk, occasion="closed").first().message.body
    assert "“Een fontein” trok je zelf in" in body
    assert "De reden: Het noemde een buurvrouw bij naam." in body
    other = Feedback.objects.get(contribution__person=aisha, occasion="closed").message.body
    assert "Idee 4 is ingetrokken door wie het schreef" in other


def test_an_evaluation_is_complete_before_it_is_public(answered, process, bram):
    with pytest.raises(Refusal, match=r"evaluation\.not_written"):
        publish_evaluation(process=process, by=bram)
    evaluate(process=process, by=bram, **{**TEXTS, "wrong": " "})
    with pytest.raises(Refusal, match=r"evaluation\.incomplete"):
        publish_evaluation(process=process, by=bram)
    evaluate(process=process, by=bram, **TEXTS)
    publish_evaluation(process=process, by=bram)
    publish_evaluation(process=process, by=bram)
    with pytest.raises(Refusal, match=r"evaluation\.already_public"):
        evaluate(process=process, by=bram, **TEXTS)
    assert Evaluation.objects.count() == 1


def test_nobody_evaluates_before_the_answers(handover, process, bram):
    evaluate(process=process, by=bram, **TEXTS)
    with pytest.raises(Refusal, match=r"evaluation\.answers_first"):
        publish_evaluation(process=process, by=bram)
    processes.override_gate(process=process, number=5, reason="De raad is gevallen en antwoordt niet meer.", by=bram)
    assert publish_evaluation(process=process, by=bram).published_at


def test_the_loop_hears_where_it_stands(process, handover, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        found = moments([process])[process.pk]
    assert [(one.place, one.state) for one in found] == [("handover", "done"), ("answer", "now")]
    assert found[1].until == handover.due


def test_the_loop_hears_of_answers_and_of_who_is_untold(process, answered):
    found = {one.place: one for one in moments([process])[process.pk]}
    assert {place: one.state for place, one in found.items()} == {
        "handover": "done", "answer": "done", "feedback": "now",
    }  # fmt: skip


def test_two_channels_one_person(process, step, answered, aisha, bram):
    """Somebody who took part by web and on paper is one person, untold as long as one of both is."""
    processes.take_part(step=step, person=aisha, channel="paper", entered_by=bram)
    assert count_untold(process) == 1
    assert Person.objects.filter(contributions__step=step).distinct().count() == 1


def test_told_by_hand_counts(evaluated, process, bram):
    for row in Feedback.objects.all():
        told_by_hand(feedback=row, by=bram)
    assert count_untold(process) == 0
