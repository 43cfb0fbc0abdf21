"""Flemish words where they differ; French and German terms are prepared."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from samenraad.people.words import Words
from samenraad.processes.models import Process
from samenraad.site.demo.content import read

pytestmark = pytest.mark.django_db


def test_a_flemish_town_reads_its_own_words_and_dutch_for_the_rest(client, town, settings):
    settings.LANGUAGE_CODE = "nl-be"
    settings.OFFERED_LANGUAGES = ["nl-be", "en"]
    page = client.get(reverse("site:about")).content.decode()
    assert "een bevraging of een panel" in page
    assert "Iedereen hoort wat ermee is gebeurd" in page
    with translation.override("nl"):
        assert Words.load()["alderman"] == "wethouder"
    with translation.override("nl-be"):
        assert Words.load()["alderman"] == "schepen"


@pytest.mark.parametrize(
    ("language", "promise", "council"),
    [("fr", "engagement de suivi", "conseil communal"), ("de", "Zusage", "Gemeinderat")],
)
def test_the_terms_of_the_field_are_prepared_in_other_languages(language, promise, council):
    with translation.override(language):
        words = Words.load()
    assert (words["promise"], words["council"]) == (promise, council)


def test_an_official_text_shows_in_the_language_of_the_reader(client, process):
    process.question = read("centre")["process"]["question"]
    process.save()
    client.post(reverse("site:language"), {"language": "en", "next": "/"})
    page = client.get(reverse("site:plan")).content.decode()
    assert "How do we make the centre greener and calmer" in page
    assert Process.objects.get().question["nl"] not in page


def test_who_has_a_letter_chooses_among_more_languages_than_the_house_speaks(client, town, settings):
    settings.OFFERED_LANGUAGES = ["nl"]
    client.post(reverse("site:language"), {"language": "de", "next": reverse("people:letter")})
    letter, about = (client.get(reverse(name)) for name in ("people:letter", "site:about"))
    assert (letter["Content-Language"], about["Content-Language"]) == ("de", "nl")
    assert "Ich habe einen Brief" in letter.content.decode()
    assert 'value="fr" lang="fr"' in letter.content.decode()
    assert "Ich habe einen Brief" not in about.content.decode()
