"""Addresses: paper and the books."""

from django.urls import URLPattern, path

from samenraad.ballots.views import books, paper

urlpatterns: list[URLPattern] = [
    path("votes/<str:key>/desk/paper/", paper.printer, name="paper"),
    path("votes/<str:key>/desk/stubs/", paper.stub, name="stubs"),
    path("votes/<str:key>/desk/sheets/", paper.sheet, name="sheets"),
    path("votes/<str:key>/desk/sheets/<str:number>/", paper.differs, name="sheet"),
    path("votes/<str:key>/books/", books.public, name="books"),
    path("votes/<str:key>/desk/books/", books.desk, name="books_desk"),
    path("votes/of/<int:step>/books/", books.of_step, name="books_of_step"),
    path("votes/<str:key>/desk/seal/", books.seal, name="seal"),
]
