"""What each room and each instrument says of itself: the kinds of cards, and what stands on them.

Low in the house on purpose: a room may lie below the shelf (`samenraad.processes.shelf`) and still put a card
on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from samenraad.people.models import Person
    from samenraad.processes.models import Process, Proposal, Source, Step


@dataclass(frozen=True)
class Todo:
    """Something that waits for somebody: one line on a desk."""

    what: str
    url: str
    action: str
    due: date | None = None
    detail: str = ""
    where: str = ""

    def days_left(self, today: date) -> int | None:
        return (self.due - today).days if self.due else None


@dataclass(frozen=True)
class Gate:
    """One of the six gates, as it stands for one process. `missing` are sentences; empty means met."""

    number: int
    name: str
    missing: tuple[str, ...] = ()
    since: date | None = None
    url: str = ""
    applies: bool = True


@dataclass(frozen=True)
class Figure:
    """A number with its sentence."""

    name: str
    value: int | float
    note: str = ""


@dataclass(frozen=True)
class Table:
    """An export: rows are made when they are read. A table always has its header, also when it is empty."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]] = ()


@dataclass(frozen=True)
class Phase:
    """What may be done in a step now, and by whom; locked ones say why."""

    name: str
    who: str
    open: bool
    why_not: str = ""


@dataclass(frozen=True)
class Moment:
    """Something with a date in a process: it happened, it goes on, or it is to come.

    `place` says where it stands on the loop: "handover", "answer", "measures" or "feedback"; without a place it
    stands in the story only. What is done is told by the ledger already; a done moment tells how far the loop
    is, and `about` (the ledger's name of the thing, "handover:5") gives the ledger's own sentence its link.
    """

    title: Any
    state: str = "later"  # done, now, later, late
    day: date | None = None
    until: date | None = None  # the last day: of an answer, the day on which it is due
    place: str = ""
    text: Any = ""
    who: Any = ""  # whose turn it is
    url: str = ""
    link: Any = ""
    about: str = ""


@dataclass(frozen=True)
class Telling:
    """What one person hears from an instrument about something that happened there, paragraph by paragraph. `large`: a
    letter about it is in large print."""

    subject: str
    paragraphs: tuple[str, ...]
    large: bool = False


@dataclass(frozen=True)
class Job:
    """Long work that is done in the background. `does` is "a.module:function", a function(work, report); it may be done
    twice, so it must be repeatable. `then` is the address where one goes on when it is done: it gets the step, and
    what the work was about when it `asks` for that."""

    does: str
    name: Any
    then: str
    asks: bool = False


class Room:
    """The card of a room in the spine. Every method has an answer for a room that has nothing to say."""

    name: str = ""
    #: act in the ledger -> sentence for the public story, with the entry's facts as {placeholders}
    story: Mapping[str, Any] = {}
    #: the gates this card speaks for, so that the others need not wait for it; empty: perhaps any
    speaks_for: tuple[int, ...] = ()
    #: what this card can have done in the background: kind of work ("lot.import") -> how
    jobs: Mapping[str, Job] = {}

    def todo(self, person: Person, today: date) -> list[Todo]:
        """What waits for this person, from this room."""
        return []

    def asked(self, person: Person) -> list[Todo]:
        """What this person is asked as a resident, and has not answered yet. It stands above their own part."""
        return []

    def gates(self, process: Process) -> list[Gate]:
        return []

    def moments(self, processes: Sequence[Process]) -> Mapping[int, Sequence[Moment]]:
        """What has a date in these processes, by the process's pk; asked for many at once, in a fixed number of
        queries."""
        return {}

    def tables(self, process: Process) -> list[Table]:
        return []

    def forget(self, person: Person) -> None:
        """Empty what says who this was. Published totals must stand."""

    def known(self, person: Person) -> dict[str, Any]:
        """All that this room holds about the person, ready to be downloaded."""
        return {}

    def owe(self, occasion: str, *, about: str, proposal: Proposal, sources: Sequence[Source]) -> None:
        """Word is owed to these people: `occasion` happened to their text. In the transaction in which it happens."""

    def holds(self, proposal: Proposal) -> bool:
        """Whether this text lies somewhere where it may no longer change."""
        return False

    def tick(self, today: date) -> list[str]:
        """Do what is due. Called often, also twice at once: must be idempotent. Says what it did."""
        return []


@dataclass(frozen=True)
class Fit:
    """What an instrument is fit for: the compass ranks on these."""

    rungs: tuple[str, ...] = ()
    policy_phases: tuple[str, ...] = ()
    group_size: tuple[int, int] = (1, 1_000_000)
    hours: tuple[float, float] = (0, 0)
    cost_eur: tuple[int, int] = (0, 0)
    conditions: tuple[str, ...] = ()


class Instrument(Room):
    """The card of an instrument: a room card with a kind, a promise and pages."""

    kind: str = ""
    #: what one text is called here ("idea"), in sentences such as "your idea no. 214"; empty: a proposal
    noun: Any = ""
    promise: Any = ""
    sources: Sequence[str] = ()
    fit: Fit = Fit()
    presets: Mapping[str, Mapping[str, Any]] = {}
    #: where it stands on the loop between 39 and 65 per cent, when dates do not say
    verb: Any = ""

    def url(self, step: Step) -> str:
        return reverse(f"{self.kind}:show", args=[step.pk])

    def desk_url(self, step: Step) -> str:
        return self.url(step)

    def phases(self, step: Step) -> list[Phase]:
        return []

    def step_todo(self, step: Step, today: date) -> list[Todo]:
        """What waits for the organiser in this step."""
        return []

    def figures(self, step: Step) -> list[Figure]:
        return []

    def tellings(self, step: Step, about: str, contributions: Sequence[int]) -> Mapping[int, Callable[[], Telling]]:
        """What each of these people hears about `about`, where they stand behind no text, by the contribution's pk. It
        is said later, when the language of the reader is in force. Who is not in it hears the usual sentence."""
        return {}

    def step_tables(self, step: Step) -> list[Table]:
        return []

    def copy(self, step: Step, process: Process) -> Step:
        """An empty twin in another process: settings yes, people and texts no."""
        raise Refusal("instrument.cannot_copy", kind=self.kind)
