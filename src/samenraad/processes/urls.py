from django.urls import path

from samenraad.processes import views

app_name = "processes"
urlpatterns = [
    path("process/<slug:slug>/", views.show, name="show"),
    path("desk/", views.desk, name="desk"),
    path("desk/process/<slug:slug>/", views.manage, name="manage"),
]
