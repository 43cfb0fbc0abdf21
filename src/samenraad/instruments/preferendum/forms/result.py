"""The form of the seed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SeedForm(forms.Form):
    """What was thrown or read, and how everybody could see it."""

    seed = forms.CharField(
        label=_("The seed"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code"}),
        help_text=_("The digits of the dice in their order, the words that were said, or the value of the beacon."),
        error_messages={"required": _("Write down what came out.")},
    )  # fmt: skip
    how = forms.CharField(
        label=_("How was it made?"), max_length=240, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where, when, and by whom. Only functions, no names: “thrown by three councillors in the council chamber”."),  # noqa: E501
        error_messages={"required": _("Say how it was made: everybody must be able to know it.")},
    )  # fmt: skip
    again = forms.CharField(
        label=_("The seed once more"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code"}),
        help_text=_("It stands on the public board for good, so a typing error would stay."),
        error_messages={"required": _("Type it a second time.")},
    )  # fmt: skip
    field_order = ("seed", "again", "how")

    def clean_again(self) -> str:
        again = " ".join(self.cleaned_data["again"].split())
        if again != " ".join(self.cleaned_data.get("seed", "").split()):
            raise forms.ValidationError(_("This is not what you typed the first time."))
        return again
