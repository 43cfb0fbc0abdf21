from django.urls import path

from samenraad.questionnaires import views

app_name = "questionnaires"
DESK = "desk/questionnaire/<int:pk>"

urlpatterns = [
    path("questionnaire/<int:pk>/", views.begin, name="begin"),
    path("my/answers/<int:pk>/", views.review, name="review"),
    path("my/answers/<int:pk>/<int:number>/", views.page, name="page"),
    path("desk/process/<slug:slug>/questionnaires/", views.questionnaires, name="list"),
    path("desk/process/<slug:slug>/questionnaires/new/", views.start, name="start"),
    path(f"{DESK}/", views.questionnaire, name="edit"),
    path(f"{DESK}/title/", views.title, name="title"),
    path(f"{DESK}/question/", views.add, name="add"),
    path(f"{DESK}/again/", views.again, name="again"),
    path(f"{DESK}/question/<int:item>/", views.change, name="change"),
    path(f"{DESK}/question/<int:item>/move/", views.move, name="move"),
    path(f"{DESK}/question/<int:item>/remove/", views.remove, name="remove"),
    path(f"{DESK}/publish/", views.publish, name="publish"),
    path(f"{DESK}/close/", views.close, name="close"),
    path(f"{DESK}/copy/", views.copy, name="copy"),
    path(f"{DESK}/key/", views.key, name="key"),
    path(f"{DESK}/answers/", views.answers, name="answers"),
    path(f"{DESK}/<str:table>.csv", views.download, name="download"),
]
