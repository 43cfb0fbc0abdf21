"""The voter's ballot on the screen, and the same ballot typed in from paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from samenraad.ballots import draft as drafts
from samenraad.ballots.draft import Draft
from samenraad.ballots.papers import paper_of
from samenraad.ballots.testing import end, open_vote
from samenraad.instruments.preferendum.forms.ballots import read, typed
from samenraad.instruments.preferendum.queries.ballot import Screens
from samenraad.instruments.preferendum.rules.ballots import Shape
from samenraad.instruments.preferendum.rules.order import in_pages, own_order
from samenraad.refusals import Refusal

FIVE = ("1", "2", "3", "4", "5")
MANY = [f"Voorstel over {word}" for word in ("bomen", "water", "bankjes", "bussen", "licht", "spelen", "markt")]


@pytest.fixture
def vote(process: Any, bram: Any) -> Callable[..., Any]:
    """`vote(ballot="rank", rule="schulze")`: an open vote."""
    return lambda **settings: open_vote(process, bram, **settings)


def begin(client: Client, opened: Any) -> str:
    """In the booth; gives the address of the ballot."""
    return str(client.post("/vote/", {"code": opened.codes[0]}).url)


def text(response: Any) -> str:
    return str(response.content.decode())


def choices(client: Client) -> dict[str, Any]:
    class Asking:
        COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}

    found = drafts.read(Asking())  # type: ignore[arg-type]
    assert found is not None
    return dict(found.choices)


# the order


def test_everybody_has_an_order_that_stays_the_same():
    options = [str(number) for number in range(1, 31)]
    assert own_order(options, "a") == own_order(options, "a")
    assert own_order(options, "a") != own_order(options, "b")
    assert sorted(own_order(options, "a"), key=int) == options


def test_no_place_on_the_list_belongs_to_an_option():
    firsts = [own_order(FIVE, str(seed))[0] for seed in range(500)]
    assert all(70 < firsts.count(option) < 130 for option in FIVE)


def test_pages_are_about_as_long():
    assert [len(page) for page in in_pages(["x"] * 30, 6)] == [6, 6, 6, 6, 6]
    assert [len(page) for page in in_pages(["x"] * 13, 6)] == [5, 4, 4]
    assert in_pages([], 6) == []


# the fields


RATE = Shape("rate", FIVE, grades=4, most=2)
SHAPES = {
    "rate": (RATE, "b-1=4&b-2=0&b-3=&b-priorities=5&b-priorities=1",
             {"grades": {"1": 3, "2": "none"}, "priorities": ["1", "5"]}),
    "typed": (RATE, "b-1=4&b-2=0&b-priorities=5+1", {"grades": {"1": 3, "2": "none"}, "priorities": ["1", "5"]}),
    "choose": (Shape("choose", FIVE, most=1), "b-choice=2", {"choice": "2"}),
    "approve": (Shape("approve", FIVE, most=5), "b-marks=3&b-marks=1", {"marks": ["1", "3"]}),
    "rank": (Shape("rank", FIVE, most=5), "b-2=1&b-5=2&b-1=4", {"ranking": ["2", "5", "1"]}),
}  # fmt: skip


@pytest.mark.parametrize("kind", SHAPES)
def test_what_was_filled_in_is_read_and_written_back(kind):
    shape, sent, meant = SHAPES[kind]
    assert shape.clean(read(shape, QueryDict(sent))) == meant
    again = QueryDict(mutable=True)
    again.update(typed(shape, meant))
    assert shape.clean(read(shape, again)) == meant


@pytest.mark.parametrize("kind", SHAPES)
def test_an_empty_sheet_is_a_blank_ballot(kind):
    shape = SHAPES[kind][0]
    assert shape.clean(read(shape, QueryDict())) == shape.clean({})


@pytest.mark.parametrize(
    ("kind", "sent", "why"),
    [
        ("rate", "b-1=5", "no_grade"), ("rate", "b-1=x", "no_grade"), ("rate", "b-priorities=9", "no_option"),
        ("rate", "b-priorities=1+2+3", "too_many"), ("choose", "b-choice=1+2", "too_many"),
        ("choose", "b-choice=7", "no_option"), ("rank", "b-1=1&b-2=1", "twice"), ("rank", "b-1=6", "no_place"),
        ("rank", "b-1=-1", "no_place"), ("rate", "b-1=٣", "no_grade"),
    ],
)  # fmt: skip
def test_what_is_not_on_the_ballot_is_refused_with_what_to_do(kind, sent, why):
    shape = SHAPES[kind][0]
    with pytest.raises(Refusal, match=f"preferendum.{why}"):
        shape.clean(read(shape, QueryDict(sent)))


# the screens


def test_thirty_proposals_stand_on_pages_of_six_and_each_one_once(vote, client):
    opened = vote(titles=[f"Voorstel {number}" for number in range(1, 31)])
    base = begin(client, opened)
    seen = [one for page in range(1, 6) for one in _fieldsets(text(client.get(f"{base}{page}/")))]
    assert len(seen) == len(set(seen)) == 30
    assert client.get(f"{base}6/").status_code == 404
    assert seen == [one for page in range(1, 6) for one in _fieldsets(text(client.get(f"{base}{page}/")))]


def _fieldsets(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('<fieldset class="field proposal" id="')[1:]]


def test_answers_of_other_pages_stay_and_an_answer_can_be_wiped_out(vote, client):
    base = begin(client, vote(titles=MANY))
    first, second = (_fieldsets(text(client.get(f"{base}{page}/")))[0][1:] for page in (1, 2))
    assert client.post(f"{base}1/", {f"b-{first}": "4"}).url == f"{base}2/"
    assert client.post(f"{base}2/", {f"b-{second}": "1", "back": "1"}).url == f"{base}1/"
    assert choices(client)["grades"] == {first: 3, second: 0}
    client.post(f"{base}1/", {f"b-{first}": ""})
    assert choices(client)["grades"] == {second: 0}


def test_too_many_priorities_are_refused_and_stay_ticked(vote, client):
    base = begin(client, vote())
    page = text(client.post(f"{base}most/", {"b-priorities": ["1", "2", "3"]}))
    assert "Je koos er 3, en het mogen er hoogstens 2 zijn." in page
    assert page.count(" checked") == 3
    assert client.post(f"{base}most/", {"b-priorities": ["1", "2"]}).url == "/vote/check/"


def test_from_the_last_look_one_changes_an_answer_and_is_back(vote, client):
    base = begin(client, vote(titles=MANY))
    client.post(f"{base}1/", {})
    option = _fieldsets(text(client.get(f"{base}2/")))[0][1:]
    assert client.get(f"{base}change/{option}/").url == f"{base}2/?then=check#p{option}"
    assert client.post(f"{base}2/?then=check", {f"b-{option}": "2"}).url == "/vote/check/"
    assert client.get(f"{base}change/most/").url == f"{base}most/?then=check"


@pytest.mark.parametrize(
    ("settings", "sent", "wanted", "on_the_last_look"),
    [
        ({"ballot": "choose", "rule": "plurality"}, {"b-choice": "2"}, {"choice": "2"}, "2. Bankjes"),
        ({"ballot": "approve", "rule": "approval"}, {"b-marks": ["1", "3"]}, {"marks": ["1", "3"]}, "aangekruist"),
        ({"ballot": "rank", "rule": "schulze"}, {"b-3": "1", "b-1": "2"}, {"ranking": ["3", "1"]}, "plaats 1"),
    ],
)
def test_the_other_ballots_are_one_page(vote, client, settings, sent, wanted, on_the_last_look):
    base = begin(client, vote(**settings))
    assert client.get(base).status_code == 200
    assert client.get(f"{base}1/").status_code == 200
    assert client.get(f"{base}most/").status_code == 404
    assert client.post(f"{base}1/", sent).url == "/vote/check/"
    assert choices(client) == wanted
    assert on_the_last_look in text(client.get("/vote/check/"))
    assert client.post("/vote/cast/").url == "/vote/receipt/"


def test_equal_places_are_refused_and_stay_chosen(vote, client):
    base = begin(client, vote(ballot="rank", rule="schulze"))
    page = text(client.post(f"{base}1/", {"b-1": "1", "b-2": "1"}))
    assert "Eén plaats is twee keer gegeven" in page
    assert page.count(" selected") == 2


def test_the_ballot_of_another_vote_and_of_a_closed_one_stay_shut(vote, client):
    mine, other = vote(), vote()
    begin(client, mine)
    assert client.get(f"/preferendum/{other.step.pk}/ballot/1/").url == "/vote/"
    end(mine.vote)
    assert client.get(f"/preferendum/{mine.step.pk}/ballot/1/").status_code == 409
    client.cookies.clear()
    assert client.get(f"/preferendum/{mine.step.pk}/ballot/1/").url == "/vote/?again=1"


def test_at_a_terminal_a_page_has_three_proposals(vote, client):
    opened = vote(titles=MANY)
    client.post("/vote/?terminal=1", {"code": opened.codes[0]})
    assert len(_fieldsets(text(client.get(f"/preferendum/{opened.step.pk}/ballot/1/")))) == 3


def test_a_screen_asks_the_databases_little(vote, client, django_assert_max_num_queries):
    base = begin(client, vote(titles=[f"Voorstel {number}" for number in range(1, 31)]))
    with django_assert_max_num_queries(8):
        client.get(f"{base}1/")
    with django_assert_max_num_queries(8):
        client.get("/vote/check/")


@pytest.mark.parametrize(
    ("language", "word", "limits"),
    [
        ("nl", "Sterk tegen", "Dit is een raadpleging, geen verkiezing."),
        ("en", "Strongly disagree", "This is a consultation, not an election."),
        ("fr", "Tout à fait contre", "Ceci est une consultation, pas une élection."),
        ("de", "Stark dagegen", "Das ist eine Befragung, keine Wahl."),
    ],
)
def test_the_ballot_speaks_the_readers_language_and_marks_what_is_in_another(vote, client, language, word, limits):
    base = begin(client, vote())
    client.cookies["django_language"] = language
    assert limits in text(client.get(base))
    page = text(client.get(f"{base}1/"))
    assert word in page
    assert '<span lang="nl">Bomen</span>' in page


# from paper


@pytest.mark.parametrize("ballot", ["rate", "choose", "approve", "rank"])
def test_the_fields_for_paper_show_what_stands_on_the_sheet(vote, ballot):
    rules = {"rate": "preferendum", "choose": "plurality", "approve": "approval", "rank": "schulze"}
    paper: Any = paper_of(vote(ballot=ballot, rule=rules[ballot]).step)
    meant = {"grades": {"2": 3}, "priorities": ["3"], "choice": "2", "marks": ["2", "3"], "ranking": ["2"]}
    filled = render_to_string(paper.keying, {"paper": paper, "choices": paper.clean(meant), "errors": []})
    for name, value in typed(paper.shape, paper.clean(meant)).items():
        assert f'name="{name}" value="{value}"' in filled
    as_typed = QueryDict("b-2=9&b-priorities=7&b-marks=7&b-choice=7")
    context = {"paper": paper, "choices": {}, "typed": as_typed, "errors": ["Dat kan niet."]}
    assert 'value="9"' in (again := render_to_string(paper.keying, context)) or 'value="7"' in again
    assert "Dat kan niet." in again


def test_two_sheets_are_compared_line_by_line(vote):
    paper: Any = paper_of(vote().step)
    with translation.override("en"):
        lines = paper.said(paper.clean({"grades": {"1": 0, "2": "none"}, "priorities": ["4"]}))
    assert [line.answer for line in lines[:3]] == ["strongly disagree", "no opinion", "left blank"]
    assert "Speelplek" in lines[-1].answer
    assert len(lines) == 6


def test_the_screens_of_a_draft_hold_every_option(vote):
    paper: Any = paper_of(vote().step)
    screens = Screens(paper, Draft(vote=paper.step.vote.key))
    assert sorted(option for page in screens.pages for option in page) == list(paper.shape.options)
