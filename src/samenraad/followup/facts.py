"""From owed rows to the values that their sentences are made of: a fixed number of queries for any number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from django.db.models import Count
from django.utils.translation import gettext

from samenraad.cards import Telling
from samenraad.followup import rules
from samenraad.followup.models import Answer, Feedback, Item, Measure, Update
from samenraad.followup.sentences import MeasureLine, Word
from samenraad.processes.models import Proposal, Source, Step
from samenraad.processes.shelf import shelf


def noun_of(step: Step) -> str:
    """What one text of this step is called: its instrument knows; else it is a proposal."""
    card = shelf().instruments.get(step.kind)
    return str(card.noun if card and card.noun else gettext("proposal"))


def measure_line(measure: Measure) -> MeasureLine:
    who = str(measure.owner) if measure.owner else ""
    return MeasureLine(measure.title, measure.due, " · ".join(filter(None, [who, measure.department])), measure.state)


class Facts:
    """What is needed to speak about these rows. Each row: contribution, step, process and texts loaded along."""

    RELATED = ("contribution__step__process", "contribution__person", "proposal__step", "origin__step")

    def __init__(self, rows: Sequence[Feedback]) -> None:
        self.parts, self.behind = self._sources(rows)
        self.others = self._others(rows)
        named = [row.about.partition(":") for row in rows]
        keys = {kind: [int(pk) for name, _, pk in named if name == kind and pk.isdecimal()] for kind in _NAMED}
        self.items = self._items(rows, keys)
        self.measures = self._measures(keys["measure"])
        self.updates = self._updates(keys["update"])
        self.lines = self._lines()
        self.split = self._split(rows)
        self.said = self._said(rows)

    @staticmethod
    def _sources(rows: Sequence[Feedback]) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], list[int]]]:
        """As what each contribution stands behind an own text, and which texts carry that text now."""
        parts, behind = defaultdict(list), defaultdict(list)
        found = Source.objects.filter(contribution__in={row.contribution_id for row in rows}).order_by("id")
        for contribution, origin, proposal, part in found.values_list(
            "contribution_id", "origin_id", "proposal_id", "part"
        ):
            parts[contribution, origin].append(part)
            behind[contribution, origin].append(proposal)
        return {key: rules.nearest_part(some) for key, some in parts.items()}, behind

    @staticmethod
    def _others(rows: Sequence[Feedback]) -> dict[int, int]:
        """Of how many texts with an author each text is made."""
        texts = {row.proposal_id for row in rows if row.proposal_id}
        authors = Source.objects.filter(proposal__in=texts, part=Source.Part.AUTHOR).order_by()
        return dict(authors.values_list("proposal_id").annotate(count=Count("origin", distinct=True)))

    def _items(self, rows: Sequence[Feedback], keys: dict[str, list[int]]) -> dict[str, Item]:
        """By the name of what happened: item:3, answer:5, proposal:8 (a text that was answered after all)."""
        related = Item.objects.select_related("handover__body", "handover__promise", "answer", "proposal")
        texts = {
            text
            for row in rows
            if row.occasion == Feedback.Occasion.CLOSED
            for text in self.behind.get((row.contribution_id, row.origin_id or 0), ())
        }
        found: dict[str, Item] = {f"item:{item.pk}": item for item in related.filter(pk__in=keys["item"])}
        for item in related.filter(answer__in=keys["answer"]):
            found[f"answer:{item.answer.pk}"] = item
        for item in related.filter(proposal__in=texts).exclude(handover__answered_at=None):
            found[f"proposal:{item.proposal_id}"] = item
        return found

    @staticmethod
    def _measures(keys: list[int]) -> dict[str, Measure]:
        related = Measure.objects.select_related("owner", "answer__item__proposal", "answer__item__handover__body")
        return {f"measure:{one.pk}": one for one in related.filter(pk__in=keys)}

    @staticmethod
    def _updates(keys: list[int]) -> dict[str, Update]:
        related = Update.objects.select_related(
            "measure__owner", "measure__answer__item__proposal", "measure__answer__item__handover__body"
        )
        return {f"update:{one.pk}": one for one in related.filter(pk__in=keys)}

    def _lines(self) -> dict[int, tuple[MeasureLine, ...]]:
        """What will be done because of each answer."""
        lines: dict[int, list[MeasureLine]] = defaultdict(list)
        answers = {item.answer.pk for item in self.items.values() if hasattr(item, "answer")}
        for measure in Measure.objects.filter(answer__in=answers).select_related("owner"):
            lines[measure.answer_id or 0].append(measure_line(measure))
        return {answer: tuple(some) for answer, some in lines.items()}

    @staticmethod
    def _split(rows: Sequence[Feedback]) -> set[int]:
        """Texts that were split, among those from which something was carried."""
        olds = {old for row in rows if row.occasion == Feedback.Occasion.CARRIED if (old := _old(row.about))}
        return set(Proposal.objects.filter(pk__in=olds, status=Proposal.Status.SPLIT).values_list("pk", flat=True))

    @staticmethod
    def _said(rows: Sequence[Feedback]) -> dict[tuple[int, str], Callable[[], Telling]]:
        """The instrument's own words, for who took part in it without a text."""
        groups: dict[tuple[Step, str], list[int]] = defaultdict(list)
        for row in rows:
            if row.origin_id is None and row.proposal_id is None:
                groups[row.contribution.step, row.about].append(row.contribution_id)
        found: dict[tuple[int, str], Callable[[], Telling]] = {}
        for (step, about), contributions in groups.items():
            card = shelf().instruments.get(step.kind)
            told = card.tellings(step, about, contributions) if card else {}
            found |= {(contribution, about): say for contribution, say in told.items()}
        return found

    def event(self, row: Feedback) -> str:
        """What the row belongs to, so that one contribution gets one message about it; empty: to nothing else."""
        if item := self.items.get(row.about) if row.occasion in _ON_THE_TABLE else None:
            return f"handover:{item.handover_id}"
        return row.about if row.occasion in _EVENTS else ""

    def promise(self, row: Feedback) -> str:
        """What was promised about the answer, for who is waiting for it."""
        item = self.items.get(row.about) if row.occasion == Feedback.Occasion.HANDED else None
        return str(item.handover.promise.text) if item and item.handover.promise else ""

    def word(self, row: Feedback) -> Word:
        """All that the sentence of this row says."""
        facts: dict[str, object] = {
            "occasion": row.occasion,
            "step": str(row.contribution.step),
            "took_part": row.contribution.day,
            "said": self.said.get((row.contribution_id, row.about)),
        }
        if row.origin:
            facts |= {
                "part": self.parts.get((row.contribution_id, row.origin_id or 0), Source.Part.COMMENTER.value),
                "noun": noun_of(row.origin.step), "number": row.origin.number, "title": row.origin.title,
                "own": row.origin_id == row.proposal_id,
                "status": row.origin.status, "status_reason": row.origin.status_reason,
            }  # fmt: skip
        if row.proposal:
            others = max(0, self.others.get(row.proposal_id or 0, 1) - 1)
            facts |= {"into": row.proposal.number, "into_title": row.proposal.title, "others": others}
        return Word(**(facts | self._happened(row)))  # type: ignore[arg-type]

    def _happened(self, row: Feedback) -> dict[str, object]:
        if row.occasion == Feedback.Occasion.CARRIED and row.proposal:
            return {"step": str(row.proposal.step), "split": _old(row.about) in self.split}
        if row.occasion == Feedback.Occasion.MEASURE:
            return self._measure_facts(row)
        if row.occasion == Feedback.Occasion.CLOSED:
            return self._end_facts(row)
        item = self.items.get(row.about)
        return self._item_facts(item, answered=row.occasion == Feedback.Occasion.ANSWERED) if item else {}

    def _item_facts(self, item: Item, *, answered: bool) -> dict[str, object]:
        handover = item.handover
        facts: dict[str, object] = {
            "into": item.number, "into_title": item.proposal.title, "body": handover.body.name,
            "day": handover.handed_on, "due": handover.due,
        }  # fmt: skip
        answer: Answer | None = getattr(item, "answer", None)
        if answered and answer:
            facts |= {
                "decision": answer.decision, "reasons": answer.reasons, "forwarded_to": answer.forwarded_to,
                "measures": self.lines.get(answer.pk, ()),
            }  # fmt: skip
        return facts

    def _measure_facts(self, row: Feedback) -> dict[str, object]:
        update = self.updates.get(row.about)
        measure = update.measure if update else self.measures.get(row.about)
        if measure is None:
            return {}
        line = measure_line(measure)
        if update:
            line = MeasureLine(line.title, update.due_after or line.due, line.who, update.state)
        facts = {
            "measures": (line,),
            "news": update.text if update else "",
            "why_moved": update.why_moved if update else "",
        }
        item = measure.answer.item if measure.answer else None
        return facts | ({"into": item.number, "into_title": item.proposal.title} if item else {})

    def _end_facts(self, row: Feedback) -> dict[str, object]:
        """An answer that the text got after all, or the text it was last put together with."""
        texts = self.behind.get((row.contribution_id, row.origin_id or 0), [])
        for text in reversed(texts):
            if item := self.items.get(f"proposal:{text}"):
                return self._item_facts(item, answered=True) | {"own": text == row.origin_id}
        into = row.origin.merged_into if row.origin else None
        return {"own": into is None, **({"into": into.number, "into_title": into.title} if into else {})}


_ON_THE_TABLE = (Feedback.Occasion.HANDED, Feedback.Occasion.ANSWERED)
_EVENTS = (Feedback.Occasion.MEASURE, Feedback.Occasion.CLOSED, Feedback.Occasion.DRAWN)
_NAMED = ("item", "answer", "measure", "update")


def merged(about: str) -> tuple[int, int] | None:
    """proposal:12>40 -> (12, 40): which text went into which."""
    old, arrow, new = about.removeprefix("proposal:").partition(">")
    return (int(old), int(new)) if arrow and old.isdecimal() and new.isdecimal() else None


def _old(about: str) -> int | None:
    pair = merged(about)
    return pair[0] if pair else None
