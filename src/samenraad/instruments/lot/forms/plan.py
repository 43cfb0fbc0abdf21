"""The settings of a lot, in groups; and the sum of how many letters it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.lot.actions.plan import RULES
from samenraad.instruments.lot.models import Lot
from samenraad.methods.sortition.draw.randomness import SOURCES
from samenraad.ui.forms import DateInput, DateTimeInput

MOST_SEATS = 1000

#: the page in its parts: heading -> fields
PARTS = (
    (_("Who can be drawn"), ("seats", "min_age", "age_on", "one_per_address", "equal")),
    (_("The draw"), ("chance", "beacon_source", "beacon_round", "draw_at", "draw_where")),
    (_("What is asked, and what people get"), ("hours", "sessions", "allowance", "support", "questionnaire")),
    (_("The letter"), ("signed", "phone", "reply_address", "second_language")),
    (_("Afterwards"), ("substitutes", "replace_until", "term_months", "keep_until")),
)

HELP = {
    "seats": _("How many people the lot draws."),
    "min_age": _("Younger people get no letter."),
    "age_on": _("Empty: on the day on which the register was made."),
    "one_per_address": _("So nobody sits beside their own housemate, and more homes are reached."),
    "equal": _("With one letter to an address: does a person alone have the same chance as somebody in a full house?"),
    "chance": _("Dice in the council room are the easiest to follow."),
    "beacon_source": _("Only for a public source of randomness."),
    "beacon_round": _("A round that is still to come, so that nobody can know it now."),
    "hours": _("All sessions together. It stands in the letter."),
    "sessions": _("For example: six Saturdays from 9.30 to 16.30, from 6 March to 12 June."),
    "allowance": _("For example: € 75 per day, and your travel costs."),
    "support": _("For example: childcare, transport, an interpreter, somebody who comes along."),
    "questionnaire": _("What the register does not tell, such as education, and what people need to take part."),
    "phone": _("People can say yes or no by phone, and ask for help."),
    "reply_address": _("Without a stamp: a free reply number, or the town hall."),
    "second_language": _("The back of the letter says the same in this language."),
    "replace_until": _("After that session a seat stays empty: who comes later has missed too much."),
    "term_months": _("For a panel that stays. Empty: until the work is done."),
    "keep_until": _("On this day the addresses from the register are destroyed. It stands in the letter."),
}


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is frozen cannot be typed over, and says since when."""

    beacon_source = forms.ChoiceField(label=_("Which public source"), required=False)
    second_language = forms.ChoiceField(label=_("Language on the back of the letter"), required=False)

    class Meta:
        model = Lot
        fields = [name for _heading, names in PARTS for name in names]
        widgets = {"age_on": DateInput, "keep_until": DateInput, "draw_at": DateTimeInput}

    def __init__(self, data: Any = None, *, instance: Lot) -> None:
        super().__init__(data, instance=instance)
        own = settings.LANGUAGE_CODE.split("-")[0]
        languages = [(code, name) for code, name in settings.LANGUAGES if code.split("-")[0] != own]
        self.choices("beacon_source", [("", gettext("none")), *((name, name) for name in SOURCES)])
        self.choices("second_language", [("", gettext("none")), *languages])
        chosen: Any = self.fields["questionnaire"]
        chosen.queryset = instance.step.process.questionnaires.all()
        chosen.empty_label = gettext("no questions")
        for name, text in HELP.items():
            self.fields[name].help_text = text
        for name in ("seats", "min_age"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"
        if instance.frozen_at:
            self._lock(date_format(timezone.localtime(instance.frozen_at), "j F Y"))

    def choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def _lock(self, day: str) -> None:
        for name in RULES:
            self.fields[name].disabled = True
            self.fields[name].help_text = gettext("Frozen and public since {day}.").format(day=day)

    @property
    def parts(self) -> Iterator[tuple[Any, list[BoundField]]]:
        for heading, names in PARTS:
            yield heading, [self[name] for name in names]

    def clean_seats(self) -> int | None:
        seats: int | None = self.cleaned_data["seats"]
        if seats is not None and not 1 <= seats <= MOST_SEATS:
            raise forms.ValidationError(gettext("Fill in a number from 1 to {most}.").format(most=MOST_SEATS))
        return seats

    def clean_min_age(self) -> int:
        age: int = self.cleaned_data["min_age"]
        if age > 120:
            raise forms.ValidationError(gettext("Nobody is that old."))
        return age

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("chance") == Lot.Chance.BEACON:
            if not data.get("beacon_source"):
                self.add_error("beacon_source", gettext("Say which public source it is."))
            if not data.get("beacon_round"):
                self.add_error("beacon_round", gettext("Say which round it is, before anybody can know it."))
        return data


class SizeForm(forms.Form):
    """How many letters bring how many people (R025)."""

    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS)
    per_seat = forms.FloatField(
        label=_("People who say yes, for each seat"), min_value=1, max_value=50, initial=4,
        help_text=_("More people to draw from: the quotas can be met, and everybody’s chance is more alike."),
    )  # fmt: skip
    rate = forms.FloatField(
        label=_("How many of a hundred letters bring a yes"), min_value=0.1, max_value=100, initial=5,
        help_text=_("Most towns see 3 to 5; Zeist saw 14 of every hundred."),
    )  # fmt: skip
    people = forms.IntegerField(
        label=_("People who can get a letter"), min_value=1, max_value=100_000_000,
        help_text=_("All residents from the lowest age on."),
    )  # fmt: skip
