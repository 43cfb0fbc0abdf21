"""A meeting, and who was there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Person
from samenraad.processes.models import Meeting, Process
from samenraad.texts import TranslatedFormField
from samenraad.ui.forms import DateTimeInput


class MeetingForm(forms.ModelForm[Meeting]):
    title = TranslatedFormField(label=_("What is it called?"), max_length=160)

    class Meta:
        model = Meeting
        fields = ("title", "starts", "ends", "address", "is_public", "step")
        widgets = {"starts": DateTimeInput, "ends": DateTimeInput}
        labels = {
            "starts": _("When does it start?"),
            "ends": _("When does it end?"),
            "address": _("Where is it?"),
            "step": _("Does it belong to a step?"),
        }
        help_texts = {
            "address": _("Name of the building, street and number. Say whether a wheelchair can get in."),
            "is_public": _("Then it stands on the page of the process."),
        }

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.process = process
        self.fields["step"].queryset = process.steps.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        others = self.instance.process.meetings.filter(starts=starts).exclude(pk=self.instance.pk) if starts else ()
        if any(str(meeting) == str(data.get("title")) for meeting in others):
            self.add_error("title", _("This meeting stands in the plan already."))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("A meeting ends after it starts. Check both times."))
        return data


class AttendanceForm(forms.Form):
    """Tick who was there."""

    present = forms.ModelMultipleChoiceField(
        label=_("Who was there?"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick everybody who was there. Who has no tick was not."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["present"].queryset = people  # type: ignore[attr-defined]

    @property
    def noted(self) -> dict[int, bool | None]:
        there = {person.pk for person in self.cleaned_data["present"]}
        return {person.pk: person.pk in there for person in self.people}


class ExpectForm(forms.Form):
    who = forms.CharField(
        label=_("Somebody who is not on the list"),
        help_text=_("An e-mail address that we know, or a name."),
        max_length=160,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        who = data.get("who", "").strip()
        people = Person.objects.filter(forgotten_at=None)
        found = people.filter(email__iexact=who) if "@" in who else people.filter(name__iexact=who)
        if "@" in who and not found:
            self.add_error("who", _("We do not know this address. Fill in a name instead."))
        data["person"] = found[0] if found and len(found[:2]) == 1 else None
        return data
