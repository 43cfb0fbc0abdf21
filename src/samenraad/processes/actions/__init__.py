"""Everything that changes a process, by subject: its plan, its promise, who takes part, how texts travel."""

from samenraad.processes.actions.calendar import load_elections, remove_election, save_election
from samenraad.processes.actions.describe import change, change_step, strike, write
from samenraad.processes.actions.forget import forget
from samenraad.processes.actions.meetings import cancel_meeting, expect, note_attendance, plan_meeting
from samenraad.processes.actions.part import edit, propose, support, take_part, unsupport, withdraw
from samenraad.processes.actions.plan import (
    add_step,
    change_rung,
    close,
    conclude,
    copy_process,
    create,
    override_gate,
    publish,
    remove_step,
    schedule,
    start_step,
    unpublish,
)
from samenraad.processes.actions.promises import draft_promise, publish_promise
from samenraad.processes.actions.travel import carry, merge, split, unmerge

__all__ = [
    "add_step",
    "cancel_meeting",
    "carry",
    "change",
    "change_rung",
    "change_step",
    "close",
    "conclude",
    "copy_process",
    "create",
    "draft_promise",
    "edit",
    "expect",
    "forget",
    "load_elections",
    "merge",
    "note_attendance",
    "override_gate",
    "plan_meeting",
    "propose",
    "publish",
    "publish_promise",
    "remove_election",
    "remove_step",
    "save_election",
    "schedule",
    "split",
    "start_step",
    "strike",
    "support",
    "take_part",
    "unmerge",
    "unpublish",
    "unsupport",
    "withdraw",
    "write",
]
