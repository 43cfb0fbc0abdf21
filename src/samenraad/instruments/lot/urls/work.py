from __future__ import annotations

from django.urls import URLPattern, path

from samenraad.instruments.lot.views import work

urlpatterns: list[URLPattern] = [
    path("<int:step>/job/<int:pk>/", work.show, name="work"),
    path("<int:step>/job/<int:pk>/state/", work.state, name="work_state"),
]
