"""Dates, money, numbers and texts in the reader's words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, gettext

from samenraad.texts import Rendition, Translated
from samenraad.ui import formats, markdown

register = template.Library()
Moment = date | datetime

NATIVE = {"nl": "Nederlands", "nl-be": "Vlaams", "en": "English", "fr": "Français", "de": "Deutsch"}


def _time(moment: Moment, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', formats.machine(moment), words)


@register.filter
def in_words(moment: Moment | None) -> str:
    return _time(moment, formats.in_words(moment)) if moment else ""


@register.filter
def short_date(moment: Moment | None) -> str:
    return _time(moment, formats.short_date(moment)) if moment else ""


@register.filter
def plain_date(moment: Moment | None) -> str:
    """The date in words without mark-up: for e-mails, titles and attributes."""
    return formats.in_words(moment) if moment else ""


@register.filter
def days_left(moment: Moment | None, today: date | None = None) -> str:
    """nog 6 dagen, tot en met zondag 14 maart 2027."""
    if not moment:
        return ""
    over = isinstance(moment, datetime) and today is None and moment < timezone.now()
    today = today or timezone.localdate()
    if over or formats.days_between(today, moment) < 0:
        return format_html(gettext("{count}, on {day}"), count=formats.count_ago(moment, today), day=in_words(moment))
    return format_html(gettext("{count}, until {day}"), count=formats.count_left(moment, today), day=in_words(moment))


@register.filter
def days_until(moment: Moment | None, today: date | None = None) -> str:
    """over 6 dagen, op zondag 14 maart 2027."""
    if not moment:
        return ""
    today = today or timezone.localdate()
    return format_html(gettext("{count}, on {day}"), count=formats.count_until(moment, today), day=in_words(moment))


@register.filter
def days_late(moment: Moment | None, today: date | None = None) -> str:
    """12 dagen te laat; empty while it is not late."""
    return formats.count_late(moment, today or timezone.localdate()) if moment else ""


register.filter("count_left", lambda moment, today: formats.count_left(moment, today))
register.filter("count_until", lambda moment, today: formats.count_until(moment, today))
register.filter("count_late", lambda moment, today: formats.count_late(moment, today))


@register.filter
def money(cents: int | None) -> str:
    return "" if cents is None else formats.money(int(cents))


@register.filter
def number(value: Any, places: int | None = None) -> str:
    return "" if value is None else formats.number(value, places)


@register.filter
def figure(value: Any) -> str:
    """A number as a number, anything else as it is."""
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return formats.number(value) if plain else str(value)


@register.filter
def percent(share: float | None, places: int = 1) -> str:
    return "" if share is None else formats.percent(share, places)


@register.filter
def interval(ends: tuple[float, float] | None, kind: str = "share") -> str:
    """Shares become per cents; with `interval:"plain"` the numbers stay as they are."""
    return formats.interval(ends[0], ends[1], share=kind == "share") if ends else ""


@register.filter
def fingerprint(digest: str) -> str:
    return format_html('<code class="fingerprint">{}</code>', formats.fingerprint(digest)) if digest else ""


@register.filter(name="markdown")
def marked_down(text: object, top: int = 3) -> SafeString:
    """What a citizen wrote, formatted and harmless; the highest heading becomes an h3 unless told otherwise."""
    return mark_safe(markdown.render(str(text or ""), top))  # noqa: S308


@register.filter
def intext(text: object, how: str = "") -> str:
    """An official text in the reader's language, or marked as being in another; "quiet" leaves out the note."""
    rendition = text.rendition() if isinstance(text, Translated) else text
    if not isinstance(rendition, Rendition) or not rendition.fallback:
        return conditional_escape(str(text or ""))
    span = format_html('<span lang="{}">{}</span>', rendition.language, rendition.text)
    if how == "quiet":
        return span
    note = gettext("(this text exists only in {language})").format(language=language_name(rendition.language))
    return format_html('{} <span class="meta fallback">{}</span>', span, note)


def language_name(code: str) -> str:
    """What a language is called in the reader's language."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def native_name(code: str) -> str:
    """What a language calls itself."""
    return NATIVE.get(code, code)


@register.filter
def phone(value: object) -> str:
    """A telephone number that can be called by touching it."""
    digits = "".join(sign for sign in str(value) if sign.isdigit() or sign == "+")
    return format_html('<a href="tel:{}">{}</a>', digits, value) if digits else conditional_escape(str(value or ""))
