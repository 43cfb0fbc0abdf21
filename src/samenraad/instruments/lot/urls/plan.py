from __future__ import annotations

from django.urls import URLPattern, path

from samenraad.instruments.lot.views import public

urlpatterns: list[URLPattern] = [
    path("<int:step>/", public.show, name="show"),
    path("<int:step>/desk/", public.desk, name="desk"),
]
