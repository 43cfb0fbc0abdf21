"""Lindenveld: everything in it is invented, and all of it went through the same actions as in a real town."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from samenraad.ballots.models import Vote
from samenraad.ballots.queries.books import books
from samenraad.ballots.rules.codes import looks_like_a_code
from samenraad.discussion.models import Report
from samenraad.followup.models import Feedback, Handover, Mark, Measure
from samenraad.followup.queries.answers import standing
from samenraad.followup.queries.marks import opinion
from samenraad.followup.queries.reach import count_untold
from samenraad.followup.queries.responsiveness import responsiveness
from samenraad.instruments.lot.models import Invitation, Lot
from samenraad.ledger.models import Entry
from samenraad.ledger.queries import check
from samenraad.methods.sortition.draw.checking import check as check_draw
from samenraad.people.models import AccessCode, Person
from samenraad.post.models import Message
from samenraad.processes.gates import gates
from samenraad.processes.models import Process, Proposal, Step
from samenraad.site.demo import build, diary
from samenraad.site.demo.content import read, recommendations
from samenraad.site.demo.personas import PERSONAS
from samenraad.site.demo.votes import fresh_code

MOST_QUERIES = 20

#: the town is built once, with 6,500 letters: on a busy machine that takes minutes
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture
def climate(lindenveld):
    return Process.objects.get(slug="klimaatpanel")


@pytest.fixture
def playgrounds(lindenveld):
    return Process.objects.get(slug="speelplekken")


@pytest.fixture
def centre(lindenveld):
    return Process.objects.get(slug="groener-centrum")


def be(client, key):
    """One click in the strip."""
    return client.post(reverse("demo:as", args=[key]), follow=True)


# the town as a whole


def test_building_twice_is_building_once(lindenveld):
    before = Entry.objects.count(), Person.objects.count(), Proposal.objects.count()
    build.build()
    call_command("demo_town")
    assert (Entry.objects.count(), Person.objects.count(), Proposal.objects.count()) == before


def test_its_ledger_is_whole_and_goes_forward_in_time(lindenveld):
    assert check().whole
    moments = list(Entry.objects.order_by("seq").values_list("moment", flat=True))
    assert all(before <= after for before, after in pairwise(moments))
    assert moments[-1] < timezone.now()


def test_every_place_has_its_example_figures(lindenveld):
    place = Process.objects.get(slug="klimaatpanel").place
    districts = list(place.children.all())
    neighbourhoods = [one for district in districts for one in district.children.all()]
    assert (len(districts), len(neighbourhoods)) == (4, 9)
    ages = [one.population.filter(dimension="leeftijd") for one in (place, *districts, *neighbourhoods)]
    total, *parts = [sum(figures.values_list("count", flat=True)) for figures in ages]
    assert total == sum(parts[:4]) == sum(parts[4:])
    assert set(place.population.values_list("dimension", flat=True)) == {"leeftijd", "geslacht", "opleiding"}
    assert set(place.population.values_list("source", flat=True)) == {"voorbeeldcijfers"}


# the climate panel: finished


def test_the_climate_panel_has_the_figures_of_zeist(climate):
    found = responsiveness(timezone.localdate(), climate)
    assert (found.total, found.counts) == (62, {"adopted": 40, "partly": 12, "rejected": 8, "forwarded": 2})
    assert round(100 * found.adopted.value, 1) == 64.5
    assert [round(100 * end, 1) for end in (found.adopted.low, found.adopted.high)] == [52.1, 75.3]
    assert Measure.objects.filter(process=climate, answer=None).count() == 21


def test_three_answers_depart_from_the_promise(climate):
    handover = climate.handovers.get()
    assert sorted(standing(handover).departures) == [19, 31, 44]
    assert (handover.due - timezone.localtime(handover.answered_at).date()).days == 2


def test_its_members_are_less_content_than_the_count_suggests(climate):
    found = opinion(climate.handovers.get())
    assert found.people == 118
    assert 5.8 <= found.mean.value <= 6.4
    seven = Mark.objects.filter(item__number=7).values_list("value", flat=True)
    nineteen = Mark.objects.filter(item__number=19).values_list("value", flat=True)
    assert sum(seven) / len(seven) > 7.5
    assert sum(nineteen) / len(nineteen) < 4


def test_everybody_was_told_by_their_own_channel_and_then_it_closed(climate):
    assert climate.closed_at
    assert count_untold(climate) == 0
    assert not [gate for gate in gates(climate) if gate.applies and gate.missing]
    media = Counter(Message.objects.filter(scope=climate.thread, state="sent").values_list("medium", flat=True))
    assert media["letter"] > 10
    assert media["phone"] > 10
    letter = Feedback.objects.filter(contribution__person__name="Emre Yıldız", occasion="answered").get()
    assert letter.message.medium == "letter"


def test_one_measure_was_moved_with_a_reason_and_some_are_done(climate):
    states = Counter(Measure.objects.filter(process=climate).values_list("state", flat=True))
    assert states["done"] >= 15
    assert states["running"] >= 15
    moved = [update for one in climate.measures.all() for update in one.updates.all() if update.due_after]
    assert len(moved) == 1
    assert "sloten" in moved[0].why_moved


def test_the_panel_was_drawn_with_the_figures_of_zeist(climate):
    lot = Lot.objects.get(step__process=climate)
    letters = Invitation.objects.filter(lot=lot)
    assert (letters.count(), letters.filter(reply="yes").count(), lot.seats) == (6_500, 935, 150)
    assert not check_draw(lot.draw.transcript.encode(), lot.draw.lottery.encode(), lot.draw.seal)
    assert lot.draw.drawn_at > lot.draw.published_at > lot.step.closes > lot.frozen_at
    assert {gate.number for gate in gates(climate) if gate.applies} == {1, 2, 3, 4, 5, 6}


def test_marijke_was_drawn_and_aisha_was_not(climate):
    lot = Lot.objects.get(step__process=climate)
    seated = set(lot.step.body.memberships.exclude(state="substitute").values_list("person__name", flat=True))
    assert "Marijke Snoek" in seated
    assert "Aisha El Amrani" not in seated
    told = Feedback.objects.filter(occasion="drawn", contribution__person__name="Aisha El Amrani")
    assert told.get().message.state == "sent"


def test_some_seats_were_filled_again_and_later_ones_stayed_empty(climate):
    left = Lot.objects.get(step__process=climate).departures.all()
    assert left.filter(replaced_by__isnull=False).count() >= 5
    assert left.filter(stays_empty=True).count() >= 2


# the mirror council: answers come in


def test_letters_for_the_mirror_council_are_out_and_emre_has_not_answered_his(lindenveld):
    lot = Lot.objects.get(step__process__slug="spiegelraad")
    assert lot.step.state == Step.State.OPEN
    letters = Invitation.objects.filter(lot=lot)
    assert letters.count() == 1_200
    assert 100 < letters.filter(reply="yes").count() < 300
    assert set(letters.exclude(reply="").values_list("channel", flat=True)) == {"web", "phone", "paper"}
    emre = letters.get(person__name="Emre Yıldız")
    assert emre.reply == ""
    assert Message.objects.get(key=f"lot:invite:{emre.pk}").address["street"] == "Touwbaan 12"


# the playgrounds: three days late


def test_the_playgrounds_are_three_days_late_today(playgrounds):
    handover = playgrounds.handovers.get()
    assert handover.answered_at is None
    assert timezone.localtime(playgrounds.promises.get().published_at).hour == 21, "also across summer time"
    assert (timezone.localdate() - handover.due).days == 3
    assert handover.items.count() == 14
    assert handover.items.filter(answer=None).count() == 4
    assert Entry.objects.filter(thread=playgrounds.thread, act="answers.late").count() == 1
    assert Entry.objects.filter(thread=playgrounds.thread, act="answers.reminded").count() == 4


def test_what_the_council_has_drafted_is_not_public(client, playgrounds):
    page = client.get(reverse("followup:answers", args=[playgrounds.slug])).content.decode()
    assert "Een kabelbaan" in page
    assert "25 meter" not in page


# the centre: open


def test_ideas_for_the_centre_are_open_for_fourteen_more_days(centre):
    step = centre.steps.get()
    assert step.state == Step.State.OPEN
    assert (timezone.localtime(step.closes).date() - timezone.localdate()).days == 14
    assert step.proposals.count() == 40
    assert step.proposals.filter(status="merged").count() == 2
    channels = set(step.contributions.values_list("channel", flat=True))
    assert channels == {"web", "paper", "phone", "street", "meeting"}


def test_one_comment_is_hidden_and_its_author_knows_why(centre):
    hiding = centre.hidings.get()
    assert "scheldt" in hiding.reason
    told = Message.objects.get(key__startswith=f"hidden:{hiding.pk}:")
    assert hiding.reason in told.body


def test_a_report_waits_for_the_moderator(centre):
    waiting = Report.objects.get(state="open")
    assert waiting.comment.proposal.step.process == centre


def test_the_promise_for_the_centre_was_made_better_in_public(centre):
    first, second = centre.promises.order_by("version")
    assert not first.preconditions
    assert len(second.preconditions) == 2


def test_the_plan_shows_what_is_coming(client, lindenveld):
    page = client.get(reverse("site:plan")).content.decode()
    assert "Zwembad De Horst: verbouwen of nieuw bouwen?" in page
    assert "nog geen dag" in page


# looking around


def test_the_strip_offers_every_persona(client, lindenveld, demo_mode):
    page = client.get("/").content.decode()
    for persona in PERSONAS:
        assert reverse("demo:as", args=[persona.key]) in page
        assert persona.name in page
        assert persona.who


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.key)
def test_one_click_makes_somebody_else_of_you(client, lindenveld, demo_mode, persona):
    response = be(client, persona.key)
    assert response.status_code == 200
    request = response.wsgi_request
    if persona.key in ("letter", "voter"):
        assert "/c/" in request.path
    else:
        assert request.path == reverse(persona.start)
        assert (request.person.name if request.person else "") == persona.full_name
    assert 'aria-current="true">' + persona.name in response.content.decode()


def test_the_letter_of_emre_opens_with_its_code(client, lindenveld, demo_mode):
    response = be(client, "letter")
    code = response.wsgi_request.path.strip("/").split("/")[-1]
    client.post(reverse("people:letter"), {"code": code})
    assert client.get("/").wsgi_request.person.name == "Emre Yıldız"
    be(client, "letter")
    emre = Person.objects.get(name="Emre Yıldız")
    assert AccessCode.objects.filter(person=emre, purpose="demo").count() == 1, "clicking again makes no heap of codes"


def test_nobody_changes_persona_by_following_a_link(client, lindenveld, demo_mode):
    assert client.get(reverse("demo:as", args=["officer"])).status_code == 405
    assert client.post(reverse("demo:as", args=["mayor"])).status_code == 404


def test_the_officer_reads_what_people_received_and_others_do_not(client, lindenveld, demo_mode):
    be(client, "resident")
    assert client.get(reverse("demo:post")).status_code == 404
    be(client, "officer")
    page = client.get(reverse("demo:post"), {"medium": "letter"}).content.decode()
    assert "Wat mensen kregen" in page
    newest = Message.objects.filter(medium="letter").exclude(address={}).order_by("-made_at", "-id").first()
    assert newest.address["name"] in page


@pytest.mark.parametrize("name", ["site:home", "site:plan"])
def test_the_pages_of_a_full_town_stay_within_their_budget(
    client, lindenveld, demo_mode, name, django_assert_max_num_queries
):
    client.get("/")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse(name))
    be(client, "officer")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse(name))


def test_home_tells_all_of_it(client, lindenveld):
    page = client.get("/").content.decode()
    for words in ("Nu bezig", "Te laat", "14 antwoorden: 3 dagen te laat", "Pas beantwoord", "Lees alle 62 antwoorden",
                  "Veranderd door inwoners", "Wat eraan komt"):  # fmt: skip
        assert words in page


# what it is made of


def test_official_texts_are_there_in_english_too():
    for name in ("climate", "playgrounds", "centre"):
        facts = read(name)
        texts = [facts["process"][key] for key in ("title", "question", "summary")] + [facts["promise"]["text"]]
        texts += [row["text"] for row in facts["goal"] + facts["room"]]
        assert all(set(text) == {"nl", "en"} for text in texts)


def test_no_two_recommendations_or_ideas_read_alike():
    texts = [row["text"] for row in recommendations()] + [row["reasons"] for row in recommendations()]
    texts += [row["text"] for name in ("centre", "playgrounds", "climate_ideas") for row in read(name)["idea"]]
    assert len(texts) == len(set(texts))
    assert min(map(len, texts)) > 20


def test_a_story_that_goes_back_in_time_is_caught():
    def story():
        yield -3, 9
        yield -5, 9

    with pytest.raises(ValueError, match="back in time"):
        list(diary.together(story()))


def test_stories_are_told_in_the_order_of_time():
    heard = []

    def story(name, *days):
        for day in days:
            yield day, 12
            heard.append((name, timezone.localdate()))

    today = timezone.localdate()
    diary.tell(diary.together(story("a", -9, -1), story("b", -5, -1)), today)
    assert heard == [(name, today + timedelta(days=day)) for name, day in (("a", -9), ("b", -5), ("a", -1), ("b", -1))]
    assert timezone.localdate() == today


def test_the_handovers_are_three(lindenveld):
    assert Handover.objects.count() == 3


def test_one_vote_is_over_with_the_figures_of_duiven_and_one_waits_for_a_code(lindenveld):
    """18,923 entitled, 6,055 valid, 77 per cent for plan B (R276); and a letter with a code nobody used."""
    done, running = Vote.objects.exclude(counted_at=None).get(), Vote.objects.get(counted_at=None)
    result = json.loads(done.result)
    assert (done.entitled, result["ballots"], result["winner"]) == (18_923, 6_055, "2")
    assert result["options"]["2"]["votes"] == 4_662
    assert books(done).agree
    assert books(running).agree
    assert running.is_open
    assert looks_like_a_code(fresh_code())
