"""What goes into a table that somebody will open in a spreadsheet, and into a list of many texts."""

from __future__ import annotations

import re

#: a spreadsheet reads a cell that begins so as a formula, and a formula can do harm
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


_MARKS = re.compile(
    r"!?\[([^\]\n]*)\]\([^)\n]*\)"  # a link keeps its words
    r"|(?<!\w)[*_`]+(?=\w)|(?<=[\w.,!?])[*_`]+(?!\w)"  # emphasis stands at the edges of words
    r"|^[#>\-*+\s]+",  # headings, quotes and lists begin a line
    re.MULTILINE,
)


def excerpt(text: str, longest: int = 220) -> str:
    """The beginning of a text in one paragraph, without the marks of Markdown."""
    plain = " ".join(_MARKS.sub(r"\1", text[: 4 * longest]).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rsplit(" ", 1)[0] + "…"


def safe_cell(value: object) -> object:
    """Numbers stay numbers; a text that would become a formula gets an apostrophe before it."""
    if isinstance(value, str) and (value.startswith(DANGEROUS) or value.lstrip().startswith(DANGEROUS)):
        return f"'{value}"
    return "" if value is None else value
