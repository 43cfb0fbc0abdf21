"""The list: what is found, in which order, how it leaves the house, and that it stays fast."""

import csv
import io
import json

import pytest

from samenraad.followup.models import Handover, Item
from samenraad.instruments.ideas import actions, queries
from samenraad.instruments.ideas.actions import Text
from samenraad.instruments.ideas.actions.give import index
from samenraad.instruments.ideas.models import Idea
from samenraad.processes import actions as processes
from samenraad.processes.models import Contribution, Proposal, Source, Step, digest_of


def give(step, person, title, **more):
    return actions.give(step=step, person=person, idea=Text(title=title, **more)).proposal


@pytest.fixture
def some(step, aisha, dirk, neighbourhoods):
    first = give(step, aisha, "Bomen op het plein", text="Voor de schaduw", theme="Groen", place=neighbourhoods[0])
    second = give(step, dirk, "Fontein", text="Water op het plein", theme="Water", point=(52.1, 5.6))
    third = give(step, aisha, "Bankje", theme="Groen", place=neighbourhoods[1])
    actions.support(proposal=second, person=aisha)
    return first, second, third


def titles(step, **asked):
    return [one.title for one in queries.ideas(step, queries.Filters.read(asked))]


def test_the_newest_stands_first(step, some):
    assert titles(step) == ["Bankje", "Fontein", "Bomen op het plein"]


def test_support_and_talk_give_another_order(step, some, dirk):
    from samenraad.discussion.actions import comment

    assert titles(step, sort="support")[0] == "Fontein"
    comment(proposal=some[0], person=dirk, text="Ja!")
    assert titles(step, sort="talk")[0] == "Bomen op het plein"


def test_words_are_looked_for_in_title_and_text(step, some):
    assert titles(step, q="plein") == ["Fontein", "Bomen op het plein"]
    assert titles(step, q="water plein") == ["Fontein"]
    assert titles(step, q=str(some[2].number)) == ["Bankje"]
    assert titles(step, q="zeppelin") == []


def test_a_theme_and_a_neighbourhood_narrow_the_list(step, some, neighbourhoods):
    assert titles(step, theme="Groen") == ["Bankje", "Bomen op het plein"]
    assert titles(step, theme="Groen", place=str(neighbourhoods[0].pk)) == ["Bomen op het plein"]
    assert titles(step, box="52.0,5.5,52.2,5.7") == ["Fontein"]


def test_where_an_idea_went_is_a_filter(step, some, process, bram, council):
    next_step = processes.add_step(process=process, kind="ideas", title="Verder", by=bram)
    actions.carry(ideas=[some[0]], step=next_step, by=bram)
    handover = Handover.objects.create(process=process, body=council, handed_on="2026-01-01", due="2026-03-01")
    Item.objects.create(handover=handover, proposal=some[1], number=1)
    assert titles(step, status="carried") == ["Bomen op het plein"]
    assert titles(step, status="handed") == ["Fontein"]
    assert titles(step, status="answered") == []
    actions.merge(ideas=[some[2]], into=some[0], by=bram, reason="Allebei zitten")
    assert titles(step, status="merged") == ["Bankje"]
    assert "Bankje" not in titles(step)


@pytest.mark.parametrize(
    "asked",
    [
        {"place": "x"}, {"place": "9" * 40}, {"status": "weg"}, {"sort": "naam"}, {"box": "1,2,3"}, {"box": "9,9,1,1"},
        {"q": "\x00"}, {"theme": "\x00"}, {"page": "-4"}, {"page": "x"}, {"box": "nan,1,2,3"},
    ],
)  # fmt: skip
def test_nonsense_in_the_address_counts_as_not_asked(client, step, some, asked):
    page = client.get(f"/ideas/{step.pk}/", asked)
    assert page.status_code == 200
    assert len(page.context["list"].rows) == 3


def test_a_page_has_25_and_keeps_its_filters(client, step, aisha):
    for number in range(30):
        give(step, aisha, f"Boom {number}", theme="Groen")
    page = client.get(f"/ideas/{step.pk}/?theme=Groen&page=2")
    assert len(page.context["list"].rows) == 5
    assert "theme=Groen&amp;page=1" in page.content.decode()


def test_hidden_and_withdrawn_ideas_are_nowhere(client, step, some, aisha, bram):
    from samenraad.discussion.actions import hide

    hide(thing=some[1], kind="insult", reason="Je scheldt iemand uit.", by=bram)
    processes.withdraw(proposal=some[0], by=aisha)
    everywhere = client.get(f"/ideas/{step.pk}/").content.decode()
    for address in ("ideas.csv", "ideas.json", "points.json?status=merged", "points.json", "map/"):
        page = client.get(f"/ideas/{step.pk}/{address}")
        everywhere += (b"".join(page.streaming_content) if page.streaming else page.content).decode()
    assert "Bankje" in everywhere
    assert "Fontein" not in everywhere
    assert "Bomen op het plein" not in everywhere


def body(page):
    return b"".join(page.streaming_content).decode()


def test_the_csv_is_what_is_filtered_and_opens_in_a_spreadsheet(client, step, some, aisha):
    give(step, aisha, "=HYPERLINK(1)", text="-1+1", theme="Groen")
    text = body(client.get(f"/ideas/{step.pk}/ideas.csv?theme=Groen"))
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [row["title"] for row in rows] == ["'=HYPERLINK(1)", "Bankje", "Bomen op het plein"]
    assert rows[0]["text"] == "'-1+1"
    assert rows[2]["place"] == "Oud-Linden"


def test_the_json_is_what_is_filtered(client, step, some):
    data = json.loads(body(client.get(f"/ideas/{step.pk}/ideas.json?q=fontein")))
    assert [(one["number"], one["title"], one["supporters"], one["channel"]) for one in data["ideas"]] == [
        (2, "Fontein", 1, "web")
    ]
    assert data["ideas"][0]["latitude"] == 52.1


def test_nothing_that_leaves_the_house_says_who(client, step, some, aisha):
    aisha.show_name = True
    aisha.save()
    for address in ("ideas.csv", "ideas.json"):
        text = body(client.get(f"/ideas/{step.pk}/{address}"))
        assert "Aisha" not in text
        assert "example.org" not in text


def test_the_map_puts_an_idea_where_it_is_or_in_its_neighbourhood(client, step, some, neighbourhoods):
    assert client.get(f"/ideas/{step.pk}/map/").context["drawing"].count == 1
    neighbourhoods[0].latitude, neighbourhoods[0].longitude = 52.0, 5.0
    neighbourhoods[0].save()
    page = client.get(f"/ideas/{step.pk}/map/")
    drawing = page.context["drawing"]
    assert (drawing.count, drawing.without, len(drawing.spots)) == (2, 1, 2)
    assert "1. Bomen op het plein" in page.content.decode()
    points = client.get(f"/ideas/{step.pk}/points.json").json()
    assert [one["properties"]["exact"] for one in points["features"]] == [False, True]


def test_a_map_without_places_says_so(client, step, aisha):
    give(step, aisha, "Iets")
    page = client.get(f"/ideas/{step.pk}/map/")
    assert page.context["drawing"] is None
    assert not client.get(f"/ideas/{step.pk}/").context["has_map"]


def test_a_step_of_another_kind_has_no_ideas(client, step):
    Step.objects.filter(pk=step.pk).update(kind="petition")
    assert client.get(f"/ideas/{step.pk}/").status_code == 404


@pytest.mark.parametrize("number", ["999", "99999999999999999999"])
def test_forged_numbers_are_not_found(client, step, number):
    for address in (f"/ideas/{step.pk}/{number}/", f"/ideas/{number}/", f"/ideas/{step.pk}/{number}/photo/"):
        assert client.get(address).status_code == 404


# how much it asks of the database


def many(step, person, count):
    part = Contribution.objects.create(step=step, person=person)
    proposals = Proposal.objects.bulk_create(
        Proposal(
            step=step, number=number, title=f"Idee {number} over straat {number % 97}", sha256=digest_of("", ""),
            text=f"Meer groen en rust bij huis {number}, en een bankje.", supporters=number % 50, comments=number % 7,
        )
        for number in range(1, count + 1)
    )  # fmt: skip
    Source.objects.bulk_create(Source(contribution=part, proposal=one, part="author", origin=one) for one in proposals)
    ideas = Idea.objects.bulk_create(Idea(proposal=one, step=step, theme="Groen") for one in proposals)
    for idea in ideas[:2_000]:
        index(idea, idea.proposal)
    return proposals


@pytest.mark.parametrize("who", ["nobody", "aisha", "bram"])
def test_a_page_asks_at_most_twenty_questions(as_, who, request, step, aisha, bram, django_assert_max_num_queries):
    texts = many(step, aisha, 60)
    client = as_(None if who == "nobody" else request.getfixturevalue(who))
    addresses = [
        "",
        "?q=groen&theme=Groen&sort=talk",
        "map/",
        "new/",
        f"{texts[3].number}/",
        f"{texts[3].number}/support/",
    ]
    if who == "bram":
        addresses += ["desk/", "desk/key/", "import/"]
    for address in addresses:
        with django_assert_max_num_queries(20):
            assert client.get(f"/ideas/{step.pk}/{address}").status_code == 200


@pytest.mark.slow
def test_twenty_thousand_ideas_ask_no_more_than_five_hundred(client, step, aisha, django_assert_max_num_queries):
    texts = many(step, aisha, 20_000)
    for address in ("", "?page=700", "?sort=support", "?sort=talk", "?q=straat", f"{texts[9].number}/"):
        with django_assert_max_num_queries(20):
            assert client.get(f"/ideas/{step.pk}/{address}").status_code == 200
    with django_assert_max_num_queries(5):
        assert queries.similar(step, "Bankje bij huis 77", "voor rust")
