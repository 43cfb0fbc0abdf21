"""The pages of this room: the patterns, and what one sees when something goes wrong."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("nl", "Patronen"), ("en", "Patterns")])
def test_the_patterns_are_shown_in_each_language(client: Client, language: str, heading: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    html = client.get("/ui/").content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert f'<html lang="{language}"' in html


@pytest.mark.django_db
def test_the_town_stands_above_and_its_help_below(client: Client, town: object) -> None:
    html = client.get("/ui/").content.decode()
    assert f"<b>{town.place.name}</b>" in html  # type: ignore[attr-defined]
    assert f'<a href="tel:{"".join(c for c in town.phone if c.isdigit())}">' in html  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_the_desk_is_in_the_menu_of_those_who_work_there(as_, bram, aisha) -> None:  # type: ignore[no-untyped-def]
    assert "Bureau" in as_(bram).get("/ui/").content.decode()
    assert "Bureau" not in as_(aisha).get("/ui/").content.decode()


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_kind(client: Client) -> None:
    response = client.get("/nowhere/at/all/")
    assert response.status_code == 404
    assert "Deze pagina is er niet" in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/ui/")
    assert response.status_code == 403
    assert "Je formulier was te oud" in response.content.decode()


def test_the_page_of_our_own_mistakes_needs_nothing() -> None:
    with translation.override("nl"):
        html = render_to_string("500.html")
    assert "Er ging iets mis bij ons" in html
    assert 'lang="nl"' in html


@pytest.mark.django_db
def test_a_refusal_says_the_sentence_and_leads_back() -> None:
    request = RequestFactory().get("/")
    html = render_to_string("ui/refusal.html", {"sentence": "Stemmen kan vanaf <maandag>.", "back": "/x/"}, request)
    assert "Stemmen kan vanaf &lt;maandag&gt;." in html
    assert 'href="/x/"' in html


@pytest.mark.django_db
def test_a_town_mounts_its_own_tokens_over_ours() -> None:
    html = render_to_string("ui/refusal.html", {"theme_css": "/media/town.css"}, RequestFactory().get("/"))
    order = [html.index(name) for name in ("ui/tokens.css", "/media/town.css", "ui/samenraad.css")]
    assert order == sorted(order)
