"""The letters of a lot: their words, making them, putting them in piles, reminding."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages as say
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import letters as actions
from samenraad.instruments.lot.forms.letters import OpeningForm, RemindForm
from samenraad.instruments.lot.queries import letters as queries
from samenraad.instruments.lot.queries import specimen as specimens
from samenraad.instruments.lot.queries import wording
from samenraad.instruments.lot.rules import letters as rules
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain

KINDS = (rules.INVITE, rules.REMIND)


@never_cache
def show(request: Request, step: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    why = actions.why_not(lot)
    context = around(lot) | {
        "overview": queries.overview(lot), "promise": queries.promise_of(lot), "why_not": explain(why) if why else "",
    }  # fmt: skip
    return render(request, "lot/letters.html", context)


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in KINDS else rules.INVITE


def _language(request: HttpRequest) -> str:
    return wording.front_language(request.GET.get("language", settings.LANGUAGE_CODE))


def text(request: Request, step: int) -> HttpResponse:
    """What the letter says, front and back; the first paragraph can be written anew."""
    lot = access.desk_lot(request.person, step)
    form = OpeningForm(request.POST or None, instance=lot)
    if request.method == "POST" and form.is_valid():
        actions.write_opening(lot=lot, opening=form.cleaned_data["opening"], by=request.person)
        say.success(request, _("Saved. Letters that are made from now on begin like this."))
        return redirect("lot:letter_text", step)
    kind, language = _kind(request), _language(request)
    front, back = wording.sides(kind, queries.facts(lot, queries.newest_wave(lot)), language)
    context = around(lot) | {
        "form": form, "front": front, "back": back, "kind": kind, "language": language,
        "languages": settings.LETTER_LANGUAGES, "missing": queries.missing(lot),
    }  # fmt: skip
    return render(request, "lot/letter_text.html", context)


def specimen(request: Request, step: int) -> HttpResponse:
    """One letter to somebody who does not exist, as it will be printed."""
    lot = access.desk_lot(request.person, step)
    wave = queries.newest_wave(lot)
    document = specimens.pdf(lot, wave, _kind(request), _language(request), bool(request.GET.get("large")))
    headers = {"Content-Disposition": 'inline; filename="specimen.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


@require_POST
def make(request: Request, step: int, wave: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    work = actions.begin(wave=access.wave(lot, wave), by=request.person)
    return redirect("processes:work", step, work.pk)


@require_POST
def piles(request: Request, step: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    kind = request.POST.get("kind", "")
    work = actions.begin_piles(lot=lot, kind=kind if kind in KINDS else rules.INVITE, by=request.person)
    return redirect("processes:work", step, work.pk)


@never_cache
def remind(request: Request, step: int, wave: int) -> HttpResponse:
    """How many get a reminder, before they are made."""
    lot = access.desk_lot(request.person, step)
    found = access.wave(lot, wave)
    form = RemindForm(request.POST or request.GET or None)
    days = form.cleaned_data["days"] if form.is_valid() else form["days"].initial
    if request.method == "POST" and form.is_valid():
        try:
            work = actions.begin_reminding(wave=found, days=days, by=request.person)
            return redirect("processes:work", step, work.pk)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    number = queries.to_remind(found, days, timezone.now()).count()
    shown = form if form.is_bound else RemindForm()
    context = around(lot) | {"wave": found, "form": shown, "number": number, "days": days}
    return render(request, "lot/letters_remind.html", context)
