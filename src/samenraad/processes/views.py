from django.http import HttpResponse
from django.shortcuts import render

from samenraad.people.middleware import Request
from samenraad.processes import access


def show(request: Request, slug: str) -> HttpResponse:
    process = access.visible_process(request.person, slug)
    return render(request, "processes/show.html", {"process": process})


def desk(request: Request) -> HttpResponse:
    return render(request, "processes/desk.html")


def manage(request: Request, slug: str) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return render(request, "processes/manage.html", {"process": process})
