"""What citizens write, safely on the page: emphasis, lists, quotes and links; no pictures, no HTML, no scripts."""

from __future__ import annotations

from functools import cache

import nh3
from django.utils.html import escape
from markdown_it import MarkdownIt

#: beyond this length a text is shown as it was typed: nobody formats a book in a comment field
LONGEST = 60_000
TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "blockquote",
    "a",
    "code",
    "pre",
    "hr",
    "h3",
    "h4",
    "h5",
    "h6",
}
SCHEMES = {"http", "https", "mailto", "tel"}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20}).disable("image")


def render(text: str, top: int = 3) -> str:
    """HTML of a text; its highest heading becomes an h`top`, so that it never outranks the page's own headings."""
    text = text.replace("\x00", "")
    if len(text) > LONGEST:
        return _plain(text)
    tokens = _parser().parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + top - 1)}"
    html = _parser().renderer.render(tokens, _parser().options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="nofollow noopener ugc",
    )


def _plain(text: str) -> str:
    return f'<p class="typed">{escape(text)}</p>'
