from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samenraad.ui import examples


def show(request: HttpRequest) -> HttpResponse:
    """Everything pages are made of, at work."""
    return render(request, "ui/show.html", examples.context(timezone.localdate()))
