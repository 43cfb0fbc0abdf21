"""Ideas (S30): residents bring ideas, support them and talk about them; the good ones go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenraad.cards import Figure, Fit, Instrument, Phase, Table, Todo
from samenraad.processes.models import Step

if TYPE_CHECKING:
    from samenraad.people.models import Person
    from samenraad.processes.models import Process, Proposal, Source


def _imported(facts: Any) -> str:
    """In the public story: how many came along from elsewhere."""
    count = facts.get("count", 0)
    text = ngettext("{count} idea collected elsewhere was added", "{count} ideas collected elsewhere were added", count)
    return text.format(count=count)


class Ideas(Instrument):
    kind = "ideas"
    name: Any = gettext_lazy("Ideas")
    noun = gettext_lazy("idea")
    verb = gettext_lazy("give your idea")
    promise = gettext_lazy("Every idea gets a number, and you hear what became of yours.")
    sources = ("S30", "R178", "R179", "R180", "R216", "R217")
    story = {"ideas.imported": _imported}
    fit = Fit(
        rungs=("listen", "consult", "coproduce"),
        policy_phases=("agenda", "preparation", "execution"),
        group_size=(10, 100_000),
        hours=(0.1, 1),
        cost_eur=(0, 5_000),
    )
    presets = {
        "open": {"name": gettext_lazy("An open call"), "settings": {"themes": [], "photos": True}},
        "agenda": {
            "name": gettext_lazy("What should the council talk about?"),
            "settings": {"themes": [], "photos": False},
        },
        "neighbourhood": {
            "name": gettext_lazy("Ideas for the neighbourhood"),
            "settings": {"themes": ["Groen", "Spelen", "Verkeer", "Veiligheid", "Samen doen"], "photos": True},
        },
    }

    def desk_url(self, step: Step) -> str:
        return reverse("ideas:desk", args=[step.pk])

    def phases(self, step: Step) -> list[Phase]:
        from samenraad.discussion.queries import why_closed

        closed = why_closed(step)
        everybody, staff = _("everybody who lives or works here"), _("the organisers")
        return [
            Phase(_("Giving an idea"), everybody, not closed, closed),
            Phase(_("Supporting and commenting"), everybody, not closed, closed),
            Phase(_("Putting together, splitting, sending on"), staff, open=True),
        ]

    def step_todo(self, step: Step, today: date) -> list[Todo]:
        from samenraad.instruments.ideas.queries import todo

        return todo(step, today)

    def figures(self, step: Step) -> list[Figure]:
        from samenraad.instruments.ideas.queries import figures

        return figures(step)

    def step_tables(self, step: Step) -> list[Table]:
        """Everything that was ever public; what was hidden or taken back stays behind."""
        from samenraad.instruments.ideas.queries import HEADER, as_rows
        from samenraad.processes.models import Proposal

        gone = [Proposal.Status.HIDDEN, Proposal.Status.WITHDRAWN]
        found = Proposal.objects.filter(step=step).exclude(status__in=gone)
        return [Table("ideas", HEADER, as_rows(found.select_related("idea", "place").order_by("number")))]

    def copy(self, step: Step, process: Process) -> Step:
        return Step.objects.create(
            process=process,
            kind=self.kind,
            title=step.title,
            introduction=step.introduction,
            settings=step.settings,
        )

    def owe(self, occasion: str, *, about: str, proposal: Proposal, sources: Sequence[Source]) -> None:
        """A text that comes into a collection of ideas, split or carried, gets its own row beside it."""
        from samenraad.instruments.ideas.actions import twin

        if occasion == "carried" and proposal.step.kind == self.kind:
            twin(proposal)

    def forget(self, person: Person) -> None:
        """The words stay, without a name. A photo can show who somebody is or where they live: it goes."""
        from samenraad.instruments.ideas.actions import drop_photo
        from samenraad.instruments.ideas.models import Idea, Upload
        from samenraad.processes.models import Source

        own = Source.objects.filter(contribution__person=person, part=Source.Part.AUTHOR, origin=F("proposal"))
        for idea in Idea.objects.filter(proposal__in=own.values("proposal")).exclude(photo=""):
            drop_photo(idea=idea)
        Upload.objects.filter(by=person).update(by=None)

    def known(self, person: Person) -> dict[str, Any]:
        from samenraad.instruments.ideas.queries import known

        return known(person)

    def tick(self, today: date) -> list[str]:
        from samenraad.instruments.ideas.actions import tidy_up

        gone = tidy_up(today)
        return [f"{gone} drafts of ideas thrown away"] if gone else []


card = Ideas()
