"""The ballot as one voter sees it: in an order of their own, with what they said so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samenraad.ballots.draft import Draft
from samenraad.instruments.preferendum.forms import ballots as fields
from samenraad.instruments.preferendum.paper import PreferendumPaper
from samenraad.instruments.preferendum.queries.said import words
from samenraad.instruments.preferendum.rules.order import in_pages, own_order
from samenraad.texts import Translated, translated

#: so many proposals stand on one page; at a public terminal fewer, for what is not sent goes when nobody answers
TOGETHER, AT_A_TERMINAL = 6, 3
#: a longer text than this is folded
LONG = 400


@dataclass(frozen=True)
class Shown:
    """One option on the screen. `value` is what stands in its field."""

    id: str
    title: str
    text: str
    language: str
    pros: Translated
    cons: Translated
    field: str
    value: str = ""
    marked: bool = False
    said: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG


@dataclass(frozen=True)
class Screens:
    """All pages of one voter's ballot."""

    paper: PreferendumPaper
    draft: Draft

    @property
    def rates(self) -> bool:
        return self.paper.shape.ballot == "rate"

    @property
    def has_priorities(self) -> bool:
        return self.rates and self.paper.shape.most > 0

    @property
    def pages(self) -> list[list[str]]:
        """The options of each page. Only proposals that are rated stand on several."""
        order = own_order(self.paper.shape.options, self.draft.order)
        together = AT_A_TERMINAL if self.draft.terminal else TOGETHER
        return in_pages(order, together) if self.rates else [order]

    @property
    def steps(self) -> int:
        """Pages to fill in, and the last look."""
        return len(self.pages) + self.has_priorities + 1

    def page_of(self, option: str) -> int:
        return next((number for number, page in enumerate(self.pages, 1) if option in page), 1)

    def shown(self, options: Sequence[str], typed: Mapping[str, str]) -> list[Shown]:
        """These options with what stands in their fields."""
        by_id = {option["id"]: option for option in self.paper.frozen["options"]}
        ticked = (typed.get(fields.PRIORITIES) or typed.get(fields.MARKS) or typed.get(fields.CHOICE) or "").split()
        scale = self.scale
        return [
            _shown(by_id[option], typed.get(fields.field(option), ""), option in ticked, scale) for option in options
        ]

    @property
    def scale(self) -> dict[str, str]:
        """What is sent -> the word on the circle."""
        return {str(number): word for number, word in enumerate(words(self.paper), 1)}

    def kept(self) -> dict[str, str]:
        return fields.typed(self.paper.shape, self.draft.choices)


def _shown(option: Mapping[str, Any], value: str, marked: bool, scale: Mapping[str, str]) -> Shown:
    return Shown(
        id=option["id"],
        title=option["title"],
        text=option["text"],
        language=option["language"],
        pros=translated(option["for"]),
        cons=translated(option["against"]),
        field=fields.field(option["id"]),
        value=value,
        marked=marked,
        said=scale.get(value, ""),
    )
