"""{% load discussion %}{% talk proposal %}: the talk under a text, on the page of any instrument."""

from __future__ import annotations

from typing import Any

from django import template

from samenraad.discussion import queries
from samenraad.discussion.access import may_moderate
from samenraad.discussion.forms import CommentForm
from samenraad.processes.models import Proposal

register = template.Library()


@register.inclusion_tag("discussion/talk.html", takes_context=True)
def talk(context: template.Context, proposal: Proposal) -> dict[str, Any]:
    """Comments with their replies, 25 a page, and a field to add one; `proposal.step.process` had better be loaded.

    Three queries for any amount of talk.
    """
    request = context["request"]
    found = queries.talk(proposal, request.person, page=request.GET.get("talk"), thread=request.GET.get("thread"))
    open_text = proposal.status == Proposal.Status.PUBLIC
    return {
        "talk": found,
        "proposal": proposal,
        "closed": queries.why_closed(proposal.step) if open_text else "",
        "open_text": open_text,
        "form": CommentForm(),
        "moderates": may_moderate(request.person, proposal.step.process),
        "next": request.path,
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }
