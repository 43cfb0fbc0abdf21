"""Addresses that exist in the demo town only."""

from django.urls import path

from samenraad.site.demo import views

app_name = "demo"
urlpatterns = [
    path("as/<slug:key>/", views.look_around, name="as"),
    path("post/", views.post, name="post"),
]
