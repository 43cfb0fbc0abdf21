"""What citizens write is formatted, and never does anything."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenraad.ui.markdown import LONGEST, render

ALLOWED = re.compile(
    r"</?(p|em|strong|ul|ol|li|blockquote|code|pre|h[1-6])( class=\"typed\"| start=\"\d+\")?>|<(br|hr)>|"
    r"<a( href=\"(https?:|mailto:|tel:)?[^\"<>]*\")?( rel=\"nofollow noopener ugc\")>|</a>"
)


def test_emphasis_lists_and_quotes_are_formatted() -> None:
    html = render("Een **bank**\n\n- hier\n- daar\n\n> ja")
    assert "<strong>bank</strong>" in html
    assert html.count("<li>") == 2
    assert "<blockquote>" in html


def test_a_heading_never_outranks_the_pages_own() -> None:
    assert render("# Groot") == "<h3>Groot</h3>\n"
    assert render("# Groot", 5) == "<h5>Groot</h5>\n"
    assert render("###### Klein") == "<h6>Klein</h6>\n"


def test_links_are_not_recommended_by_us() -> None:
    assert 'rel="nofollow noopener ugc"' in render("[kijk](https://example.org)")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klik](javascript:alert(1))",
        "[klik](JaVaScRiPt:alert(1))",
        "[klik](&#106;avascript:alert(1))",
        "[klik](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "![plaatje](https://example.org/spoor.png)",
        '[a](https://example.org "x\\" onmouseover=alert(1)")',
        "<a href='x' onclick='alert(1)'>hier</a>",
        "```<script>\n</script>```",
        "<svg/onload=alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_what_could_harm_is_only_text(text: str) -> None:
    _is_harmless(render(text))


@given(st.text(alphabet="<>[]()!\"'&;:/\\#*`_ \nabcjavsripton=x", max_size=200))
def test_nothing_anybody_types_becomes_more_than_text_and_links(text: str) -> None:
    _is_harmless(render(text))


@pytest.mark.parametrize("bad", ["[", "*", "`", "> ", "![", "a\n\n", "- ", "[a](", "\\", "<", "***a", "1. "])
def test_ten_megabytes_are_shown_as_typed(bad: str) -> None:
    text = bad * (10_000_000 // len(bad))
    assert render(text).startswith('<p class="typed">')


@pytest.mark.parametrize("bad", ["[", "*", "> ", "![", "a**b_", "- "])
def test_the_longest_text_that_is_formatted_does_not_hang(bad: str) -> None:
    assert render((bad * LONGEST)[:LONGEST])


def _is_harmless(html: str) -> None:
    for tag in re.findall(r"<[^>]*>?", html):
        assert ALLOWED.fullmatch(tag), tag
    for href in re.findall(r'href="([^"]*)"', html):
        assert not re.match(r"\s*(javascript|data|vbscript):", href, re.I), href
