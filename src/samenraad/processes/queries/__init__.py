"""Reading a process, by subject: the public page, its loop and story, the promise, the plan, the desk, the data."""

from samenraad.processes.queries.data import all_known, exactly, known, left_behind, readable, tables
from samenraad.processes.queries.desk import desk, just_made, own_processes, process_rows, waiting_for
from samenraad.processes.queries.loop import Here, here, loop, moments
from samenraad.processes.queries.page import filled, page
from samenraad.processes.queries.plan import after, first_unmet, offers, plan, sections
from samenraad.processes.queries.promises import current, versions
from samenraad.processes.queries.story import story, tell, whole_story
from samenraad.processes.queries.work import underway

__all__ = [
    "Here",
    "after",
    "all_known",
    "current",
    "desk",
    "exactly",
    "filled",
    "first_unmet",
    "here",
    "just_made",
    "known",
    "left_behind",
    "loop",
    "moments",
    "offers",
    "own_processes",
    "page",
    "plan",
    "process_rows",
    "readable",
    "sections",
    "story",
    "tables",
    "tell",
    "underway",
    "versions",
    "waiting_for",
    "whole_story",
]
