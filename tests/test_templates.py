"""What holds for every template: nothing inline, nothing from elsewhere, every sentence can be translated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "samenraad"
PAGES = sorted(path for path in SOURCE.rglob("templates/**/*.html") if "tests" not in path.parts)
NAMES = [str(path.relative_to(SOURCE)) for path in PAGES]

TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
BLOCKTRANSLATE = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}", re.DOTALL)
COMMENT = re.compile(r"\{%\s*comment\b.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
ATTRIBUTES_READ = re.compile(r'\b(?:alt|title|placeholder|aria-label)="([^"]*)"')
#: names and signs that are the same in every language
SAME_EVERYWHERE = {"samenraad", "PDF", "CSV", "JSON", "SHA-256", "URL", "EUPL", "ID", "QR"}


def words(text: str) -> list[str]:
    text = text.replace("Message-ID", "")
    return [word for word in re.findall(r"[^\W\d_]{2,}(?:-\d+)?", text) if word not in SAME_EVERYWHERE]


@pytest.fixture(params=PAGES, ids=NAMES)
def source(request: pytest.FixtureRequest) -> str:
    return str(request.param.read_text(encoding="utf-8"))


def test_there_are_templates():
    assert len(PAGES) > 30


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(source):
    """The content policy of the browser would refuse it; here it is found before anybody looks."""
    markup = TAG.sub(" ", source)
    assert not re.search(r"<style\b|\sstyle=|<[^>]*\son[a-z]+=|javascript:", markup), "inline style or script"
    assert not re.search(r"<script(?![^>]*\bsrc=)", source), "inline script"
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=.https?:", source), "from another server"
    assert "|safe" not in source.replace("field.help_text|safe", ""), (
        "markup is made by a tag or a filter that cleans it"
    )


def test_every_sentence_can_be_translated(source):
    """Words that stand in the template outside of a translation stay English for everybody."""
    bare = COMMENT.sub(" ", BLOCKTRANSLATE.sub(" ", source))
    bare = re.sub(r"<(script|code|kbd|samp|svg|style)\b.*?</\1>", " ", TAG.sub(" ", bare), flags=re.DOTALL)
    read = " ".join(ATTRIBUTES_READ.findall(bare)) + " " + re.sub(r"<[^>]*>", " ", bare)
    left = words(re.sub(r"""&\w+;|[\w-]+="[^"]*"|\?\w+=""", " ", read))
    assert not left, f"not translated: {' '.join(left[:8])}"


def test_a_form_that_changes_something_is_guarded(source):
    for form in re.findall(r"<form\b[^>]*method=.post.*?</form>", source, re.DOTALL | re.IGNORECASE):
        assert "csrf_token" in form
