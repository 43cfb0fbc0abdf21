from __future__ import annotations

from django.urls import URLPattern, path

from samenraad.instruments.lot.views import calls, seats

urlpatterns: list[URLPattern] = [
    path("<int:step>/members/", seats.members, name="members"),
    path("<int:step>/seats/", seats.seats, name="seats"),
    path("<int:step>/seats/choose/", seats.choose, name="choose_substitutes"),
    path("<int:step>/seats/<int:pk>/leave/", seats.leave, name="leave"),
    path("<int:step>/seats/<int:pk>/call-up/", seats.call_up, name="call_up"),
    path("<int:step>/seats/<int:pk>/undo/", seats.undo, name="undo_leave"),
    path("<int:step>/seats/<int:pk>/step-back/", seats.step_back, name="step_back"),
    path("<int:step>/calls/", calls.calls, name="calls"),
    path("<int:step>/calls/sheet/", calls.sheet, name="call_sheet"),
    path("<int:step>/calls.csv", calls.csv, name="calls_csv"),
    path("<int:step>/calls/<int:pk>/", calls.call, name="call"),
    path("<int:step>/sessions/<int:pk>/", calls.session, name="session"),
]
