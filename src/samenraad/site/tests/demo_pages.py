"""The addresses of a house in demo mode, whatever the mode in which the tests began."""

from django.urls import include, path

from samenraad.site.urls import urlpatterns as ours

urlpatterns = [*ours, path("demo/", include("samenraad.site.demo.urls"))]
