"""The town's own details and its own words."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.people import access
from samenraad.people.actions import change_town, change_words
from samenraad.people.forms import TownForm, WordsForm
from samenraad.people.middleware import Request
from samenraad.people.models import Town


def details(request: Request) -> HttpResponse:
    officer = access.town_officer(request.person)
    town = Town.objects.select_related("place").first()
    if town is None:
        raise Http404
    form = TownForm(request.POST or None, instance=town)
    if request.method == "POST" and form.is_valid():
        change_town(town=form.save(commit=False), changed=form.changed_data, by=officer)
        messages.success(request, _("The details of the town are kept."))
        return redirect("people:town")
    return render(request, "people/town.html", {"form": form, "town": town})


def words(request: Request) -> HttpResponse:
    officer = access.town_officer(request.person)
    languages = [pair for pair in settings.LANGUAGES if pair[0] in settings.OFFERED_LANGUAGES]
    language = request.GET.get("language", languages[0][0])
    if language not in dict(languages):
        raise Http404
    form = WordsForm(request.POST or None, language=language)
    if request.method == "POST" and form.is_valid():
        changed = change_words(language=language, words=form.cleaned_data, by=officer)
        messages.success(
            request,
            ngettext("{n} word has changed.", "{n} words have changed.", changed).format(n=changed),
        )
        return redirect(f"{reverse('people:words')}?language={language}")
    return render(request, "people/words.html", {"form": form, "languages": languages, "language": language})
