"""What is on a ballot, in words: for the voter's last look, and for who compares two typed sheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenraad.ballots.papers import Choices, Said
from samenraad.instruments.preferendum.rules.ballots import NO_OPINION
from samenraad.texts import translated

if TYPE_CHECKING:
    from samenraad.instruments.preferendum.paper import PreferendumPaper


def said(paper: PreferendumPaper, choices: Choices) -> list[Said]:
    """One line for every option, in the order of their numbers, and one for what matters most."""
    return _SAID[paper.shape.ballot](paper, choices)


def words(paper: PreferendumPaper) -> list[str]:
    """The scale in the reader's language, from the worst to the best."""
    return [str(translated(word)) for word in paper.frozen["scale"]]


def _rated(paper: PreferendumPaper, choices: Choices) -> list[Said]:
    scale, grades = words(paper), choices.get("grades", {})
    lines = [
        _line(paper, option, _grade(scale, grades.get(option["id"], "")), option["id"])
        for option in paper.frozen["options"]
    ]
    if not paper.shape.most:
        return lines
    return [*lines, _several(paper, _("What matters most"), choices.get("priorities", []), "most")]


def _grade(scale: list[str], grade: Any) -> str:
    if grade == "":
        return _("left blank")
    return _("no opinion") if grade == NO_OPINION else scale[int(grade)]


def _chosen(paper: PreferendumPaper, choices: Choices) -> list[Said]:
    choice = choices.get("choice")
    return [_several(paper, _("Your choice"), [choice] if choice else [], "all")]


def _approved(paper: PreferendumPaper, choices: Choices) -> list[Said]:
    marks = choices.get("marks", [])
    return [
        _line(paper, option, _("marked") if option["id"] in marks else _("not marked"), option["id"])
        for option in paper.frozen["options"]
    ]


def _ranked(paper: PreferendumPaper, choices: Choices) -> list[Said]:
    places = {option: place for place, option in enumerate(choices.get("ranking", []), 1)}
    return [_line(paper, option, _place(places.get(option["id"])), option["id"]) for option in paper.frozen["options"]]


def _place(place: int | None) -> str:
    return _("place {place}").format(place=place) if place else _("no place")


def _line(paper: PreferendumPaper, option: dict[str, Any], answer: str, where: str) -> Said:
    return Said(about=name(option), answer=answer, url=_url(paper, where))


def _several(paper: PreferendumPaper, about: str, options: Iterable[str], where: str) -> Said:
    by_id = {option["id"]: option for option in paper.frozen["options"]}
    names = format_html_join("; ", "{}", [[name(by_id[option])] for option in options])
    return Said(about=about, answer=names or _("left blank"), url=_url(paper, where))


def _url(paper: PreferendumPaper, where: str) -> str:
    return reverse("preferendum:ballot_change", args=[paper.step.pk, where])


def name(option: dict[str, Any]) -> str:
    """Number and title; marked when it is in another language than the reader's."""
    if option["language"] == (get_language() or "")[:2]:
        return f"{option['id']}. {option['title']}"
    return format_html('{}. <span lang="{}">{}</span>', option["id"], option["language"], option["title"])


_SAID = {"rate": _rated, "choose": _chosen, "approve": _approved, "rank": _ranked}
