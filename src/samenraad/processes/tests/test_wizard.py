"""From a name to a public process, page by page; and changing what is public, out loud."""

import pytest
from django.urls import reverse

from samenraad.ledger.models import Entry
from samenraad.people.models import Role
from samenraad.processes import actions, queries
from samenraad.processes.models import Goal, Process, RoomItem


def url(name, *args):
    return reverse(f"processes:{name}", args=args)


@pytest.fixture
def draft(town, bram):
    return actions.create(title="Nieuw plein", place=town.place, by=bram)


@pytest.fixture
def desk(as_, bram):
    return as_(bram)


def test_an_officer_walks_from_a_name_to_a_public_process(desk, town, council):
    made = {"title_nl": "Nieuw plein", "title_en": "New square", "place": town.place.pk, "policy_phase": "agenda"}
    response = desk.post(url("create"), made)
    process = Process.objects.get()
    assert response.url == url("question", process.slug)
    response = desk.post(response.url, {"question_nl": "Wat komt er op het plein?", "summary_nl": "", "summary_en": ""})
    assert response.url == url("goals", process.slug)
    desk.post(response.url, {"text_nl": "Een plein voor iedereen", "policy_phase": "agenda", "measured_by": ""})
    desk.post(url("room", process.slug), {"kind": "open", "text_nl": "Alles op het plein"})
    desk.post(url("influence", process.slug), {"rung": "coproduce"})
    desk.post(url("who", process.slug), {"initiator": "de buurt", "cost": "1250", "contact_phone": "088 123 45 67"})
    promised = {"text_nl": "Wij antwoorden.", "body": council.pk, "term_days": 30, "preconditions_nl": "past\nmag"}
    response = desk.post(url("promise", process.slug), promised)
    assert response.url == url("publish_promise", process.slug)
    desk.post(url("publish", process.slug))
    desk.post(response.url)
    process.refresh_from_db()
    assert (process.is_public, process.rung, process.cost_cents) == (True, "coproduce", 125_000)
    assert str(process.title) == "Nieuw plein"
    assert process.title["en"] == "New square"
    promise = process.promises.get()
    assert promise.published_at
    assert promise.preconditions == [{"nl": "past"}, {"nl": "mag"}]


def test_a_process_without_a_name_is_not_made_and_nothing_typed_is_lost(desk, town):
    response = desk.post(url("create"), {"title_en": "New square", "place": town.place.pk, "policy_phase": "agenda"})
    assert "New square" in response.content.decode()
    assert not Process.objects.exists()


@pytest.mark.parametrize("name", ["manage", "title", "goals", "promise", "steps", "review", "publish", "close", "copy"])
def test_who_does_not_organise_it_does_not_know_the_desk_of_it(as_, aisha, process, name):
    assert as_(aisha).get(url(name, process.slug)).status_code == 404
    assert as_(None).get(url(name, process.slug)).status_code == 302


def test_an_organiser_of_one_process_organises_only_that_one(as_, dirk, process, draft):
    Role.objects.create(person=dirk, word="officer", scope=process.thread)
    browser = as_(dirk)
    assert browser.get(url("manage", process.slug)).status_code == 200
    assert browser.get(url("manage", draft.slug)).status_code == 404
    assert browser.get(url("create")).status_code == 404


def test_an_instrument_comes_after_goal_and_room(desk, draft):
    for name, more in (("choose_step", ()), ("add_step", ("ideas",))):
        assert desk.get(url(name, draft.slug, *more)).url == url("goals", draft.slug)  # R169
    Goal.objects.create(process=draft, policy_phase="agenda", text="Rust")
    assert desk.get(url("choose_step", draft.slug)).url == url("room", draft.slug)
    RoomItem.objects.create(process=draft, kind="open", text="Alles")
    assert desk.get(url("choose_step", draft.slug)).status_code == 200


def test_a_step_with_days_before_the_promise_is_refused_with_a_sentence(desk, draft):
    Goal.objects.create(process=draft, policy_phase="agenda", text="Rust")
    RoomItem.objects.create(process=draft, kind="open", text="Alles")
    filled = {"title_nl": "Ideeën", "opens": "2031-01-01T09:00", "closes": "2031-01-09T23:59"}
    response = desk.post(url("add_step", draft.slug, "ideas"), filled)
    assert response.status_code == 200
    assert not draft.steps.exists()
    desk.post(url("add_step", draft.slug, "ideas"), {"title_nl": "Ideeën"})
    assert draft.steps.get().opens is None


def test_an_unknown_instrument_is_refused(desk, process):
    assert desk.get(url("add_step", process.slug, "magic")).status_code == 409


def test_what_is_public_changes_only_with_a_reason_that_everybody_reads(desk, client, process):
    changed = {"question_nl": "Hoe maken we het centrum rustiger?", "summary_nl": ""}
    assert desk.post(url("question", process.slug), changed).status_code == 200
    process.refresh_from_db()
    assert str(process.question) == "Hoe maken we het centrum groener?"
    response = desk.post(url("question", process.slug), changed | {"reason": "Inwoners vroegen ook om rust."})
    assert response.url == url("manage", process.slug)
    entry = Entry.objects.get(act="process.changed")
    assert entry.facts == {"fields": ["question"], "reason": "Inwoners vroegen ook om rust."}
    assert "Inwoners vroegen ook om rust." in client.get(url("show", process.slug)).content.decode()


def test_saving_without_a_change_writes_nothing(process, bram):
    before = Entry.objects.count()
    actions.change(process=process, by=bram, question=process.question)
    assert Entry.objects.count() == before


def test_goals_and_room_change_out_loud_too_and_the_last_of_each_stays(desk, process):
    goal = process.goals.get()
    desk.post(url("strike_goal", process.slug, goal.pk), {"reason": "Dit doel is te klein."})
    assert process.goals.exists()  # a public process keeps one
    desk.post(
        url("goals", process.slug),
        {"text_nl": "Een koel centrum", "policy_phase": "agenda", "reason": "Dit willen we liever."},
    )
    desk.post(url("strike_goal", process.slug, goal.pk), {"reason": "Dit doel is te klein."})
    assert [str(goal) for goal in process.goals.all()] == ["Een koel centrum"]


def test_a_goal_of_another_process_is_not_found(desk, process, draft):
    goal = Goal.objects.create(process=draft, policy_phase="agenda", text="Rust")
    assert desk.get(url("goal", process.slug, goal.pk)).status_code == 404


def test_what_is_fixed_names_its_source(desk, draft):
    page = url("room", draft.slug)
    assert desk.post(page, {"kind": "fixed", "text_nl": "De markt blijft"}).status_code == 200
    assert not draft.room.exists()
    desk.post(page, {"kind": "fixed", "text_nl": "De markt blijft", "source": "Raadsbesluit"})
    assert draft.room.get().source == "Raadsbesluit"


def test_when_nothing_is_open_only_informing_can_be_chosen(desk, draft):
    RoomItem.objects.create(process=draft, kind="fixed", text="De markt blijft", source="Raadsbesluit")  # R172
    desk.post(url("influence", draft.slug), {"rung": "codecide"})
    draft.refresh_from_db()
    assert draft.rung == "consult"
    desk.post(url("influence", draft.slug), {"rung": "inform"})
    draft.refresh_from_db()
    assert draft.rung == "inform"


def test_a_decision_of_before_the_start_lowers_the_rung_in_public(desk, process):
    desk.post(
        url("room", process.slug),
        {
            "kind": "fixed", "text_nl": "Het contract is getekend", "source": "Contract", "decided_on": "2020-05-03",
            "settles_question": "on", "reason": "Wij vonden dit contract pas nu.",
        },
    )  # fmt: skip
    process.refresh_from_db()
    assert process.rung == "inform"
    assert Entry.objects.filter(act="process.changed").last().facts["only_inform"] == "decided"


def test_going_down_the_ladder_in_public_asks_for_a_reason(desk, process):
    page = url("influence", process.slug)
    assert desk.post(page, {"rung": "listen"}).status_code == 200
    desk.post(page, {"rung": "listen", "reason": "De raad besluit toch zelf, zonder advies."})
    process.refresh_from_db()
    assert process.rung == "listen"


def test_conditions_stand_in_the_same_place_in_each_language(desk, process, council):
    filled = {"text_nl": "Wij antwoorden.", "body": council.pk, "term_days": 30, "preconditions_nl": "past\nmag"}
    page = url("promise", process.slug)
    assert desk.post(page, filled | {"preconditions_en": "fits"}).status_code == 200
    desk.post(page, filled | {"preconditions_en": "fits\nlawful"})
    draft = process.promises.get(published_at=None)
    assert draft.preconditions == [{"nl": "past", "en": "fits"}, {"nl": "mag", "en": "lawful"}]


@pytest.mark.parametrize("days", ["0", "731", "-3", "x"])
def test_a_term_that_cannot_be_is_refused(desk, process, council, days):
    filled = {"text_nl": "Wij antwoorden.", "body": council.pk, "term_days": days}
    assert desk.post(url("promise", process.slug), filled).status_code == 200
    assert process.promises.count() == 1


def test_publishing_without_goal_says_what_is_missing(desk, draft):
    response = desk.post(url("publish", draft.slug))
    assert response.status_code == 409
    draft.refresh_from_db()
    assert not draft.is_public


def test_a_public_process_without_contributions_or_promise_becomes_a_draft_again(desk, draft, process):
    Goal.objects.create(process=draft, policy_phase="agenda", text="Rust")
    RoomItem.objects.create(process=draft, kind="open", text="Alles")
    desk.post(url("publish", draft.slug))
    desk.post(url("unpublish", draft.slug))
    draft.refresh_from_db()
    assert not draft.is_public
    assert desk.post(url("unpublish", process.slug)).status_code == 409


def test_closing_with_open_gates_names_them(desk, process):
    html = desk.get(url("close", process.slug)).content.decode()
    assert "Sluit het traject</button>" not in html
    assert desk.post(url("close", process.slug)).status_code in (302, 409)


def test_a_gate_is_passed_unmet_with_a_reason_only(desk, draft):
    page = url("pass_gate", draft.slug, 1)
    assert desk.post(page, {"reason": "haast"}).status_code == 200
    desk.post(page, {"reason": "De wethouder vraagt dit, zie de brief van 3 mei."})
    assert draft.overrides.get().gate == 1
    assert desk.get(url("pass_gate", draft.slug, 9)).status_code == 404


def test_again_next_year_is_an_empty_twin(desk, process, step, idea):
    response = desk.post(url("copy", process.slug), {"title_nl": "Groener centrum 2028"})
    twin = Process.objects.exclude(pk=process.pk).get()
    assert response.url == url("manage", twin.slug)
    assert not twin.is_public
    assert twin.steps.get().contributions.count() == 0
    assert not twin.promises.get().published_at
    assert twin.overrides.count() == twin.meetings.count() == 0


def test_a_step_is_rounded_off_or_taken_away_after_a_question(desk, process, step, idea):
    desk.post(url("remove_step", process.slug, step.pk))
    assert process.steps.exists()  # people took part
    assert desk.get(url("conclude_step", process.slug, step.pk)).status_code == 200
    desk.post(url("conclude_step", process.slug, step.pk))
    step.refresh_from_db()
    assert step.concluded_at


def test_days_that_residents_know_move_with_a_reason(desk, process, step):
    page = url("step", process.slug, step.pk)
    opens = f"{step.opens:%Y-%m-%dT%H:%M}"
    moved = {"title_nl": "Ideeën ophalen", "opens": opens, "closes": "2031-05-01T23:59"}
    assert desk.post(page, moved).status_code == 200
    desk.post(page, moved | {"reason": "De vakantie viel ertussen."})
    step.refresh_from_db()
    assert step.closes.year == 2031
    assert any(entry.text == "De vakantie viel ertussen." for entry in queries.page(process).story)


def test_a_ten_megabyte_text_is_refused_with_a_sentence(desk, process):
    response = desk.post(url("question", process.slug), {"question_nl": "x" * 10_000_000, "reason": "Omdat het kan."})
    assert response.status_code == 200
    process.refresh_from_db()
    assert len(str(process.question)) < 100


def test_script_in_a_title_is_only_text(desk, client, process):
    desk.post(
        url("question", process.slug),
        {"question_nl": "<script>alert(1)</script> Wat nu?", "reason": "Een proef met tekens."},
    )
    assert "<script>alert(1)" not in client.get(url("show", process.slug)).content.decode()


def test_a_double_click_adds_once(desk, town, draft, process, bram):
    made = {"title_nl": "Dubbel", "place": town.place.pk, "policy_phase": "agenda"}
    first, second = (desk.post(url("create"), made).url for _ in range(2))
    assert first == second
    for _ in range(2):
        desk.post(url("goals", draft.slug), {"text_nl": "Rust", "policy_phase": "agenda"})
        desk.post(url("room", draft.slug), {"text_nl": "Alles", "kind": "open"})
        desk.post(url("add_step", draft.slug, "ideas"), {"title_nl": "Ideeën"})
        desk.post(url("add_meeting", draft.slug), {"title_nl": "Avond", "starts": "2031-01-01T19:00"})
        desk.post(url("publish", draft.slug))
    assert (draft.goals.count(), draft.room.count(), draft.steps.count(), draft.meetings.count()) == (1, 1, 1, 1)
    assert Entry.objects.filter(act="process.published", thread=draft.thread).count() == 1
