"""The call list (S08): who must be spoken to, on which number, what they need, and what came of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from samenraad.instruments.lot.models import Call, Invitation, Lot
from samenraad.instruments.lot.queries.pool import dimensions
from samenraad.instruments.lot.queries.seats import Roll, Sitting, held, term_of
from samenraad.instruments.lot.queries.seats import roll as roll_of
from samenraad.people.models import Membership
from samenraad.processes.models import Attendance, Meeting
from samenraad.questionnaires.models import Answer
from samenraad.questionnaires.queries import in_words

#: which rows of the list are shown
FILTERS = {
    "call": pgettext_lazy("call list", "to be called"),
    "later": pgettext_lazy("call list", "decide later"),
    "absent": pgettext_lazy("call list", "absent without a message"),
    "member": pgettext_lazy("call list", "come"),
    "all": pgettext_lazy("call list", "all"),
}


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    sitting: Sitting
    needs: list[str] = field(default_factory=list)
    last: Call | None = None
    calls: int = 0
    missed: Meeting | None = None  # the last session, to which they did not come and of which we heard nothing
    until: date | None = None  # of a standing body

    @property
    def membership(self) -> Membership:
        return self.sitting.membership

    @property
    def invitation(self) -> Invitation:
        return self.sitting.invitation

    @property
    def phone(self) -> str:
        return self.membership.person.phone

    @property
    def state(self) -> str:
        """In which filter it stands."""
        if self.missed:
            return "absent"
        if self.membership.state == Membership.State.MEMBER:
            return "member"
        return "later" if self.last and self.last.outcome == Call.Outcome.LATER else "call"

    @property
    def look(self) -> str:
        return {"call": "now", "later": "waiting", "absent": "late", "member": "adopted"}[self.state]

    @property
    def word(self) -> str:
        if self.state == "absent":
            return _("was absent, no message")
        if self.last and self.state != "member":
            return str(self.last.get_outcome_display())
        return _("comes") if self.state == "member" else _("to be called")


@dataclass(frozen=True)
class CallList:
    """`counts` per filter; `seated`: how many sit or were drawn."""

    rows: list[Row]
    counts: dict[str, int]
    shown: str

    @property
    def seated(self) -> int:
        return self.counts["all"]

    @property
    def following(self) -> Row | None:
        """Who is to be called now."""
        return next((row for row in self.rows if row.state != "member"), None)

    @property
    def filters(self) -> list[tuple[str, str, int]]:
        return [(key, str(label), self.counts[key]) for key, label in FILTERS.items()]


def call_list(roll: Roll, shown: str = "call") -> CallList:
    """With those first whom nobody spoke to; a filter that is not there shows everybody."""
    sitting = roll.sitting
    needs = needs_of(roll.lot, [one.invitation for one in sitting])
    calls = _calls(one.membership for one in sitting)
    missed = absent(roll.lot, sitting)
    rows = [_row(roll.lot, one, needs, calls, missed) for one in sitting]
    counted = Counter(row.state for row in rows)
    counts = {key: counted[key] for key in FILTERS} | {"all": len(rows)}
    shown = shown if shown in FILTERS else "all"
    return CallList([row for row in rows if shown in ("all", row.state)], counts, shown)


def row_of(lot: Lot, membership: Membership) -> Row | None:
    """One person, also when they left."""
    people = roll_of(lot)
    one = next((one for one in people.people if one.membership.pk == membership.pk), None) if people else None
    if one is None:
        return None
    needs, missed = needs_of(lot, [one.invitation]), absent(lot, [one])
    return _row(lot, one, needs, _calls([one.membership]), missed)


def _row(
    lot: Lot, one: Sitting, needs: dict[int, list[str]], calls: dict[int, list[Call]], missed: dict[int, Meeting]
) -> Row:
    made = calls[one.membership.pk]
    return Row(
        one, needs.get(one.invitation.pk, []), made[0] if made else None, len(made), missed.get(one.membership.pk),
        term_of(lot, one.membership),
    )  # fmt: skip


def _calls(memberships: Iterable[Membership]) -> dict[int, list[Call]]:
    """The newest first."""
    found: dict[int, list[Call]] = defaultdict(list)
    for call in Call.objects.filter(membership__in=[one.pk for one in memberships]):
        found[call.membership_id].append(call)
    return found


def needs_of(lot: Lot, invitations: Sequence[Invitation]) -> dict[int, list[str]]:
    """What people said they need to take part, and what else they answered that is no group: for staff only."""
    sets = {one.answers_id: one.pk for one in invitations if one.answers_id}
    groups = [one.question_id for one in dimensions(lot) if one.question_id]
    found: dict[int, list[str]] = defaultdict(list)
    given = Answer.objects.filter(answer_set__in=sets).exclude(question__in=groups).select_related("question")
    for one in given:
        if said := in_words(one.question, one.value):
            asked = str(one.question)
            found[sets[one.answer_set_id]].append(f"{asked}{'' if asked.endswith('?') else ':'} {said}")
    return found


def absent(lot: Lot, sitting: Sequence[Sitting]) -> dict[int, Meeting]:
    """By membership: the last session, for who was not there and of whom we heard nothing since it began (R063)."""
    sessions = held(lot)
    if not sessions:
        return {}
    last = sessions[-1]
    people = {one.membership.person_id: one.membership.pk for one in sitting}
    gone = Attendance.objects.filter(meeting=last, present=False, person__in=people)
    away = {people[person] for person in gone.values_list("person", flat=True)}
    heard = Call.objects.filter(membership__in=away, made_at__gte=last.starts).exclude(outcome=Call.Outcome.MISSED)
    return dict.fromkeys(away - set(heard.values_list("membership", flat=True)), last)


def header() -> list[str]:
    return [
        _("lot number"), _("name"), _("phone number"), _("needs"), _("how it stands"), _("calls"), _("last call"),
        _("note"),
    ]  # fmt: skip


def lines(found: CallList) -> Iterator[list[object]]:
    """For a spreadsheet."""
    for row in found.rows:
        last = row.last
        day = timezone.localtime(last.made_at).date().isoformat() if last else ""
        yield [
            row.invitation.spoken_number, row.membership.person, row.phone or _("no number: letter"),
            "; ".join(row.needs), row.word, row.calls, day,
            last.note if last else "",
        ]  # fmt: skip
