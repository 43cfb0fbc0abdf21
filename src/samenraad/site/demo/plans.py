"""What is coming: processes that are public and have yet to begin."""

from __future__ import annotations

from typing import Any

from samenraad.processes import actions
from samenraad.processes.models import Goal, Process, RoomItem
from samenraad.site.demo.content import read
from samenraad.site.demo.diary import Story
from samenraad.site.demo.lindenveld import Lindenveld
from samenraad.site.demo.telling import promise, put_to_work

OWN = (
    "title", "question", "summary", "policy_phase", "rung", "initiator", "initiator_kind", "commissioner",
    "commissioner_kind", "organiser", "organiser_kind",
)  # fmt: skip


def stories(town: Lindenveld) -> list[Story]:
    return [_story(town, row, -26 - 9 * number) for number, row in enumerate(read("plans")["plan"])]


def _story(town: Lindenveld, row: dict[str, Any], begun: int) -> Story:
    yield begun, 10
    process = _write(town, row)
    yield begun + 7, 9
    actions.publish(process=process, by=town.who["officer"])
    if "promise" in row:
        yield begun + 16, 21
        promise(town, process, {"text": row["promise"], "term_days": row["term_days"]}, town.council)
        put_to_work(town, process, {"title": row["step"]}, row["opens"], row["closes"])


def _write(town: Lindenveld, row: dict[str, Any]) -> Process:
    bram = town.who["officer"]
    contact = {"contact_name": bram.name, "contact_phone": "088 123 45 67"}
    process = actions.create(place=town.places[row["place"]], by=bram, **{key: row[key] for key in OWN}, **contact)
    actions.write(row=Goal(process=process, policy_phase=row["policy_phase"], text=row["goal"]), by=bram)
    actions.write(row=RoomItem(process=process, kind="open", text=row["open"]), by=bram)
    fixed = RoomItem(
        process=process, kind="fixed", text=row["fixed"], source=row["fixed_source"], level=row["fixed_level"]
    )
    actions.write(row=fixed, by=bram)
    return process
