from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samenraad.processes import access


def show(request: HttpRequest, slug: str) -> HttpResponse:
    process = access.visible_process(request.person, slug)
    return render(request, "processes/show.html", {"process": process})


def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "processes/desk.html")


def manage(request: HttpRequest, slug: str) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return render(request, "processes/manage.html", {"process": process})
