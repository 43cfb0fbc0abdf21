"""Addresses: setting a vote up, and its public page."""

from django.urls import URLPattern, path

from samenraad.instruments.preferendum.views import options, public, setup

urlpatterns: list[URLPattern] = [
    path("<int:step>/", public.show, name="show"),
    path("<int:step>/rules/", public.rules, name="rules"),
    path("<int:step>/rules.json", public.rules_json, name="rules_json"),
    path("<int:step>/brochure/", public.brochure, name="brochure"),
    path("<int:step>/desk/", setup.desk, name="desk"),
    path("<int:step>/desk/kind/", setup.kind, name="kind"),
    path("<int:step>/desk/rules/", setup.plan, name="plan"),
    path("<int:step>/desk/words/", setup.words, name="words"),
    path("<int:step>/desk/goals/", setup.goals, name="goals"),
    path("<int:step>/desk/preview/", setup.preview, name="preview"),
    path("<int:step>/desk/freeze/", setup.freeze, name="freeze"),
    path("<int:step>/desk/options/", options.options, name="options"),
    path("<int:step>/desk/options/new/", options.new, name="option_new"),
    path("<int:step>/desk/options/carry/", options.carry, name="option_carry"),
    path("<int:step>/desk/options/<int:number>/", options.option, name="option"),
    path("<int:step>/desk/options/<int:number>/withdraw/", options.withdraw, name="option_withdraw"),
    path("<int:step>/desk/options/<int:number>/back/", options.put_back, name="option_back"),
    path("<int:step>/desk/options/<int:number>/renew/", options.renew, name="option_renew"),
]
