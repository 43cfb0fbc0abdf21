"""Addresses of the pages that stand in the door itself."""

from django.urls import path

from samenraad.site import views

app_name = "site"
urlpatterns = [path("", views.home, name="home")]
