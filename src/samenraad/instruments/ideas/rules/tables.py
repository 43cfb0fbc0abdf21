"""What goes into a table that somebody will open in a spreadsheet."""

from __future__ import annotations

#: a spreadsheet reads a cell that begins so as a formula, and a formula can do harm
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def safe_cell(value: object) -> object:
    """Numbers stay numbers; a text that would become a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip().startswith(DANGEROUS):
        return f"'{value}"
    return "" if value is None else value
