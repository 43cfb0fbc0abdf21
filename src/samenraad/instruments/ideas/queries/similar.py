"""Ideas that say the same, found through the index of their words; fast with any number of ideas."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from samenraad.instruments.ideas import rules
from samenraad.instruments.ideas.models import Keyword
from samenraad.processes.models import Proposal, Step

#: so many texts are really read and compared
READ = 120
#: so many index entries may be looked at to find them
BUDGET = 3_000


@dataclass(frozen=True)
class Alike:
    proposal: Proposal
    score: float

    @property
    def excerpt(self) -> str:
        return rules.excerpt(self.proposal.text, 140)


def similar(step: Step, title: str, text: str = "", *, without: int | None = None, most: int = 5) -> list[Alike]:
    """The public ideas of this step that are most like this one, best first.

    Three steps: how many ideas have each of its words; which ideas share its rarest words; and only those are
    read and weighed.
    """
    words = rules.keywords(title, text, most=24)
    if not words:
        return []
    seen = _seen(step, words)
    candidates = _candidates(step, seen, without)
    texts = {one.pk: (one.title, one.text) for one in candidates}
    among = max(len(texts), Proposal.objects.filter(step=step).count())
    found = rules.similar((title, text), texts, seen=seen, among=among, most=most)
    by_key = {one.pk: one for one in candidates}
    return [Alike(by_key[match.key], match.score) for match in found]


def _seen(step: Step, words: list[str]) -> dict[str, int]:
    rows = Keyword.objects.filter(step=step, word__in=words).order_by().values_list("word").annotate(n=Count("pk"))
    return {str(word): int(count) for word, count in rows}


def _candidates(step: Step, seen: dict[str, int], without: int | None) -> list[Proposal]:
    chosen = rules.rarest(seen, BUDGET)
    if not chosen:
        return []
    shared = Keyword.objects.filter(step=step, word__in=chosen).order_by().values("idea").annotate(n=Count("pk"))
    pks = list(shared.order_by("-n", "idea").values_list("idea", flat=True)[:READ])
    found = Proposal.objects.filter(pk__in=pks, status=Proposal.Status.PUBLIC).exclude(pk=without or 0)
    return list(found.select_related("place").order_by("pk"))
