"""The ballot paper of an instrument, as this room knows it: how choices become slips, and slips a result.

An instrument whose residents vote gives its card a method `paper(step) -> Paper`. The choices of a voter are a plain
dict that fits into JSON; only the instrument knows what is in it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from samenraad.processes.models import Step

#: what a voter chose, or somebody typed in from paper
Choices = dict[str, Any]
#: (about, value) of one slip
Answer = tuple[str, str]
#: (about, value, area) -> how many slips say so
Counted = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class Said:
    """One line of the review page: about what, which answer, and where it can be changed."""

    about: str
    answer: str
    url: str = ""


class Paper(ABC):
    """The ballot paper of one step."""

    #: the fields with which somebody types in a paper sheet; gets `paper`, `choices`, `errors`
    keying: str = ""

    def __init__(self, step: Step) -> None:
        self.step = step

    @abstractmethod
    def rules(self) -> dict[str, Any]:
        """All that is fixed in public before the roll is frozen: question, options with texts and digests,
        ballot, counting rule, thresholds, expectation, pledge; what recount.py needs. Refuses what is not ready."""

    @abstractmethod
    def begin_url(self) -> str:
        """Where a voter begins, after the code was accepted."""

    @abstractmethod
    def clean(self, choices: Mapping[str, Any]) -> Choices:
        """These choices, if they are a valid ballot; a blank one is. Refuses with a sentence for the voter. Whatever a
        browser sends comes through here before it is torn."""

    @abstractmethod
    def read(self, data: QueryDict) -> Choices:
        """The choices as the fields of `keying` send them. Cleaned."""

    @abstractmethod
    def answers(self, choices: Choices) -> Sequence[Answer]:
        """The slips of a ballot. Always as many, about the same things and in the same order, whatever was chosen: what
        was left blank gives a slip with an empty value. So the number of slips says nothing."""

    @abstractmethod
    def said(self, choices: Choices) -> Sequence[Said]:
        """For the review page and for who compares two typed sheets."""

    @abstractmethod
    def count(self, counted: Counted, ballots: int, rules: Mapping[str, Any], seed: str) -> dict[str, Any]:
        """The official result, ready for JSON: whole numbers and fractions as text ("3/4"). recount.py gives the same,
        byte for byte, from the public files."""


def paper_of(step: Step) -> Paper:
    """The ballot paper of this step's instrument."""
    paper: Paper = step.card.paper(step)  # type: ignore[attr-defined]
    return paper
