"""What everybody reads of a vote, before it, during it and after it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samenraad.ballots.actions import counting, sealing
from samenraad.ballots.testing import end, make_vote, open_vote, vote_with
from samenraad.instruments.preferendum.instrument import card
from samenraad.instruments.preferendum.queries.outcome import outcome, verdicts
from samenraad.instruments.preferendum.rules.scales import SIX_WORDS, kept_languages
from samenraad.processes.models import Goal, Process, Promise, Step

YES = {"grades": {"1": 3, "2": 0}, "priorities": ["1"]}


def counted(process: Any, by: Any, **fields: Any) -> Any:
    """A vote in which 25 of 60 voted, all for the first option."""
    opened = open_vote(process, by, **fields)
    for code in opened.codes[:25]:
        vote_with(opened.vote, code, YES)
    sealed = sealing.seal(vote=end(opened.vote), by=by)
    return counting.count(vote=counting.enter_seed(vote=sealed, seed="4 2 6 1 1 3", how="dobbelstenen", by=by), by=by)


def read(client: Any, step: Step) -> str:
    return str(client.get(f"/preferendum/{step.pk}/").content.decode())


def test_before_anything_is_made_the_page_says_what_comes(process, bram, client):
    step = Step.objects.create(process=process, kind="preferendum", title="Stem mee")
    assert "Op komst: een stemming" in read(client, step)


def test_before_the_rules_are_fixed_nobody_can_vote(process, bram, client):
    page = read(client, make_vote(process, bram).step)
    assert "kan nog veranderen" in page
    assert "Stem met je code" not in page


def test_an_open_vote_has_one_thing_to_do_and_tells_no_figures(process, bram, client):
    opened = open_vote(process, bram)
    for code in opened.codes[:45]:
        vote_with(opened.vote, code, YES)
    page = read(client, opened.step)
    assert page.count('class="button"') == 1
    assert "Stem met je code" in page
    assert "ziet niemand hoe het gaat" in page
    assert ">45<" not in page


def test_after_the_last_day_there_is_no_button_to_vote(process, bram, client):
    page = read(client, end(open_vote(process, bram).vote).step)
    assert "De telling komt nog" in page
    assert "Stem met je code" not in page


def test_after_the_count_it_leads_to_the_result(process, bram, client):
    vote = counted(process, bram)
    assert "Bekijk de uitslag" in read(client, vote.step)
    assert outcome(vote)["ballots"] == 25
    rows = {(row[0], row[2]): row[3] for row in card.step_tables(vote.step)[1].rows}
    assert rows["1", "priority"] == "25"
    assert [figure.value for figure in card.figures(vote.step)] == [5, 60, 25]


def test_each_goal_gets_its_verdict_with_evidence(process, bram, client):
    """R277, as in Duiven: involve people (turnout), and a clear preference; the council is still to answer."""
    first = Goal.objects.get()
    goals = [Goal.objects.create(process=process, policy_phase="decision", text=text) for text in ("B", "C", "D")]
    told = {
        first.pk: {"indicator": "turnout", "least": 30},
        goals[0].pk: {"indicator": "turnout", "least": 50},
        goals[1].pk: {"indicator": "preference", "least": None},
        goals[2].pk: {"indicator": "council", "least": None},
    }
    vote = counted(process, bram, goals={str(pk): one for pk, one in told.items()})
    assert [one.state for one in verdicts(vote)] == ["adopted", "rejected", "adopted", "waiting"]
    page = read(client, vote.step)
    assert "41,7\u202f%" in page or "41,7\u00a0%" in page
    assert "De raad heeft nog niet geantwoord." in page


def test_without_a_count_there_is_no_verdict(process, bram):
    assert verdicts(open_vote(process, bram).vote) == []


def test_moved_dates_are_shown_beside_the_fixed_ones(process, bram, client):
    opened = open_vote(process, bram)
    assert "De dagen zijn verschoven" not in read(client, opened.step)
    Step.objects.filter(pk=opened.step.pk).update(closes=opened.step.closes + timedelta(days=7))
    assert "De dagen zijn verschoven" in read(client, opened.step)


def test_nobody_sees_a_vote_of_a_process_that_is_not_public(process, bram, client):
    opened = open_vote(process, bram)
    Process.objects.update(published_at=None)
    for page in ("", "rules/", "rules.json", "brochure/"):
        assert client.get(f"/preferendum/{opened.step.pk}/{page}").status_code == 404


def test_the_rules_say_what_the_outcome_is(process, bram, client):
    """R273: advice, or binding, said before the vote."""
    opened = open_vote(process, bram, standing="binding", expected_percent=30)
    page = client.get(f"/preferendum/{opened.step.pk}/rules/").content.decode()
    assert "bindend: de raad zei vooraf dat hij de uitslag volgt" in page.lower()
    rules = json.loads(client.get(f"/preferendum/{opened.step.pk}/rules.json").content)
    assert (rules["standing"], rules["expected"]) == ("binding", "3/10")


@pytest.mark.parametrize(
    ("ballot", "rule", "count"),
    [("rate", "majority-judgment", 5), ("choose", "plurality", 3), ("approve", "approval", 4), ("rank", "irv", 5)],
)
def test_every_kind_of_ballot_has_a_page_a_preview_and_a_brochure(process, bram, as_, ballot, rule, count):
    titles = [f"Plan {n}" for n in range(count)]
    opened = open_vote(process, bram, ballot=ballot, rule=rule, titles=titles)
    for page in ("", "rules/", "brochure/", "desk/", "desk/preview/"):
        answer = as_(bram).get(f"/preferendum/{opened.step.pk}/{page}")
        assert answer.status_code == 200
        assert "Plan 2" in answer.content.decode() or page in ("rules/", "desk/")


def test_moments_come_only_from_votes_that_are_fixed(process, bram):
    assert card.moments([process]) == {}
    opened = open_vote(process, bram)
    (moment,) = card.moments([process])[process.pk]
    assert (str(moment.title), moment.state) == ("De stemmen worden geteld", "later")
    end(opened.vote)
    assert card.moments([process])[process.pk][0].state == "now"


def test_what_may_be_done_now_says_why_not(process, bram):
    opened = open_vote(process, bram)
    assert [phase.open for phase in card.phases(opened.step)] == [False, True, False]
    assert all(phase.why_not for phase in card.phases(opened.step) if not phase.open)
    assert [phase.open for phase in card.phases(end(opened.vote).step)] == [False, False, False]


def test_changed_words_lose_the_languages_nobody_looked_at():
    changed = kept_languages(SIX_WORDS, [{"nl": "af te wijzen"}, {"nl": "matig", "en": "so-so"}], "nl")
    assert changed[0]["fr"] == "à rejeter"
    assert changed[1] == {"nl": "matig", "en": "so-so"}


def test_after_the_count_the_outcome_waits_to_be_handed_over(process, bram):
    vote = counted(process, bram)
    todo = card.step_todo(vote.step, timezone.localdate())[-1]
    assert todo.what == "Stemmen over het centrum is geteld: overhandig de uitslag"
    assert todo.url == f"/preferendum/{vote.step_id}/desk/hand-over/"


def test_a_vote_to_which_nobody_answers_is_warned_about(process, bram, as_):
    """R166: the step of the council cannot be absent."""
    step = make_vote(process, bram).step
    warning = "Niemand heeft toegezegd te antwoorden"
    assert warning not in as_(bram).get(f"/preferendum/{step.pk}/desk/").content.decode()
    Promise.objects.filter(process=process).delete()
    assert warning in as_(bram).get(f"/preferendum/{step.pk}/desk/").content.decode()
