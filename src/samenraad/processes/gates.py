"""The six gates of a process, gathered from the cards on the shelf."""

from __future__ import annotations

from samenraad.cards import Gate
from samenraad.processes.models import Process
from samenraad.processes.shelf import shelf


def gates(process: Process) -> list[Gate]:
    """All gates that a room or an instrument of this house speaks for, in order."""
    found: dict[int, Gate] = {}
    for card in shelf():
        for one in card.gates(process):
            if one.applies or one.number not in found:
                found[one.number] = one
    return [found[number] for number in sorted(found)]


def passed_among(process: Process, found: list[Gate]) -> set[int]:
    """The numbers of the gates that are met, do not apply, or were passed with a public reason."""
    overridden = {override.gate for override in process.overrides.all()}
    return {one.number for one in found if not one.applies or not one.missing or one.number in overridden}


def gate(process: Process, number: int) -> Gate:
    """One gate; a gate that no card speaks for does not apply (the lot, where nothing is drawn)."""
    for card in shelf():
        if card.speaks_for and number not in card.speaks_for:
            continue
        for one in card.gates(process):
            if one.number == number and one.applies:
                return one
    return Gate(number, "", applies=False)


def passed(process: Process, number: int) -> bool:
    """Met, not applicable, or passed with a public reason."""
    state = gate(process, number)
    return not state.applies or not state.missing or process.overrides.filter(gate=number).exists()
