"""What a good answer is, which questions are asked, and on which page. Plain values, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samenraad.refusals import Refusal

#: own words: enough for a page, not for a book
LONGEST = 4000
#: numbers beyond this are a slip of the finger
LARGEST = 10**9


@dataclass(frozen=True)
class Asked:
    """One question at its place: what `read` and `pages` need to know. `options` are the keys that can be chosen."""

    key: str
    kind: str
    options: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    required: bool = False
    begins_page: bool = False
    condition: str = ""
    values: tuple[Any, ...] = ()


def read(asked: Asked, raw: Any) -> Any:
    """The answer as it is kept, or None for no answer.

    Refuses `questionnaires.option` (not one of these), `questionnaires.too_many`, `questionnaires.number`,
    `questionnaires.range`, `questionnaires.too_long` and `questionnaires.date`.
    """
    if raw in (None, "", [], ()):
        return None
    return _READERS[asked.kind](asked, raw)


def _one(asked: Asked, raw: Any) -> str:
    if raw not in asked.options:
        raise Refusal("questionnaires.option", question=asked.key)
    return str(raw)


def _several(asked: Asked, raw: Any) -> list[str]:
    chosen = [raw] if isinstance(raw, str) else list(raw)
    if not set(chosen) <= set(asked.options):
        raise Refusal("questionnaires.option", question=asked.key)
    if asked.most is not None and len(set(chosen)) > asked.most:
        raise Refusal("questionnaires.too_many", most=asked.most, chosen=len(set(chosen)))
    return [key for key in asked.options if key in chosen]


def _number(asked: Asked, raw: Any) -> int:
    try:
        number = int(str(raw).strip())
    except ValueError:
        raise Refusal("questionnaires.number") from None
    least = -LARGEST if asked.least is None else asked.least
    most = LARGEST if asked.most is None else asked.most
    if not least <= number <= most:
        raise Refusal("questionnaires.range", least=least, most=most)
    return number


def _text(asked: Asked, raw: Any) -> str | None:
    text = str(raw).replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Refusal("questionnaires.too_long", longest=LONGEST, length=len(text))
    return text or None


def _date(asked: Asked, raw: Any) -> str:
    try:
        return (raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip())).isoformat()
    except ValueError:
        raise Refusal("questionnaires.date") from None


_READERS = {
    "one": _one,
    "several": _several,
    "scale": _number,
    "number": _number,
    "text": _text,
    "place": _one,
    "date": _date,
}


def read_all(items: Sequence[Asked], raw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Refusal]]:
    """A whole form at once: the answers on its road, and what is wrong with it per question. Besides what `read`
    refuses: `questionnaires.required`."""
    values: dict[str, Any] = {}
    wrong: dict[str, Refusal] = {}
    for asked in items:
        try:
            values[asked.key] = read(asked, raw.get(asked.key))
        except Refusal as refusal:
            wrong[asked.key] = refusal
    given = {key: value for key, value in values.items() if value is not None}
    on_road = {asked.key for asked in followed(items, given)}
    wrong |= {key: Refusal("questionnaires.required") for key in missing(items, given) if key not in wrong}
    kept = {key: value for key, value in given.items() if key in on_road}
    return kept, {key: refusal for key, refusal in wrong.items() if key in on_road}


def is_asked(asked: Asked, answers: Mapping[str, Any]) -> bool:
    """Whether this question is asked, given the answers so far; its condition may itself not have been asked."""
    if not asked.condition:
        return True
    answer = answers.get(asked.condition)
    given = answer if isinstance(answer, list) else [answer]
    return any(value in asked.values for value in given)


def followed(items: Sequence[Asked], answers: Mapping[str, Any]) -> list[Asked]:
    """The questions that are asked on the road of these answers, in order. An answer to a question that is no longer
    asked counts for nothing."""
    road: list[Asked] = []
    counted: dict[str, Any] = {}
    for asked in items:
        if is_asked(asked, counted):
            road.append(asked)
            if answers.get(asked.key) is not None:
                counted[asked.key] = answers[asked.key]
    return road


def pages(items: Sequence[Asked]) -> list[list[Asked]]:
    """The questions by page. A page ends at a heading, and before a question that depends on one on the same page:
    so every condition is known when a page is made, also without JavaScript."""
    found: list[list[Asked]] = []
    for asked in items:
        here = {one.key for one in found[-1]} if found else set()
        if not found or asked.begins_page or asked.condition in here:
            found.append([])
        found[-1].append(asked)
    return found


def missing(items: Sequence[Asked], answers: Mapping[str, Any]) -> list[str]:
    """The keys of questions that must still be answered."""
    return [asked.key for asked in followed(items, answers) if asked.required and answers.get(asked.key) is None]


def wrong_conditions(items: Sequence[Asked]) -> list[str]:
    """The keys of questions whose condition is not an earlier question, or can never be met."""
    seen: dict[str, Asked] = {}
    wrong = []
    for asked in items:
        if asked.condition:
            earlier = seen.get(asked.condition)
            possible = earlier.options if earlier and earlier.options else asked.values
            if earlier is None or not asked.values or not set(asked.values) & set(possible):
                wrong.append(asked.key)
        seen[asked.key] = asked
    return wrong
