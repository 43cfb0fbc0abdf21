"""Addresses: the voter's ballot, page by page."""

from django.urls import URLPattern, path

from samenraad.instruments.preferendum.views import ballot

urlpatterns: list[URLPattern] = [
    path("<int:step>/ballot/", ballot.ballot, name="ballot"),
    path("<int:step>/ballot/<int:number>/", ballot.page, name="ballot_page"),
    path("<int:step>/ballot/most/", ballot.most, name="ballot_most"),
    path("<int:step>/ballot/change/<slug:about>/", ballot.change, name="ballot_change"),
]
