"""The shelf: what each room and each instrument says of itself.

Knowledge that runs upstairs goes through here, never through an import. A room of the spine puts a `Room` on
it (in its `room.py`), an instrument an `Instrument` (in its `instrument.py`); the shelf finds the folders.
The cards themselves live in `samenraad.cards`, below all rooms.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from samenraad.cards import Figure, Fit, Gate, Instrument, Job, Phase, Room, Table, Todo
from samenraad.refusals import Refusal

__all__ = [
    "Figure",
    "Fit",
    "Gate",
    "Instrument",
    "Job",
    "Phase",
    "Room",
    "Shelf",
    "Table",
    "Todo",
    "instrument_folders",
    "shelf",
]


@dataclass(frozen=True)
class Shelf:
    rooms: tuple[Room, ...] = ()
    instruments: Mapping[str, Instrument] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Room]:
        yield from self.rooms
        yield from self.instruments.values()

    def instrument(self, kind: str) -> Instrument:
        if kind not in self.instruments:
            raise Refusal("instrument.unknown", kind=kind)
        return self.instruments[kind]

    def job(self, kind: str) -> Job:
        """How this kind of work is done, whichever card says it."""
        for card in self:
            if kind in card.jobs:
                return card.jobs[kind]
        raise Refusal("work.unknown", kind=kind)


@cache
def shelf() -> Shelf:
    """Every card in the house, found by looking into the folders."""
    rooms = tuple(
        import_module(f"{app.name}.room").card
        for app in apps.get_app_configs()
        if app.name.startswith("samenraad.") and find_spec(f"{app.name}.room")
    )
    return Shelf(rooms, {card.kind: card for card in map(_card, instrument_folders())})


def instrument_folders() -> list[str]:
    """The names of the folders under `samenraad.instruments`, in alphabetical order."""
    spec = find_spec("samenraad.instruments")  # looked at, not imported: the shelf stands below them
    paths = spec.submodule_search_locations if spec else None
    return sorted(module.name for module in pkgutil.iter_modules(paths or []) if module.ispkg)


def _card(folder: str) -> Instrument:
    card: Instrument = import_module(f"samenraad.instruments.{folder}.instrument").card
    return card
