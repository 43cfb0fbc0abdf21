"""The forms of the two paper desks, of the printer, and of the seal."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samenraad.ballots.models import Vote
from samenraad.ballots.queries.sheets import named_areas
from samenraad.ballots.rules.sheets import code_in, is_a_number
from samenraad.people.models import Channel
from samenraad.refusals import Refusal
from samenraad.texts import explain

TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
#: at most so many sheets in one PDF; in large print a sheet has several pages
MOST_SHEETS, MOST_LARGE = 500, 150


class Pressed(forms.Form):
    """A form that is one press, however often it is sent."""

    once = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", secrets.token_hex(16))


class StubForm(Pressed):
    errors_at_rest = True  # the cursor stays in the field: the next stub is waiting

    code = forms.CharField(
        label=_("Code on the stub"),
        max_length=200,
        help_text=_("Type or scan it, and press Enter. Capitals, spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={**TYPED, "class": "code", "autofocus": True}),
    )
    channel = forms.ChoiceField(
        label=_("How the ballot came"),
        choices=[
            (Channel.PAPER, _("on paper")),
            (Channel.PHONE, _("with help by phone")),
            (Channel.STREET, _("with help at home or on the street")),
        ],
    )

    def clean_code(self) -> str:
        return code_in(self.cleaned_data["code"])


class SheetForm(Pressed):
    """The sheet itself; what was voted stands in the fields of the instrument."""

    number = forms.CharField(
        label=_("Number of the sheet"),
        max_length=60,
        help_text=_("Twenty letters and figures. The last one checks the others."),
        widget=forms.TextInput(attrs={**TYPED, "autofocus": True}),
    )
    area = forms.ChoiceField(label=_("Neighbourhood printed on the sheet"), required=False)
    spoilt = forms.BooleanField(
        label=_("This sheet cannot be read: it counts as a blank ballot"),
        required=False,
        help_text=_("Only when it is not clear at all. One line that is not clear: leave that line empty."),
    )

    def __init__(self, *args: Any, vote: Vote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vote = vote
        areas = named_areas(vote)
        self.fields["area"].choices = [("", _("none printed")), *((area, area) for area in areas)]  # type: ignore[attr-defined]
        if not areas:
            del self.fields["area"]

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        if not is_a_number(self.vote.key, number):
            raise forms.ValidationError(explain(Refusal("ballots.sheet_number")))
        return number


class DecideForm(Pressed):
    which = forms.ChoiceField(
        label=_("What stands on the sheet?"),
        choices=[
            ("first", pgettext_lazy("typed", "what the first typed")),
            ("second", pgettext_lazy("typed", "what the second typed")),
            ("own", pgettext_lazy("typed", "something else: I type it below")),
        ],
        widget=forms.RadioSelect,
    )


class PrintForm(forms.Form):
    copies = forms.IntegerField(
        label=_("How many sheets"),
        min_value=1,
        max_value=MOST_SHEETS,
        initial=50,
        help_text=_("At most 500 at a time, and 150 in large print."),
    )
    area = forms.ChoiceField(
        label=_("Neighbourhood on the sheet"),
        required=False,
        help_text=_(
            "Only neighbourhoods with at least 50 people on the list, so that it says nothing about who voted."
        ),
    )
    language = forms.ChoiceField(label=_("Language"))
    large = forms.BooleanField(label=_("Large print"), required=False)

    def __init__(self, *args: Any, vote: Vote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = named_areas(vote)
        self.fields["area"].choices = [("", _("none")), *((area, area) for area in areas)]  # type: ignore[attr-defined]
        if not areas:
            del self.fields["area"]
        languages = [(code, get_language_info(code)["name_local"].capitalize()) for code in settings.LETTER_LANGUAGES]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        if len(languages) == 1:
            del self.fields["language"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("large") and data.get("copies", 0) > MOST_LARGE:
            self.add_error("copies", _("In large print, at most 150 at a time."))
        return data
