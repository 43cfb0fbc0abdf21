"""What is going on: the process from question to answer, and the texts that travel through it."""

from samenraad.processes.models.dates import Attendance, Election, Meeting
from samenraad.processes.models.plan import Goal, Override, PolicyPhase, Process, Promise, RoomItem, Rung, Step
from samenraad.processes.models.voices import Contribution, Proposal, Source, digest_of
from samenraad.processes.models.work import UNDERWAY, Work

__all__ = [
    "UNDERWAY",
    "Attendance",
    "Contribution",
    "Election",
    "Goal",
    "Meeting",
    "Override",
    "PolicyPhase",
    "Process",
    "Promise",
    "Proposal",
    "RoomItem",
    "Rung",
    "Source",
    "Step",
    "Work",
    "digest_of",
]
