"""What is drawn: the loop, the story, figures, charts, notices, progress."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from samenraad.ui import charts, formats, loops
from samenraad.ui.lemniscate import Loop
from samenraad.ui.pieces import ClockRow, Figure, Part, Silence, StoryEntry

register = template.Library()


@register.inclusion_tag("ui/parts/loop.html")
def loop(loop: Loop) -> dict[str, Any]:
    return {"drawing": loops.draw(loop), "turns": False}


@register.inclusion_tag("ui/parts/loop.html")
def town_loop(loop: Loop) -> dict[str, Any]:
    """The loop of a whole town: who is to move in each process."""
    return {"drawing": loops.draw(loop, turns=True), "turns": True}


@register.inclusion_tag("ui/parts/small_loop.html")
def small_loop(at: float, done: float | None = None, label: object = "") -> dict[str, Any]:
    """One dot on a small loop. With a label it is a picture with a name, without one it is an ornament."""
    box, line, x, y = loops.small(at, at if done is None else done)
    return {"box": box, "line": line, "x": x, "y": y, "label": label, "dot": True}


@register.inclusion_tag("ui/parts/story.html")
def story(entries: Iterable[StoryEntry], level: int = 3) -> dict[str, Any]:
    return {"entries": entries, "heading": f"h{level}"}


@register.inclusion_tag("ui/parts/figures.html")
def figures(items: Iterable[Figure]) -> dict[str, Any]:
    return {"figures": items}


@register.inclusion_tag("ui/parts/bar_chart.html")
def bar_chart(
    parts: Iterable[Part], caption: object = "", note: object = "", column: object = "", details: bool = True
) -> dict[str, Any]:
    """A whole in its parts. The table folds away unless `details=False`."""
    bars = charts.stacked(parts)
    return {
        "bars": bars,
        "caption": caption,
        "note": note,
        "column": column or gettext("Part"),
        "details": details,
        "legend": details,
        "total": sum(bar.part.count for bar in bars),
    }


@register.inclusion_tag("ui/parts/bars.html")
def bars(parts: Iterable[Part], caption: object = "", column: object = "", measure: object = "") -> dict[str, Any]:
    """A table with a bar in each row, the longest over the whole width."""
    return {
        "rows": charts.rows(parts),
        "caption": caption,
        "column": column or gettext("Part"),
        "measure": measure or pgettext("how many", "Number"),
    }


@register.inclusion_tag("ui/parts/interval_chart.html")
def interval_chart(low: float, value: float, high: float, state: str = "adopted", top: float = 1) -> dict[str, Any]:
    """A share with its margin; with `top=10` a mark from 0 to 10."""
    share = top == 1
    shown = formats.percent(value) if share else formats.number(value, 1)
    ends = (formats.percent(end) if share else formats.number(end, 1) for end in (low, high))
    label = gettext("{value}, with a margin from {low} to {high}").format(value=shown, low=next(ends), high=next(ends))
    return {"drawn": charts.interval(low, value, high, top), "label": label, "state": state}


@register.inclusion_tag("ui/parts/clocks.html")
def clocks(
    rows: Sequence[ClockRow],
    silent: Sequence[Silence] = (),
    today: date | None = None,
    caption: object = "",
) -> dict[str, Any]:
    """What is due when, and when the town hall keeps quiet: drawn on wide screens, a table everywhere."""
    today = today or timezone.localdate()
    drawn = charts.clocks(rows, silent, today)
    return {"drawn": drawn, "rows": rows, "silent": silent, "today": today, "caption": caption}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: object, text: object = "", href: str = "", link: object = "", level: int = 3) -> dict[str, Any]:
    """Nothing here yet, and what will come."""
    return {"title": title, "text": text, "href": href, "link": link, "heading": f"h{level}"}


@register.simple_block_tag
def notice(content: str, state: str = "", title: object = "", level: int = 3, role: str = "") -> SafeString:
    """{% notice "late" title %}<p>...</p>{% endnotice %}: something one must know before reading on."""
    values = {"content": content, "state": state, "title": title, "heading": f"h{level}", "role": role}
    return mark_safe(render_to_string("ui/parts/notice.html", values))  # noqa: S308


@register.inclusion_tag("ui/parts/progress.html")
def progress(
    done: int, total: int, label: object, url: str = "", finished: bool | None = None, id: str = "progress"
) -> dict[str, Any]:
    """How far long work is. With the address of this page it keeps itself up to date."""
    ready = done >= total if finished is None else finished
    return {"done": done, "total": total, "label": label, "url": url, "finished": ready, "id": id}
