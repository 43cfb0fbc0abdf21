from django.urls import path

from samenraad.discussion import views

app_name = "discussion"
urlpatterns = [
    path("talk/<int:proposal>/", views.say, name="say"),
    path("talk/comment/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("talk/report/<str:word>/<int:pk>/", views.report, name="report"),
    path("process/<slug:slug>/hidden/", views.hidden, name="hidden"),
    path("desk/moderation/", views.desk, name="desk"),
    path("desk/moderation/<str:word>/<int:pk>/", views.judge, name="judge"),
]
