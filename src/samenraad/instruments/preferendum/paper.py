"""The ballot paper of a preferendum: what the room of the votes asks of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from samenraad.ballots.papers import Answer, Choices, Counted, Paper, Said
from samenraad.instruments.preferendum.models import Preferendum
from samenraad.instruments.preferendum.rules.ballots import Shape


class PreferendumPaper(Paper):
    keying = "preferendum/parts/keying.html"

    @cached_property
    def preferendum(self) -> Preferendum:
        return Preferendum.objects.get(step=self.step)

    @cached_property
    def frozen(self) -> dict[str, Any]:
        """The rules as they were fixed; before that, as they stand."""
        from samenraad.instruments.preferendum.queries.rules import draft

        return self.step.vote.rules or draft(self.preferendum)

    @cached_property
    def shape(self) -> Shape:
        options = self.frozen["options"]
        return Shape(
            ballot=self.frozen["ballot"],
            options=tuple(option["id"] for option in options),
            grades=len(self.frozen["scale"]),
            most=self.frozen["most"],
            titles={option["id"]: option["title"] for option in options},
        )

    def rules(self) -> dict[str, Any]:
        from samenraad.instruments.preferendum.queries.rules import rules

        return rules(self.preferendum)

    def begin_url(self) -> str:
        return reverse("preferendum:ballot", args=[self.step.pk])

    def clean(self, choices: Mapping[str, Any]) -> Choices:
        return self.shape.clean(choices)

    def read(self, data: QueryDict) -> Choices:
        from samenraad.instruments.preferendum.forms.ballots import read

        return self.clean(read(self.shape, data))

    def answers(self, choices: Choices) -> Sequence[Answer]:
        return self.shape.answers(choices)

    def said(self, choices: Choices) -> Sequence[Said]:
        from samenraad.instruments.preferendum.queries.said import said

        return said(self, choices)

    def count(self, counted: Counted, ballots: int, rules: Mapping[str, Any], seed: str) -> dict[str, Any]:
        from samenraad.instruments.preferendum.rules.counting import count

        return count(counted, ballots, rules, seed)
