"""A step: what it is called, when it is open, and why on these days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenraad.processes import clocks
from samenraad.processes.forms.plan import reason_field
from samenraad.processes.models import Process, Step
from samenraad.texts import TranslatedFormField
from samenraad.ui.forms import DateTimeInput

DATES = {"opens", "closes"}


class StepForm(forms.ModelForm[Step]):
    title = TranslatedFormField(label=gettext_lazy("What do residents call it?"), max_length=100)

    class Meta:
        model = Step
        fields = ("title", "introduction", "opens", "closes", "body", "because")
        widgets = {"opens": DateTimeInput, "closes": DateTimeInput}
        labels = {
            "introduction": gettext_lazy("What do you ask of them?"),
            "opens": gettext_lazy("From when can people take part?"),
            "closes": gettext_lazy("Until when?"),
            "body": gettext_lazy("For the members of one group?"),
            "because": gettext_lazy("Does it follow on another step?"),
        }
        help_texts = {
            "opens": gettext_lazy("It opens and closes by itself. Leave both days empty while you do not know them."),
            "closes": gettext_lazy("The last minute in which people can take part, for example 23:59."),
            "body": gettext_lazy("Leave this empty when everybody may take part."),
        }

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process = process
        self.before = (self.instance.opens, self.instance.closes)
        self.fields["because"].queryset = process.steps.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        if not self.fields["because"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["because"]
        self.fields["reason"] = reason_field(
            required=False,
            help_text=_(
                "Needed when you move days that residents know already, and when the days touch a silent period "
                "before an election. Everybody will read it."
            ),
        )
        self.fields["reason"].label = _("Why on these days?")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opens, closes = data.get("opens"), data.get("closes")
        if any(str(step) == str(data.get("title")) for step in self.process.steps.exclude(pk=self.instance.pk)):
            self.add_error("title", _("There is a step with this name already. Give this one its own name."))
        if opens and closes and closes <= opens:
            self.add_error("closes", _("A step closes after it opens. Check both days."))
        elif not data.get("reason") and "reason" not in self.errors:
            for why in self._needs_explaining(opens, closes):
                self.add_error("reason", why)
        return data

    def _needs_explaining(self, opens: Any, closes: Any) -> list[str]:
        moved = any(self.before) and self.process.is_public and DATES & set(self.changed_data)
        found = [_("Residents know other days. Say why you move them.")] if moved else []
        if DATES & set(self.changed_data):
            title = str(self.cleaned_data.get("title") or _("This step"))
            silent = clocks.silences(timezone.localdate())
            found += [
                _("{warning} Choose other days, or say why it must be then.").format(warning=warning)
                for warning in clocks.period_warnings(title, opens, closes, silent)
            ]
        return found

    @property
    def reason(self) -> str:
        return str(self.cleaned_data.get("reason", ""))

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}

    def _post_clean(self) -> None:
        """The step is written by its action; the row that stands here stays as it is."""
