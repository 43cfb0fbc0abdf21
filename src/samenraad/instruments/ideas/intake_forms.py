"""Forms for reading in a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.ideas.models import Upload
from samenraad.instruments.ideas.rules.columns import NAMES
from samenraad.people.models import Channel
from samenraad.people.sheets import MAX_BYTES
from samenraad.refusals import Refusal
from samenraad.texts import explain
from samenraad.ui.forms import DateInput

LABELS = {
    "title": _("Title"),
    "text": _("Text"),
    "reference": _("Number in the list"),
    "theme": _("Theme"),
    "place": _("Neighbourhood"),
    "day": _("Day"),
    "channel": _("How it came in"),
    "name": _("Name of who gave it"),
    "email": _("E-mail address"),
    "phone": _("Phone number"),
    "street": _("Street and number"),
    "postcode": _("Postcode"),
    "city": _("Place of residence"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("A CSV file or an Excel workbook (.xlsx), with the names of the columns in the first row."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": _("Choose a file."), "empty": _("There is nothing in this file.")},
        max_length=200,
    )

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > MAX_BYTES:
            raise forms.ValidationError(explain(Refusal("sheet.too_big", megabytes=MAX_BYTES // 1024 // 1024)))
        return given


class ColumnsForm(forms.Form):
    """For each thing we can use: in which column it stands."""

    def __init__(self, *args: Any, upload: Upload, header: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("not in this file")), *((name, name) for name in header)]
        for word in NAMES:
            self.fields[f"column_{word}"] = forms.ChoiceField(
                label=LABELS[word], choices=choices, required=False, initial=upload.columns.get(word, "")
            )
        self.fields["channel"] = forms.ChoiceField(
            label=_("How did they come in, where a line does not say it?"),
            choices=Channel.choices, initial=upload.channel, widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields["day"] = forms.DateField(
            label=_("On which day, where a line does not say it?"), initial=upload.day, widget=DateInput
        )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("column_title") and not data.get("column_text"):
            self.add_error("column_title", explain(Refusal("ideas.no_title_column")))
        return data

    def mapping(self) -> dict[str, str]:
        return {word: self.cleaned_data[f"column_{word}"] for word in NAMES if self.cleaned_data[f"column_{word}"]}

    def column_fields(self) -> list[Any]:
        return [self[f"column_{word}"] for word in NAMES]

    def other_fields(self) -> list[Any]:
        return [self["channel"], self["day"]]
