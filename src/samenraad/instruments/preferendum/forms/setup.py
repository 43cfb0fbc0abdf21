"""The rules of a vote, its words, its goals and its options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.preferendum.models import BALLOTS_OF, Ballot, Indicator, Option, Preferendum, Rule
from samenraad.instruments.preferendum.rules.scales import LEAST_WORDS, MOST_WORDS, Word, kept_languages
from samenraad.processes.models import Goal
from samenraad.texts import TranslatedFormField, translated

#: the page in its parts: heading -> fields
PARTS = (
    (_("What voters do, and how it is counted"), ("ballot", "rule", "most")),
    (_("When is it clear?"), ("threshold_percent", "graded_percent", "expected_percent", "approval_percent")),
    (_("What the council does with it"), ("standing", "pledge")),
    (_("When two options are equal"), ("tie",)),
)
ONLY_RATED = ("threshold_percent", "graded_percent")

HELP = {
    "ballot": _("With more than five options people cannot put them in order in secret."),
    "rule": _("It is chosen before anybody votes. Each way belongs to what voters do."),
    "most": _("Priorities, or marks. Empty: a quarter of the proposals and at most 5; or all plans that are good."),
    "threshold_percent": _("Of those who rated a proposal, so many per cent must agree. Usual: 50."),
    "graded_percent": _("On so many per cent of the ballots it must have been rated. Usual: 50."),
    "expected_percent": _("It is said beforehand, and stands beside the result. Duiven expected 30 in 2008."),
    "approval_percent": _("Only when your regulation asks for it: the winner’s votes as a part of everybody."),
    "pledge": _(
        "Everybody reads it before voting. Such as: the council follows the outcome when 30 per cent vote. "
        "Without a pledge the rules cannot be fixed."
    ),
    "tie": _("The seed is made in public, after the last vote and before the count."),
}
USUAL_TIE = {
    "nl": "Meteen na het sluiten wordt in de raadzaal met zes dobbelstenen gegooid, terwijl iedereen mag toekijken. "
    "Wat zij zeggen, bepaalt de volgorde van gelijke voorstellen.",
    "en": "Directly after the vote closes six dice are thrown in the council room, and everybody may watch. What they "
    "say decides the order of equal proposals.",
}


class RulesForm(forms.ModelForm):  # type: ignore[type-arg]
    """Only ways of counting that can count the ballot."""

    class Meta:
        model = Preferendum
        fields = [name for _heading, names in PARTS for name in names]

    def __init__(self, data: Any = None, *, instance: Preferendum) -> None:
        super().__init__(data, instance=instance)
        for name, text in HELP.items():
            self.fields[name].help_text = text
        for name in ("most", "threshold_percent", "graded_percent", "expected_percent", "approval_percent"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"
        rule: Any = self.fields["rule"]
        rule.choices = [(str(Ballot(ballot).label), _labels(known)) for ballot, known in BALLOTS_OF.items()]
        if not instance.tie:
            self.initial["tie"] = translated(USUAL_TIE)

    @property
    def parts(self) -> Iterator[tuple[Any, list[BoundField]]]:
        for heading, names in PARTS:
            yield heading, [self[name] for name in names]

    def clean_most(self) -> int | None:
        most: int | None = self.cleaned_data["most"]
        if most == 0:
            raise forms.ValidationError(gettext("At least one, or leave it empty."))
        return most

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in (*ONLY_RATED, "expected_percent", "approval_percent"):
            if (data.get(name) or 0) > 100:
                self.add_error(name, gettext("Fill in a number from 0 to 100."))
        ballot, rule = data.get("ballot"), data.get("rule")
        if ballot and rule and rule not in BALLOTS_OF[Ballot(ballot)]:
            fitting = ", ".join(str(Rule(one).label) for one in BALLOTS_OF[Ballot(ballot)])
            text = gettext("This cannot count what voters do there. These can: {rules}.")
            self.add_error("rule", text.format(rules=fitting))
        return data


def _labels(known: Sequence[Rule]) -> list[tuple[str, Any]]:
    return [(rule.value, rule.label) for rule in known]


@dataclass(frozen=True)
class Line:
    """One word of the scale, in each language of the town."""

    place: int
    fields: list[BoundField]


class WordsForm(forms.Form):
    """From the worst to the best; empty lines are left out."""

    agreeing = forms.IntegerField(
        label=_("How many of the best words mean that somebody agrees?"), min_value=1, max_value=MOST_WORDS - 1,
        required=False, help_text=_("Empty: the upper half."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, scale: Sequence[Word], agreeing: int | None = None) -> None:
        self.old = list(scale)
        super().__init__(data, initial={"agreeing": agreeing})
        for place in range(1, MOST_WORDS + 1):
            word = self.old[place - 1] if place <= len(self.old) else {}
            for code, language in settings.TEXT_LANGUAGES:
                label = gettext("Word {place}: {language}").format(place=place, language=language)
                widget = forms.TextInput(attrs={"lang": code})
                field = forms.CharField(
                    label=label, required=False, max_length=40, initial=word.get(code, ""), widget=widget
                )
                self.fields[_name(place, code)] = field

    @property
    def lines(self) -> list[Line]:
        codes = [code for code, _language in settings.TEXT_LANGUAGES]
        return [Line(place, [self[_name(place, code)] for code in codes]) for place in range(1, MOST_WORDS + 1)]

    @property
    def scale(self) -> list[Word]:
        return kept_languages(self.old, self._typed(), _own())

    def _typed(self) -> list[Word]:
        found = []
        for place in range(1, MOST_WORDS + 1):
            texts = {code: self.cleaned_data.get(_name(place, code), "") for code, _label in settings.TEXT_LANGUAGES}
            word = {code: text for code, text in texts.items() if text}
            if word:
                found.append(word)
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        words = self._typed()
        if not LEAST_WORDS <= len(words) <= MOST_WORDS:
            raise forms.ValidationError(gettext("Use two to seven words."))
        for place in range(1, MOST_WORDS + 1):
            others = any(data.get(_name(place, code)) for code, _language in settings.TEXT_LANGUAGES)
            if others and not data.get(_name(place, _own())):
                self.add_error(_name(place, _own()), gettext("Give this word in the language of the town too."))
        if (data.get("agreeing") or 0) >= len(words):
            self.add_error("agreeing", gettext("Not every word can mean that somebody agrees."))
        return data


def _name(place: int, code: str) -> str:
    return f"word{place}-{code}"


def _own() -> str:
    return str(settings.LANGUAGE_CODE).split("-")[0]


class OptionForm(forms.Form):
    """A text that came from elsewhere is shown beside the form, and only its arguments are asked."""

    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("What it means, in a few sentences"), max_length=10_000, required=False, widget=forms.Textarea,
        help_text=_("What changes, for whom, and what it costs. In the language of the town."),
    )  # fmt: skip
    pros = TranslatedFormField(label=_("What pleads for it"), long=True, required=False)
    cons = TranslatedFormField(label=_("What pleads against it"), long=True, required=False)

    def __init__(self, data: Any = None, *, option: Option | None = None) -> None:
        initial: dict[str, Any] = {}
        if option:
            text = option.proposal
            initial = {"title": text.title, "text": text.text, "pros": option.pros, "cons": option.cons}
        super().__init__(data, initial=initial)
        for name in ("pros", "cons"):
            self.fields[name].help_text = _("One argument on each line. As many on both sides is fair.")
        if option and option.proposal.carried_from_id:
            del self.fields["title"], self.fields["text"]

    def values(self, option: Option | None = None) -> dict[str, Any]:
        """What was typed; the text of an option that came from elsewhere stays its own."""
        found = {"title": option.proposal.title, "text": option.proposal.text} if option else {}
        return {**found, **self.cleaned_data}


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it taken out?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read it."),
    )  # fmt: skip


class GoalsForm(forms.Form):
    """Per goal of the process: by what one will see that it was reached (R277)."""

    def __init__(self, data: Any = None, *, goals: Sequence[Goal], chosen: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__(data)
        self.goals = goals
        for goal in goals:
            known = chosen.get(str(goal.pk), {})
            self.fields[f"indicator{goal.pk}"] = forms.ChoiceField(
                label=_("How do we see it?"), choices=Indicator, initial=known.get("indicator", Indicator.OTHER)
            )
            self.fields[f"least{goal.pk}"] = forms.IntegerField(
                label=_("At least how many per cent?"), required=False, min_value=0, max_value=100,
                initial=known.get("least"), help_text=_("For turnout and for votes. Empty: what the rules say."),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Goal, list[BoundField]]]:
        return [(goal, [self[f"indicator{goal.pk}"], self[f"least{goal.pk}"]]) for goal in self.goals]

    @property
    def chosen(self) -> dict[str, dict[str, Any]]:
        data = self.cleaned_data
        return {
            str(goal.pk): {"indicator": data[f"indicator{goal.pk}"], "least": data[f"least{goal.pk}"]}
            for goal in self.goals
        }
