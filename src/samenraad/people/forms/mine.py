"""A letter code, and one's own details."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Channel, Person


class LetterForm(forms.Form):
    code = forms.CharField(
        label=_("The code in your letter"),
        help_text=_("Twelve letters and digits. Capitals, dashes and spaces do not matter."),
        max_length=60,
        error_messages={"required": _("Fill in the code that stands in your letter.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "size": "18"}
        ),
    )


class DetailsForm(forms.ModelForm[Person]):
    class Meta:
        model = Person
        fields = ["name", "show_name", "prefers", "phone", "street", "postcode", "city", "language"]
        labels = {
            "name": _("Your name"),
            "show_name": _("Print my name with what I write"),
            "prefers": _("How do you want to hear from us?"),
            "phone": _("Your phone number"),
            "street": _("Street and number"),
            "postcode": _("Postcode"),
            "city": _("Town"),
            "language": _("In which language do we write to you?"),
        }
        help_texts = {
            "prefers": "",
            "name": _("As you want to be called. Your first name is enough."),
            "show_name": _("Otherwise we print “a resident”."),
            "phone": _("Only if you want to be called."),
            "street": _("Only if you want letters."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
            "street": forms.TextInput(attrs={"autocomplete": "address-line1"}),
            "postcode": forms.TextInput(attrs={"autocomplete": "postal-code"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "prefers": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prefers"].choices = [  # type: ignore[attr-defined]
            ("", _("the way in which I took part")),
            (Channel.WEB, _("by e-mail")),
            (Channel.PAPER, _("by letter")),
            (Channel.PHONE, _("by phone")),
        ]
        own = self.instance.language
        offered = [pair for pair in settings.LANGUAGES if pair[0] in settings.OFFERED_LANGUAGES or pair[0] == own]
        self.fields["language"] = forms.ChoiceField(label=self.fields["language"].label, choices=offered)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("prefers") == Channel.WEB and not self.instance.email:
            self.add_error("prefers", _("We have no e-mail address of yours. First sign in with it once."))
        if data.get("prefers") == Channel.PHONE and not data.get("phone"):
            self.add_error("phone", _("Fill in your phone number, then we can call you."))
        if data.get("prefers") == Channel.PAPER:
            for name in ("street", "postcode", "city"):
                if not data.get(name):
                    self.add_error(name, _("Fill this in, then we can send you a letter."))
        return data
