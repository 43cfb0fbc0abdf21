"""The addresses of the votes, by subject."""

from samenraad.ballots.urls import board, booth, paper, roll

app_name = "ballots"

urlpatterns = [
    *booth.urlpatterns,
    *board.urlpatterns,
    *roll.urlpatterns,
    *paper.urlpatterns,
]
