"""What holds for every template of the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import samenraad

HOUSE = Path(samenraad.__file__).parent
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html")) + sorted(HOUSE.rglob("templates/**/*.svg"))
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.S)
FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an inline event": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "a style element": re.compile(r"<style", re.I),
    "an address of elsewhere": re.compile(r"(?:src|<link[^>]*href)\s*=\s*[\"']?(?:https?:)?//", re.I),
    "a javascript link": re.compile(r"href\s*=\s*[\"']?javascript:", re.I),
    "evaluated htmx": re.compile(r"\shx-(?:on|vals\s*=\s*[\"']?js:|vars)", re.I),
}


def identify(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", TEMPLATES, ids=identify)
def test_nothing_that_a_strict_content_policy_refuses(path: Path) -> None:
    text = COMMENT.sub("", path.read_text())
    for what, pattern in FORBIDDEN.items():
        assert not pattern.search(text), f"{what} in {identify(path)}"


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=identify)
def test_every_post_form_guards_against_forgery(path: Path) -> None:
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(), re.S | re.I):
        assert "csrf_token" in form, identify(path)


def test_colours_stand_only_among_the_tokens() -> None:
    """A town mounts its own tokens: a colour written elsewhere would not follow. Paper (letters) is white and black."""
    rules = (HOUSE / "ui/static/ui/samenraad.css").read_text().split("@layer paper")[0]
    found = set(re.findall(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)", rules, re.I))
    assert found <= {"#fff"}, found  # the ballot's paper circle


def test_every_token_used_is_defined() -> None:
    defined = set(re.findall(r"(--sr-[\w-]+)\s*:", (HOUSE / "ui/static/ui/tokens.css").read_text()))
    used = set(re.findall(r"var\((--sr-[\w-]+)", (HOUSE / "ui/static/ui/samenraad.css").read_text()))
    assert used <= defined, used - defined


def test_dark_answers_every_colour_of_light() -> None:
    light, dark = (HOUSE / "ui/static/ui/tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    names = {name for name, value in re.findall(r"(--sr-[\w-]+):\s*([^;]+);", light) if value.startswith("#")}
    assert names == set(re.findall(r"(--sr-[\w-]+):\s*#", dark))


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_colour_can_be_read_on_every_ground(scheme: int) -> None:
    """WCAG 2.2: 4.5 to 1 for text, 3 to 1 for the edges of fields."""
    part = (HOUSE / "ui/static/ui/tokens.css").read_text().split("@media (prefers-color-scheme: dark)")[scheme]
    colours = dict(re.findall(r"--sr-([\w-]+):\s*(#[0-9a-f]{6})", part))
    for ground in ("paper", "surface", "sunk"):
        for text in ("ink", "ink-soft", "action", "now", "waiting", "adopted", "partly", "rejected", "error"):
            assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        assert _contrast(colours["edge"], colours[ground]) >= 3, ground
    for text in ("action", "now", "waiting", "adopted", "partly", "rejected", "error"):
        assert _contrast(colours[text], colours[f"{text}-soft"]) >= 4.5, text
        assert _contrast(colours["ink"], colours[f"{text}-soft"]) >= 4.5, text
    assert _contrast(colours["on-action"], colours["action"]) >= 4.5
