"""The election calendar, and finding somebody who asks to be forgotten."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samenraad.processes.models import Election
from samenraad.ui.forms import DateInput


class ElectionForm(forms.ModelForm[Election]):
    class Meta:
        model = Election
        fields = ("level", "day", "silent_days", "source")
        widgets = {"day": DateInput}
        labels = {
            "level": _("Which election?"),
            "day": _("On which day?"),
            "silent_days": _("How many days before it does the town keep silent?"),
            "source": _("Where does this come from?"),
        }
        help_texts = {
            "silent_days": _("In these days no letters go out and no decisions are made public."),
            "source": _("Write “(expected)” behind it when the day is not certain yet."),
        }

    def clean_silent_days(self) -> int:
        days: int = self.cleaned_data["silent_days"]
        if days > 366:
            raise forms.ValidationError(_("More than a year of silence cannot be right."))
        return days

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        level, day = data.get("level"), data.get("day")
        if level and day:
            twin = Election.objects.filter(country=self.instance.country, level=level, day=day)
            if twin.exclude(pk=self.instance.pk).exists():
                self.add_error("day", _("This election stands in the calendar already."))
        return data


class FindPersonForm(forms.Form):
    who = forms.CharField(
        label=_("E-mail address or full name"),
        help_text=_("Exactly as it stands in our files. We do not search for parts of names."),
        max_length=254,
    )


class SureForm(forms.Form):
    """A step that cannot be undone asks for one deliberate tick."""

    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone"),
        error_messages={"required": _("Tick this if you are sure.")},
    )
