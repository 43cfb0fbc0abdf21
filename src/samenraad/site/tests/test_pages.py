"""The pages of the door itself, in a house that is empty and in one with a question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from samenraad.followup import actions as followup
from samenraad.processes import actions
from samenraad.site.demo import mails

PAGES = ["site:home", "site:plan", "site:about", "site:privacy", "site:accessibility"]
MOST_QUERIES = 20

pytestmark = pytest.mark.django_db


def text(client, name="site:home", **headers):
    return client.get(reverse(name), **headers).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_answers_in_a_house_without_a_town(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


def test_an_empty_house_says_that_nothing_is_going_on_yet(client, town):
    page = text(client)
    assert "Er speelt nog niets" in page
    assert "Lindenveld stelt vragen voordat de plannen klaar zijn" in page
    assert "Te laat" not in page
    assert "Bereid het eerste traject voor" not in page


def test_in_an_empty_house_the_officer_can_begin(as_, town, bram):
    assert reverse("processes:create") in text(as_(bram))


def test_home_shows_the_question_the_action_and_the_influence(client, step):
    page = text(client)
    assert "Hoe maken we het centrum groener?" in page
    assert f'href="{reverse("ideas:show", args=[step.pk])}"' in page
    assert "nog 11 dagen" in page
    assert "consulteren" in page
    assert page.count('class="button"') == 1, "one solid button on a page"


def test_a_process_that_is_not_public_does_not_exist(client, town, bram):
    actions.create(title="Geheim", question="Wat weet nog niemand?", place=town.place, by=bram)
    assert "Wat weet nog niemand?" not in text(client) + text(client, "site:plan")


def test_home_counts_the_days_of_a_late_answer_and_says_why(client, process, step, idea, bram, chantal):
    handover = followup.hand_over(process=process, proposals=[idea], by=bram)
    type(handover).objects.filter(pk=handover.pk).update(
        handed_on=timezone.localdate() - timedelta(days=73), due=timezone.localdate() - timedelta(days=3)
    )
    followup.explain_delay(handover=handover, text="De offerte is er nog niet.", by=chantal)
    page = text(client)
    assert "1 antwoord: 3 dagen te laat" in page
    assert "De offerte is er nog niet." in page


def test_home_shows_what_was_answered_and_what_changed(client, process, idea, bram, chantal):
    handover = followup.hand_over(process=process, proposals=[idea], by=bram)
    answer = followup.give_answer(item=handover.items.get(), decision="adopted", reasons="Ja, doen we.", by=chantal)
    measure = followup.add_measure(
        process=process, title="Tien bomen", due=timezone.localdate(), department="Groen", by=bram, answer=answer
    )
    followup.update_measure(measure=measure, text="Ze staan.", state="done", evidence="foto", by=bram)
    assert "Tien bomen" not in text(client), "a measure is shown when its answer is public"
    followup.publish_answers(handover=handover, by=chantal)
    page = text(client)
    assert "Pas beantwoord" in page
    assert "Tien bomen" in page
    assert reverse("followup:story", args=[idea.pk]) in page


def test_the_plan_tells_what_is_coming_and_how_much_influence_that_gives(client, process, bram):
    opens = timezone.now() + timedelta(days=40)
    actions.add_step(process=process, kind="ideas", title="Ideeën", opens=opens, by=bram)
    page = text(client, "site:plan")
    assert "Wat eraan komt" in page
    assert "Hoe maken we het centrum groener?" in page
    assert "consulteren" in page
    assert "Meebeslissen" in page, "the whole ladder is explained"


@pytest.mark.parametrize("name", ["site:home", "site:plan"])
def test_more_processes_do_not_cost_more_queries(client, name, house, django_assert_max_num_queries):
    for number in range(5):
        twin = actions.copy_process(process=house.process, title=f"Vraag {number}", by=house.bram)
        actions.publish(process=twin, by=house.bram)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse(name)).status_code == 200


def test_home_sends_a_letter_code_to_the_letter_page(client, town):
    page = text(client)
    assert f'action="{reverse("people:letter")}" method="post"' in page
    response = client.post(reverse("people:letter"), {"code": "AAAA-BBBB-CCCC"})
    assert response.status_code == 200, "the letter page explains what is wrong with it"


def test_a_visitor_chooses_a_language_and_stays_on_the_page(client, town):
    response = client.post(reverse("site:language"), {"language": "en", "next": "/plan/?page=2"})
    assert response.url == "/plan/?page=2"
    assert "What is coming" in text(client, "site:plan")
    assert client.get("/plan/").headers["Content-Language"] == "en"


def test_a_language_that_is_not_offered_changes_nothing(client, town):
    response = client.post(reverse("site:language"), {"language": "xx", "next": "/"})
    assert not response.cookies
    assert "Wat eraan komt" in text(client, "site:plan")


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example", ""],
)
def test_choosing_a_language_never_leads_elsewhere(client, elsewhere):
    response = client.post(reverse("site:language"), {"language": "en", "next": elsewhere})
    assert response.url == reverse("site:home")


def test_a_link_does_not_change_the_language(client):
    assert client.get(reverse("site:language")).status_code == 405


def test_search_engines_are_kept_from_desks_and_letters(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert {"Disallow: /desk/", "Disallow: /my/", "Disallow: /letter/", "Disallow: /c/"} <= set(lines)


def test_the_house_says_whether_it_is_well(client):
    assert client.get("/health/").json() == {"ok": True, "database": True}


def test_the_house_says_when_its_database_is_gone(client, monkeypatch):
    def gone(*_args):
        raise OSError("no such host")

    monkeypatch.setattr("samenraad.site.views.connection.cursor", gone)
    response = client.get("/health/")
    assert response.status_code == 503
    assert "host" not in response.content.decode()


def test_the_privacy_page_names_every_cookie_that_is_set(client, town, settings):
    page = text(client, "site:privacy")
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME):
        assert f"<code>{name}</code>" in page


def test_the_complaints_of_a_flemish_town_go_to_the_belgian_authority(client, town):
    assert "Autoriteit Persoonsgegevens" in text(client, "site:privacy")
    type(town).objects.update(country="BE")
    assert "Gegevensbeschermingsautoriteit" in text(client, "site:privacy")


def test_without_demo_mode_there_is_no_strip_and_no_way_in(client, town, settings):
    settings.DEMO = False
    assert "personas" not in text(client)
    assert client.post("/demo/as/officer/").status_code == 404


def test_a_real_town_is_never_thrown_away(town):
    type(town).objects.update(email="info@echtdorp.example")
    with pytest.raises(CommandError):
        call_command("demo_town", reset=True)
    assert type(town).objects.exists()


def test_in_the_demo_a_newcomer_finds_the_mails_that_were_written_to_files(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert mails.newest() == []
    for number in range(7):
        send_mail(f"Je code {number}", "Hier is je code: 123456\n-- \nLindenveld", None, ["aisha@example.org"])
    found = mails.newest()
    assert len(found) == mails.NEWEST
    assert found[0].to == "aisha@example.org"
    assert "123456" in found[0].body
