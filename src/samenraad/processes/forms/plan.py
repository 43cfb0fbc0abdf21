"""What a process says of itself, in short forms. In public each of them asks why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Place
from samenraad.processes.ladder import MEANING, only_inform
from samenraad.processes.models import Goal, Process, RoomItem, Rung
from samenraad.texts import TranslatedFormField
from samenraad.ui.forms import DateInput


def reason_field(*, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("Why do you change this?"),
        help_text=help_text or _("This is public. Your reason stands in the story, for everybody to read."),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=1000,
        required=required,
        error_messages={"required": _("Say in a sentence why. Everybody will be able to read it.")},
    )


class _Explained(forms.ModelForm[Any]):
    """A form about a process, or about a part of it: asks why, once the process is public."""

    def __init__(self, *args: Any, process: Process | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process = process
        if process is not None and process.is_public:
            self.fields["reason"] = reason_field()

    @property
    def reason(self) -> str:
        return str(self.cleaned_data.get("reason", ""))

    @property
    def changes(self) -> dict[str, Any]:
        """The fields that got another value."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "reason"}


class TitleForm(_Explained):
    title = TranslatedFormField(
        label=_("Short name"), help_text=_("A few words by which people know it: “Greener centre”."), max_length=100
    )

    class Meta:
        model = Process
        fields = ("title", "place", "policy_phase")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].help_text = _("The whole town, or the neighbourhood that it is about.")
        phase = self.fields["policy_phase"]
        phase.label = _("In which phase is the policy?")
        phase.help_text = _("Late in the cycle there is less left to choose. Then say so.")
        place = self.fields["place"]
        if isinstance(place, forms.ModelChoiceField):
            place.queryset = Place.objects.order_by("kind", "name")
            if not self.instance.pk:
                place.initial = Place.objects.filter(parent=None).first()


class QuestionForm(_Explained):
    question = TranslatedFormField(
        label=_("The question"),
        help_text=_("One question, as you would ask it at a kitchen table. It must be open: no answer hides in it."),
        max_length=300,
    )

    class Meta:
        model = Process
        fields = ("question", "summary")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].help_text = _("Two or three sentences: what is going on, and why do you ask it now?")


class WhoForm(_Explained):
    """Who asks, who pays and who organises are three different things (R110)."""

    cost = forms.DecimalField(
        label=_("What does it cost?"), help_text=_("In euros, everything included."), required=False, min_value=0
    )

    class Meta:
        model = Process
        fields = (
            "initiator", "initiator_kind", "commissioner", "commissioner_kind", "organiser", "organiser_kind",
            "contact_name", "contact_phone",
        )  # fmt: skip
        labels = {
            "initiator": _("Who asked for it?"),
            "initiator_kind": _("What kind of party is that?"),
            "commissioner": _("Who pays for it?"),
            "commissioner_kind": _("What kind of party pays?"),
            "organiser": _("Who organises it?"),
            "organiser_kind": _("What kind of party organises it?"),
            "contact_name": _("Who can people put a question to?"),
            "contact_phone": _("On which phone number?"),
        }
        help_texts = {
            "initiator": _("For example: 412 residents, with a petition."),
            "organiser": _("Better not somebody who gains by the outcome. If it is, say so here."),
            "contact_phone": _("A number on which a person answers. Not everybody has e-mail."),
        }

    field_order = (
        "initiator", "initiator_kind", "commissioner", "commissioner_kind", "cost", "organiser", "organiser_kind",
        "contact_name", "contact_phone", "reason",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cents = self.instance.cost_cents
        self.initial["cost"] = None if cents is None else cents / 100
        self.order_fields(self.field_order)

    @property
    def changes(self) -> dict[str, Any]:
        found = super().changes
        if "cost" in found:
            cost = found.pop("cost")
            found["cost_cents"] = None if cost is None else int(cost * 100)
        return found


class InfluenceForm(forms.Form):
    rung = forms.ChoiceField(label=_("How much say do residents have?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do residents get less say than announced?"),
        help_text=_("Only needed when you go down the ladder while this is public. Everybody will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"rung": process.rung}} | kwargs)
        rungs = [Rung.INFORM] if only_inform(process) else list(Rung)
        self.fields["rung"].choices = [  # type: ignore[attr-defined]
            (rung.value, format_html('{} <span class="meta">{}</span>', str(rung.label).capitalize(), MEANING[rung]))
            for rung in rungs
        ]
        if not process.is_public:
            del self.fields["reason"]


class GoalForm(_Explained):
    class Meta:
        model = Goal
        fields = ("text", "policy_phase", "measured_by")
        help_texts = {
            "text": _("What is different for people when it has worked? Not which instrument you want to use."),
            "measured_by": _("A figure or a fact that you can look up afterwards."),
        }


class RoomItemForm(_Explained):
    class Meta:
        model = RoomItem
        fields = ("kind", "text", "level", "source", "decided_on", "settles_question")
        widgets = {"kind": forms.RadioSelect, "decided_on": DateInput}
        labels = {"kind": _("How open is it?"), "level": _("Who settled it?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = RoomItem.Kind.choices  # type: ignore[attr-defined]
        self.fields["source"].help_text = _("A law, a decision, a document. What is fixed always names its source.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == RoomItem.Kind.FIXED and not data.get("source"):
            self.add_error("source", _("What is fixed names its source: where can people read it?"))
        return data


class ReasonForm(forms.Form):
    """A gate passed unmet, a meeting called off: with a reason in public."""

    reason = forms.CharField(
        label=_("Your reason, for everybody to read"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )


class StrikeForm(forms.Form):
    """Take a line away; in public, with a reason."""

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if process.is_public:
            self.fields["reason"] = reason_field()


class CopyForm(forms.Form):
    title = TranslatedFormField(label=_("The name of the new process"), max_length=160)
