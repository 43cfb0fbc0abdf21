"""Links, lists in pages and menus find their way."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from samenraad.ui import markdown


def printed(source: str, url: str = "/ideas/?q=bank&page=3", **context: object) -> str:
    request = RequestFactory().get(url)
    return Template(source).render(Context({"request": request, **context}))


def test_another_page_keeps_the_filter() -> None:
    assert printed("{% query page=2 %}") == "?q=bank&amp;page=2"


def test_another_filter_goes_back_to_the_first_page() -> None:
    assert printed('{% query status="open" %}') == "?q=bank&amp;status=open"
    assert printed("{% query q=None %}") == "?"


def test_a_query_cannot_break_out_of_its_link() -> None:
    assert '"' not in printed("{% query page=2 %}", url='/?q="><script>')


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", "1 tot en met 25"),
        ("?page=2", "26 tot en met 50"),
        ("?page=99", "176 tot en met 187"),
        ("?page=x", "1 tot en met 25"),
    ],
)
def test_a_list_comes_in_pages_of_25(asked: str, shown: str) -> None:
    html = printed("{% paginate many as page %}{% shown page %}", url=f"/{asked}", many=range(187))
    assert f"{shown} van de 187" in html


def test_pages_name_themselves_and_the_one_we_are_on() -> None:
    html = printed("{% paginate many as page %}{% pages page %}", url="/?page=4&q=x", many=range(187))
    assert '<li aria-current="page">4</li>' in html
    assert 'rel="prev" href="?page=3&amp;q=x"' in html
    assert 'aria-label="pagina 8"' in html


def test_one_page_needs_no_pages() -> None:
    assert "nav" not in printed("{% paginate many as page %}{% pages page %}", many=range(25))


def test_a_page_that_is_not_there_yet_is_a_hash() -> None:
    assert printed('{% url_or_hash "nobody:nothing" %}') == "#"
    assert printed('{% url_or_hash "ui:show" %}') == "/ui/"


def test_the_menu_knows_where_we_are() -> None:
    assert printed('<a{% current "ui:show" %}>', url="/ui/") == '<a aria-current="page">'
    assert printed('<a{% current "ui:show" %}>', url="/ui/deeper/") == '<a aria-current="true">'
    assert printed('<a{% current "ui:show" %}>', url="/elsewhere/") == "<a>"
    assert printed('<a{% current "nobody:nothing" %}>') == "<a>"


def test_a_part_a_town_lacks_is_left_out() -> None:
    assert printed('{% include_if_there "nobody/nothing.html" %}') == ""


def test_crumbs_end_at_this_page() -> None:
    html = printed('{% crumbs "Plein" "/process/plein/" here %}', here="<Antwoorden>")
    assert '<a href="/process/plein/">Plein</a>' in html
    assert '<li aria-current="page">&lt;Antwoorden&gt;</li>' in html


def test_a_status_is_a_word_with_a_shape() -> None:
    assert printed('{% status "adopted" word %}', word="<b>") == (
        '<strong class="status" data-state="adopted">&lt;b&gt;</strong>'
    )


def test_citizens_text_is_escaped_once() -> None:
    assert printed("{{ text|markdown }}", text="a < b & **c**") == "<p>a &lt; b &amp; <strong>c</strong></p>\n"
    assert markdown.render("") == ""


def test_a_short_page_of_a_longer_form_says_how_far_it_is() -> None:
    assert printed("{% step_of 2 4 %}") == '<span class="over">Stap 2 van 4</span>'


def test_the_patterns_are_linked_only_where_people_look_around(settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEBUG, settings.DEMO = False, True
    assert printed("{% patterns_url %}") == "/ui/"
    settings.DEMO = False
    assert printed("{% patterns_url %}") == ""
