from __future__ import annotations

from django.urls import URLPattern, path

from samenraad.instruments.lot.views import letters, letters_back

urlpatterns: list[URLPattern] = [
    path("<int:step>/letters/", letters.show, name="letters"),
    path("<int:step>/letters/text/", letters.text, name="letter_text"),
    path("<int:step>/letters/specimen.pdf", letters.specimen, name="letter_specimen"),
    path("<int:step>/letters/<int:wave>/make/", letters.make, name="letters_make"),
    path("<int:step>/letters/<int:wave>/remind/", letters.remind, name="letters_remind"),
    path("<int:step>/letters/piles/", letters.piles, name="letters_piles"),
    path("<int:step>/letters/back/", letters_back.came_back, name="letters_back"),
    path("<int:step>/letters/again/", letters_back.again, name="letter_again"),
]
