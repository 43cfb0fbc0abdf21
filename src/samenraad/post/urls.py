from django.urls import path

from samenraad.post.views import calls, desk, letters

app_name = "post"
urlpatterns = [
    path("desk/post/", desk.desk, name="desk"),
    path("desk/post/messages/", desk.messages, name="messages"),
    path("desk/post/message/<int:pk>/arrived/", desk.arrived, name="arrived"),
    path("desk/post/message/<int:pk>/again/", desk.again, name="again"),
    path("desk/post/letters/", letters.put_together, name="put_together"),
    path("desk/post/batch/<int:pk>/", letters.batch, name="batch"),
    path("desk/post/batch/<int:pk>.pdf", letters.pdf, name="pdf"),
    path("desk/post/batch/<int:pk>.csv", letters.addresses, name="addresses"),
    path("desk/post/batch/<int:pk>/apart/", letters.take_apart, name="take_apart"),
    path("desk/post/calls/", calls.calls, name="calls"),
    path("desk/post/calls.csv", calls.as_csv, name="calls_csv"),
    path("desk/post/call/<int:pk>/", calls.settle, name="call"),
]
