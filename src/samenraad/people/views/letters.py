"""I have a letter: a code, and one is in."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import NoReverseMatch
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from samenraad.people import sessions
from samenraad.people.actions import redeem
from samenraad.people.codes import normal
from samenraad.people.forms import LetterForm
from samenraad.people.languages import for_everybody_invited
from samenraad.people.middleware import Request
from samenraad.people.rules import source_of
from samenraad.refusals import Refusal
from samenraad.texts import explain

#: a letter code has twelve letters, the code with which one votes has sixteen
VOTING_CODE = 16


@for_everybody_invited
@never_cache
@sensitive_post_parameters("code")
def letter(request: Request, code: str = "") -> HttpResponse:
    form = LetterForm(request.POST or None, initial={"code": code})
    if (booth := _to_the_booth(request)) is not None:
        return booth
    if request.method == "POST" and form.is_valid():
        try:
            opened = redeem(code=form.cleaned_data["code"], source=_source(request))
        except Refusal as refusal:
            form.add_error("code", explain(refusal))
        else:
            sessions.open_letter(request, opened)
            messages.success(request, _("Welcome. You are in with the code of your letter."))
            return redirect(_after(request, opened.leads_to))
    context = {"form": form, "ready": bool(code), "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "people/letter.html", context)


@for_everybody_invited
def code(request: Request, code: str) -> HttpResponse:
    """Where the QR code of a letter leads: the code is filled in, one button redeems it.

    Opening the address does nothing by itself, for programs that look ahead open it too. Other sites hear no more
    than our name ("no-referrer" would also hide from ourselves that the form is ours).
    """
    response = letter(request, code=code)
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def leave(request: Request) -> HttpResponse:
    """Done with the letter, for instance on a computer of the library."""
    request.session.flush()
    messages.success(request, _("You are out. With the code in your letter you get in again."))
    return redirect("site:home")


def _to_the_booth(request: Request) -> HttpResponse | None:
    """Sixteen letters are a voting code: the booth takes it as it was sent (307), so it stands in no address."""
    if request.method != "POST" or len(normal(request.POST.get("code", ""))) != VOTING_CODE:
        return None
    try:
        return redirect("ballots:enter", preserve_request=True)
    except NoReverseMatch:
        return None


def _source(request: Request) -> str:
    return source_of(get_adapter().get_client_ip(request), settings.CODE_KEY)


def _after(request: Request, leads_to: str) -> str:
    """Where one was going, else where the letter leads, else one's own part."""
    wanted = request.POST.get("next", "") or leads_to
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    try:
        return resolve_url("followup:my_part")
    except NoReverseMatch:
        return resolve_url("site:home")
