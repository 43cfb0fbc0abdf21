"""Addresses: the seed and the count, the result, and handing it over."""

from django.urls import URLPattern, path

from samenraad.instruments.preferendum.views import result

urlpatterns: list[URLPattern] = [
    path("<int:step>/result/", result.show, name="result"),
    path("<int:step>/result/result.json", result.result_json, name="result_json"),
    path("<int:step>/result/result.csv", result.result_csv, name="result_csv"),
    path("<int:step>/desk/count/", result.count, name="count"),
    path("<int:step>/desk/hand-over/", result.hand_over, name="hand_over"),
]
