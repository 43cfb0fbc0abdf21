"""Forms for the groups: choosing them from the figures, changing one, and the seats of all of them in one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.lot.actions.groups import Line, Wish
from samenraad.instruments.lot.models import Dimension, Lot, Value
from samenraad.instruments.lot.queries.groups import Row, Table
from samenraad.instruments.lot.queries.reference import Known
from samenraad.instruments.lot.rules.plan import USUAL_MARGIN
from samenraad.questionnaires.models import Question
from samenraad.ui.forms import DateInput

REGISTER = "register"
MARGINS = [
    (0, _("exactly its share")),
    (1, _("one seat more or less")),
    (2, _("two seats more or less")),
    (3, _("three seats more or less")),
]
#: empty lines at the end of a list of groups
EMPTY_LINES = 3
MOST_GROUPS = 60


def asked(lot: Lot) -> list[Question]:
    """Questions of this lot with answers to choose from: only those make groups."""
    if lot.questionnaire is None:
        return []
    items = lot.questionnaire.items.select_related("question").filter(question__kind=Question.Kind.ONE)
    return [item.question for item in items]


def sources(questions: Sequence[Question]) -> list[tuple[str, str]]:
    return [(REGISTER, gettext("the register")), *((str(one.pk), str(one)) for one in questions)]


class MarginForm(forms.Form):
    margin = forms.TypedChoiceField(
        label=_("How far may a group be from its share?"), choices=MARGINS, coerce=int, initial=USUAL_MARGIN,
        help_text=_("Tighter looks more like the town; looser can be filled more easily."),
    )  # fmt: skip


class ChooseForm(MarginForm):
    """Which dimensions of the figures decide the draw, and where somebody's group is known from."""

    DECIDES, MEASURED, NOT = "decides", "measured", "not"

    def __init__(self, data: Any = None, *, known: Sequence[Known], questions: Sequence[Question]) -> None:
        super().__init__(data)
        self.known = list(known)
        self.questions = {str(one.pk): one for one in questions}
        for one in self.known:
            self.fields[f"use_{one.key}"] = forms.ChoiceField(
                label=gettext("{name}: what we do with it").format(name=capfirst(one.label)), initial=self._use(one),
                choices=[(self.DECIDES, _("decides the draw")), (self.MEASURED, _("is measured only")),
                         (self.NOT, _("is left out"))],
            )  # fmt: skip
            self.fields[f"from_{one.key}"] = forms.ChoiceField(
                label=gettext("{name}: known from").format(name=capfirst(one.label)), choices=sources(questions),
                initial=self._source(one),
            )  # fmt: skip

    def _question(self, one: Known) -> str | None:
        """A question of which the answers are called like the groups."""
        for pk, question in self.questions.items():
            if set(one.values) <= {option["key"] for option in question.options}:
                return pk
        return None

    def _source(self, one: Known) -> str:
        return REGISTER if one.in_register else self._question(one) or REGISTER

    def _use(self, one: Known) -> str:
        return self.DECIDES if one.in_register or self._question(one) else self.NOT

    @property
    def rows(self) -> Iterator[tuple[Known, BoundField, BoundField]]:
        for one in self.known:
            yield one, self[f"use_{one.key}"], self[f"from_{one.key}"]

    @property
    def chosen(self) -> list[tuple[Known, Question | None, bool]]:
        found = []
        for one in self.known:
            use = self.cleaned_data.get(f"use_{one.key}")
            if use != self.NOT:
                found.append((one, self.questions.get(self.cleaned_data[f"from_{one.key}"]), use == self.DECIDES))
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for one in self.known:
            question = self.questions.get(data.get(f"from_{one.key}", ""))
            if data.get(f"use_{one.key}") in (self.DECIDES, self.MEASURED) and question:
                missing = sorted(set(one.values) - {option["key"] for option in question.options})
                if missing:
                    words = gettext("This question has no answer called {groups}.").format(groups=", ".join(missing))
                    self.add_error(f"from_{one.key}", words)
        return data


class DimensionForm(forms.Form):
    """What makes people differ, and where that is known from."""

    name = forms.CharField(
        label=_("What makes people differ"), max_length=80, help_text=_("For example: age, neighbourhood, education.")
    )
    known_from = forms.ChoiceField(label=_("Where we know it from"))
    has_quotas = forms.BooleanField(
        label=_("It decides the draw"), required=False, initial=True,
        help_text=_("Otherwise it is measured and published only."),
    )  # fmt: skip
    figures_source = forms.CharField(
        label=_("Where the figures come from"), max_length=240, required=False,
        help_text=_("How many people live in each group. It is published."),
    )  # fmt: skip
    figures_date = forms.DateField(label=_("Day of the figures"), required=False, widget=DateInput)

    def __init__(self, data: Any = None, *, lot: Lot, dimension: Dimension | None) -> None:
        super().__init__(data, initial=_initial(dimension) if dimension else {"known_from": REGISTER})
        questions = asked(lot)
        self.questions = {str(one.pk): one for one in questions}
        source: Any = self.fields["known_from"]
        source.choices = sources(questions)
        if not questions:
            source.help_text = gettext("With a questionnaire in the plan you can also ask it.")

    @property
    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(
            data["name"], self.questions.get(data["known_from"]), data["has_quotas"], data["figures_source"],
            data["figures_date"],
        )  # fmt: skip


def _initial(dimension: Dimension) -> dict[str, Any]:
    return {
        "name": str(dimension.label), "known_from": str(dimension.question_id or REGISTER),
        "has_quotas": dimension.has_quotas, "figures_source": dimension.figures_source,
        "figures_date": dimension.figures_date,
    }  # fmt: skip


class LineForm(forms.Form):
    """One group."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Group"), max_length=80, required=False)
    people = forms.IntegerField(label=_("People in the town"), required=False, min_value=0, max_value=100_000_000)
    rate = forms.FloatField(label=_("Of a hundred letters say yes"), required=False, min_value=0.1, max_value=100)
    factor = forms.FloatField(
        label=_("Letters, times their share"), required=False, min_value=0.1, max_value=20, initial=1
    )
    factor_reason = forms.CharField(label=_("Why more or fewer letters"), max_length=240, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = int(last) + 1 if (last := str(self.prefix).rpartition("-")[2]).isdecimal() else 0
        for name, field in self.fields.items():
            if name != "pk":
                words = gettext("Group {number}: {what}")
                field.widget.attrs["aria-label"] = words.format(number=number, what=field.label)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if (data.get("factor") or 1) != 1 and not data.get("factor_reason"):
            self.add_error("factor_reason", gettext("Say why: everybody can read it."))
        return data

    @property
    def line(self) -> Line:
        data = self.cleaned_data
        rate = data.get("rate")
        return Line(
            data.get("name", ""), data.get("people"), data.get("pk"), rate=rate / 100 if rate else None,
            factor=data.get("factor") or 1.0, factor_reason=data.get("factor_reason", ""),
        )  # fmt: skip


LineSet = forms.formset_factory(LineForm, extra=EMPTY_LINES, max_num=MOST_GROUPS, absolute_max=MOST_GROUPS)


def lines_of(dimension: Dimension | None) -> list[dict[str, Any]]:
    values = dimension.values.all() if dimension else []
    return [
        {"pk": one.pk, "name": str(one.label), "people": one.people, "factor": f"{one.factor:g}",
         "rate": round(one.rate * 100, 2) if one.rate else None, "factor_reason": one.factor_reason}
        for one in values
    ]  # fmt: skip


class LimitsForm(forms.Form):
    """The seats of all groups that decide, in one table: it works without scripts."""

    def __init__(self, data: Any = None, *, tables: Sequence[Table], frozen: bool = False) -> None:
        super().__init__(data)
        self.tables = [table for table in tables if table.dimension.has_quotas]
        for value in self.values:
            for side, before in (("least", value.least), ("most", value.most)):
                words = gettext("{group}: at least") if side == "least" else gettext("{group}: at most")
                self.fields[f"{side}_{value.pk}"] = forms.IntegerField(
                    label=words.format(group=value), required=False, min_value=0, max_value=1000, initial=before,
                    disabled=frozen,
                    widget=forms.NumberInput(attrs={"class": "seat", "aria-label": words.format(group=value)}),
                )  # fmt: skip

    @property
    def values(self) -> list[Value]:
        return [row.value for table in self.tables for row in table.rows]

    @property
    def shown(self) -> Iterator[tuple[Table, list[tuple[Row, BoundField, BoundField]]]]:
        for table in self.tables:
            rows = [(row, self[f"least_{row.value.pk}"], self[f"most_{row.value.pk}"]) for row in table.rows]
            yield table, rows

    @property
    def limits(self) -> dict[int, tuple[int | None, int | None]]:
        """As they are typed, or as they stand in the plan while nothing valid was typed."""
        data = getattr(self, "cleaned_data", {})
        return {
            value.pk: (data.get(f"least_{value.pk}", value.least), data.get(f"most_{value.pk}", value.most))
            for value in self.values
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for value in self.values:
            least, most = data.get(f"least_{value.pk}"), data.get(f"most_{value.pk}")
            if least is not None and most is not None and least > most:
                self.add_error(f"most_{value.pk}", gettext("This is less than “at least”."))
        return data


class TriedForm(forms.Form):
    text = forms.CharField(
        label=_("What did you do to reach them?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who went where, and what came of it. For example: twice at the mosque, 40 people spoken to."),
    )  # fmt: skip
