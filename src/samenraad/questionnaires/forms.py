"""Forms for making questions, and the form that a page of a questionnaire is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Channel
from samenraad.questionnaires import queries, rules
from samenraad.questionnaires.models import Item, Question, Questionnaire
from samenraad.refusals import Refusal
from samenraad.texts import explain, translated
from samenraad.ui.forms import DateInput


class QuestionnaireForm(forms.ModelForm[Questionnaire]):
    class Meta:
        model = Questionnaire
        fields = ["title", "intro"]


class QuestionForm(forms.ModelForm[Question]):
    """A question with its possible answers, one per line."""

    answers = forms.CharField(
        label=_("Answers to choose from"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("One per line, for questions with fixed answers."),
    )
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    heading = forms.CharField(
        label=_("Heading of a new page"),
        required=False,
        max_length=120,
        help_text=_("Begins a page, if you fill it in."),
    )
    condition = forms.ModelChoiceField(
        Question.objects.none(), label=_("Only ask this after"), required=False, empty_label=_("ask everybody")
    )
    values = forms.CharField(
        label=_("If the answer was"), required=False, max_length=240, help_text=_("One or more answers, with commas.")
    )

    class Meta:
        model = Question
        fields = ["text", "help", "kind", "key", "least", "most", "low_label", "high_label", "personal"]

    def __init__(self, *args: Any, questionnaire: Questionnaire, item: Item | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questionnaire = questionnaire
        earlier = questionnaire.items.filter(position__lt=item.position) if item else questionnaire.items.all()
        condition: Any = self.fields["condition"]
        condition.queryset = Question.objects.filter(items__in=earlier)
        self.order_fields(["text", "help", "kind", "answers"])
        if item is not None:
            self._show(item)

    def _show(self, item: Item) -> None:
        names = dict(queries.choices(item.condition, self.questionnaire)) if item.condition else {}
        self.initial = {**self.initial} | {
            "answers": "\n".join(name for _, name in queries.choices(item.question)),
            "required": item.required,
            "heading": str(item.heading),
            "condition": item.condition_id,
            "values": ", ".join(names.get(value, str(value)) for value in item.values),
        }

    def options(self) -> list[dict[str, Any]]:
        """The answers with ids made of their words. An answer that keeps its words keeps its id."""
        before = {str(translated(option["text"])): option for option in self.instance.options}
        lines = [line.strip() for line in self.cleaned_data["answers"].splitlines() if line.strip()]
        return [before.get(line) or _option(line, number) for number, line in enumerate(lines, 1)]

    def place(self) -> dict[str, Any]:
        """What belongs to the question's place in the questionnaire, not to the question."""
        return {name: self.cleaned_data[name] for name in ("required", "heading", "condition")} | {
            "values": self._values()
        }

    def _values(self) -> list[Any]:
        condition = self.cleaned_data["condition"]
        words = [word.strip() for word in re.split(r"[,;\n]", self.cleaned_data["values"]) if word.strip()]
        if condition is None:
            return []
        keys = {name.casefold(): key for key, name in queries.choices(condition, self.questionnaire)}
        return [keys.get(word.casefold(), int(word) if word.lstrip("-").isdigit() else word) for word in words]

    def clean_values(self) -> str:
        given: str = self.cleaned_data["values"]
        if self.cleaned_data.get("condition") and not given.strip():
            raise forms.ValidationError(_("Say after which answer this is asked."))
        return given


def _option(line: str, number: int) -> dict[str, Any]:
    return {"key": slugify(line)[:40] or f"a{number}", "text": translated(line)}


class PageForm(forms.Form):
    """One page of questions. Nothing is lost when one of them is wrong: what can be read is kept."""

    def __init__(
        self,
        data: Any = None,
        *,
        items: Sequence[Item],
        answers: Mapping[str, Any],
        questionnaire: Questionnaire,
        prefix: str | None = None,
    ) -> None:
        initial = {item.question.key: answers.get(item.question.key) for item in items}
        super().__init__(data, initial=initial, prefix=prefix)
        for item in items:
            self.fields[item.question.key] = field_of(item, questionnaire)

    def given(self) -> dict[str, Any]:
        """What was filled in, as it came: the rules read it."""
        several = {name for name, field in self.fields.items() if isinstance(field, forms.MultipleChoiceField)}
        data: Any = self.data
        sent = {name: self.add_prefix(name) for name in self.fields}
        return {name: data.getlist(at) if name in several else data.get(at) for name, at in sent.items()}

    def refuse(self, wrong: Mapping[str, Refusal]) -> None:
        for key, refusal in wrong.items():
            self.add_error(key, explain(refusal))


class WholeForm(PageForm):
    """All questions on one page, for who keys in what somebody else wrote or says. What is asked only after another
    answer says so itself, and is left out when that answer was not given."""

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire, answers: Mapping[str, Any] | None = None,
                 prefix: str = "q") -> None:  # fmt: skip
        items = list(queries.items(questionnaire))
        super().__init__(data, items=items, answers=answers or {}, questionnaire=questionnaire, prefix=prefix)
        self.asked = queries.asked(questionnaire)
        self.values: dict[str, Any] = {}
        for item in items:
            if item.condition is not None:
                field = self.fields[item.question.key]
                field.required, field.help_text = False, _only_after(item, item.condition, questionnaire)

    def clean(self) -> dict[str, Any]:
        self.values, wrong = rules.read_all(self.asked, self.given())
        self.refuse(wrong)
        return self.values


def _only_after(item: Item, condition: Question, questionnaire: Questionnaire) -> str:
    names = dict(queries.choices(condition, questionnaire))
    answers = ", ".join(names.get(value, str(value)) for value in item.values)
    only = _("Only after “{question}”: {answers}.").format(question=condition, answers=answers)
    return f"{only} {_help(item.question)}".strip()


class KeyForm(WholeForm):
    """A form of paper or a call: by which way it came, and all its questions."""

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire) -> None:
        super().__init__(data, questionnaire=questionnaire)
        asked = dict(self.fields)
        self.fields.clear()
        ways = [pair for pair in Channel.choices if pair[0] != Channel.WEB]
        self.fields["_channel"] = forms.ChoiceField(
            label=_("How did it come in?"), choices=ways, initial=Channel.PAPER, widget=forms.RadioSelect
        )
        self.fields["_once"] = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
        self.fields.update(asked)

    def clean(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        super().clean()
        return given

    def taken(self) -> dict[str, Any]:
        sent = self.cleaned_data
        return {"values": self.values, "channel": sent["_channel"], "once": sent["_once"]}


class _AsItCame(forms.Field):
    """Takes everything: whether it is a good answer is for the rules to say, in one place."""

    def clean(self, value: Any) -> Any:
        return value


class _Choice(_AsItCame, forms.ChoiceField):
    pass


class _Several(_AsItCame, forms.MultipleChoiceField):
    pass


#: from so many answers on, a list that opens is easier than a row of buttons
_LONG = 9


def field_of(item: Item, questionnaire: Questionnaire) -> forms.Field:
    question = item.question
    facts: dict[str, Any] = {"label": str(question.text), "help_text": _help(question), "required": item.required}
    offered = queries.choices(question, questionnaire)
    kind = question.kind
    if kind == Question.Kind.SEVERAL:
        return _Several(choices=offered, widget=forms.CheckboxSelectMultiple, **facts)
    if kind == Question.Kind.SCALE:
        return _Choice(choices=_scale(question), widget=forms.RadioSelect, **facts)
    if kind in (Question.Kind.ONE, Question.Kind.PLACE):
        if len(offered) < _LONG:
            return _Choice(choices=offered, widget=forms.RadioSelect, **facts)
        return _Choice(choices=[("", "…"), *offered], widget=forms.Select, **facts)
    return _AsItCame(widget=_WIDGETS[kind](), **facts)


_WIDGETS: dict[str, Any] = {
    # no number field: browsers send nothing at all when somebody types a word there, and we would not hear it
    Question.Kind.NUMBER: lambda: forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    Question.Kind.TEXT: lambda: forms.Textarea(attrs={"rows": 4}),
    Question.Kind.DATE: DateInput,
}


def _scale(question: Question) -> list[tuple[int, str]]:
    ends = {question.least: str(question.low_label), question.most: str(question.high_label)}
    numbers = range(question.least or 0, (question.most or 0) + 1)
    return [(number, f"{number}: {ends[number]}" if ends.get(number) else str(number)) for number in numbers]


def _help(question: Question) -> str:
    return str(question.help)
