"""Reading the ledger: is it whole, what does it tell, what does a name in it stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, Min, Model, QuerySet
from django.utils import formats
from django.utils.dateparse import parse_date

from samenraad.ledger.models import Entry, Head
from samenraad.ledger.rules import FIRST, Verdict, line_of, mark_of, verify
from samenraad.texts import translated

CHUNK = 2000

#: a sentence with {facts}, or a function that makes one of them
Sentence = str | Callable[[Mapping[str, Any]], str]


def check() -> Verdict:
    """Recompute the whole chain, entry by entry, also while others write."""
    head = _head()
    entries = Entry.objects.filter(seq__lte=head[0]).order_by("seq").iterator(chunk_size=CHUNK)
    verdict = verify(entries, head)
    if verdict.whole and _last_seq() > _head()[0]:  # an entry and the head are written together, or not at all
        return Verdict(verdict.entries, verdict.entries + 1, "end")
    return verdict


def _head() -> tuple[int, str]:
    return Head.objects.filter(id=1).values_list("seq", "digest").first() or (0, FIRST)


def _last_seq() -> int:
    return Entry.objects.aggregate(last=Max("seq"))["last"] or 0


@dataclass(frozen=True)
class Overview:
    """The ledger at a glance."""

    entries: int
    digest: str
    first: datetime | None
    last: datetime | None
    acts: tuple[tuple[str, int], ...]


def overview() -> Overview:
    seq, digest = _head()
    ends = Entry.objects.aggregate(first=Min("moment"), last=Max("moment"))
    acts = Entry.objects.order_by().values_list("act").annotate(count=Count("id")).order_by("-count", "act")
    return Overview(seq, digest, ends["first"], ends["last"], tuple(acts))


def lines(thread: str = "") -> Iterator[str]:
    """Every entry as one line of JSON, in order. A thread alone cannot be checked: its entries stand apart."""
    entries = Entry.objects.filter(thread=thread) if thread else Entry.objects.all()
    for entry in entries.order_by("seq").iterator(chunk_size=CHUNK):
        yield line_of(entry) + "\n"


@dataclass(frozen=True)
class StoryLine:
    """One sentence of a story."""

    seq: int
    moment: datetime
    act: str
    subject: str
    sentence: str


def story(thread: str, sentences: Mapping[str, Any], *, newest_first: bool = False) -> tuple[StoryLine, ...]:
    """The entries of a process that have something to tell, as sentences.

    `sentences` is act -> sentence, as the rooms' cards give them; an act without a sentence is left out. Dates
    and numbers among the facts are printed in the reader's language.
    """
    return tell(told(thread, sentences).order_by("-seq" if newest_first else "seq"), sentences)


def tell(entries: Iterable[Entry], sentences: Mapping[str, Any]) -> tuple[StoryLine, ...]:
    """These entries as sentences."""
    return tuple(
        StoryLine(entry.seq, entry.moment, entry.act, entry.subject, _sentence(sentences[entry.act], entry.facts))
        for entry in entries
    )


def told(thread: str, sentences: Mapping[str, Any]) -> QuerySet[Entry]:
    """The entries behind a story, to page through before they are printed."""
    return Entry.objects.filter(thread=thread, act__in=list(sentences))


def _sentence(sentence: Any, facts: Mapping[str, Any]) -> str:
    if callable(sentence):
        return str(sentence(facts))
    return str(sentence).format_map(_Printed(facts))


class _Printed(dict[str, str]):
    """Facts ready to read. One that an older entry did not have is three dots, not an error."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__({name: printed(value) for name, value in facts.items()})

    def __missing__(self, key: str) -> str:
        return "…"


def printed(value: Any) -> str:
    """A fact in the reader's language."""
    if isinstance(value, Mapping):
        return str(translated(value))
    if isinstance(value, list):
        return ", ".join(printed(part) for part in value)
    if isinstance(value, str) and len(value) == len("2027-03-08") and (day := _day(value)):
        return formats.date_format(day, "DATE_FORMAT")
    return str(formats.localize(value))


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def entries_by(person: Any) -> list[tuple[int, datetime, str]]:
    """What this person did: number, moment and act. Only somebody's own secret tells which entries these are."""
    rows = Entry.objects.exclude(actor="").order_by("seq").values_list("seq", "moment", "act", "actor")
    return [
        (seq, moment, act)
        for seq, moment, act, actor in rows.iterator(chunk_size=CHUNK)
        if actor == mark_of(person.pseudonym, seq)
    ]


def threads() -> list[str]:
    """Every process that has a story, by its name in the ledger."""
    return list(Entry.objects.exclude(thread="").order_by().values_list("thread", flat=True).distinct())


def things(names: Iterable[str]) -> dict[str, Model]:
    """What the ledger's names stand for, as far as it still exists: {"process:3": <Process>}."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for name in names:
        kind, _, pk = name.partition(":")
        if pk.isdecimal():
            wanted[kind].add(int(pk))
    return {
        f"{kind}:{pk}": thing
        for kind, pks in wanted.items()
        if (model := _model(kind))
        for pk, thing in model._default_manager.in_bulk(pks).items()
    }


def _model(kind: str) -> type[Model] | None:
    ours = (model for model in apps.get_models() if model.__module__.startswith("samenraad."))
    return next((model for model in ours if model._meta.model_name == kind), None)
