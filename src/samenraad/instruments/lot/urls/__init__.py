"""The addresses of a lot, by subject. `<int:step>/` is the page of the lot itself."""

from samenraad.instruments.lot.urls import draw, figures, letters, plan, register, replies, seats

app_name = "lot"

urlpatterns = [
    *plan.urlpatterns,
    *register.urlpatterns,
    *letters.urlpatterns,
    *replies.urlpatterns,
    *draw.urlpatterns,
    *seats.urlpatterns,
    *figures.urlpatterns,
]
