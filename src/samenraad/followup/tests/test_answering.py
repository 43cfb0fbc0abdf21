"""Every row gets a decision with reasons; then all of them are public, and compared with the promise."""

import pytest
from django.db import IntegrityError, transaction

from samenraad.followup.actions import (
    assign,
    explain_delay,
    give_answer,
    hand_over,
    look_at,
    note_beside,
    publish_answers,
    version_of,
)
from samenraad.followup.models import Answer, Feedback, Handover
from samenraad.followup.queries.answers import compared, standing
from samenraad.ledger.models import Entry
from samenraad.post.models import Message
from samenraad.processes import actions as processes
from samenraad.refusals import Refusal


def test_an_answer_can_be_changed_while_it_is_not_public(handover, chantal):
    item = handover.items.first()
    give_answer(item=item, decision="rejected", reasons="Te duur.", by=chantal)
    give_answer(item=item, decision="adopted", reasons=" Toch wel. ", by=chantal)
    answer = Answer.objects.get()
    assert (answer.decision, answer.reasons) == ("adopted", "Toch wel.")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"decision": "adopted", "reasons": "  "}, "answer.no_reasons"),
        ({"decision": "maybe", "reasons": "Wie weet."}, "answer.no_decision"),
        ({"decision": "forwarded", "reasons": "Van de provincie."}, "answer.forwarded_to_whom"),
    ],
)
def test_what_is_missing_is_refused(handover, chantal, fields, code):
    with pytest.raises(Refusal) as refused:
        give_answer(item=handover.items.first(), by=chantal, **fields)
    assert refused.value.code == code
    assert not Answer.objects.exists()


def test_the_database_too_wants_reasons(handover):
    item = handover.items.first()
    for fields in ({"decision": "adopted", "reasons": ""}, {"decision": "forwarded", "reasons": "Ja."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(item=item, **fields)


def test_the_second_of_two_editors_is_told(handover, chantal, bram):
    item = handover.items.first()
    blank = version_of(None)
    give_answer(item=item, decision="adopted", reasons="Ja.", by=chantal, seen=blank)
    with pytest.raises(Refusal, match=r"answer\.changed_meanwhile"):
        give_answer(item=item, decision="rejected", reasons="Nee.", by=bram, seen=blank)
    seen = version_of(Answer.objects.get())
    give_answer(item=item, decision="rejected", reasons="Nee.", by=bram, seen=seen)
    with pytest.raises(Refusal, match=r"answer\.changed_meanwhile"):
        give_answer(item=item, decision="adopted", reasons="Toch.", by=chantal, seen=seen)
    assert Answer.objects.get().decision == "rejected"


def test_a_note_stands_beside_the_text_and_never_touches_it(handover, bram):
    """R260."""
    item = handover.items.first()
    before = (item.proposal.title, item.proposal.text, item.proposal.sha256)
    note_beside(item=item, kind="legal", text="Mag niet van de Wegenverkeerswet.", by=bram)
    item.proposal.refresh_from_db()
    assert (item.proposal.title, item.proposal.text, item.proposal.sha256) == before
    for kind, text in (("legal", " "), ("gossip", "Ik hoorde dat ...")):
        with pytest.raises(Refusal):
            note_beside(item=item, kind=kind, text=text, by=bram)


def test_who_prepares_an_answer_gets_the_text_by_mail(handover, dirk, bram):
    item = handover.items.first()
    assign(item=item, owner=dirk, by=bram)
    assign(item=item, owner=dirk, by=bram)
    message = Message.objects.get(person=dirk)
    assert "Nummer 1 is voor jou" in message.subject
    assert item.proposal.text in message.body


def test_conditions_are_looked_at_one_by_one(handover, bram):
    item = handover.items.first()
    assert look_at(item=item, meets=[True, None], by=bram).meets == [True, None]
    with pytest.raises(Refusal, match=r"answer\.preconditions"):
        look_at(item=item, meets=[True], by=bram)


def test_publication_is_refused_while_a_row_is_blank(process, ideas, bram, chantal, answer_all):
    """25 of 26."""
    made = answer_all(hand_over(process=process, proposals=ideas(26), by=bram))
    made.items.get(number=17).answer.delete()
    with pytest.raises(Refusal) as refused:
        publish_answers(handover=made, by=chantal)
    assert (refused.value.code, refused.value.facts) == ("answers.blank", {"count": 1, "rows": "17"})
    assert Handover.objects.get().answered_at is None
    assert not Feedback.objects.filter(occasion="answered").exists()


def test_publishing_owes_word_to_everybody_behind_every_text(
    step, process, ideas, dirk, emre, bram, chantal, answer_all
):
    texts = ideas(3)
    for text in texts[:2]:
        processes.support(proposal=text, person=dirk)
    processes.support(proposal=texts[2], person=emre, channel="phone", entered_by=bram)
    publish_answers(handover=answer_all(hand_over(process=process, proposals=texts, by=bram)), by=chantal)
    rows = Feedback.objects.filter(occasion="answered")
    counts = {name.split()[0]: rows.filter(contribution__person__name=name).count()
              for name in set(rows.values_list("contribution__person__name", flat=True))}  # fmt: skip
    assert counts == {"Aisha": 3, "Dirk": 2, "Emre": 1}


def test_nothing_is_public_when_owing_fails(handover, answer_all, chantal, monkeypatch):
    answer_all(handover)

    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr("samenraad.followup.actions.answers.owe_all", broken)
    with pytest.raises(RuntimeError):
        publish_answers(handover=handover, by=chantal)
    assert Handover.objects.get().answered_at is None


def test_publishing_twice_is_publishing_once(answered, chantal):
    moment, owed = answered.answered_at, Feedback.objects.count()
    assert publish_answers(handover=answered, by=chantal).answered_at == moment
    assert Feedback.objects.count() == owed
    assert Entry.objects.filter(act="answers.published").count() == 1


def test_public_answers_stay_as_they_are(answered, chantal, bram):
    item = answered.items.first()
    for act in (
        lambda: give_answer(item=item, decision="rejected", reasons="Toch niet.", by=chantal),
        lambda: look_at(item=item, meets=[True, True], by=bram),
        lambda: note_beside(item=item, kind="legal", text="Mag niet.", by=bram),
        lambda: assign(item=item, owner=None, by=bram),
        lambda: explain_delay(handover=answered, text="Het duurt langer.", by=chantal),
    ):
        with pytest.raises(Refusal, match=r"answers\.already_public"):
            act()


def test_drafts_count_for_nobody_before_they_are_public(handover, answer_all):
    answer_all(handover, "adopted")
    assert standing(handover).counts == {}
    assert standing(handover, drafts=True).counts == {"adopted": 3}


@pytest.fixture
def amsterdam(process, ideas, council, bram, chantal):
    """26 measures, four conditions; 14 meet them all, 10 of those are adopted (figures after Amsterdam 2021)."""
    draft = processes.draft_promise(
        process=process, body=council, term_days=60, text="Wat aan vier voorwaarden voldoet, nemen we over.", by=bram,
        preconditions=[{"nl": text} for text in ("helpt het klimaat", "is van de stad", "is eerlijk", "heeft steun")],
    )  # fmt: skip
    processes.publish_promise(promise=draft, by=bram)
    made = hand_over(process=process, proposals=ideas(26), by=bram)
    decisions = {n: "adopted" if n <= 10 else "partly" if n <= 12 else "rejected" for n in range(1, 27)}
    for item in made.items.all():
        look_at(item=item, meets=[True, True, True, item.number <= 14], by=bram)
        give_answer(item=item, decision=decisions[item.number], reasons=f"Reden {item.number}.", by=chantal)
    return publish_answers(handover=made, by=chantal)


def test_what_met_every_condition_and_was_not_adopted_is_a_departure(amsterdam):
    """W1, the Amsterdam data: every such row appears, with its reason."""
    found = standing(amsterdam)
    assert found.departures == (11, 12, 13, 14)
    assert (found.met, found.kept, found.unseen) == (14, 10, 0)


def test_the_promise_stands_beside_what_came_of_it(amsterdam):
    rows = {row.code: row for row in compared(amsterdam, standing(amsterdam), amsterdam.handed_on)}
    assert rows["separately"].state == "adopted"
    assert rows["in_time"].state == "adopted"
    assert (rows["preconditions"].state, rows["preconditions"].numbers) == ("late", (11, 12, 13, 14))
