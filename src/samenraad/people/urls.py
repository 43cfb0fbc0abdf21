from django.urls import path

from samenraad.people.views import bodies, letters, mine, roles, town

app_name = "people"
urlpatterns = [
    path("letter/", letters.letter, name="letter"),
    path("brief/", letters.letter),
    path("c/<str:code>/", letters.code, name="code"),
    path("letter/leave/", letters.leave, name="leave"),
    path("my/details/", mine.details, name="details"),
    path("my/account/", mine.keep, name="keep"),
    path("desk/people/", roles.desk, name="desk"),
    path("desk/people/give/", roles.give, name="give"),
    path("desk/people/role/<int:pk>/take/", roles.take, name="take"),
    path("desk/groups/", bodies.groups, name="groups"),
    path("desk/groups/new/", bodies.make, name="make_body"),
    path("desk/groups/<int:pk>/", bodies.body, name="body"),
    path("desk/groups/<int:pk>/seats/", bodies.seats, name="seats"),
    path("desk/groups/<int:pk>/add/", bodies.add, name="add_member"),
    path("desk/groups/member/<int:pk>/", bodies.member, name="member"),
    path("desk/words/", town.words, name="words"),
    path("desk/town/", town.details, name="town"),
]
