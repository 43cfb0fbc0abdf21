"""Letters in piles: put together, print, confirm."""

from __future__ import annotations

from django.contrib import messages as say
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.people.middleware import Request
from samenraad.people.queries import scope_name
from samenraad.post import access, actions, exports
from samenraad.post import letters as paper
from samenraad.post.forms import PostedForm
from samenraad.refusals import Refusal
from samenraad.texts import explain


@require_POST
def put_together(request: Request) -> HttpResponse:
    scope = request.POST.get("scope", "")
    person = access.own_scope(request.person, scope)
    batch = actions.put_together(scope=scope, by=person, where=scope_name(scope))
    return redirect("post:batch", batch.pk)


def batch(request: Request, pk: int) -> HttpResponse:
    """What to do with this pile, and whose letters lie in it. The form confirms that they were posted."""
    batch = access.own_batch(request.person, pk)
    form = PostedForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.posted(batch=batch, day=form.cleaned_data["day"], by=request.person)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            say.success(request, _("Written down: these letters have been posted."))
            return redirect("post:batch", pk)
    letters = batch.messages.order_by("id")
    page = Paginator(letters, 25).get_page(request.GET.get("page"))
    context = {"batch": batch, "form": form, "page": page, "count": page.paginator.count}
    return render(request, "post/batch.html", context)


@require_POST
def take_apart(request: Request, pk: int) -> HttpResponse:
    batch = access.own_batch(request.person, pk)
    actions.take_apart(batch=batch, by=request.person)
    say.success(request, _("The letters wait again. Nothing was sent."))
    return redirect("post:desk")


def pdf(request: Request, pk: int) -> HttpResponse:
    """Made when asked for, from the messages themselves; asked twice, the same bytes."""
    batch = access.own_batch(request.person, pk)
    letters = list(batch.messages.order_by("id"))
    if not letters:
        raise Refusal("post.empty_batch")
    document = paper.pdf(letters, batch.made_at)
    return HttpResponse(document, content_type="application/pdf", headers=_private(f"letters-{pk}.pdf", inline=True))


def addresses(request: Request, pk: int) -> StreamingHttpResponse:
    batch = access.own_batch(request.person, pk)
    lines = exports.addresses(batch.messages.order_by("id"))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=_private(f"letters-{pk}.csv"))


def _private(name: str, *, inline: bool = False) -> dict[str, str]:
    """Addresses and codes: nobody on the way may keep them."""
    way = "inline" if inline else "attachment"
    return {"Content-Disposition": f'{way}; filename="{name}"', "Cache-Control": "no-store"}
