"""What is voted on: written, argued, carried in unchanged, taken out with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.models import Vote
from samenraad.ballots.testing import make_vote, on_the_roll
from samenraad.instruments.preferendum.actions import options as actions
from samenraad.instruments.preferendum.models import Option, Preferendum
from samenraad.instruments.preferendum.queries.options import texts
from samenraad.instruments.preferendum.queries.rules import rules
from samenraad.ledger.models import Entry
from samenraad.processes import actions as processes
from samenraad.processes.models import Proposal, Source, digest_of
from samenraad.refusals import Refusal
from samenraad.testing import at_once

WORDS = {"title": "Een fontein", "text": "Koel in de zomer.", "pros_nl": "Koel.\nMooi.", "pros_en": "Cool.",
         "cons_nl": "Kost geld.", "cons_en": ""}  # fmt: skip


@pytest.fixture
def vote(process: Any, bram: Any) -> Vote:
    made = make_vote(process, bram)
    on_the_roll(made, {"": 60})
    return made


@pytest.fixture
def made(vote: Vote) -> Preferendum:
    return Preferendum.objects.select_related("step__process__place").get(pk=vote.step_id)


def desk(vote: Vote, page: str = "") -> str:
    return f"/preferendum/{vote.step_id}/desk/options/{page}"


def test_an_option_is_written_with_its_arguments_in_each_language(vote, as_, bram):
    assert as_(bram).post(desk(vote, "new/"), WORDS).status_code == 302
    option = Option.objects.get(proposal__number=6)
    assert option.proposal.sha256 == digest_of("Een fontein", "Koel in de zomer.")
    assert (option.pros, option.cons) == ({"nl": "Koel.\nMooi.", "en": "Cool."}, {"nl": "Kost geld."})


def test_a_double_click_makes_one_option(vote, as_, bram):
    for _click in range(2):
        as_(bram).post(desk(vote, "new/"), WORDS)
    assert Option.objects.count() == 6


def test_an_option_without_a_title_is_refused_and_nothing_typed_is_lost(vote, as_, bram):
    page = as_(bram).post(desk(vote, "new/"), WORDS | {"title": " "})
    assert "Koel in de zomer." in page.content.decode()
    assert Option.objects.count() == 5


def test_a_written_option_gets_other_words_and_another_fingerprint(vote, as_, bram):
    assert as_(bram).post(desk(vote, "1/"), WORDS).status_code == 302
    text = Option.objects.get(proposal__number=1).proposal
    assert (text.title, text.sha256) == ("Een fontein", digest_of("Een fontein", "Koel in de zomer."))


def test_texts_of_another_step_come_over_word_for_word_with_who_stood_behind_them(vote, made, idea, dirk, bram):
    processes.support(proposal=idea, person=dirk)
    assert actions.carry(preferendum=made, proposals=[idea], by=bram) == 1
    assert actions.carry(preferendum=made, proposals=[idea], by=bram) == 0, "what is here stays as it is"
    came = Option.objects.get(proposal__carried_from=idea)
    assert (came.proposal.title, came.proposal.sha256) == (idea.title, idea.sha256)
    assert Source.objects.filter(proposal=came.proposal).count() == 2


def test_the_text_leads_to_the_vote_and_the_vote_to_the_text(vote, made, idea, bram, client):
    """R147, R264: a link both ways."""
    actions.carry(preferendum=made, proposals=[idea], by=bram)
    story = f"/proposal/{idea.pk}/"
    assert story in client.get(f"/preferendum/{vote.step_id}/").content.decode()
    page = client.get(story).content.decode()
    assert str(vote.step.title) in page


def test_a_text_that_a_moderator_hid_is_not_put_back_here(vote, made, bram, as_):
    Proposal.objects.filter(step=vote.step, number=2).update(status="hidden", status_reason="Scheldwoord.")
    assert [option["id"] for option in rules(made)["options"]] == ["1", "3", "4", "5"]
    assert "Zet het terug" not in as_(bram).get(desk(vote)).content.decode()


def test_ideas_that_are_sent_on_from_their_own_desk_become_options_too(vote, idea, bram):
    (text,) = processes.carry(proposals=[idea], step=vote.step, by=bram)
    assert Option.objects.filter(proposal=text, preferendum=vote.step_id).exists()


def test_a_carried_text_keeps_its_words_and_gets_arguments(vote, made, idea, bram, as_):
    actions.carry(preferendum=made, proposals=[idea], by=bram)
    came = Option.objects.get(proposal__carried_from=idea)
    as_(bram).post(desk(vote, f"{came.proposal.number}/"), WORDS)
    came.refresh_from_db()
    assert (came.proposal.title, came.cons) == (idea.title, {"nl": "Kost geld."})
    with pytest.raises(Refusal, match=r"preferendum\.carried_text"):
        actions.change(option=came, title="Anders", text="", pros={}, cons={}, by=bram)


def test_arguments_come_along_from_an_earlier_vote(vote, made, process, bram):
    option = Option.objects.get(proposal__number=2)
    actions.change(option=option, title="Bankjes", text="Zit.", pros={"nl": "Rust."}, cons={}, by=bram)
    later = make_vote(process, bram)
    processes.carry(proposals=[Proposal.objects.get(pk=option.pk)], step=later.step, by=bram)
    assert Option.objects.get(proposal__carried_from=option.pk).pros == {"nl": "Rust."}


def test_only_texts_with_enough_supporters_are_offered(vote, made, idea, step, dirk, bram, as_):
    assert texts(made, step, 1) == []
    processes.support(proposal=idea, person=dirk)
    assert texts(made, step, 1) == [idea]
    page = as_(bram).get(desk(vote, f"carry/?from={step.pk}&least=1")).content.decode()
    assert "Bomen op het Marktplein" in page
    as_(bram).post(desk(vote, f"carry/?from={step.pk}&least=1"), {"text": [idea.pk]})
    assert Option.objects.filter(proposal__carried_from=idea).exists()


@pytest.mark.parametrize("asked", ["", "?from=x", "?from=999999999", "?from=1e9&least=-3"])
def test_texts_of_a_step_that_is_not_there_are_not_found(vote, as_, bram, asked):
    assert as_(bram).get(desk(vote, f"carry/{asked}")).status_code == 404


def test_nothing_chosen_is_refused_in_words(vote, step, idea, as_, bram):
    page = as_(bram).post(desk(vote, f"carry/?from={step.pk}"), {"text": ["x", "9" * 40]})
    assert "Kies minstens één tekst." in page.content.decode()


def test_an_option_is_taken_out_with_a_reason_that_everybody_reads(vote, made, as_, bram, client):
    assert as_(bram).post(desk(vote, "3/withdraw/"), {"reason": " "}).status_code == 200
    as_(bram).post(desk(vote, "3/withdraw/"), {"reason": "De bus rijdt al."})
    assert [option["id"] for option in rules(made)["options"]] == ["1", "2", "4", "5"]
    freeze(vote=vote, by=bram)
    assert "De bus rijdt al." in client.get(f"/preferendum/{vote.step_id}/").content.decode()
    assert Entry.objects.get(act="preferendum.option_withdrawn").facts["reason"] == "De bus rijdt al."


def test_an_option_that_was_taken_out_can_come_back_and_is_not_changed_meanwhile(vote, made, as_, bram):
    option = Option.objects.get(proposal__number=3)
    actions.withdraw(option=option, reason="Te duur.", by=bram)
    with pytest.raises(Refusal, match=r"preferendum\.withdrawn"):
        actions.change(option=option, title="X", text="", pros={}, cons={}, by=bram)
    for _click in range(2):
        as_(bram).post(desk(vote, "3/back/"))
    assert len(rules(made)["options"]) == 5
    assert Entry.objects.filter(act="preferendum.option_put_back").count() == 1


def test_only_what_came_from_elsewhere_has_a_newer_text(vote, bram):
    with pytest.raises(Refusal, match=r"preferendum\.not_carried"):
        actions.renew(option=Option.objects.get(proposal__number=1), by=bram)


def test_once_fixed_options_stay_here_and_where_they_came_from(vote, made, idea, bram, as_):
    actions.carry(preferendum=made, proposals=[idea], by=bram)
    freeze(vote=vote, by=bram)
    option = Option.objects.get(proposal__number=1)
    words: dict[str, Any] = {"title": "X", "text": "", "pros": {}, "cons": {}}
    for act in (
        lambda: actions.change(option=option, by=bram, **words),
        lambda: actions.withdraw(option=option, reason="Toch niet.", by=bram),
        lambda: actions.put_back(option=option, by=bram),
        lambda: actions.renew(option=option, by=bram),
        lambda: actions.write(preferendum=made, by=bram, **words),
    ):
        with pytest.raises(Refusal, match=r"preferendum\.frozen"):
            act()
    with pytest.raises(Refusal, match=r"proposal\.already_answered"):
        processes.split(proposal=idea, parts=[("A", ""), ("B", "")], by=bram, reason="Twee dingen.")
    page = as_(bram).post(desk(vote, "1/"), WORDS).content.decode()
    assert "kunnen niet meer veranderen" in page


def test_nothing_is_carried_into_a_fixed_vote(vote, idea, bram):
    freeze(vote=vote, by=bram)
    with pytest.raises(Refusal, match=r"preferendum\.frozen"):
        processes.carry(proposals=[idea], step=vote.step, by=bram)
    assert not Proposal.objects.filter(carried_from=idea).exists()


def test_markup_in_an_option_is_text(vote, as_, bram, client):
    as_(bram).post(desk(vote, "1/"), WORDS | {"title": "<script>x</script>", "pros_nl": "<b>vet</b>"})
    page = client.get(f"/preferendum/{vote.step_id}/").content.decode()
    assert "<script>x" not in page
    assert "<b>vet" not in page


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_option_written_twice_at_once_is_one(process, bram):
    vote = make_vote(process, bram)
    known = vote.step.preferendum
    at_once(*[lambda: actions.write(preferendum=known, title="Extra", text="", by=bram) for _n in range(4)])
    assert Option.objects.filter(proposal__title="Extra").count() == 1


@pytest.mark.parametrize("page", ["99999/", f"{9 * 10**20}/", "0/", "77/withdraw/"])
def test_an_option_that_is_not_there_is_not_found(vote, as_, bram, page):
    assert as_(bram).get(desk(vote, page)).status_code == 404
