"""The promise: who answers, within how many days, and what is adopted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenraad.processes.models import Promise
from samenraad.texts import Translated, TranslatedFormField, translated


class PromiseForm(forms.ModelForm[Promise]):
    preconditions = TranslatedFormField(
        label=_("What is adopted when it meets all of these?"),
        help_text=_(
            "One condition on each line, in each language as many lines. Later the answers are held against them: "
            "what meets all conditions and is not adopted stands out."
        ),
        long=True,
        required=False,
    )

    term_days = forms.IntegerField(
        label=_("Within how many days after the hand-over?"),
        help_text=_("70 days is ten weeks. At most 730."),
        min_value=1,
        max_value=730,
    )
    field_order = ("text", "body", "term_days", "preconditions", "settled_by")

    class Meta:
        model = Promise
        fields = ("text", "body", "term_days", "preconditions", "settled_by")
        labels = {
            "text": _("The promise, as everybody will read it"),
            "body": _("Who promises and answers?"),
            "settled_by": _("How was it decided?"),
        }
        help_texts = {
            "text": _("What do you do with what people bring, and by when? Write it as one person to another."),
            "settled_by": _("For example: by the council, on 10 September, with 31 votes for and 4 against."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [translated(text) for text in self.instance.preconditions or []]
        self.initial["preconditions"] = Translated(
            {code: "\n".join(line.get(code, "") for line in lines).rstrip() for code, _name in settings.TEXT_LANGUAGES}
        )

    def clean_preconditions(self) -> list[dict[str, str]]:
        """From lines per language to languages per line."""
        texts = self.cleaned_data["preconditions"]
        columns = {code: [line.strip() for line in text.splitlines() if line.strip()] for code, text in texts.items()}
        columns = {code: lines for code, lines in columns.items() if lines}
        counts = {len(lines) for lines in columns.values()}
        if len(counts) > 1:
            low, high = min(counts), max(counts)
            text = gettext(
                "One language has {low} conditions, another {high}. Give each condition in the same place in every "
                "language."
            )
            raise forms.ValidationError(text.format(low=low, high=high))
        rows = range(counts.pop() if counts else 0)
        return [{code: lines[row] for code, lines in columns.items()} for row in rows]

    def _post_clean(self) -> None:
        """The draft is written by its action; the row that stands here stays as it is."""
