"""Everything that changes a process, by subject: its plan, its promise, who takes part, how texts travel."""

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
    "carry",
    "change_rung",
    "close",
    "conclude",
    "copy_process",
    "create",
    "draft_promise",
    "edit",
    "merge",
    "override_gate",
    "propose",
    "publish",
    "publish_promise",
    "remove_step",
    "schedule",
    "split",
    "start_step",
    "support",
    "take_part",
    "unmerge",
    "unpublish",
    "unsupport",
    "withdraw",
]
