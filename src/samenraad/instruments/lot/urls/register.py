from __future__ import annotations

from django.urls import URLPattern, path

from samenraad.instruments.lot.views import register, waves

urlpatterns: list[URLPattern] = [
    path("<int:step>/register/", register.show, name="register"),
    path("<int:step>/register/destroy/", register.destroy, name="register_destroy"),
    path("<int:step>/register/<int:pk>/", register.check, name="extract"),
    path("<int:step>/register/<int:pk>/columns/", register.columns, name="extract_columns"),
    path("<int:step>/register/<int:pk>/profile/", register.profile, name="extract_profile"),
    path("<int:step>/register/<int:pk>/values/", register.values, name="extract_values"),
    path("<int:step>/register/<int:pk>/lines.csv", register.bad_lines, name="extract_lines"),
    path("<int:step>/register/<int:pk>/read/", register.read_in, name="extract_read"),
    path("<int:step>/register/<int:pk>/drop/", register.drop, name="extract_drop"),
    path("<int:step>/waves/", waves.waves, name="waves"),
    path("<int:step>/waves/plan/", waves.plan, name="wave_plan"),
    path("<int:step>/waves/<int:number>/", waves.wave, name="wave"),
    path("<int:step>/waves/<int:number>/draw/", waves.draw, name="wave_draw"),
    path("<int:step>/waves/<int:number>/receipt.json", waves.receipt, name="wave_receipt"),
]
