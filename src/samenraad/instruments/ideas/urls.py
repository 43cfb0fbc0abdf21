from django.urls import path

from samenraad.instruments.ideas import views

app_name = "ideas"
urlpatterns = [path("<int:step>/", views.show, name="show")]
