"""Forms for a register extract: the file, its columns, and what its words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.lot.models import ColumnProfile, Dimension, Extract
from samenraad.instruments.lot.rules.columns import NAMES, NEEDED, dimension_word
from samenraad.instruments.lot.rules.extract import LEAVE

#: so many columns can say that people get no letter
MARKS = 6
LABELS = {
    "number": _("The person's own number"),
    "first_name": _("First names"),
    "prefix": _("What stands before the surname, such as “van der”"),
    "last_name": _("Surname"),
    "name": _("The whole name, when it stands in one column"),
    "street": _("Street"),
    "house": _("House number"),
    "letter": _("House letter"),
    "addition": _("Addition or box"),
    "postcode": _("Postcode"),
    "town": _("Town"),
    "born": _("Date of birth, or age"),
    "place": _("Neighbourhood, name or code"),
    "language": _("Language of the letter"),
}
HELP = {
    "number": _(
        "It decides the lot, and keeps somebody from being written to twice. It is destroyed with the register, and "
        "never published. A number that serves for nothing else is better than a BSN."
    ),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("The file from the population register"),
        help_text=_(
            "A CSV file of at most 100 MB, or a small Excel workbook (.xlsx). The first row names the columns."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": _("Choose a file."), "empty": _("There is nothing in this file.")},
        max_length=200,
    )


class ColumnsForm(forms.Form):
    """For each thing that we need: in which column it stands; and which marks mean that somebody gets no letter."""

    def __init__(self, *args: Any, extract: Extract, dimensions: Sequence[Dimension], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extract, self.dimensions = extract, dimensions
        self.choices = [("", _("not in this file")), *((name, name) for name in _once(extract.header))]
        for word in NAMES:
            self._column(word, LABELS[word], word in NEEDED, HELP.get(word, ""))
        for one in dimensions:
            self._column(dimension_word(one.key), str(one), True)
        self._marks()
        self.fields["save_as"] = forms.CharField(
            label=_("Remember these columns under this name"), required=False, max_length=80,
            help_text=_("Next time they are filled in by themselves, when the file has the same columns."),
        )  # fmt: skip

    def _column(self, word: str, label: Any, required: bool, help_text: Any = "") -> None:
        self.fields[f"column_{word}"] = forms.ChoiceField(
            label=label, choices=self.choices, required=required, help_text=help_text,
            initial=self.extract.columns.get(word, ""),
        )  # fmt: skip

    def _marks(self) -> None:
        told: dict[str, list[str]] = {}
        for column, value in self.extract.leave_out:
            told.setdefault(column, []).append(value)
        known = [*told.items(), *[("", [])] * MARKS][: max(MARKS, len(told))]
        self.marks = len(known)
        for row, (column, values) in enumerate(known, start=1):
            self.fields[f"mark_{row}"] = forms.ChoiceField(
                label=_("Column {number}").format(number=row), required=False, initial=column,
                choices=[("", _("no column")), *self.choices[1:]],
            )  # fmt: skip
            self.fields[f"means_{row}"] = forms.CharField(
                label=_("Values {number}").format(number=row), required=False, max_length=200,
                initial=", ".join(values),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("column_last_name") or data.get("column_name")) and not self.errors:
            self.add_error("column_last_name", _("Choose the column with the surname, or the one with the whole name."))
        for row in range(1, self.marks + 1):
            if data.get(f"mark_{row}") and not data.get(f"means_{row}"):
                self.add_error(f"means_{row}", _("Say which values mean that somebody gets no letter; * is any value."))
        return data

    @property
    def columns(self) -> dict[str, str]:
        taken = {name: value for name, value in self.cleaned_data.items() if name.startswith("column_")}
        return {name.removeprefix("column_"): value for name, value in taken.items() if value}

    @property
    def leave_out(self) -> list[list[str]]:
        return [
            [self.cleaned_data[f"mark_{row}"], value.strip()]
            for row in range(1, self.marks + 1)
            if self.cleaned_data[f"mark_{row}"]
            for value in self.cleaned_data[f"means_{row}"].split(",")
            if value.strip()
        ]

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [self[f"column_{word}"] for word in NAMES]

    @property
    def dimension_fields(self) -> list[forms.BoundField]:
        return [self[f"column_{dimension_word(one.key)}"] for one in self.dimensions]

    @property
    def mark_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"mark_{row}"], self[f"means_{row}"]) for row in range(1, self.marks + 1)]


def _once(header: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(header) if name and header.count(name) == 1]


class ProfileForm(forms.Form):
    """Another saved way of reading for this file."""

    profile = forms.ModelChoiceField(ColumnProfile.objects.all(), label=_("Columns as you kept them before"))


class ValuesForm(forms.Form):
    """What the register's own words mean: one of our groups, or no letter."""

    def __init__(self, *args: Any, extract: Extract, dimensions: Sequence[Dimension], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: list[tuple[Dimension, list[tuple[str, str]]]] = []
        unknown = extract.counted.get("unknown", {})
        for one in dimensions:
            rows = [(f"value_{one.pk}_{row}", written) for row, written in enumerate(unknown.get(one.key, {}))]
            if rows:
                self.asked.append((one, rows))
            for name, written in rows:
                self._value(one, name, written, unknown[one.key][written])

    def _value(self, dimension: Dimension, name: str, written: str, people: int) -> None:
        label = _("“{written}”, {people} people") if written else _("nothing filled in, {people} people")
        self.fields[name] = forms.ChoiceField(
            label=str(label).format(written=written, people=people), required=False,
            choices=[
                ("", _("do not know: a line that is not right")),
                *((value.key, str(value)) for value in dimension.values.all()),
                (LEAVE, _("these people get no letter")),
            ],
        )  # fmt: skip

    @property
    def values(self) -> dict[str, dict[str, str]]:
        return {
            one.key: {written: self.cleaned_data[name] for name, written in rows if self.cleaned_data[name]}
            for one, rows in self.asked
        }

    @property
    def groups(self) -> list[tuple[Dimension, list[forms.BoundField]]]:
        return [(one, [self[name] for name, _written in rows]) for one, rows in self.asked]


class ReadForm(forms.Form):
    """The last question before a register is read in."""

    without_bad_lines = forms.BooleanField(
        label=_("Read it in without the lines that are not right; who stands on them cannot be drawn"), required=False
    )
