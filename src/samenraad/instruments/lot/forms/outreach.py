"""The form of one measure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.lot.actions.outreach import Wish
from samenraad.instruments.lot.models import Lot, Outreach, Value
from samenraad.ui.forms import DateInput


class OutreachForm(forms.ModelForm):  # type: ignore[type-arg]
    cost = forms.DecimalField(
        label=_("What does it cost?"), help_text=_("In euros, everything included."), required=False,
        min_value=0, max_value=Decimal(10_000_000), decimal_places=2, localize=True,
    )  # fmt: skip

    class Meta:
        model = Outreach
        fields = ("kind", "name", "group", "begins", "ends", "reach", "hours")
        localized_fields = ("hours",)
        widgets = {"begins": DateInput, "ends": DateInput}
        help_texts = {
            "name": _("For yourselves, such as “stall at the market”. Ambassadors see it on their page."),
            "group": _("The group that is hard to reach. Leave empty when it is for everybody."),
            "ends": _("After this day its link counts nobody any more."),
            "reach": _("About how many people did you speak? Fill this in afterwards."),
            "hours": _("Of everybody together."),
        }

    def __init__(self, *args: Any, lot: Lot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = Value.objects.filter(dimension__lot=lot).select_related("dimension")
        group: Any = self.fields["group"]
        group.queryset = values.order_by("dimension__position", "dimension", "position", "id")
        group.label_from_instance = lambda value: f"{value.dimension}: {value}"
        group.empty_label = _("everybody")
        for name in ("hours", "cost"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
        cents = self.instance.cost_cents
        self.initial["cost"] = None if cents is None else Decimal(cents) / 100

    def clean_hours(self) -> float | None:
        hours: float | None = self.cleaned_data["hours"]
        if hours is not None and not 0 <= hours <= 100_000:
            raise forms.ValidationError(_("Fill in how many hours, 0 or more."))
        return hours

    def _post_clean(self) -> None:
        """What the database would refuse is refused by the action, in our own words."""

    @property
    def wish(self) -> Wish:
        found = dict(self.cleaned_data)
        cost = found.pop("cost", None)
        return Wish(cost_cents=None if cost is None else int(cost * 100), **found)
