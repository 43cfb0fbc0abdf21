"""What staff fill in about the post."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samenraad.post.models import Medium, Message
from samenraad.ui.forms import DateInput

STATES = [choice for choice in Message.State.choices if choice[0] != Message.State.CLAIMED]


class FilterForm(forms.Form):
    who = forms.CharField(label=_("Name, e-mail address or Message-ID"), required=False, max_length=160)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *STATES])
    medium = forms.ChoiceField(label=_("By"), required=False, choices=[("", _("all")), *Medium.choices])
    scope = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class PostedForm(forms.Form):
    day = forms.DateField(
        label=_("Posted on"), widget=DateInput, help_text=_("The day on which they went to the post.")
    )
