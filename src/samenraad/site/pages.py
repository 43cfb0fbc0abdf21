"""Addresses of the pages that stand in the door itself."""

from django.urls import path

from samenraad.site import views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("plan/", views.plan, name="plan"),
    path("about/", views.about, name="about"),
    path("about/privacy/", views.privacy, name="privacy"),
    path("about/accessibility/", views.accessibility, name="accessibility"),
    path("language/", views.language, name="language"),
    path("robots.txt", views.robots, name="robots"),
    path("health/", views.health, name="health"),
]
