"""Every address of the house. Instruments bring their own."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from samenraad.processes.shelf import instrument_folders

ROOMS = ["people", "processes", "followup", "ballots", "discussion", "questionnaires", "post", "ledger", "ui"]

urlpatterns = [
    path("", include("samenraad.site.pages")),
    path("account/", include("allauth.urls")),
    *[
        path(f"{folder}/", include(f"samenraad.instruments.{folder}.urls"))
        for folder in instrument_folders()
        if find_spec(f"samenraad.instruments.{folder}.urls")
    ],
    *[path("", include(f"samenraad.{room}.urls")) for room in ROOMS if find_spec(f"samenraad.{room}.urls")],
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("samenraad.site.demo.urls")))
