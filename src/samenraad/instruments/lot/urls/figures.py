from __future__ import annotations

from django.urls import URLPattern, path

from samenraad.instruments.lot.views import figures, outreach

urlpatterns: list[URLPattern] = [
    path("<int:step>/figures/", figures.show, name="figures"),
    path("<int:step>/desk/figures/", figures.desk, name="figures_desk"),
    path("<int:step>/outreach/", outreach.desk, name="outreach"),
    path("<int:step>/outreach/new/", outreach.new, name="outreach_new"),
    path("<int:step>/outreach/<int:pk>/", outreach.measure, name="outreach_measure"),
    path("<int:step>/outreach/<int:pk>/stop/", outreach.stop, name="outreach_stop"),
    path("<int:step>/outreach/<int:pk>/link/", outreach.renew, name="outreach_link"),
    path("<int:step>/ambassador/<slug:token>/", outreach.ambassador, name="ambassador"),
]
