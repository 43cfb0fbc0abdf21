"""Looking up a receipt, and asking for checkpoints."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: a receipt file of thirty proposals has five thousand bytes
MOST_BYTES = 100_000


class FindForm(forms.Form):
    tracker = forms.CharField(
        label=_("The letters of your receipt"),
        help_text=_("Twenty letters and digits. Capitals, dashes and spaces do not matter."),
        max_length=60,
        error_messages={"required": _("Type the letters of your receipt.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "size": "26"}
        ),
    )


class ReceiptForm(forms.Form):
    """The file, or what stands in it."""

    file = forms.FileField(
        label=_("Your receipt file"), required=False, max_length=200,
        help_text=_("The file that you downloaded after voting; its name begins with “receipt”."),
        widget=forms.FileInput(attrs={"accept": ".json"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or paste what stands in it"), required=False, max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too big to be a receipt."))
        if not file and not given.get("text"):
            raise forms.ValidationError(_("Choose your receipt file, or paste what stands in it."))
        return {**given, "receipt": _receipt(file.read() if file else given["text"])}


def _receipt(text: bytes | str) -> dict[str, Any]:
    """The parts of a receipt; an error in words when it is none."""
    try:
        receipt = json.loads(text)
        slips = [{part: str(slip[part]) for part in ("about", "value", "nonce")} for slip in receipt["slips"][:1000]]
        told = {part: str(receipt[part]) for part in ("vote", "tracker", "secret")}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise forms.ValidationError(_("This is no receipt file. Take the file as you downloaded it.")) from None
    return {**told, "slips": slips}


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={"required": _("Fill in your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CommitteeForm(forms.Form):
    name = forms.CharField(
        label=_("Who reads it"), max_length=160, error_messages={"required": _("Fill in whose mailbox this is.")}
    )
    email = forms.EmailField(label=_("E-mail address"), error_messages={"required": _("Fill in the e-mail address.")})
