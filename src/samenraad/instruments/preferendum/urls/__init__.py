"""The addresses of a preferendum, by subject. `<int:step>/` is the public page of the step."""

from samenraad.instruments.preferendum.urls import ballot, result, setup

app_name = "preferendum"

urlpatterns = [*setup.urlpatterns, *ballot.urlpatterns, *result.urlpatterns]
