"""Coming in with a code, and asking to be kept informed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from samenraad.ballots.rules.codes import looks_like_a_code


class EnterForm(forms.Form):
    code = forms.CharField(
        label=_("The voting code in your letter"),
        help_text=_("Sixteen letters and digits. Capitals, dashes and spaces do not matter."),
        max_length=60,
        error_messages={"required": _("Fill in the voting code that stands in your letter.")},
        widget=forms.TextInput(
            attrs={
                "class": "code", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
                "size": "22",
            }
        ),
    )  # fmt: skip

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not looks_like_a_code(code):
            raise ValidationError(
                _(
                    "This is no voting code: a voting code has sixteen letters and digits, without the letters I and O "
                    "and without the digits 0 and 1. Look at the letter once more."
                )
            )
        return code


_PHONE = re.compile(r"\+?[\d\s().\-]{9,20}")


class InformedForm(forms.Form):
    reach = forms.CharField(
        label=_("Do you want to hear what happens with the result?"),
        help_text=_("This may be an e-mail address or a phone number. We keep it apart from your vote."),
        max_length=120,
        error_messages={"required": _("Fill in an e-mail address or a phone number.")},
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )

    def clean(self) -> dict[str, Any]:
        """Which of the two it is."""
        data = super().clean() or self.cleaned_data
        reach = data.get("reach", "").strip()
        if "@" in reach:
            try:
                validate_email(reach)
            except ValidationError as wrong:
                self.add_error("reach", wrong)
            return {**data, "email": reach.lower()}
        if reach and not _PHONE.fullmatch(reach):
            self.add_error("reach", _("This is no e-mail address and no phone number. Look at it once more."))
        return {**data, "phone": reach}
