"""Talk: saying something, reporting it, and the moderators' desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.discussion import access, actions, forms, queries
from samenraad.discussion.models import Comment
from samenraad.people.middleware import Request
from samenraad.people.models import Person
from samenraad.processes.access import visible_process
from samenraad.processes.models import Proposal
from samenraad.refusals import Refusal
from samenraad.texts import explain

WORDS = {"comment", "text"}


def say(request: Request, proposal: int) -> HttpResponse:
    """A comment or a reply. Who is not known yet writes first and says who they are on the way."""
    found = access.readable_proposal(request.person, proposal)
    parent = _parent(request, found)
    form = forms.CommentForm(request.POST or None)
    asks_who = request.method == "POST" and "name" in request.POST
    who = None if request.person else forms.WhoForm(request.POST if asks_who else None)
    if form.is_valid() and (who is None or who.is_valid()):
        try:
            person = request.person or _arrived(request, who)
            said = actions.comment(proposal=found, person=person, text=form.cleaned_data["text"], parent=parent)
            messages.success(request, _("Thank you. Your comment is there."))
            return redirect(queries.place_of(said, _next(request)))
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    context = {"proposal": found, "parent": parent, "form": form, "who": who, "next": _next(request)}
    return render(request, "discussion/say.html", context)


def _parent(request: Request, proposal: Proposal) -> Comment | None:
    pk = request.POST.get("parent") or request.GET.get("parent") or ""
    if not pk:
        return None
    if not pk.isdigit() or len(pk) > 15:
        raise Http404
    return get_object_or_404(Comment.objects.select_related("contribution__person"), pk=int(pk), proposal=proposal)


def _arrived(request: Request, who: Any) -> Person:
    person = actions.arrive(source=access.source(request), **who.fields_of_person())
    access.go_on_as(request, person)
    return person


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    comment = access.own_comment(request.person, pk)
    if comment.contribution.person:
        actions.withdraw_comment(comment=comment, by=comment.contribution.person)
    messages.success(request, _("Your comment is gone."))
    return redirect(_next(request))


def report(request: Request, word: str, pk: int) -> HttpResponse:
    """Something breaks the house rules. Anybody may say so, also without a name."""
    thing = _reported(request, word, pk)
    kind = forms.ReportForm if request.person else forms.AnonymousReportForm
    form = kind(request.POST or None)
    if form.is_valid():
        try:
            actions.report(thing=thing, reason=form.cleaned_data["reason"], person=request.person)
            messages.success(request, _("Thank you. A moderator looks at it."))
            return redirect(_next(request))
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    text, title = (thing.text, "") if isinstance(thing, Comment) else (thing.text, thing.title)
    context = {"form": form, "text": text, "title": title, "word": word, "next": _next(request)}
    return render(request, "discussion/report.html", context)


def _reported(request: Request, word: str, pk: int) -> Comment | Proposal:
    if word not in WORDS:
        raise Http404
    if word == "comment":
        return access.readable_comment(request.person, pk)
    return access.readable_proposal(request.person, pk)


def hidden(request: Request, slug: str) -> HttpResponse:
    """How much was hidden in a process, and for what kinds of reasons: for everybody to see."""
    process = visible_process(request.person, slug)
    found = queries.hidden_in(process)
    context = {"process": process, "found": found, "total": sum(one.count for one in found)}
    return render(request, "discussion/hidden.html", context)


def desk(request: Request) -> HttpResponse:
    """What moderators have to look at, and what they have hidden."""
    scopes = access.moderator_scopes(request.person)
    show_hidden = request.GET.get("show") == "hidden"
    rows = queries.hidings(scopes) if show_hidden else queries.waiting(scopes)
    page = Paginator(rows, queries.PER_PAGE).get_page(request.GET.get("page"))
    things = list(page) if show_hidden else queries.spelled_out(list(page))
    context = {"page": page, "things": things, "show_hidden": show_hidden}
    return render(request, "discussion/desk.html", context)


def judge(request: Request, word: str, pk: int) -> HttpResponse:
    """One thing that may have to be hidden, kept, or put back."""
    if word not in WORDS:
        raise Http404
    thing = access.moderated(request.person, word, pk)
    form = forms.HideForm(request.POST if request.POST.get("do") == "hide" else None)
    if request.method == "POST" and request.person:
        try:
            if _judged(request, thing, form, request.person):
                return redirect(_next(request, fallback="discussion:desk"))
        except Refusal as refusal:
            form = form if form.is_bound else forms.HideForm({})
            form.add_error(None, explain(refusal))
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", "")), "word": word}
    return render(request, "discussion/judge.html", context | queries.case(thing))


def _judged(request: Request, thing: Comment | Proposal, form: forms.HideForm, by: Person) -> bool:
    do = request.POST.get("do")
    if do == "keep":
        actions.keep(thing=thing, by=by)
        messages.success(request, _("Kept. The reports are answered."))
    elif do == "restore":
        actions.restore(thing=thing, by=by)
        messages.success(request, _("It can be read again. The person who wrote it hears so."))
    elif form.is_valid():
        actions.hide(thing=thing, kind=form.cleaned_data["kind"], reason=form.cleaned_data["reason"], by=by)
        messages.success(request, _("Hidden. The person who wrote it hears why."))
    else:
        return False
    return True


def _next(request: Request, fallback: str = "site:home") -> str:
    """Back to where somebody came from, never to another website."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse(fallback)
