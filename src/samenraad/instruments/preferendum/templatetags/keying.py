"""The fields for who types in a sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from samenraad.ballots.draft import Draft
from samenraad.instruments.preferendum.forms.ballots import typed
from samenraad.instruments.preferendum.paper import PreferendumPaper
from samenraad.instruments.preferendum.queries.ballot import Screens

register = template.Library()


@register.simple_tag(takes_context=True)
def keyed(context: template.Context, paper: PreferendumPaper, choices: Mapping[str, Any] | None) -> dict[str, Any]:
    """The options in the order of the sheet, each with what stands in its field: as it was typed (`typed` in the
    context), else as it is in these choices."""
    sent = context.get("typed")
    as_sent = {name: " ".join(sent.getlist(name)) for name in sent} if sent else {}
    values = as_sent or typed(paper.shape, choices or {})
    screens = Screens(paper, Draft(vote=""))
    together = next((values.get(name, "") for name in ("b-priorities", "b-marks", "b-choice") if name in values), "")
    return {"options": screens.shown(paper.shape.options, values), "screens": screens, "together": together}
