"""Forms for the list of voters, its letters, and lost ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samenraad.ballots.actions.roll import MOST_CARDS
from samenraad.ballots.models import Load, Mailing, Vote
from samenraad.ballots.rules.codes import looks_like_a_code
from samenraad.ballots.rules.extract import areas_typed


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("The list of people who may vote"),
        help_text=_(
            "A CSV file of at most 100 MB, or an Excel workbook (.xlsx). The first row names the columns: number, "
            "name, street, postcode, town and neighbourhood; and if you like language and large print."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": _("Choose a file."), "empty": _("There is nothing in this file.")},
        max_length=200,
    )


class CardsForm(forms.Form):
    """So many codes per neighbourhood. When there are codes, one says that they may go: those that one saw."""

    areas = forms.CharField(
        label=_("How many codes?"),
        help_text=_("A number; or a line per neighbourhood, such as: Binnenring 120"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
    )
    instead = forms.BooleanField(
        label=_("The codes that are there may be thrown away; what was printed of them is worth nothing then"),
        required=False,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, there: Load | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = there.pk if there else None
        if there is None:
            del self.fields["instead"]

    def clean_areas(self) -> list[tuple[str, int]]:
        try:
            found = areas_typed(self.cleaned_data["areas"])
        except ValueError as line:
            raise forms.ValidationError(
                _("This line is not clear: “%(line)s”. First the neighbourhood, then a number; each only once."),
                params={"line": str(line)[:80]},
            ) from line
        if not 0 < sum(number for _area, number in found) <= MOST_CARDS:
            raise forms.ValidationError(
                _("Make at least 1 code, and at most %(most)s at a time."), params={"most": MOST_CARDS}
            )
        return found

    @property
    def instead_of(self) -> int | None:
        return self.cleaned_data.get("seen") if self.cleaned_data.get("instead") else None


class ReadForm(forms.Form):
    """The last question before codes are made for a list."""

    without_bad_lines = forms.BooleanField(
        label=_("Make codes without the lines that are not right; who stands on them cannot vote"), required=False
    )


class KeepForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Vote
        fields = ("keep_roll_days",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep_roll_days"] = forms.IntegerField(
            label=_("Days after the count on which the list of voters is destroyed"), min_value=1, max_value=730,
            initial=self.instance.keep_roll_days,
        )  # fmt: skip


class MailingForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Mailing
        fields = ("phone", "places", "signed", "second_language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        languages = [(code, names.get(code, code)) for code in settings.LETTER_LANGUAGES]
        self.fields["phone"].help_text = _("Empty: the number of the town.")
        self.fields["places"].help_text = _("For instance: town hall, Marktplein 1, on working days from 9 to 17.")
        self.fields["second_language"] = forms.ChoiceField(
            label=_("Language on the back of the letter"), required=False,
            choices=[("", _("none")), *[pair for pair in languages if pair[0] != settings.LANGUAGE_CODE]],
        )  # fmt: skip


class BackForm(forms.Form):
    number = forms.IntegerField(label=_("So many came back now"), min_value=1, max_value=100_000)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("The person's number in the register"),
        help_text=_("As it stood in the list. It is not kept: we look up its mark only."),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _line(label: Any, longest: int) -> forms.CharField:
    needed = _("Needed for the letter: we did not keep the address.")
    return forms.CharField(label=label, max_length=longest, error_messages={"required": needed})


class ReplaceForm(forms.Form):
    """How the new code comes to its owner."""

    use_required_attribute = False
    number = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("How does the new code come to this person?"),
        choices=[("letter", _("in a new letter")), ("aloud", _("I read it aloud or write it down now"))],
        widget=forms.RadioSelect,
        initial="letter",
    )
    name = _line(_("Name"), 160)
    street = _line(_("Street and house number"), 160)
    postcode = _line(_("Postcode"), 16)
    city = _line(_("Town"), 120)
    large = forms.BooleanField(label=_("In large print"), required=False)

    ADDRESS = ("name", "street", "postcode", "city")

    def clean(self) -> dict[str, Any]:
        """Without a letter no address is needed."""
        data = super().clean() or {}
        if data.get("how") == "aloud":
            for field in self.ADDRESS:
                self.errors.pop(field, None)
        return data

    @property
    def address_fields(self) -> list[forms.BoundField]:
        return [self[field] for field in (*self.ADDRESS, "large")]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code on the letter"), max_length=40,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not looks_like_a_code(code):
            raise forms.ValidationError(_("A voting code has 16 letters and digits."))
        return code
