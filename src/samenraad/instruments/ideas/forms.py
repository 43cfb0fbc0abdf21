"""Forms for ideas: writing one, saying who gives it, keying paper, reading in a table."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.discussion.forms import AtEase
from samenraad.discussion.rules import tidy_postcode
from samenraad.instruments.ideas import rules
from samenraad.instruments.ideas.actions import photos
from samenraad.people.models import Channel, Place
from samenraad.processes.models import Proposal, Step
from samenraad.refusals import Refusal
from samenraad.texts import explain
from samenraad.ui.forms import DateInput

TOO_LONG = _("This is too long: at most %(limit_value)d characters. Yours has %(show_value)d.")


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, places: Sequence[Place], **kwargs: Any) -> None:
        queryset = Place.objects.filter(pk__in=[place.pk for place in places])
        super().__init__(queryset, required=False, empty_label=_("no neighbourhood in particular"), **kwargs)
        self.choices = [("", self.empty_label), *((place.pk, str(place)) for place in places)]


class WriteForm(forms.Form):
    """The idea itself. Nothing about who: that comes after it."""

    title = forms.CharField(
        label=_("Your idea in one line"),
        max_length=rules.LONGEST_TITLE,
        error_messages={"required": _("Fill in your idea in one line."), "max_length": TOO_LONG},
    )
    text = forms.CharField(
        label=_("Tell more about it"),
        required=False,
        max_length=rules.LONGEST_TEXT,
        help_text=_("What do you want, where, and why? In your own words. Spelling mistakes do not matter."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": TOO_LONG},
    )
    theme = forms.ChoiceField(label=_("What is it about?"), required=False)
    place = forms.CharField()
    photo = forms.FileField(
        label=_("A photo"),
        required=False,
        help_text=_("We take out where and with what it was taken. Nobody may be recognisable without agreeing."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    photo_alt = forms.CharField(
        label=_("What does the photo show?"),
        required=False,
        max_length=240,
        help_text=_("For people who cannot see it."),
    )
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, step: Step, places: Sequence[Place], themes: Sequence[str], kept: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept  # a photo that came along earlier
        self.fields["place"] = PlaceField(places, label=_("Which neighbourhood is it about?"))
        self.fields["theme"].choices = [("", _("no theme in particular")), *((one, one) for one in themes)]  # type: ignore[attr-defined]
        if not places:
            del self.fields["place"]
        if not themes:
            del self.fields["theme"]
        if not step.settings.get("photos", True):
            del self.fields["photo"], self.fields["photo_alt"]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_photo(self) -> bytes:
        given = self.cleaned_data.get("photo")
        if not given:
            return b""
        if given.size > photos.MAX_BYTES:
            raise forms.ValidationError(
                explain(Refusal("ideas.photo_too_big", megabytes=photos.MAX_BYTES // 1024 // 1024))
            )
        try:
            return photos.cleaned(given.read())
        except Refusal as refusal:
            raise forms.ValidationError(explain(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        has_photo = data.get("photo") or self.kept
        if has_photo and "photo_alt" in self.fields and not data.get("photo_alt"):
            self.add_error("photo_alt", explain(Refusal("ideas.photo_alt")))
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            data["latitude"] = data["longitude"] = None
        return data


class WhereForm(forms.Form):
    """How somebody is told what becomes of it. Everything may stay empty."""

    name = forms.CharField(
        label=_("What may we call you?"),
        required=False,
        max_length=160,
        help_text=_("Your first name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    show_name = forms.BooleanField(label=_("My name may stand with my idea"), required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    street = forms.CharField(
        label=_("Street and number"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Your postcode"), required=False, max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": "8"}),
    )  # fmt: skip
    city = forms.CharField(
        label=_("Place of residence"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )  # fmt: skip

    def clean_postcode(self) -> str:
        return tidy_postcode(self.cleaned_data["postcode"])

    def who(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WhereForm.base_fields}


class WhoGivesForm(AtEase, WhereForm):
    """The same for who comes in through the website without an account."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        address = [name for name in ("street", "postcode", "city") if data.get(name)]
        if 0 < len(address) < 3 and "street" in address:
            for name in {"postcode", "city"} - set(address):
                self.add_error(name, _("Without this a letter does not arrive."))
        return data


class KeyForm(WhereForm, WriteForm):
    """From paper, phone, street or meeting: what was said or written, and by whom."""

    channel = forms.ChoiceField(
        label=_("How did it come in?"),
        choices=[pair for pair in Channel.choices if pair[0] != Channel.WEB],
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=_("On which day?"), widget=DateInput, help_text=_("The day on which the person gave it.")
    )
    reference = forms.CharField(
        label=_("Code on the form"),
        required=False,
        max_length=20,
        help_text=_("Top right on the form. Leave it empty when there is none."),
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off"}),
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    of_somebody_else = {
        "title": _("The idea in one line"),
        "name": _("Name"),
        "show_name": _("The name may stand with the idea"),
        "email": _("E-mail address"),
        "phone": _("Phone number"),
        "postcode": _("Postcode"),
    }
    field_order = ["channel", "day", "reference", "title", "text", "theme", "place", "photo", "photo_alt", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
        self.fields["once"].initial = uuid.uuid4
        for name, label in self.of_somebody_else.items():
            self.fields[name].label = label
        self.fields["name"].help_text = ""
        self.fields["day"].initial = timezone.localdate

    def clean_reference(self) -> str:
        typed = str(self.cleaned_data["reference"])
        code = rules.is_form_code(typed)
        if typed and not code:
            raise forms.ValidationError(explain(Refusal("ideas.no_form_code", typed=typed)))
        return code


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        queryset=Proposal.objects.none(),
        label=_("Which idea remains?"),
        help_text=_("The others go on as part of it. Their own pages stay, with a link."),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose which idea remains.")},
    )
    reason = forms.CharField(
        label=_("Why do they belong together?"),
        max_length=1_000,
        help_text=_("The people who gave these ideas read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give a reason. The people who wrote it will read it.")},
    )

    def __init__(self, *args: Any, chosen: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Proposal.objects.filter(pk__in=[one.pk for one in chosen]).order_by("number")  # type: ignore[attr-defined]


class CarryForm(forms.Form):
    step = forms.ModelChoiceField(
        queryset=Step.objects.none(),
        label=_("To which step?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose a step.")},
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Step.objects.filter(process=step.process, concluded_at=None).exclude(pk=step.pk)
        self.fields["step"].queryset = others  # type: ignore[attr-defined]


class PartForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=rules.LONGEST_TITLE, error_messages={"max_length": TOO_LONG})
    text = forms.CharField(
        label=_("Text"), required=False, max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}), error_messages={"max_length": TOO_LONG},
    )  # fmt: skip


class SplitForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it better in parts?"),
        max_length=1_000,
        help_text=_("The people who gave this idea read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SettingsForm(forms.Form):
    themes = forms.CharField(
        label=_("Themes to choose from"),
        required=False,
        max_length=2_000,
        help_text=_("One on each line. Leave it empty when there are none."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photos = forms.BooleanField(label=_("A photo may come along"), required=False)
    hand_in = forms.CharField(
        label=_("Where to hand in the paper form"),
        required=False,
        max_length=240,
        help_text=_("Printed at the bottom of the form. For example: in one of the four libraries."),
    )

    def clean_themes(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["themes"].splitlines()]
        if any(len(line) > 80 for line in lines):
            raise forms.ValidationError(_("A theme has at most 80 characters."))
        return [line for line in lines if line]
