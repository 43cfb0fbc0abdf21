"""Template tags of the house. They are loaded everywhere: no {% load %} needed."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxSelectMultiple, MultiWidget, RadioSelect
from django.template.loader import select_template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

NATIVE = {"nl": "Nederlands", "nl-be": "Vlaams", "en": "English", "fr": "Français", "de": "Deutsch"}


@register.filter
def native_name(code: str) -> str:
    """What a language calls itself."""
    return NATIVE.get(code, code)


@register.filter
def phone(number: str) -> SafeString:
    """A telephone number that can be called by touching it."""
    digits = "".join(sign for sign in str(number) if sign.isdigit() or sign == "+")
    return format_html('<a href="tel:{}">{}</a>', digits, number)


@register.simple_tag
def url_or_hash(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page, or # while that page does not exist."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return "#"


@register.simple_tag(takes_context=True)
def current(context: template.Context, name: str, *args: Any) -> str:
    """aria-current for a menu entry: this page, or a page under it."""
    request = context.get("request")
    url = url_or_hash(name, *args)
    if request is None or url == "#":
        return ""
    if request.path == url:
        return mark_safe(' aria-current="page"')  # noqa: S308
    if url != "/" and request.path.startswith(url):
        return mark_safe(' aria-current="true"')  # noqa: S308
    return ""


@register.simple_tag(takes_context=True)
def include_if_there(context: template.Context, name: str) -> str:
    """A part of a page that a town may lack."""
    try:
        part = select_template([name])
    except template.TemplateDoesNotExist:
        return ""
    return part.render(context.flatten(), context.get("request"))


@register.simple_tag
def status(state: str, text: object) -> SafeString:
    """A status: word and shape. States: adopted partly rejected forwarded waiting late now planned error."""
    return format_html('<strong class="status" data-state="{}">{}</strong>', state, text)


@register.filter
def error_count(form: BaseForm) -> int:
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def target(field: BoundField) -> str:
    """The id of the first thing a reader can touch in this field."""
    several = isinstance(field.field.widget, (CheckboxSelectMultiple, MultiWidget, RadioSelect))
    return f"{field.auto_id}_0" if several else str(field.id_for_label or field.auto_id)
