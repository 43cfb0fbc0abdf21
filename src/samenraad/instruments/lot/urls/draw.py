from __future__ import annotations

from django.urls import URLPattern, path

from samenraad.instruments.lot.views import draw, lottery, verify

#: what can be downloaded: name of the address -> name of the file
FILES = {
    "draw_lottery": "lottery.csv",
    "draw_rules": "rules.json",
    "draw_seal": "seal.txt",
    "draw_chances": "chances.csv",
    "draw_report": "report.txt",
    "draw_report_json": "report.json",
    "draw_script": "verify_draw.py",
    "draw_transcript": "transcript.json",
}

urlpatterns: list[URLPattern] = [
    path("<int:step>/draw/", draw.show, name="draw"),
    path("<int:step>/draw/live/", draw.live, name="draw_live"),
    path("<int:step>/draw/number/", draw.number, name="draw_number"),
    path("<int:step>/draw/panels/", draw.panels, name="panels"),
    path("<int:step>/draw/draw.zip", draw.archive, name="draw_zip"),
    *(path(f"<int:step>/draw/{file}", draw.file, {"name": file}, name=name) for name, file in FILES.items()),
    path("<int:step>/verify/", verify.verify, name="verify"),
    path("<int:step>/desk/draw/", lottery.prepare, name="lottery"),
    path("<int:step>/desk/draw/open-again/", lottery.unfreeze, name="unfreeze"),
    path("<int:step>/desk/draw/publish/", lottery.publish, name="publish_lottery"),
    path("<int:step>/desk/draw/throw/", lottery.throw, name="throw"),
    path("<int:step>/desk/draw/witnesses/", lottery.sign, name="sign"),
]
