from django.urls import path

from samenraad.ledger import views

app_name = "ledger"
urlpatterns = [
    path("check/", views.check, name="check"),
    path("check/ledger.jsonl", views.download, name="download"),
    path("check/verify_ledger.py", views.script, name="script"),
]
