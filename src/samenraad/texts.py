"""Official texts in several languages, and the sentences of refusals.

A question, a room item or a promise is written in the town's own language and, where somebody translated it,
in others. A missing language falls back on the town's, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language

from samenraad.methods import saying
from samenraad.refusals import Refusal


@dataclass(frozen=True)
class Rendition:
    """A text as one reader gets it: in which language it is, and whether that is second best."""

    text: str
    language: str
    fallback: bool

    def __str__(self) -> str:
        return self.text


class Translated(dict[str, str]):
    """`{"nl": "Hoe ...?", "en": "How ...?"}`; printed, it is the text in the reader's language."""

    def rendition(self, language: str | None = None) -> Rendition:
        wanted = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
        own = settings.LANGUAGE_CODE.split("-")[0]
        for code in (wanted, own, *self):
            if self.get(code):
                return Rendition(self[code], code, fallback=code != wanted)
        return Rendition("", wanted, fallback=False)

    def __str__(self) -> str:
        return self.rendition().text

    def __bool__(self) -> bool:
        return any(self.values())


def translated(value: object) -> Translated:
    """A plain text is a text in the town's own language."""
    if isinstance(value, Translated):
        return value
    if isinstance(value, Mapping):
        return Translated({str(code): str(text) for code, text in value.items() if text})
    return Translated({settings.LANGUAGE_CODE.split("-")[0]: str(value)}) if value else Translated()


class _Attribute:
    """Whatever is assigned, a `Translated` is read."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: models.Model | None, owner: type) -> Any:
        if instance is None:
            return self
        if self.name not in instance.__dict__:
            instance.refresh_from_db(fields=[self.name])
        return instance.__dict__[self.name]

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.name] = translated(value)


class TranslatedWidget(forms.MultiWidget):
    """One field per language of the town, each with its own label."""

    template_name = "ui/translated.html"
    use_fieldset = True

    def __init__(self, widget: type[forms.Widget], attrs: dict[str, Any] | None = None) -> None:
        self.codes = [code for code, _ in settings.TEXT_LANGUAGES]
        super().__init__({code: widget(attrs={"lang": code}) for code in self.codes}, attrs)

    def decompress(self, value: Any) -> list[str]:
        return [translated(value).get(code, "") for code in self.codes]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for (code, language), part in zip(settings.TEXT_LANGUAGES, context["widget"]["subwidgets"], strict=True):
            part["language"], part["code"] = language, code
        return context


class TranslatedFormField(forms.MultiValueField):
    """The town's own language is asked for, the others are welcome."""

    def __init__(self, *, long: bool = False, max_length: int = 10_000, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        required = kwargs.pop("required", True)
        own = settings.LANGUAGE_CODE.split("-")[0]
        fields = [
            forms.CharField(required=required and code == own, max_length=max_length)
            for code, _ in settings.TEXT_LANGUAGES
        ]
        widget = TranslatedWidget(forms.Textarea if long else forms.TextInput)
        kwargs.pop("widget", None)
        super().__init__(fields, widget=widget, require_all_fields=False, required=required, **kwargs)

    def compress(self, values: list[str]) -> Translated:
        codes = [code for code, _ in settings.TEXT_LANGUAGES]
        return translated(dict(zip(codes, values or [], strict=False)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial if not isinstance(initial, Mapping) else translated(initial), data)


class TranslatedField(models.JSONField):
    """A text in one or more languages; `long` asks for a large box in forms."""

    def __init__(self, *args: Any, long: bool = False, **kwargs: Any) -> None:
        self.long = long
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _Attribute(name))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translated:
        return translated(super().from_db_value(value, expression, connection))

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.setdefault("required", not self.blank)
        kwargs.setdefault("label", capfirst(self.verbose_name))
        kwargs.setdefault("help_text", self.help_text)
        return TranslatedFormField(long=self.long, **kwargs)


@cache
def _sentences() -> dict[str, Any]:
    """What each room says when it refuses: `refusals.py` beside its rules."""
    sentences: dict[str, Any] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("samenraad.") and find_spec(f"{app.name}.refusals"):
            sentences |= import_module(f"{app.name}.refusals").SENTENCES
    return sentences


def explain(refusal: Refusal) -> str:
    """The refusal as one sentence in the reader's language. An unknown code is a defect, and shows as itself."""
    sentence = _sentences().get(refusal.code)
    if sentence is None:
        return saying.explain(refusal, (get_language() or settings.LANGUAGE_CODE)[:2])
    facts = {
        name: date_format(fact, "DATE_FORMAT") if isinstance(fact, date) else fact
        for name, fact in refusal.facts.items()
    }
    return str(sentence).format(**facts)
