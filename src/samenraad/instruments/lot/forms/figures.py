"""The one thing to be set about figures."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class GapForm(forms.Form):
    gap = forms.IntegerField(
        label=_("Point out a difference of more than so many points"),
        help_text=_("Everybody sees the same mark. Ten points is usual."),
        min_value=1,
        max_value=50,
    )
