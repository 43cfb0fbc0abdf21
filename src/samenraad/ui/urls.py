"""The page that shows every part of the house's pages."""

from django.urls import path

from samenraad.ui import views

app_name = "ui"
urlpatterns = [path("ui/", views.show, name="show")]
