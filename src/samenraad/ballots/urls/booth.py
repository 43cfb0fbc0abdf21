"""Addresses: the booth."""

from django.urls import URLPattern, path

from samenraad.ballots.views import booth, receipt

urlpatterns: list[URLPattern] = [
    path("vote/", booth.enter, name="enter"),
    path("vote/c/<str:code>/", booth.code, name="code"),
    path("vote/check/", booth.review, name="review"),
    path("vote/cast/", booth.cast, name="cast"),
    path("vote/stop/", booth.stop, name="stop"),
    path("vote/still/", booth.still, name="still"),
    path("vote/receipt/", receipt.receipt, name="receipt"),
    path("vote/receipt/informed/", receipt.informed, name="informed"),
    path("vote/receipt.json", receipt.receipt_file, name="receipt_file"),
]
