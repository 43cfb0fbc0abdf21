"""What is filled in on the desks: answers, notes, measures, feedback, evaluation, hand-over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenraad.followup.actions import version_of
from samenraad.followup.models import Answer, Evaluation, Item, Measure, SideNote
from samenraad.people.models import Body, Person, Role
from samenraad.post.models import Medium
from samenraad.processes.models import Process, Proposal
from samenraad.texts import translated
from samenraad.ui.forms import DateInput

LONGEST = 20_000


def staff(process: Process) -> QuerySet[Person]:
    """Who can be asked to prepare an answer or to carry out a measure."""
    roles = Role.objects.filter(scope__in=["", process.thread])
    return Person.objects.filter(roles__in=roles, forgotten_at=None).order_by("name").distinct()


class AnswerForm(forms.Form):
    """One row: does it meet the conditions, what is decided, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What is decided?"),
        choices=[(one.value, one.label) for one in Answer.Decision],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a decision.")},
    )
    forwarded_to = forms.CharField(
        label=gettext_lazy("Forwarded to whom?"), max_length=160, required=False,
        help_text=gettext_lazy("Only when it is not yours to decide. For instance: the province, the water board."),
    )  # fmt: skip
    reasons = forms.CharField(
        label=gettext_lazy("The reasons"), widget=forms.Textarea, max_length=LONGEST,
        help_text=gettext_lazy("In plain words, to the people who wrote it. They will read exactly this."),
        error_messages={"required": gettext_lazy("Give the reasons. The people who wrote this will read them.")},
    )  # fmt: skip
    decided_on = forms.DateField(label=gettext_lazy("Decided on"), widget=DateInput, initial=timezone.localdate)
    document = forms.URLField(
        label=gettext_lazy("Link to the decision"), required=False, assume_scheme="https",
        help_text=gettext_lazy("For instance the council's decision."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        answer = getattr(item, "answer", None)
        initial: dict[str, Any] = {"seen": version_of(answer)}
        if answer:
            names = ("decision", "forwarded_to", "reasons", "decided_on", "document")
            initial |= {name: getattr(answer, name) for name in names}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.conditions = _conditions(item)
        for number, text in enumerate(self.conditions):
            met = item.meets[number] if number < len(item.meets) else None
            self.fields[f"meets_{number}"] = forms.TypedChoiceField(
                label=str(text), required=False, widget=forms.RadioSelect, initial=_WORDS[met],
                choices=[("yes", _("yes")), ("no", _("no")), ("", _("not looked at yet"))],
                coerce=lambda word: {"yes": True, "no": False}.get(word), empty_value=None,
            )  # fmt: skip
        self.order_fields([*(f"meets_{number}" for number in range(len(self.conditions))), "decision"])

    def condition_fields(self) -> list[forms.BoundField]:
        return [self[f"meets_{number}"] for number in range(len(self.conditions))]

    def answer_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not field.name.startswith("meets_")]

    @property
    def meets(self) -> list[bool | None]:
        return [self.cleaned_data[f"meets_{number}"] for number in range(len(self.conditions))]

    def answer(self) -> dict[str, Any]:
        names = ("decision", "forwarded_to", "reasons", "decided_on", "document", "seen")
        return {name: self.cleaned_data[name] for name in names}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("decision") == Answer.Decision.FORWARDED and not data.get("forwarded_to", "").strip():
            self.add_error("forwarded_to", _("Fill in to whom this was forwarded."))
        return data


_WORDS = {True: "yes", False: "no", None: ""}


def _conditions(item: Item) -> Sequence[Any]:
    promise = item.handover.promise
    return [translated(text) for text in promise.preconditions] if promise else []


class NoteForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What kind of note?"), choices=SideNote.Kind.choices)
    text = forms.CharField(
        label=gettext_lazy("The note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST,
        help_text=gettext_lazy("It stands beside the text, in public with the answer. The text itself stays as it is."),
    )  # fmt: skip


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who prepares this answer?"), queryset=Person.objects.none(), required=False,
        empty_label=gettext_lazy("nobody yet"),
    )  # fmt: skip

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"owner": item.owner_id}, **kwargs})
        self.fields["owner"].queryset = staff(item.handover.process)  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    explained_on = forms.DateField(
        label=gettext_lazy("Day of the public meeting in which the answers are explained"),
        widget=DateInput,
        required=False,
    )


class DelayForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Why does it take longer?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=gettext_lazy("Everybody will be able to read it. The days go on counting."),
    )  # fmt: skip
    until = forms.DateField(label=gettext_lazy("When will the answers be there?"), widget=DateInput, required=False)


class HandoverForm(forms.Form):
    """Which texts, to whom, on which day."""

    proposals = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Texts to hand over"), queryset=Proposal.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    numbers = forms.CharField(
        label=gettext_lazy("Or by their numbers"), max_length=2000, required=False,
        help_text=gettext_lazy("For instance: 3, 7, 12-20. Only for the step shown above."),
    )  # fmt: skip
    body = forms.ModelChoiceField(label=gettext_lazy("Who answers?"), queryset=Body.objects.order_by("name"))
    on = forms.DateField(label=gettext_lazy("Day of the hand-over"), widget=DateInput, initial=timezone.localdate)

    def __init__(self, *args: Any, texts: QuerySet[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        self.fields["proposals"].queryset = texts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        ticked = list(data.get("proposals") or [])
        typed = self._typed(data.get("numbers", ""))
        data["chosen"] = list(dict.fromkeys([*ticked, *typed]))
        if not data["chosen"] and not self.errors:
            self.add_error("proposals", _("Choose at least one text."))
        return data

    def _typed(self, text: str) -> list[Proposal]:
        numbers = numbers_in(text)
        if numbers is None:
            self.add_error("numbers", _("Write numbers with commas between them, for instance: 3, 7, 12-20."))
            return []
        found = {one.number: one for one in self.texts.filter(number__in=numbers)} if numbers else {}
        missing = [str(number) for number in numbers if number not in found]
        if missing:
            self.add_error(
                "numbers", _("These are not there, or not open: {numbers}.").format(numbers=", ".join(missing[:20]))
            )
        return [found[number] for number in numbers if number in found]


def numbers_in(text: str) -> list[int] | None:
    """3, 7, 12-14 -> [3, 7, 12, 13, 14]; None when it is something else."""
    numbers: list[int] = []
    for part in filter(None, re.split(r"[,;\s]+", text.replace("–", "-").strip())):
        match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        if not match:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if not 0 <= last - first <= 1000:
            return None
        numbers += range(first, last + 1)
    return list(dict.fromkeys(numbers))


class MeasureForm(forms.Form):
    """What will be done, by whom, before when."""

    answer = forms.ModelChoiceField(
        label=gettext_lazy("Because of which answer?"), queryset=Answer.objects.none(), required=False,
        empty_label=gettext_lazy("none: it stands beside the answers"),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("What will be done?"), max_length=240)
    due = forms.DateField(label=gettext_lazy("Ready before"), widget=DateInput)
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who does it?"), queryset=Person.objects.none(), required=False,
        empty_label=gettext_lazy("nobody by name"),
    )  # fmt: skip
    department = forms.CharField(label=gettext_lazy("Department or organisation"), max_length=160, required=False)
    budget = forms.DecimalField(
        label=gettext_lazy("Budget in euros"),
        min_value=0,
        max_value=10**12,
        decimal_places=2,
        required=False,
        localize=True,
    )

    def __init__(self, *args: Any, process: Process, answers: QuerySet[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["answer"]
        field.queryset = answers.order_by("item__handover", "item__number")
        field.label_from_instance = lambda answer: f"{answer.item.number}. {answer.item.proposal.title}"
        self.fields["owner"].queryset = staff(process)  # type: ignore[attr-defined]

    def measure(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        budget = data.pop("budget")
        return {**data, "budget_cents": None if budget is None else int(budget * 100)}


class UpdateForm(forms.Form):
    """How it stands: half a minute's work."""

    text = forms.CharField(
        label=gettext_lazy("How does it stand?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=gettext_lazy("One or two sentences. The people who asked for it read exactly this."),
    )  # fmt: skip
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=Measure.State.choices, widget=forms.RadioSelect)
    due = forms.DateField(label=gettext_lazy("Ready before"), widget=DateInput)
    why_moved = forms.CharField(
        label=gettext_lazy("Why did the date move?"), max_length=1000, required=False,
        help_text=gettext_lazy("Only when you change the date."),
    )  # fmt: skip
    evidence = forms.CharField(
        label=gettext_lazy("Where can one see it?"), max_length=240, required=False,
        help_text=gettext_lazy("A decision number, a link, a photo. Needed when it is done."),
    )  # fmt: skip

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"state": measure.state, "due": measure.due}, **kwargs})
        self.measure = measure

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("due") and data["due"] != self.measure.due and not data.get("why_moved", "").strip():
            self.add_error("why_moved", _("The date moved. Say why; everybody will be able to read it."))
        done = data.get("state") == Measure.State.DONE != self.measure.state
        if done and not data.get("evidence", "").strip():
            self.add_error("evidence", _("Done? Show it: a decision number, a link, a photo."))
        return data


class WhereForm(forms.Form):
    where = forms.CharField(
        label=gettext_lazy("Where does it hang or stand?"), max_length=240,
        help_text=gettext_lazy("For instance: on the poster at the market, in the neighbourhood paper of March."),
    )  # fmt: skip


class AgainForm(forms.Form):
    medium = forms.ChoiceField(choices=Medium.choices)


class EvaluationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Evaluation
        fields = ["wrong", "lessons", "service", "democracy", "relations"]
        labels = {
            "wrong": gettext_lazy("What went wrong?"),
            "lessons": gettext_lazy("What will you do differently next time?"),
            "service": gettext_lazy("What got better for residents?"),
            "democracy": gettext_lazy("What did it do for local democracy?"),
            "relations": gettext_lazy("What did it do for how people get along?"),
        }
        help_texts = {
            "wrong": gettext_lazy("Be honest: the next process learns from it. Everybody will be able to read it."),
            "service": gettext_lazy("When nothing did, say that, and why."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False  # a draft may have gaps; only what becomes public must be complete
