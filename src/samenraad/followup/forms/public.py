"""Filters and marks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenraad.followup import rules

SHOWN = ("", *rules.DECISIONS, "departure")


class FilterForm(forms.Form):
    """Which answers to show. What is not understood is left out: a filter never says no."""

    show = forms.CharField(required=False)
    q = forms.CharField(required=False, max_length=80)
    list = forms.CharField(required=False)

    def values(self) -> tuple[str, str]:
        self.is_valid()
        show = str(self.cleaned_data.get("show", ""))
        return (show if show in SHOWN else "", str(self.cleaned_data.get("q", "")))


class MarkForm(forms.Form):
    """Is this right for you?"""

    value = forms.TypedChoiceField(
        label=_("Your mark"),
        coerce=int,
        choices=[(number, str(number)) for number in range(11)],
        error_messages={
            "required": _("Choose a mark from 0 to 10."),
            "invalid_choice": _("Choose a mark from 0 to 10."),
        },
    )
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_back(self) -> str:
        """Only a page of this house."""
        back: Any = self.cleaned_data["back"]
        return back if back.startswith("/") and not back.startswith("//") else ""
