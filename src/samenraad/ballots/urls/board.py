"""Addresses: the board, receipts, checkpoints, and all that can be downloaded."""

from django.urls import URLPattern, path

from samenraad.ballots.views import board, checkpoints, files

urlpatterns: list[URLPattern] = [
    path("votes/<slug:key>/", board.check, name="check"),
    path("votes/<slug:key>/receipt/", board.find, name="find"),
    path("votes/<slug:key>/receipt/file/", board.look, name="look"),
    path("votes/<slug:key>/board/", board.lines, name="board"),
    path("votes/<slug:key>/board/<int:number>/", board.line, name="line"),
    path("votes/<slug:key>/board/<int:number>.json", files.line, name="line_file"),
    path("votes/<slug:key>/board.jsonl", files.board, name="board_file"),
    path("votes/<slug:key>/files.zip", files.archive, name="files"),
    path("votes/<slug:key>/checkpoints.json", files.marks, name="checkpoints_file"),
    path("votes/<slug:key>/checkpoints/", checkpoints.show, name="checkpoints"),
    path("votes/<slug:key>/subscribe/", checkpoints.subscribe, name="subscribe"),
    path("votes/<slug:key>/subscribe/<slug:token>/", checkpoints.subscription, name="subscription"),
    path("votes/<slug:key>/desk/committee/", checkpoints.committee, name="committee"),
    path("votes/<slug:key>/desk/committee/<int:pk>/stop/", checkpoints.dismiss, name="dismiss"),
]
