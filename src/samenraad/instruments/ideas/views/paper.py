"""For who has no screen: the printed form, keying what came back, and what the organiser sets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenraad.instruments.ideas import access, actions, queries
from samenraad.instruments.ideas.forms import KeyForm, SettingsForm
from samenraad.instruments.ideas.models import Idea
from samenraad.instruments.ideas.printing import blank_forms
from samenraad.people.middleware import Request
from samenraad.processes.models import Step
from samenraad.refusals import Refusal
from samenraad.texts import explain

MOST_FORMS = 200
WHO = ("name", "email", "phone", "street", "postcode", "city")


def form(request: Request, step: int) -> HttpResponse:
    """Paper forms, each with its own code. Anybody may print one; staff print a pile."""
    found = access.open_step(request.person, step)
    asked = request.GET.get("copies", "1")
    copies = min(MOST_FORMS, max(1, int(asked))) if asked.isdecimal() and len(asked) < 6 else 1
    response = HttpResponse(blank_forms(found, copies), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="form-{found.pk}.pdf"'
    response["Cache-Control"] = "no-store"  # a code is printed once
    return response


def key(request: Request, step: int) -> HttpResponse:
    """Key what came in on paper, by phone, on the street or at a meeting; then the next one."""
    found = access.desk_step(request.person, step)
    last = request.session.get("ideas_keying", {})
    entered = KeyForm(
        request.POST or None, request.FILES or None, initial={"channel": last.get("channel", "paper")} | _day(last),
        step=found, places=queries.neighbourhoods(found), themes=queries.themes(found),
    )  # fmt: skip
    if entered.is_valid():
        try:
            made = _keyed(request, found, entered)
            values = entered.cleaned_data
            request.session["ideas_keying"] = {
                "channel": values["channel"], "day": values["day"].isoformat(), "number": made.proposal.number,
            }  # fmt: skip
            return redirect("ideas:key", found.pk)
        except Refusal as refusal:
            entered.add_error(None, explain(refusal))
    context = {"step": found, "process": found.process, "form": entered, "last": _last(found, last)}
    return render(request, "ideas/key.html", context)


def _day(last: dict[str, str]) -> dict[str, str]:
    return {"day": last["day"]} if "day" in last else {}


def _last(step: Step, last: dict[str, str]) -> dict[str, object]:
    """The idea keyed just now, and what looks like it: the moment to put them together."""
    proposal = step.proposals.filter(number=last.get("number", 0)).first()
    if proposal is None:
        return {}
    return {"proposal": proposal, "similar": queries.similar(step, proposal.title, proposal.text, without=proposal.pk)}


def _keyed(request: Request, step: Step, entered: KeyForm) -> Idea:
    values = entered.cleaned_data
    idea = actions.Text(
        title=values["title"], text=values["text"], theme=values.get("theme") or "", place=values.get("place"),
        photo=values.get("photo") or b"", photo_alt=values.get("photo_alt") or "",
        point=actions.point_of(values), language=(get_language() or "nl").split("-")[0],
    )  # fmt: skip
    who = {name: values[name] for name in WHO}
    made, person, new = actions.key_in(
        step=step, who=who, show_name=values["show_name"], idea=idea, channel=values["channel"],
        day=values["day"], reference=values["reference"], once=values["once"], by=request.person,
    )  # fmt: skip
    if new and person:
        made.step = step
        actions.receipt(idea=made, person=person, channel=values["channel"])
    text = _("Idea {number} is in.").format(number=made.proposal.number)
    messages.success(request, text)
    return made


def settings(request: Request, step: int) -> HttpResponse:
    found = access.desk_step(request.person, step)
    now = found.settings
    first = {
        "themes": "\n".join(now.get("themes", [])),
        "photos": now.get("photos", True),
        "hand_in": now.get("hand_in", ""),
    }
    entered = SettingsForm(request.POST or None, initial=first)
    if entered.is_valid():
        actions.change_settings(step=found, by=request.person, **entered.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("ideas:desk", found.pk)
    return render(request, "ideas/settings.html", {"step": found, "process": found.process, "form": entered})
