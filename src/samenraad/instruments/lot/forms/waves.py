"""Forms for a wave of letters: how many, to which groups, and the public words that decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.lot.models import Dimension, Value

SEATS, LETTERS = "seats", "letters"


def percent(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal("0.1"), max_value=Decimal("99"), decimal_places=1, localize=False, **options
    )


class PlanForm(forms.Form):
    """What is wished, and per group what is known and decided."""

    by = forms.ChoiceField(
        label=_("What do you know?"), widget=forms.RadioSelect,
        choices=[(SEATS, _("how many seats there are")), (LETTERS, _("how many letters can go out"))],
    )  # fmt: skip
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=5_000, required=False)
    per_seat = forms.DecimalField(
        label=_("People who say yes, for each seat"), min_value=Decimal(1), max_value=Decimal(50), decimal_places=1,
        required=False, help_text=_("More than one, so that there is something to draw from. Three to five is usual."),
    )  # fmt: skip
    certainty = percent(
        _("How sure that every group fills its own seats, in per cent"), required=False,
        help_text=_("For instance 95. Left empty, the letters bring enough on average."),
    )  # fmt: skip
    letters = forms.IntegerField(label=_("Letters"), min_value=1, max_value=1_000_000, required=False)
    rate = percent(
        _("Part that says yes to a letter, in per cent"),
        help_text=_("In the Netherlands and Flanders 4 to 14. When there were letters before, we learn it from those."),
    )  # fmt: skip
    limit = forms.DecimalField(
        label=_("Nobody's chance is more than so many times the average"), min_value=Decimal(1),
        max_value=Decimal(100), decimal_places=1, required=False,
    )  # fmt: skip
    strata = forms.MultipleChoiceField(
        label=_("Which groups get a number of letters of their own?"), widget=forms.CheckboxSelectMultiple,
        required=False, help_text=_("Every combination of these groups gets its own number."),
    )  # fmt: skip
    counter = forms.CharField(
        label=_("How do you reach groups that get relatively fewer letters?"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("This is public. Needed when some groups get more."),
    )  # fmt: skip

    def __init__(self, *args: Any, dimensions: Sequence[Dimension], wishes: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": _shown(wishes)})
        self.dimensions = dimensions
        choices: Any = self.fields["strata"]
        choices.choices = [(one.key, str(one)) for one in dimensions]
        for value in self._values():
            self._group(value)

    def _values(self) -> Iterator[Value]:
        return (value for one in self.dimensions for value in one.values.all())

    def _group(self, value: Value) -> None:
        name = str(value)
        self.fields[f"rate_{value.pk}"] = percent(
            _("{group}: part that says yes, in per cent").format(group=name), required=False,
            initial=round(value.rate * 100, 1) if value.rate else None,
        )  # fmt: skip
        self.fields[f"factor_{value.pk}"] = forms.DecimalField(
            label=_("{group}: letters, times their share").format(group=name), min_value=Decimal("0.1"),
            max_value=Decimal(20), decimal_places=2, initial=value.factor,
        )  # fmt: skip
        self.fields[f"reason_{value.pk}"] = forms.CharField(
            label=_("{group}: why").format(group=name), max_length=240, required=False, initial=value.factor_reason
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wanted = data.get("by")
        if wanted and not data.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, _("Fill in a number."))
        for value in self._values():
            factor = data.get(f"factor_{value.pk}")
            if factor and factor != 1 and not data.get(f"reason_{value.pk}"):
                self.add_error(f"reason_{value.pk}", _("Give the reason: everybody can read it."))
        return data

    @property
    def wishes(self) -> dict[str, Any]:
        data = self.cleaned_data
        by_letters = data["by"] == LETTERS
        return {
            "letters": data["letters"] if by_letters else None,
            "seats": data["seats"] or None,
            "per_seat": float(data["per_seat"] or 1),
            "certainty": _part(data["certainty"]),
            "limit": float(data["limit"]) if data["limit"] else None,
            "rate": _part(data["rate"]),
            "strata": data["strata"],
            "counter": data["counter"],
        }

    @property
    def values(self) -> dict[int, dict[str, Any]]:
        data = self.cleaned_data
        return {
            value.pk: {
                "rate": _part(data[f"rate_{value.pk}"]),
                "factor": float(data[f"factor_{value.pk}"]),
                "factor_reason": data[f"reason_{value.pk}"],
            }
            for value in self._values()
        }

    @property
    def groups(self) -> list[tuple[Dimension, list[tuple[Value, list[forms.BoundField]]]]]:
        return [
            (one, [(value, [self[f"{name}_{value.pk}"] for name in ("rate", "factor", "reason")])
                   for value in one.values.all()])
            for one in self.dimensions
        ]  # fmt: skip


def _part(percents: Decimal | None) -> float | None:
    return float(percents / 100) if percents else None


def _shown(wishes: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: round(wishes[name] * 100, 1) for name in ("rate", "certainty") if wishes.get(name)}
    return {**wishes, **shown, "certainty": shown.get("certainty"), "by": LETTERS if wishes.get("letters") else SEATS}


class SeedForm(forms.Form):
    seed = forms.CharField(
        label=_("The public words"), max_length=240,
        help_text=_("Words or numbers that nobody could know before, such as what five people in the room called out."),
    )  # fmt: skip
    seed_by = forms.CharField(
        label=_("Who said them, where and when"), max_length=240,
        help_text=_("For instance: the council, in public, on 3 March 2027 at 20:15."),
    )  # fmt: skip
