"""Forms for talk, and for who comes in without an account."""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samenraad.discussion import rules
from samenraad.discussion.models import Hiding
from samenraad.refusals import Refusal
from samenraad.texts import explain

SALT = "samenraad.discussion.since"


class Trap(forms.TextInput):
    """A field that people do not see and programs fill in."""

    template_name = "discussion/trap.html"
    is_hidden = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, "", {**(attrs or {}), "autocomplete": "off", "tabindex": "-1"})


def now_signed() -> str:
    return signing.dumps(time.time(), salt=SALT)


def seconds_since(signed: str) -> float:
    """How long ago this form was given out; nothing for what we did not give out in the past day."""
    try:
        return max(0.0, time.time() - float(signing.loads(signed, salt=SALT, max_age=86_400)))
    except signing.BadSignature:
        return 0.0


class AtEase(forms.Form):
    """Programs fill in everything at once. People see nothing of this: no puzzles, no pictures of traffic lights."""

    more = forms.CharField(required=False, label=_("Leave this empty"), widget=Trap)
    since = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fresh = now_signed()
        self.fields["since"].initial = fresh
        self._sent = self.data.get(self.add_prefix("since"), "") if self.is_bound else ""
        if self.is_bound:  # who is asked to try again starts counting now
            data: Any = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
            data[self.add_prefix("since")] = fresh
            self.data = data

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("more"):
            self.add_error(None, explain(Refusal("discussion.trap")))
        elif rules.too_fast(seconds_since(self._sent)):
            self.add_error(None, explain(Refusal("discussion.too_fast")))
        return data


class WhoForm(AtEase):
    """Just enough to count somebody once, and to tell them what became of it."""

    name = forms.CharField(
        label=_("What may we call you?"),
        max_length=160,
        help_text=_("Your first name is enough. Others see it only if you choose so."),
        error_messages={"required": _("Fill in a name. Your first name is enough.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_("Then we can tell you what becomes of it. No e-mail address? Fill in your postcode."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    postcode = forms.CharField(
        label=_("Your postcode"), required=False, max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": "8"}),
    )  # fmt: skip
    show_name = forms.BooleanField(label=_("Others may see my name with what I write"), required=False)

    def clean_postcode(self) -> str:
        return rules.tidy_postcode(self.cleaned_data["postcode"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("email") and not data.get("postcode"):
            self.add_error("email", explain(Refusal("discussion.who")))
        return data

    def fields_of_person(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "email", "postcode", "show_name")}


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=rules.LONGEST,
        help_text=_("Stay friendly, also when you disagree."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("This is too long: at most %(limit_value)d characters. Yours has %(show_value)d."),
        },
    )


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=rules.LONGEST,
        help_text=_("Only the moderators read this. They look at it within a few days."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnonymousReportForm(AtEase, ReportForm):
    field_order = ["reason"]


class HideForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is wrong with it?"),
        help_text=_("Everybody can read this kind of reason."),
        choices=Hiding.Kind.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Your reason"),
        help_text=_("The person who wrote it gets these words to read, with your phone number."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
