"""The level of influence: what each rung means for who decides (R154), and when only informing is left (R172, R199)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.processes import rules
from samenraad.processes.models import Process, Rung

MEANING = {
    Rung.INFORM: _("The choice has been made. You hear what will happen and why."),
    Rung.LISTEN: _("The town hall hears what you live with. What it does with that, it decides itself."),
    Rung.CONSULT: _("You advise. The council decides, and answers every proposal with its reasons."),
    Rung.COPRODUCE: _("Residents and town hall make the plan together. The council decides on it."),
    Rung.CODECIDE: _("Residents and council decide together. Neither can go on without the other."),
    Rung.DECIDE: _("Residents decide. The town hall does what they chose."),
}
WHY_ONLY_INFORM = {
    "decided": _("What was decided before the start already answers the question."),
    "nothing_open": _("Nothing in this question is open or negotiable."),
}


@dataclass(frozen=True)
class RungLine:
    """One rung of the ladder, for the page that explains them all."""

    word: str
    name: str
    meaning: str
    current: bool


@dataclass(frozen=True)
class Influence:
    """How much say residents have in this process, and why it is not more."""

    rung: str
    name: str
    meaning: str
    why_only_inform: str
    announced: str  # the rung that was announced, when informing is all that is left of it

    @property
    def forced(self) -> bool:
        return bool(self.why_only_inform)

    @property
    def ladder(self) -> tuple[RungLine, ...]:
        return tuple(
            RungLine(rung.value, str(rung.label), str(MEANING[rung]), rung.value == self.rung) for rung in Rung
        )


def influence(process: Process) -> Influence:
    code = only_inform(process)
    rung = Rung.INFORM if code else Rung(process.rung)
    announced = str(Rung(process.rung).label) if code and process.rung != Rung.INFORM else ""
    why = str(WHY_ONLY_INFORM[code]) if code else ""
    return Influence(rung.value, str(rung.label), str(MEANING[rung]), why, announced)


def only_inform(process: Process) -> str:
    """The code of the reason why only informing is left, or an empty text."""
    facts = [rules.RoomFact(item.kind, item.settles_question, item.decided_on) for item in process.room.all()]
    return rules.forced_to_inform(facts, started(process))


def started(process: Process) -> date:
    """When residents were first asked: the first step, else the publication, else today."""
    opened = [step.opens for step in process.steps.all() if step.opens]
    moments = [moment for moment in (*opened, process.published_at) if moment]
    return timezone.localtime(min(moments)).date() if moments else timezone.localdate()
