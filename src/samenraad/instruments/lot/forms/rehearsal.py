"""What a rehearsal needs to be told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RehearsalForm(forms.Form):
    letters = forms.IntegerField(label=_("Letters"), min_value=1, max_value=100_000)
    rate = forms.FloatField(
        label=_("How many of a hundred letters bring a yes"), min_value=0.1, max_value=90,
        help_text=_("Try a good and a bad one: the seats must be filled in both."),
    )  # fmt: skip
    seed = forms.CharField(
        label=_("A few words"), max_length=60,
        help_text=_("They decide what chance does. The same words give the same rehearsal."),
    )  # fmt: skip
