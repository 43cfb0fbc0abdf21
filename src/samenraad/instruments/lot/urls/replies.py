from __future__ import annotations

from django.urls import URLPattern, path

from samenraad.instruments.lot.views import cards, phone, replies, replies_desk

urlpatterns: list[URLPattern] = [
    path("<int:step>/reply/", replies.reply, name="reply"),
    path("<int:step>/reply/yes/", replies.yes, name="reply_yes"),
    path("<int:step>/reply/questions/<int:number>/", replies.page, name="reply_page"),
    path("<int:step>/reply/reach/", replies.reach, name="reply_reach"),
    path("<int:step>/reply/check/", replies.check, name="reply_check"),
    path("<int:step>/reply/no/", replies.no, name="reply_no"),
    path("<int:step>/reply/receipt/", replies.receipt, name="reply_receipt"),
    path("<int:step>/replies/", replies_desk.overview, name="replies"),
    path("<int:step>/replies/try/", replies_desk.try_out, name="reply_try"),
    path("<int:step>/replies/<int:pk>/judge/", replies_desk.judge, name="reply_judge"),
    path("<int:step>/phone/", phone.find, name="phone"),
    path("<int:step>/phone/<int:pk>/", phone.call, name="phone_call"),
    path("<int:step>/phone/<int:pk>/back/", phone.take_back, name="phone_take_back"),
    path("<int:step>/cards/", cards.scan, name="cards"),
    path("<int:step>/cards/<int:pk>/", cards.key, name="card"),
    path("<int:step>/cards/<int:pk>/differs/", cards.decide, name="card_differs"),
]
