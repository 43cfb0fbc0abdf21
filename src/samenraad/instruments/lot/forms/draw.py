"""Forms of the draw: what chance brought, who saw it, and one's own lot number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenraad.methods.sortition.draw.randomness import Announced, Randomness, beacon, phrases
from samenraad.people.codes import normal
from samenraad.refusals import Refusal
from samenraad.texts import explain

#: so many people can say a phrase
SPEAKERS = 5
#: a copy of lottery.csv or of the transcript is never larger
MEGABYTES = 8


class CloseForm(forms.Form):
    """Closing the list; before the last day only with a public reason."""

    reason = forms.CharField(label=_("Why does it close before the last day?"), max_length=400, required=False)

    def __init__(self, *args: Any, early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if early:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = _("Everybody can read this.")
        else:
            del self.fields["reason"]


class OpenAgainForm(forms.Form):
    reason = forms.CharField(
        label=_("Why must the list open again?"), help_text=_("Everybody can read this."), max_length=400
    )


class DiceForm(forms.Form):
    """One throw: a digit per die, and who threw it."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, dice: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dice = dice
        for place in range(1, dice + 1):
            self.fields[f"die_{place}"] = _die(place)
            self.fields[f"who_{place}"] = forms.CharField(
                label=_("Who threw die {place}?").format(place=place), max_length=80, required=False
            )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"die_{place}"], self[f"who_{place}"]) for place in range(1, self.dice + 1)]

    @property
    def digits(self) -> list[int]:
        return [self.cleaned_data[f"die_{place}"] for place in range(1, self.dice + 1)]

    @property
    def told(self) -> list[str]:
        return [self.cleaned_data[f"who_{place}"] for place in range(1, self.dice + 1)]

    @property
    def number(self) -> str:
        return "".join(map(str, self.digits))


def _die(place: int) -> forms.IntegerField:
    wrong = _("A die shows a digit from 0 to 9. A 10 counts as 0.")
    return forms.IntegerField(
        label=_("Die {place}").format(place=place), min_value=0, max_value=9,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"min_value": wrong, "max_value": wrong, "invalid": wrong},
    )  # fmt: skip


class PhraseForm(forms.Form):
    """What several people said, in their order, and who they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, SPEAKERS + 1):
            self.fields[f"phrase_{place}"] = forms.CharField(
                label=_("Phrase {place}").format(place=place), max_length=300, required=place < 3, strip=True
            )
            self.fields[f"who_{place}"] = forms.CharField(
                label=_("Who said phrase {place}?").format(place=place), max_length=80, required=False
            )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"phrase_{place}"], self[f"who_{place}"]) for place in range(1, SPEAKERS + 1)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        rows = [(given.get(f"phrase_{place}", ""), given.get(f"who_{place}", "")) for place in range(1, SPEAKERS + 1)]
        self.spoken = [(phrase, who) for phrase, who in rows if phrase]
        if not self.errors:
            self._try()
        return given

    def _try(self) -> None:
        try:
            phrases([phrase for phrase, _who in self.spoken])
        except Refusal as refusal:
            self.add_error(None, explain(refusal))

    @property
    def chance(self) -> Randomness:
        return phrases([phrase for phrase, _who in self.spoken])

    @property
    def told(self) -> list[str]:
        return [who for _phrase, who in self.spoken]


class BeaconForm(forms.Form):
    """What the public source gave in the announced round."""

    value = forms.CharField(
        label=_("The value of this round"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Digits and letters a to f, as they stand on the page of the source."),
    )  # fmt: skip
    told: list[str] = []

    def __init__(self, *args: Any, announced: Announced, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.announced = announced

    def clean_value(self) -> str:
        value = "".join(self.cleaned_data["value"].split())
        try:
            self.chance = beacon(self.announced.round, value, self.announced)
        except Refusal as refusal:
            raise forms.ValidationError(explain(refusal)) from refusal
        return value


class SignForm(forms.Form):
    """Who saw the draw, and who threw; both can be taken away later."""

    witnesses = forms.CharField(
        label=_("Who saw it?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One name on a line, with their function: “Hilde Maes, bailiff”."),
    )  # fmt: skip
    throwers = forms.CharField(
        label=_("Who threw, or spoke?"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on a line, in the order of the dice or of the phrases. Empty lines are allowed."),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("They agree that these names stand on the public page of this draw."), required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        names = f"{given.get('witnesses', '')}{given.get('throwers', '')}".strip()
        if names and not given.get("agreed"):
            self.add_error("agreed", _("Ask them first. Without their consent leave the names out."))
        return given

    @property
    def told(self) -> list[str]:
        return [line.strip()[:80] for line in self.cleaned_data["throwers"].splitlines()]


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Your lot number"), max_length=20, error_messages={"required": _("Type your lot number.")},
        help_text=_("Six signs, such as K7F-2Q9. It stands in your letter."),
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off", "spellcheck": "false", "size": 8}),
    )  # fmt: skip

    def clean_number(self) -> str:
        return normal(self.cleaned_data["number"])


class CopyForm(forms.Form):
    """Somebody's own copy of what was published, to hold beside ours."""

    lottery = forms.FileField(
        label=_("Your copy of lottery.csv"), required=False, max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )  # fmt: skip
    transcript = forms.FileField(
        label=_("Your copy of transcript.json"), required=False, max_length=200,
        widget=forms.FileInput(attrs={"accept": ".json"}),
    )  # fmt: skip

    def __init__(self, *args: Any, drawn: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not drawn:
            del self.fields["transcript"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("lottery", "transcript"):
            if given.get(name) and given[name].size > MEGABYTES * 1024 * 1024:
                self.add_error(name, explain(Refusal("lot.copy_too_big", megabytes=MEGABYTES)))
        if not self.errors and not any(given.values()):
            raise forms.ValidationError(explain(Refusal("lot.no_copy")))
        return given

    def content(self, name: str) -> bytes | None:
        file = self.cleaned_data.get(name)
        return bytes(file.read()) if file else None
