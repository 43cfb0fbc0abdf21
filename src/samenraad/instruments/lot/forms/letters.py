"""Forms about the letters of a lot."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.lot.models import Lot
from samenraad.ui.forms import DateInput

#: so many days a letter may take to be read, unless the officer says otherwise
DAYS = 14


class OpeningForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Lot
        fields = ("opening",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opening"].label = _("Your own first paragraph")
        self.fields["opening"].help_text = _("What is it about, and why do you ask residents? Empty: our own words.")


class RemindForm(forms.Form):
    days = forms.IntegerField(
        label=_("Letters posted at least so many days ago"), min_value=3, max_value=90, initial=DAYS
    )


class ReturnedForm(forms.Form):
    numbers = forms.CharField(
        label=_("Lot numbers or codes of the letters that came back"),
        help_text=_("Type or scan them, one per line."),
        widget=forms.Textarea(attrs={"rows": 6, "autocapitalize": "characters", "spellcheck": "false"}),
        max_length=40_000,
    )
    day = forms.DateField(label=_("They came back on"), widget=DateInput, initial=timezone.localdate)


class AgainForm(forms.Form):
    number = forms.CharField(label=_("Lot number or code"), max_length=40)
    large = forms.BooleanField(label=_("In large print"), required=False, initial=True)
    language = forms.ChoiceField(label=_("Language"), choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        names = dict(settings.LANGUAGES)
        language.choices = [(code, names.get(code, code)) for code in settings.LETTER_LANGUAGES]
