from django.urls import path

from samenraad.instruments.ideas.views import desk, giving, intake, one, paper, public

app_name = "ideas"

urlpatterns = [
    path("<int:step>/", public.show, name="show"),
    path("<int:step>/map/", public.map_page, name="map"),
    path("<int:step>/points.json", public.points, name="points"),
    path("<int:step>/ideas.csv", public.as_csv, name="csv"),
    path("<int:step>/ideas.json", public.as_json, name="json"),
    path("<int:step>/new/", giving.write, name="new"),
    path("<int:step>/new/similar/", giving.similar, name="similar"),
    path("<int:step>/new/photo/", giving.photo, name="draft_photo"),
    path("<int:step>/new/who/", giving.who, name="who"),
    path("<int:step>/new/review/", giving.review, name="review"),
    path("<int:step>/new/receipt/", giving.receipt, name="receipt"),
    path("<int:step>/form.pdf", paper.form, name="form"),
    path("<int:step>/desk/", desk.desk, name="desk"),
    path("<int:step>/desk/merge/", desk.merge, name="merge"),
    path("<int:step>/desk/carry/", desk.carry, name="carry"),
    path("<int:step>/desk/hand-over/", desk.hand_over, name="hand_over"),
    path("<int:step>/desk/split/<int:number>/", desk.split, name="split"),
    path("<int:step>/desk/undo/<int:number>/", desk.undo, name="undo"),
    path("<int:step>/desk/key/", paper.key, name="key"),
    path("<int:step>/desk/settings/", paper.settings, name="settings"),
    path("<int:step>/import/", intake.start, name="import"),
    path("<int:step>/import/<int:pk>/", intake.columns, name="columns"),
    path("<int:step>/import/<int:pk>/check/", intake.check, name="check"),
    path("<int:step>/import/<int:pk>/lines.csv", intake.bad_lines, name="bad_lines"),
    path("<int:step>/import/<int:pk>/drop/", intake.drop, name="drop"),
    path("<int:step>/<int:number>/", one.idea, name="idea"),
    path("<int:step>/<int:number>/photo/", one.photo, name="photo"),
    path("<int:step>/<int:number>/support/", one.support, name="support"),
    path("<int:step>/<int:number>/unsupport/", one.unsupport, name="unsupport"),
    path("<int:step>/<int:number>/edit/", one.edit, name="edit"),
    path("<int:step>/<int:number>/withdraw/", one.withdraw, name="withdraw"),
]
