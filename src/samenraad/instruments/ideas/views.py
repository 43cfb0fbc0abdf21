from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samenraad.processes import access


def show(request: HttpRequest, step: int) -> HttpResponse:
    found = access.visible_step(request.person, step, "ideas")
    return render(request, "ideas/show.html", {"step": found})
