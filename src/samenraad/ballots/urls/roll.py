"""Addresses: the list of voters, its letters, and lost ones."""

from django.urls import URLPattern, path

from samenraad.ballots.views import letters, lost, roll

urlpatterns: list[URLPattern] = [
    path("votes/<str:key>/desk/roll/", roll.show, name="roll"),
    path("votes/<str:key>/desk/roll/cards/", roll.cards, name="roll_cards"),
    path("votes/<str:key>/desk/roll/keep/", roll.keep, name="roll_keep"),
    path("votes/<str:key>/desk/roll/list/<int:pk>/", roll.check, name="roll_list"),
    path("votes/<str:key>/desk/roll/list/<int:pk>/lines.csv", roll.bad_lines, name="roll_bad_lines"),
    path("votes/<str:key>/desk/roll/list/<int:pk>/read/", roll.read_in, name="roll_read"),
    path("votes/<str:key>/desk/roll/list/<int:pk>/drop/", roll.drop, name="roll_drop"),
    path("votes/<str:key>/desk/roll/lost/", lost.search, name="lost"),
    path("votes/<str:key>/desk/roll/lost/code/", lost.by_code, name="lost_code"),
    path("votes/<str:key>/desk/letters/", letters.show, name="letters"),
    path("votes/<str:key>/desk/letters/make/", letters.make, name="letters_make"),
    path("votes/<str:key>/desk/letters/piles/", letters.piles, name="letters_piles"),
    path("votes/<str:key>/desk/letters/back/", letters.back, name="letters_back"),
    path("votes/<str:key>/desk/letters/text/", letters.text, name="letter_text"),
    path("votes/<str:key>/desk/letters/specimen.pdf", letters.specimen, name="letter_specimen"),
    path("votes/of/<int:step>/roll/", roll.of_step, name="roll_of_step"),
    path("votes/of/<int:step>/roll/<int:pk>/", roll.list_of_step, name="roll_list_of_step"),
    path("votes/of/<int:step>/letters/", letters.of_step, name="letters_of_step"),
]
