"""Who heard what became of their contribution, and who did not. One person is one, however often they took part."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from samenraad.followup import rules
from samenraad.followup.models import UNREACHABLE, Feedback
from samenraad.people.models import Channel
from samenraad.post.models import Message
from samenraad.processes.models import Contribution, Process, Source

#: one person, or one card without a name
WHO = Coalesce(F("person_id"), F("pk") * Value(-1))


def contributions(process: Process) -> QuerySet[Contribution]:
    """Everybody who took part and did not withdraw."""
    return Contribution.objects.filter(step__process=process, withdrawn_at=None)


def _still_owed() -> Q:
    return Q(Exists(Feedback.objects.untold().filter(contribution=OuterRef("pk"))))


def _without_last_word() -> Q:
    """They brought something of which nobody said what became of it in the end."""
    last = Feedback.objects.filter(occasion__in=rules.LAST_WORDS)
    own = Source.objects.filter(contribution=OuterRef("pk"), proposal=F("origin"))
    own = own.exclude(Exists(last.filter(contribution=OuterRef("contribution"), origin=OuterRef("origin"))))
    silent = ~Exists(Source.objects.filter(contribution=OuterRef("pk"))) & ~Exists(
        last.filter(contribution=OuterRef("pk"))
    )
    return Q(Exists(own)) | Q(silent)


def untold(process: Process) -> QuerySet[Contribution]:
    """Contributions of which not everything was told: something is still owed, or the last word is."""
    return contributions(process).filter(_still_owed() | _without_last_word())


def count_untold(process: Process) -> int:
    """How many people are not told yet what became of their part."""
    count: int = untold(process).aggregate(count=Count(WHO, distinct=True))["count"]
    return count


@dataclass(frozen=True)
class ChannelLine:
    """One way by which people took part: how many did, and how many know what became of it."""

    channel: str
    name: str
    took_part: int
    untold: int

    @property
    def told(self) -> int:
        return self.took_part - self.untold


@dataclass(frozen=True)
class Reach:
    lines: tuple[ChannelLine, ...]
    took_part: int
    untold: int

    @property
    def told(self) -> int:
        return self.took_part - self.untold


def reach(process: Process) -> Reach:
    """Per channel and together; somebody who took part by two ways stands in both lines and counts once below."""
    rows = contributions(process).annotate(open=_still_owed() | _without_last_word())
    counts = {"took_part": Count(WHO, distinct=True), "untold": Count(WHO, distinct=True, filter=Q(open=True))}
    grouped = rows.order_by().values("channel").annotate(**counts).values_list("channel", "took_part", "untold")
    found = {channel: (took_part, open_) for channel, took_part, open_ in grouped}
    together = rows.aggregate(**counts)
    lines = tuple(
        ChannelLine(channel, str(name), *found[channel]) for channel, name in Channel.choices if channel in found
    )
    return Reach(lines, together["took_part"], together["untold"])


def reasons(process: Process) -> dict[str, int]:
    """For each reason how many contributions: nothing owed yet, waiting, unsure, failed, without any address."""
    state = Message.State
    rows = Feedback.objects.untold().filter(contribution__step__process=process, contribution__withdrawn_at=None)
    return rows.aggregate(
        no_address=Count("contribution", distinct=True, filter=Q(message=None) & UNREACHABLE),
        to_be_queued=Count("contribution", distinct=True, filter=Q(message=None) & ~UNREACHABLE),
        waiting=Count("contribution", distinct=True, filter=Q(message__state__in=[state.WAITING, state.CLAIMED])),
        unsure=Count("contribution", distinct=True, filter=Q(message__state=state.UNSURE)),
        failed=Count("contribution", distinct=True, filter=Q(message__state__in=[state.FAILED, state.CANCELLED])),
    )
