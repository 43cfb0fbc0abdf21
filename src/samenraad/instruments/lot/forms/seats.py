"""What came of a call, and why somebody leaves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.lot.models import Call


class CallForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What came of it?"), choices=Call.Outcome.choices, widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("Note"),
        max_length=240,
        required=False,
        help_text=_(
            "Only what the next caller must know. The person can read it, and it goes when they are forgotten."
        ),
    )

    def __init__(self, *args: Any, member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not member:  # nobody sends word of a session before they are a member
            choices = [one for one in Call.Outcome.choices if one[0] != Call.Outcome.EXCUSED]
            self.fields["outcome"].choices = choices  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=240,
        required=False,
        help_text=_("In their own words, if they want to say it. Only the organisers read it."),
    )
