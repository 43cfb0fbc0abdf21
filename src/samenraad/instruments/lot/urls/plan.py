from __future__ import annotations

from django.urls import URLPattern, path

from samenraad.instruments.lot.views import freeze, groups, plan, public, rehearsal

urlpatterns: list[URLPattern] = [
    path("<int:step>/", public.show, name="show"),
    path("<int:step>/desk/", public.desk, name="desk"),
    path("<int:step>/plan/", plan.plan, name="plan"),
    path("<int:step>/plan/questions/", plan.questions, name="plan_questions"),
    path("<int:step>/plan/letters/", plan.size, name="size"),
    path("<int:step>/groups/", groups.groups, name="groups"),
    path("<int:step>/groups/check/", groups.check, name="groups_check"),
    path("<int:step>/groups/choose/", groups.choose, name="groups_choose"),
    path("<int:step>/groups/share/", groups.share, name="groups_share"),
    path("<int:step>/groups/new/", groups.dimension, name="groups_new"),
    path("<int:step>/groups/<int:pk>/", groups.dimension, name="groups_change"),
    path("<int:step>/groups/<int:pk>/remove/", groups.remove, name="groups_remove"),
    path("<int:step>/tried/", groups.tried, name="tried"),
    path("<int:step>/freeze/", freeze.freeze, name="freeze"),
    path("<int:step>/rules/", freeze.rules, name="rules"),
    path("<int:step>/rules.json", freeze.rules_json, name="rules_json"),
    path("<int:step>/rehearsals/", rehearsal.rehearsals, name="rehearsals"),
    path("<int:step>/rehearsals/<int:pk>/", rehearsal.rehearsal, name="rehearsal"),
]
