"""Setting up a vote: its kind, its rules, what is missing, and what cannot change once it is fixed."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.models import Vote
from samenraad.ballots.testing import end, make_vote, on_the_roll, open_vote, vote_with
from samenraad.cards import Instrument
from samenraad.instruments.preferendum.actions import options
from samenraad.instruments.preferendum.actions import setup as actions
from samenraad.instruments.preferendum.instrument import card as preferendum_card
from samenraad.instruments.preferendum.models import BALLOTS_OF, Ballot, Option, Preferendum
from samenraad.instruments.preferendum.queries.rules import fingerprint, rules
from samenraad.instruments.preferendum.queries.stages import stages, state_of
from samenraad.processes import actions as processes
from samenraad.processes.models import Goal, Process, Promise, Proposal, Step
from samenraad.refusals import Refusal
from samenraad.testing import at_once


@pytest.fixture
def vote(process: Any, bram: Any) -> Vote:
    """A vote on five proposals that is being prepared, with a roll of 60."""
    made = make_vote(process, bram)
    on_the_roll(made, {"": 60})
    return made


@pytest.fixture
def card() -> Instrument:
    return preferendum_card


def planned(process: Process, by: Any, **fields: Any) -> Step:
    now = timezone.now()
    return processes.add_step(
        process=process, kind="preferendum", title="Stem over het plein", by=by,
        opens=now + timedelta(days=14), closes=now + timedelta(days=28), **fields,
    )  # fmt: skip


def codes(preferendum: Preferendum) -> list[str]:
    return [refusal.code for refusal in state_of(preferendum).missing]


def test_the_desk_first_asks_what_kind_of_vote_it_is(process, as_, bram):
    step = planned(process, bram)
    page = as_(bram).get(f"/preferendum/{step.pk}/desk/").content.decode()
    assert "Wat voor stemming?" in page
    assert not Preferendum.objects.exists(), "looking writes nothing"
    as_(bram).post(f"/preferendum/{step.pk}/desk/kind/", {"preset": "options"})
    made = Preferendum.objects.get()
    assert (made.ballot, made.rule, Vote.objects.get().step) == ("rank", "schulze", step)


@pytest.mark.parametrize("preset", ["preferendum", "options", "approval", "plans", "yesno"])
def test_every_preset_counts_what_its_voters_do(process, bram, preset):
    made = actions.choose(preferendum=actions.begin(step=planned(process, bram), by=bram), preset=preset, by=bram)
    assert made.rule in BALLOTS_OF[Ballot(made.ballot)]
    assert Option.objects.count() == (2 if preset == "yesno" else 0)


def test_yes_and_no_are_made_once_whoever_clicks_twice(process, bram):
    made = actions.begin(step=planned(process, bram), by=bram)
    for _time in range(2):
        actions.choose(preferendum=made, preset="yesno", by=bram)
    assert [option.proposal.title for option in Option.objects.all()] == ["Ja", "Nee"]


def test_settings_of_a_copied_step_make_its_vote(process, bram, as_):
    step = planned(process, bram, settings={"ballot": "choose", "rule": "plurality", "options": ["yes", "no"]})
    assert as_(bram).get(f"/preferendum/{step.pk}/desk/").status_code == 200
    assert Preferendum.objects.get().ballot == "choose"
    assert Option.objects.count() == 2


def test_an_unknown_kind_is_refused(process, bram, as_):
    step = planned(process, bram)
    page = as_(bram).post(f"/preferendum/{step.pk}/desk/kind/", {"preset": "secret"}, follow=True)
    assert "Kies een van de soorten stemming" in page.content.decode()


def test_a_vote_that_is_ready_has_rules_and_lacks_nothing(vote):
    assert codes(vote.step.preferendum) == []
    found = rules(vote.step.preferendum)
    assert [option["id"] for option in found["options"]] == ["1", "2", "3", "4", "5"]
    assert (found["standing"], found["place"], found["promise"]["days"]) == ("advisory", "Lindenveld", 70)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"pledge": {}}, "preferendum.no_pledge"),
        ({"pledge": {"en": "We follow it."}}, "preferendum.no_pledge"),
        ({"tie": {}}, "preferendum.no_tie"),
        ({"ballot": "choose"}, "preferendum.rule_cannot_count"),
        ({"scale": [{"nl": "voor"}]}, "preferendum.scale_length"),
        ({"scale": [{"nl": "tegen"}, {"en": "agree"}]}, "preferendum.scale_word"),
        ({"scale": [{"nl": "voor"}, {"nl": "Voor"}]}, "preferendum.scale_twice"),
        ({"scale": [{"nl": "tegen"}, {"nl": "voor"}], "agreeing": 2}, "preferendum.all_agree"),
        ({"titles": ("Bomen", "Bus")}, "preferendum.few_options"),
        ({"titles": [f"Plan {n}" for n in range(31)]}, "preferendum.many_options"),
        ({"titles": ("A", "B", "C", "D", "E", "F"), "ballot": "rank", "rule": "irv"}, "preferendum.ranked_too_many"),
        ({"titles": ("Bomen", "bomen ", "Bus")}, "preferendum.same_title"),
    ],
)
def test_what_is_missing_is_said_and_refused(process, bram, as_, fields, code):
    vote = make_vote(process, bram, **fields)
    on_the_roll(vote, {"": 60})
    assert codes(vote.step.preferendum) == [code]
    with pytest.raises(Refusal, match=code.replace(".", r"\.")):
        freeze(vote=vote, by=bram)
    page = as_(bram).get(f"/preferendum/{vote.step_id}/desk/").content.decode()
    assert "preferendum." not in page, "every refusal has its sentence"


def test_two_options_are_enough_where_nothing_is_rated(process, bram):
    vote = make_vote(process, bram, titles=("Ja", "Nee"), ballot="choose", rule="plurality")
    assert codes(vote.step.preferendum) == []


def test_without_dates_or_promise_nothing_is_fixed(process, bram, vote):
    Step.objects.filter(pk=vote.step_id).update(opens=None, closes=None)
    Promise.objects.filter(process=process).delete()
    known = Preferendum.objects.select_related("step__process").get()
    assert codes(known) == ["process.gate_unmet", "preferendum.no_dates"]


def test_while_nobody_can_read_the_process_nothing_is_fixed(process, bram, as_, vote):
    Process.objects.filter(pk=process.pk).update(published_at=None)
    known = Preferendum.objects.select_related("step__process").get()
    assert codes(known) == ["preferendum.not_public"]
    assert stages(state_of(known))[0].state == "adopted", "the rules themselves are ready"
    page = as_(bram).get(f"/preferendum/{vote.step_id}/desk/").content.decode()
    assert f'href="/desk/process/{process.slug}/"' in page
    with pytest.raises(Refusal, match="not_public"):
        freeze(vote=Vote.objects.get(pk=vote.pk), by=bram)


def test_what_is_missing_names_the_list_of_voters_as_well(process, bram, as_):
    made = make_vote(process, bram, pledge={})
    desk = f"/preferendum/{made.step_id}/desk/"
    wanted = "Maak de lijst van wie mag stemmen."
    assert wanted in as_(bram).get(desk).content.decode()
    on_the_roll(made, {"": 60})
    assert wanted not in as_(bram).get(desk).content.decode()


@pytest.mark.parametrize(("voters", "warned"), [(49, True), (50, False)])
def test_whoever_fixes_a_vote_for_a_handful_is_warned(process, bram, as_, voters, warned):
    made = make_vote(process, bram)
    on_the_roll(made, {"": voters})
    page = as_(bram).get(f"/preferendum/{made.step_id}/desk/freeze/").content.decode()
    assert ("Zo weinig mensen" in page) is warned


def test_a_vote_whose_last_day_is_over_is_not_fixed(vote):
    assert codes(end(vote).step.preferendum) == ["preferendum.over"]


def test_a_text_that_changed_where_it_came_from_stops_the_vote_until_it_is_renewed(process, bram, aisha, idea):
    vote = make_vote(process, bram)
    options.carry(preferendum=vote.step.preferendum, proposals=[idea], by=bram)
    processes.edit(proposal=idea, title="Bomen op de markt", text="Met bankjes.", by=aisha)
    assert codes(vote.step.preferendum) == ["preferendum.text_changed"]
    came = Option.objects.get(proposal__carried_from=idea)
    options.renew(option=came, by=bram)
    came.proposal.refresh_from_db()
    assert (came.proposal.title, codes(vote.step.preferendum)) == ("Bomen op de markt", [])


def test_once_fixed_nothing_changes_and_everybody_reads_since_when(vote, bram, as_):
    freeze(vote=vote, by=bram)
    known = Preferendum.objects.get()
    for act in (
        lambda: actions.change(preferendum=known, by=bram, rule="majority-judgment"),
        lambda: actions.choose(preferendum=known, preset="yesno", by=bram),
    ):
        with pytest.raises(Refusal, match=r"preferendum\.frozen"):
            act()
    for page in ("rules", "words", "goals", "freeze"):
        answer = as_(bram).get(f"/preferendum/{known.pk}/desk/{page}/")
        assert answer.url == f"/preferendum/{known.pk}/rules/"


def test_after_fixing_no_option_comes_in(vote, bram):
    fixed = freeze(vote=vote, by=bram)
    with pytest.raises(Refusal, match=r"preferendum\.frozen"):
        options.write(preferendum=vote.step.preferendum, title="Later", text="", by=bram)
    assert len(fixed.rules["options"]) == Option.objects.count() == 5


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_freezing_and_writing_at_once_leave_no_option_outside_the_rules(process, bram):
    vote = make_vote(process, bram)
    on_the_roll(vote, {"": 60})
    known = vote.step.preferendum
    writes = [
        lambda n=n: options.write(preferendum=known, title=f"Extra {n}", text="", by=bram) and "written"
        for n in range(4)
    ]
    said = at_once(lambda: bool(freeze(vote=vote, by=bram).pk), *writes)
    vote.refresh_from_db()
    assert said[0] is True
    assert set(said[1:]) <= {"written", "preferendum.frozen"}
    assert len(vote.rules["options"]) == Option.objects.count() == 5 + said.count("written")


def test_the_fingerprint_is_that_of_the_file(vote, bram, client):
    fixed = freeze(vote=vote, by=bram)
    file = client.get(f"/preferendum/{vote.step_id}/rules.json").content
    assert hashlib.sha256(file).hexdigest() == fingerprint(fixed.rules)


def test_rules_are_not_public_before_they_are_fixed(vote, client):
    for page in ("rules/", "rules.json", "brochure/"):
        assert client.get(f"/preferendum/{vote.step_id}/{page}").status_code == 404


RULES = {
    "ballot": "rate", "rule": "preferendum", "most": "3", "threshold_percent": "50", "graded_percent": "50",
    "expected_percent": "30", "approval_percent": "", "standing": "binding", "pledge_nl": "De raad volgt het.",
    "pledge_en": "", "tie_nl": "Dobbelstenen.", "tie_en": "",
}  # fmt: skip


def test_the_rules_are_saved(vote, bram, as_):
    assert as_(bram).post(f"/preferendum/{vote.step_id}/desk/rules/", RULES).status_code == 302
    known = Preferendum.objects.get()
    assert (known.most, known.expected_percent, known.standing) == (3, 30, "binding")
    assert str(known.pledge) == "De raad volgt het."


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rule": "irv"}, "Zo kun je niet tellen wat kiezers daar doen"),
        ({"expected_percent": "130"}, "Vul een getal in van 0 tot en met 100"),
        ({"most": "0"}, "Minstens één, of laat het leeg"),
    ],
)
def test_rules_that_cannot_be_are_refused_in_words(vote, bram, as_, wrong, sentence):
    page = as_(bram).post(f"/preferendum/{vote.step_id}/desk/rules/", RULES | wrong)
    assert sentence in page.content.decode()
    assert Preferendum.objects.get().standing == "advisory"


def words(*texts: str, **more: str) -> dict[str, str]:
    return {f"word{place}-nl": text for place, text in enumerate(texts, 1)} | {"agreeing": ""} | more


def test_words_are_kept_per_language_and_known_ones_keep_their_french(vote, bram, as_):
    sent = words("tegen", "voor", **{"word2-en": "in favour"})
    assert as_(bram).post(f"/preferendum/{vote.step_id}/desk/words/", sent).status_code == 302
    scale = Preferendum.objects.get().scale
    assert [word["nl"] for word in scale] == ["tegen", "voor"]
    assert (scale[0]["fr"], scale[1]["en"]) == ("contre", "in favour")


@pytest.mark.parametrize("sent", [words("voor"), words("a", "b", agreeing="2"), {"word1-en": "x", "word2-nl": "y"}])
def test_words_that_cannot_be_are_refused(vote, bram, as_, sent):
    assert as_(bram).post(f"/preferendum/{vote.step_id}/desk/words/", sent).status_code == 200
    assert Preferendum.objects.get().scale == []


def test_ready_made_words_fill_the_form(vote, bram, as_):
    page = as_(bram).get(f"/preferendum/{vote.step_id}/desk/words/?use=six").content.decode()
    assert "uitstekend" in page
    assert Preferendum.objects.get().scale == [], "only saving keeps them"


def test_a_goal_says_beforehand_how_it_is_seen(vote, bram, as_):
    goal = Goal.objects.get()
    sent = {f"indicator{goal.pk}": "turnout", f"least{goal.pk}": "30"}
    assert as_(bram).post(f"/preferendum/{vote.step_id}/desk/goals/", sent).status_code == 302
    found = rules(Preferendum.objects.select_related("step__process__place").get())
    assert [(one["indicator"], one["least"]) for one in found["goals"]] == [("turnout", 30)]


def test_only_organisers_come_to_its_desks(vote, as_, dirk, aisha, bram):
    pages = ["", "kind/", "rules/", "words/", "goals/", "preview/", "freeze/", "options/", "options/new/", "options/1/"]
    for page in pages:
        assert as_(dirk).get(f"/preferendum/{vote.step_id}/desk/{page}").status_code in (403, 404), page
        assert as_(bram).get(f"/preferendum/{vote.step_id}/desk/{page}").status_code == 200, page


def test_fixing_on_the_page_makes_rules_and_list_public(vote, bram, as_, client):
    page = as_(bram).post(f"/preferendum/{vote.step_id}/desk/freeze/", follow=True)
    assert "De regels en de lijst liggen vast." in page.content.decode()
    assert Vote.objects.get().frozen_at


def test_fixing_what_is_not_ready_says_what_is_missing(process, bram, as_):
    vote = make_vote(process, bram, pledge={})
    page = as_(bram).post(f"/preferendum/{vote.step_id}/desk/freeze/", follow=True).content.decode()
    assert "Schrijf op wat de raad toezegt" in page
    assert not Vote.objects.get().frozen_at


def test_the_road_follows_the_vote(process, bram, card: Instrument):
    def now(vote: Vote) -> list[str]:
        fresh = Preferendum.objects.select_related("step__process__place", "step__vote").get(pk=vote.step_id)
        return [stage.state for stage in stages(state_of(fresh))]

    vote = make_vote(process, bram)
    assert now(vote) == ["adopted", "adopted", "now", "planned", "planned", "planned", "planned", "planned"]
    on_the_roll(vote, {"": 60})
    assert now(vote)[2:5] == ["adopted", "now", "planned"]
    freeze(vote=vote, by=bram)
    assert now(vote)[3:7] == ["adopted", "adopted", "now", "planned"]
    assert now(end(vote))[5:7] == ["adopted", "now"]


def test_what_presses_stands_on_the_desk_with_its_day(process, bram, card):
    step = planned(process, bram)
    today = timezone.localdate()
    assert [todo.what for todo in card.step_todo(step, today)] == ["Stem over het plein: kies het soort stemming"]
    actions.begin(step=step, by=bram)
    (todo,) = card.step_todo(step, today)
    assert (todo.what, todo.due) == (
        "Stem over het plein begint binnenkort, en de regels liggen nog niet vast",
        timezone.localtime(step.opens).date(),
    )


def test_after_the_last_day_the_seed_is_asked_for(process, bram, card):
    over = end(open_vote(process, bram).vote)
    todo = card.step_todo(over.step, timezone.localdate())[-1]
    assert todo.what == "Stemmen over het centrum is voorbij: bepaal het lot in het openbaar, tel dan"


def test_a_copy_keeps_rules_and_words_and_nothing_else(process, bram, card):
    vote = make_vote(process, bram, scale=[{"nl": "nee"}, {"nl": "ja"}], goals={"1": {"indicator": "turnout"}})
    on_the_roll(vote, {"": 60})
    freeze(vote=vote, by=bram)
    other = processes.create(title="Volgend jaar", question="Opnieuw?", place=process.place, by=bram)
    twin = card.copy(vote.step, other)
    known = Preferendum.objects.get(step=twin)
    assert (known.scale, known.goals) == ([{"nl": "nee"}, {"nl": "ja"}], {})
    assert twin.vote.frozen_at is None
    assert twin.vote.key != vote.key
    assert not Proposal.objects.filter(step=twin).exists()


def test_the_figures_say_nothing_while_people_vote(process, bram, card):
    opened = open_vote(process, bram)
    before = [(str(figure.name), figure.value) for figure in card.figures(opened.step)]
    for code in opened.codes[:45]:
        vote_with(opened.vote, code)
    assert [(str(figure.name), figure.value) for figure in card.figures(opened.step)] == before


def test_its_desk_asks_few_questions_whatever_the_roll(process, bram, as_, django_assert_max_num_queries):
    opened = open_vote(process, bram, areas={"": 3000}, titles=[f"Plan {n}" for n in range(30)])
    with django_assert_max_num_queries(40):
        as_(bram).get(f"/preferendum/{opened.step.pk}/desk/")
    with django_assert_max_num_queries(20):
        as_(None).get(f"/preferendum/{opened.step.pk}/")
