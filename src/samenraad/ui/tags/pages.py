"""Finding one's way: links, lists in pages, and what forms need."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxSelectMultiple, MultiWidget, RadioSelect
from django.http import QueryDict
from django.template.loader import select_template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = template.Library()
PER_PAGE = 25


@register.simple_tag
def url_or_hash(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page, or # while that page does not exist."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return "#"


@register.simple_tag
def patterns_url() -> str:
    """The page of all patterns: in the footer only where people build or look around."""
    return url_or_hash("ui:show") if settings.DEBUG or settings.DEMO else ""


@register.simple_tag(takes_context=True)
def current(context: template.Context, name: str, *args: Any) -> str:
    """aria-current for a menu entry: this page, or a page under it."""
    request = context.get("request")
    url = url_or_hash(name, *args)
    if request is None or url == "#":
        return ""
    if request.path == url:
        return mark_safe(' aria-current="page"')
    if url != "/" and request.path.startswith(url):
        return mark_safe(' aria-current="true"')
    return ""


@register.inclusion_tag("ui/parts/crumbs.html")
def crumbs(*trail: Any) -> dict[str, Any]:
    """{% crumbs process.title process_url "Answers" %}: names with their addresses, and last this page's name."""
    names, addresses = trail[0::2], (*trail[1::2], "")
    return {"trail": list(zip(names, addresses, strict=False))}


@register.simple_tag(takes_context=True)
def include_if_there(context: template.Context, name: str) -> str:
    """A part of a page that a town may lack."""
    try:
        part = select_template([name])
    except template.TemplateDoesNotExist:
        return ""
    return str(part.render(context.flatten(), context.get("request")))


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The query string with some values changed; None takes one out. Changing a filter goes back to page 1."""
    request = context.get("request")
    values = request.GET.copy() if request else QueryDict(mutable=True)
    if "page" not in changes:
        values.pop("page", None)
    for name, value in changes.items():
        if value is None or value == "":
            values.pop(name, None)
        elif isinstance(value, (list, tuple)):
            values.setlist(name, [str(one) for one in value])
        else:
            values[name] = str(value)
    return f"?{values.urlencode()}"


@register.simple_tag(takes_context=True)
def paginate(context: template.Context, items: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """{% paginate ideas as page %}: the page asked for; a page that does not exist becomes the nearest one."""
    request = context.get("request")
    return Paginator(items, per_page).get_page(request.GET.get("page") if request else 1)


@register.inclusion_tag("ui/parts/pages.html", takes_context=True)
def pages(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": numbers,
        "ellipsis": Paginator.ELLIPSIS,
        "request": context.get("request"),
    }


@register.inclusion_tag("ui/parts/shown.html")
def shown(page: Page[Any]) -> dict[str, Any]:
    """1 tot en met 25 van de 62."""
    return {"page": page}


@register.simple_tag
def step_of(step: int, steps: int) -> SafeString:
    """Stap 2 van 4: inside the heading of a short page of a longer form."""
    words = gettext("Step {step} of {steps}").format(step=step, steps=steps)
    return format_html('<span class="over">{}</span>', words)


@register.filter
def error_count(form: BaseForm) -> int:
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def target(field: BoundField) -> str:
    """The id of the first thing a reader can touch in this field."""
    several = isinstance(field.field.widget, (CheckboxSelectMultiple, MultiWidget, RadioSelect))
    return f"{field.auto_id}_0" if several else str(field.id_for_label or field.auto_id)


@register.filter
def beside(error: str, label: str) -> str:
    """An error in the summary, with the name of its field: "Your idea: fill this in"."""
    return f"{label} {error}" if str(label).endswith(("?", ":")) else f"{label}: {error}"


@register.simple_tag
def status(state: str, text: object) -> SafeString:
    """A status: word and shape. States: adopted partly rejected forwarded waiting late now planned error."""
    return format_html('<strong class="status" data-state="{}">{}</strong>', state, text)


@register.simple_tag
def arrow() -> SafeString:
    """The arrow in the one solid button of a page."""
    return mark_safe(
        '<svg viewBox="0 0 16 16" aria-hidden="true">'
        '<path d="M9 2.2 14.8 8 9 13.8l-1.5-1.5L10.7 9H1V7h9.7L7.5 3.7z"/></svg>'
    )
