"""The public pages: they answer, they are quick, they tell nothing that is not public."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.followup.actions import (
    add_measure,
    explain_delay,
    hand_over,
    look_at,
    mark,
    note_beside,
    publish_answers,
    update_measure,
)
from samenraad.ledger import queries as ledger
from samenraad.people.models import Person
from samenraad.processes import actions as processes
from samenraad.processes.models import Process


@pytest.fixture
def zeist(process, step, ideas, bram, chantal, dirk, aisha, answer_all):
    """62 rows with everything beside them: people, notes, measures with updates, marks."""
    texts = ideas(62)
    crowd = [Person.objects.create(name=f"Bewoner {number}") for number in range(6)]
    for person in crowd:
        for text in texts[:10]:
            processes.support(proposal=text, person=person)
    processes.merge(proposals=ideas(2), into=texts[0], by=bram)
    made = hand_over(process=process, proposals=texts, by=bram, on=timezone.localdate() - timedelta(days=30))
    note_beside(item=made.items.get(number=1), kind="financial", text="Kost een ton.", by=bram)
    for number in range(1, 12):
        look_at(item=made.items.get(number=number), meets=[True, number < 11], by=bram)
    decisions = ["adopted"] * 40 + ["partly"] * 12 + ["rejected"] * 8 + ["forwarded"] * 2
    decisions[4] = "rejected"
    decisions[55] = "adopted"
    publish_answers(handover=answer_all(made, *decisions), by=chantal)
    for item in made.items.select_related("answer")[:21]:
        due = timezone.localdate() + timedelta(days=20)
        one = add_measure(process=process, answer=item.answer, title=f"M{item.number}", owner=dirk, due=due, by=bram)
        update_measure(measure=one, text="Loopt.", state="running", by=dirk)
    for item in made.items.all()[:5]:
        for person in crowd:
            mark(item=item, person=person, value=6)
    made.refresh_from_db()
    return made


def page(client, url, **data):
    response = client.get(url, data)
    assert response.status_code == 200, url
    return response.content.decode()


PAGES = [
    "/process/{slug}/answers/", "/process/{slug}/answers/?page=3", "/process/{slug}/measures/", "/answers/",
    "/overdue/",
    "/proposal/{text}/", "/my/", "/figures/", "/responsiveness/", "/process/{slug}/responsiveness/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_no_page_asks_the_database_more_than_20_times(
    zeist, process, as_, aisha, address, django_assert_max_num_queries
):
    url = address.format(slug=process.slug, text=zeist.items.first().proposal_id)
    for person in (None, aisha):
        client = as_(person)
        with django_assert_max_num_queries(20):
            page(client, url)


def test_the_answers_stand_beside_the_count_and_the_promise(zeist, client, process):
    text = page(client, f"/process/{process.slug}/answers/")
    for words in (
        "62 voorstellen, 62 antwoorden",
        "64,5",
        "[52,1",
        "Anders dan beloofd",
        "Kost een ton.",
        "M1",
        "Loopt.",
    ):
        assert words in text
    assert "na 30 van de 70 dagen" in text
    assert "9 van de 10 die eraan voldoen" in text


def test_answers_are_found_by_decision_word_number_and_departure(zeist, client, process):
    url = f"/process/{process.slug}/answers/"
    assert page(client, url, show="forwarded").count('class="answer"') == 2
    assert page(client, url, show="departure").count('class="answer"') == 1
    assert page(client, url, q="Idee 61").count('class="answer"') == 1
    assert page(client, url, q="raad bij nummer 61").count('class="answer"') == 1
    assert "Niets gevonden" in page(client, url, q="zwembad")
    assert page(client, url, show="nonsense", page="99").count('class="answer"') == 12  # the last page of all
    assert 'value="forwarded" checked' in page(client, url, show="forwarded")


def test_the_list_downloads_as_it_is_filtered(zeist, client, process):
    response = client.get(f"/process/{process.slug}/answers/list.csv", {"show": "forwarded"})
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[0] for row in rows] == ["nummer", "61", "62"]
    assert rows[1][6] == "de provincie"
    everything = client.get(f"/process/{process.slug}/answers/list.csv").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(everything), delimiter=";"))) == 63


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(process, step, client, aisha, bram):
    part = processes.take_part(step=step, person=aisha)
    text = processes.propose(step=step, contribution=part, title="=HYPERLINK(1)", text="@x", by=aisha)
    hand_over(process=process, proposals=[text], by=bram)
    assert "'=HYPERLINK(1)" in client.get(f"/process/{process.slug}/answers/list.csv").content.decode()


def test_before_the_answers_the_days_count_for_everybody(handover, client, process, chantal):
    text = page(client, f"/process/{process.slug}/answers/")
    assert "3 voorstellen wachten op antwoord" in text
    assert "dagen tot het antwoord" in text
    handover.handed_on -= timedelta(days=100)
    handover.due = timezone.localdate() - timedelta(days=12)
    handover.save()
    explain_delay(handover=handover, text="We wachten op de offerte.", by=chantal)
    text = page(client, f"/process/{process.slug}/answers/")
    assert "Het antwoord is 12 dagen te laat" in text
    assert "We wachten op de offerte." in text
    overdue = page(client, "/overdue/")
    assert "12 dagen te laat" in overdue
    assert "de gemeenteraad van Lindenveld" in overdue


def test_a_draft_answer_stays_inside(handover, answer_all, client, process):
    answer_all(handover, "rejected")
    item = handover.items.first()
    for url in (f"/process/{process.slug}/answers/", f"/proposal/{item.proposal_id}/", "/answers/", "/responsiveness/"):
        assert "Omdat het kan" not in page(client, url)
        assert "fgewezen" not in page(client, url)
    assert "Omdat het kan" not in client.get(f"/process/{process.slug}/answers/list.csv").content.decode()
    assert client.get(f"/process/{process.slug}/answers/", {"q": "Omdat"}).content.count(b"<h3>") == 1  # nothing found


def test_measures_of_draft_answers_stay_inside(handover, answer_all, client, process, bram, dirk):
    answer_all(handover)
    due = timezone.localdate() - timedelta(days=5)
    add_measure(process=process, answer=handover.items.first().answer, title="Geheim", owner=dirk, due=due, by=bram)
    for url in (f"/process/{process.slug}/measures/", "/overdue/", f"/process/{process.slug}/"):
        assert "Geheim" not in page(client, url)
    assert "Geheim" not in "".join(ledger.lines())


def test_what_is_not_public_does_not_exist(handover, client, process):
    item = handover.items.first()
    Process.objects.update(published_at=None)
    for url in (
        f"/process/{process.slug}/answers/",
        f"/process/{process.slug}/answers/list.csv",
        f"/process/{process.slug}/measures/",
        f"/process/{process.slug}/responsiveness/",
        f"/process/{process.slug}/evaluation/",
        f"/proposal/{item.proposal_id}/",
    ):
        assert client.get(url).status_code == 404, url
    assert "Groener centrum" not in page(client, "/answers/")
    assert "Groener centrum" not in page(client, "/overdue/")
    assert "Groener centrum" not in page(client, "/responsiveness/")


@pytest.mark.parametrize("url", ["/proposal/999999/", "/process/nergens/answers/", "/process/nergens/measures/"])
def test_forged_addresses_are_not_found(client, town, url):
    assert client.get(url).status_code == 404


def test_pages_without_anything_say_what_will_come(process, client):
    assert "Er is nog geen antwoord" in page(client, f"/process/{process.slug}/answers/")
    assert "Er is nog niets overhandigd" in page(client, "/answers/")
    assert "Niets is te laat" in page(client, "/overdue/")
    assert "Er zijn nog geen maatregelen" in page(client, f"/process/{process.slug}/measures/")
    assert page(client, f"/process/{process.slug}/responsiveness/")
    assert client.get(f"/process/{process.slug}/answers/list.csv").status_code == 404


def test_what_people_wrote_is_harmless_on_every_page(process, step, client, as_, aisha, bram, chantal, answer_all):
    part = processes.take_part(step=step, person=aisha)
    bad = "<script>alert(1)</script>"
    text = processes.propose(step=step, contribution=part, title=bad, text=f"{bad} [x](javascript:alert(1))", by=aisha)
    publish_answers(handover=answer_all(hand_over(process=process, proposals=[text], by=bram)), by=chantal)
    for url in (f"/process/{process.slug}/answers/", f"/proposal/{text.pk}/", "/my/"):
        found = page(as_(aisha), url)
        assert bad not in found
        assert "javascript:alert" not in found.replace("[x](javascript:alert(1))", "")


def test_one_text_is_one_story_in_both_directions(process, step, client, dirk, bram, idea, chantal, answer_all, aisha):
    """R217: click through from the first voice to the last measure, and back."""
    part = processes.take_part(step=step, person=dirk)
    other = processes.propose(step=step, contribution=part, title="Een fontein", text="", by=dirk)
    processes.merge(proposals=[other], into=idea, by=bram, reason="Het gaat over hetzelfde.")
    after = processes.add_step(process=process, kind="ideas", title="Het panel", by=bram)
    carried = processes.carry(proposals=[idea], step=after, by=bram)[0]
    made = hand_over(process=process, proposals=[carried], by=bram)
    publish_answers(handover=answer_all(made), by=chantal)
    due = timezone.localdate() + timedelta(days=30)
    add_measure(process=process, answer=made.items.get().answer, title="Tien bomen", owner=dirk, due=due, by=bram)
    first = page(client, f"/proposal/{other.pk}/")
    for words in ("Samengevoegd met andere, als nummer 1", f"/proposal/{idea.pk}/", f"/proposal/{carried.pk}/",
                  "Overgenomen door de gemeenteraad van Lindenveld", "Tien bomen"):  # fmt: skip
        assert words in first
    last = page(client, f"/proposal/{carried.pk}/")
    assert f"/proposal/{other.pk}/" in last
    assert f"/proposal/{idea.pk}/" in last
    assert "2 mensen staan erachter" in last


def test_a_hidden_text_is_not_shown_but_its_reason_is(idea, client):
    idea.status, idea.status_reason = "hidden", "Het noemde een buurvrouw bij naam."
    idea.save()
    text = page(client, f"/proposal/{idea.pk}/")
    assert "Dan is er schaduw." not in text
    assert "Bomen op het Marktplein" not in text
    assert "Het noemde een buurvrouw bij naam." in text


def test_my_part_asks_who_you_are(client, town):
    assert "Ik heb een brief met een code" in page(client, "/my/")


def test_my_part_is_empty_for_who_did_nothing(as_, dirk, process):
    assert "Je hebt nog niet meegedaan" in page(as_(dirk), "/my/")


def test_my_part_tells_in_own_words_what_became_of_it(answered, as_, aisha, emre, bram):
    text = answered.items.get(number=1).proposal
    processes.support(proposal=text, person=emre, channel="paper", entered_by=bram)
    mine = page(as_(aisha), "/my/")
    for words in ("Aisha, dit is er met jouw bijdragen gebeurd", "“Idee 1. Tekst 1.”", "Overgenomen", "Afgewezen",
                  "Klopt dit voor jou?", "Op 3 is er een antwoord."):  # fmt: skip
        assert words in mine
    his = page(as_(emre), "/my/")  # by letter code, without an account
    assert "Je bekijkt dit met de code uit je brief." in his
    assert "je steunde" in his
    assert "Idee 1" in his


def test_a_mark_is_given_from_my_part_and_changed(answered, as_, aisha):
    item = answered.items.first()
    for value in (8, 3):
        response = as_(aisha).post(f"/answer/{item.pk}/mark/", {"value": value, "back": "/my/"})
        assert response["Location"] == "/my/"
    assert item.marks.get().value == 3
    assert "Je gaf dit antwoord een 3" in page(as_(aisha), "/my/")


def test_a_mark_of_a_stranger_or_of_nonsense_is_refused(answered, as_, aisha, dirk, client):
    item = answered.items.first()
    url = f"/answer/{item.pk}/mark/"
    as_(dirk).post(url, {"value": 8})
    for value in ("", "11", "-1", "acht"):
        as_(aisha).post(url, {"value": value})
    assert not item.marks.exists()
    assert as_(None).post(url, {"value": 8}).status_code == 302
    assert as_(aisha).post("/answer/999999/mark/", {"value": 8}).status_code == 404
    assert as_(aisha).get(url).status_code == 405
    away = as_(aisha).post(url, {"value": 8, "back": "https://elders.example/"})
    assert away["Location"] == f"/proposal/{item.proposal_id}/"


def test_nobody_marks_what_is_not_public(handover, as_, aisha):
    item = handover.items.first()
    assert as_(aisha).post(f"/answer/{item.pk}/mark/", {"value": 8}).status_code == 404


def test_pages_are_there_in_english_too(zeist, client, process):
    client.cookies["django_language"] = "en"
    text = page(client, f"/process/{process.slug}/answers/")
    assert "62 proposals, 62 answers" in text
    assert "64.5%" in text
