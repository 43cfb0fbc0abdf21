"""The forms of an answer: why not, how to reach somebody, and a whole answer that somebody of the town keys in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samenraad.discussion.forms import Trap
from samenraad.discussion.rules import tidy_postcode
from samenraad.instruments.lot.models import Invitation, Refusing
from samenraad.ui.forms import DateInput

PHONE = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
EMAIL = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})


class Watched(forms.Form):
    """People see nothing of this: no puzzles, no pictures of traffic lights. What is doubtful is set apart, never
    refused: somebody looks at it."""

    more = forms.CharField(required=False, label=_("Leave this empty"), widget=Trap)

    @property
    def trapped(self) -> bool:
        return bool(self.cleaned_data.get("more"))


def _reasons(none: Any) -> list[tuple[str, str]]:
    return [("", str(none)), *((key, str(capfirst(label))) for key, label in Refusing.choices)]


class FirstInLine(forms.RadioSelect):
    """Radio buttons with the cursor on the first: who keys in a pile of cards needs no mouse."""

    def create_option(
        self, name: str, value: Any, label: Any, selected: Any, index: int, *args: Any, **kwargs: Any
    ) -> Any:
        option = super().create_option(name, value, label, selected, index, *args, **kwargs)
        if index == 0:
            option["attrs"]["autofocus"] = True
        return option


class NoForm(Watched):
    reason = forms.ChoiceField(
        label=_("Why not?"),
        required=False,
        choices=lambda: _reasons(_("I would rather not say")),
        widget=forms.RadioSelect,
        help_text=_("It helps us to invite people better the next time. Nobody sees who said what."),
    )
    curious = forms.BooleanField(label=_("Do tell me what comes out of it"), required=False)


class ReachForm(forms.Form):
    """All of it may stay empty: then we write letters."""

    phone = forms.CharField(label=_("Your phone number"), required=False, max_length=32, widget=PHONE)
    email = forms.EmailField(label=_("Your e-mail address"), required=False, max_length=254, widget=EMAIL)
    large_print = forms.BooleanField(label=_("I want my letters in large print"), required=False)

    def __init__(self, data: Any = None, *, invitation: Invitation) -> None:
        person = invitation.person
        initial = {"large_print": invitation.large_print}
        if person is not None:
            initial |= {"phone": person.phone, "email": person.email}  # type: ignore[dict-item]
        super().__init__(data, initial=initial)
        if person is not None and person.account_id:
            del self.fields["email"]  # that of the account, which is proven


class AnswerForm(forms.Form):
    """What a card says, or somebody on the phone: yes or no, and how to reach them."""

    reply = forms.ChoiceField(
        label=_("Yes or no?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=FirstInLine,
        error_messages={"required": _("Choose yes or no.")},
    )
    reason = forms.ChoiceField(
        label=_("Only with no: why not?"), required=False, choices=lambda: _reasons(_("not said"))
    )
    curious = forms.BooleanField(label=_("Only with no: wants to hear the result"), required=False)
    phone = forms.CharField(
        label=_("Phone number"), required=False, max_length=32, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    large_print = forms.BooleanField(label=_("Letters in large print"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("reply") != Invitation.Reply.NO:
            data["reason"], data["curious"] = "", False
        return data

    def is_yes(self) -> bool:
        sent: Any = self.data
        return bool(sent.get(self.add_prefix("reply")) == Invitation.Reply.YES)


class PhoneForm(AnswerForm):
    """On the phone somebody can also say that they moved."""

    street = forms.CharField(label=_("Street and number"), required=False, max_length=160)
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=16)
    city = forms.CharField(label=_("Town"), required=False, max_length=120)

    def __init__(self, data: Any = None, *, invitation: Invitation) -> None:
        person = invitation.person
        names = ("phone", "email", "street", "postcode", "city")
        initial = {name: getattr(person, name) for name in names} | {
            name: getattr(invitation, name) for name in ("reply", "reason", "curious", "large_print")
        }
        super().__init__(data, initial=initial)
        if person is not None and person.account_id:
            del self.fields["email"]

    def clean_postcode(self) -> str:
        return tidy_postcode(self.cleaned_data["postcode"])

    def contact(self) -> dict[str, Any]:
        names = ("phone", "email", "street", "postcode", "city", "large_print")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class CardForm(AnswerForm):
    """A card as one person reads it. The day does not stand on it, but decides whether it came in time."""

    day = forms.DateField(label=_("Day on which the card came in"), widget=DateInput, initial=timezone.localdate)

    def card(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**data, "day": data["day"].isoformat()}


class FindForm(forms.Form):
    """By the code, by the lot number, or by who it is."""

    code = forms.CharField(
        label=_("Code in the letter, or lot number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off", "autofocus": True}),
    )
    name = forms.CharField(
        label=_("Name"), required=False, max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        required=False,
        max_length=16,
        help_text=_("Fill in the name and the postcode together, if there is no code at hand."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("code") and not (data.get("name") and data.get("postcode")):
            raise forms.ValidationError(_("Fill in a code, or a name and a postcode."))
        return data


class ScanForm(forms.Form):
    code = forms.CharField(
        label=_("Code or lot number on the card"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off", "autofocus": True}),
    )
