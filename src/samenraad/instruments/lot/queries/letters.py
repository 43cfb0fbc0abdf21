"""Who gets a letter, who a reminder, and what became of the letters of each wave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from samenraad.instruments.lot.models import Invitation, Lot, Wave
from samenraad.instruments.lot.queries.wording import Facts
from samenraad.instruments.lot.rules import letters as rules
from samenraad.people.codes import digest_of, normal
from samenraad.people.models import AccessCode, Town
from samenraad.post.models import Batch, Message
from samenraad.processes.models import Promise
from samenraad.processes.queries import current

State = Message.State
#: who may be written to: invited for real, there, and without an answer
WRITABLE = Q(test=False, reply="", undeliverable_on=None, person__isnull=False, person__forgotten_at=None)


def facts(lot: Lot, wave: Wave | None = None) -> Facts:
    """What the letters of this wave are made of; without a wave, of the next."""
    letters = wave.invitations.count() if wave else lot.invitations.filter(test=False).count()
    return Facts(lot, promise_of(lot, wave), letters, Town.objects.select_related("place").first())


def promise_of(lot: Lot, wave: Wave | None = None) -> Promise | None:
    """The newest public promise; once there are letters of a wave, the one that stands in them."""
    if wave and has_letters(wave):
        return promise_in(wave)
    newest = current(lot.step.process)
    return _promises(lot).filter(pk=newest.pk).first() if newest else None


def promise_in(wave: Wave) -> Promise | None:
    """The one that was settled when the letters of this wave were begun."""
    return _promises(wave.lot).filter(digest=wave.promise_digest).first()


def _promises(lot: Lot) -> QuerySet[Promise]:
    return lot.step.process.promises.exclude(published_at=None).select_related("body", "process")


def has_letters(wave: Wave) -> bool:
    return Invitation.objects.filter(_letter(), wave=wave).exists()


def _letter() -> Exists:
    """Whether a first letter was made for an invitation, whatever became of it."""
    key = Concat(Value(rules.PREFIX[rules.INVITE]), Cast(OuterRef("pk"), CharField()))
    return Exists(Message.objects.filter(key=key))


def without_letter(wave: Wave) -> QuerySet[Invitation]:
    return Invitation.objects.filter(WRITABLE, ~_letter(), wave=wave).order_by("pk")


def to_remind(wave: Wave, days: int, now: datetime) -> QuerySet[Invitation]:
    """Who got their letter at least so many days ago, did not answer, and was not reminded yet."""
    posted = Message.objects.filter(
        person=OuterRef("person"), key__startswith=rules.PREFIX[rules.INVITE], extra__purpose=f"lot:{wave.lot_id}",
        state=State.SENT, settled_at__lte=now - timedelta(days=days),
    )  # fmt: skip
    return Invitation.objects.filter(WRITABLE, Exists(posted), wave=wave, reminded_at=None).order_by("pk")


def in_large_print(wave: Wave) -> set[int]:
    """Of whom the letter was made in large print: their reminder will be too."""
    found = Message.objects.filter(
        scope=wave.lot.step.process.thread, key__startswith=rules.PREFIX[rules.INVITE], extra__large=True
    )
    return {pk for key in found.values_list("key", flat=True) if (pk := rules.invitation_in(key))}


def by_word(lot: Lot, words: Iterable[str]) -> dict[str, Invitation]:
    """word as typed -> invitation, by lot number or by the code of a letter."""
    plain = {word: normal(word) for word in words}
    digests = {digest_of(word, settings.CODE_KEY): word for word in plain}
    codes = AccessCode.objects.filter(digest__in=digests, purpose=f"lot:{lot.pk}").values_list("digest", "person_id")
    persons = {digests[digest]: person for digest, person in codes}
    wanted = Q(number__in=plain.values()) | Q(person__in=set(persons.values()))
    own = list(Invitation.objects.filter(wanted, lot=lot).select_related("person"))
    by_number, by_person = {one.number: one for one in own}, {one.person_id: one for one in own}
    found = {word: by_number.get(number) or by_person.get(persons.get(word, -1)) for word, number in plain.items()}
    return {word: one for word, one in found.items() if one}


@dataclass
class WaveLetters:
    """What became of the letters of one wave."""

    wave: Wave
    invited: int = 0
    to_make: int = 0
    loose: int = 0
    in_piles: int = 0
    posted: int = 0
    withdrawn: int = 0
    back: int = 0
    answered: int = 0
    reminders: int = 0
    reminders_posted: int = 0

    @property
    def made(self) -> int:
        return self.loose + self.in_piles + self.posted

    @property
    def silent(self) -> int:
        return self.invited - self.answered - self.back


@dataclass(frozen=True)
class Pile:
    batch: Batch
    letters: int


@dataclass(frozen=True)
class Overview:
    waves: list[WaveLetters]
    piles: list[Pile]
    #: letters that lie in no pile yet, by kind
    loose: dict[str, int] = field(default_factory=dict)

    @property
    def to_make(self) -> int:
        return sum(wave.to_make for wave in self.waves)


def overview(lot: Lot) -> Overview:
    """Of all waves together, in five queries however many letters there are."""
    rows = list(
        Message.objects.filter(scope=lot.step.process.thread, key__startswith="lot:", extra__purpose=f"lot:{lot.pk}")
        .order_by("id")
        .values_list("key", "state", "batch_id")
    )
    first, reminder = _last(rows, rules.INVITE), _last(rows, rules.REMIND)
    waves = {wave.pk: WaveLetters(wave) for wave in lot.waves.exclude(drawn_at=None).order_by("number")}
    for pk, wave, back, reply, person in lot.invitations.filter(test=False, wave__in=waves).values_list(
        "pk", "wave_id", "undeliverable_on", "reply", "person_id"
    ):
        _count(waves[wave], first.get(pk), reminder.get(pk), back, reply, person)
    loose = Counter(key.split(":")[1] for key, state, batch in rows if state == State.WAITING and batch is None)
    return Overview(list(waves.values()), _piles(rows), dict(loose))


Row = tuple[str, str, int | None]


def _last(rows: Iterable[Row], kind: str) -> dict[int, Row]:
    """invitation -> its last letter of this kind."""
    own = (row for row in rows if row[0].startswith(rules.PREFIX[kind]))
    return {pk: row for row in own if (pk := rules.invitation_in(row[0])) is not None}


def _count(
    wave: WaveLetters, letter: Row | None, reminder: Row | None, back: date | None, reply: str, person: int | None
) -> None:
    wave.invited += 1
    wave.back += back is not None
    wave.answered += bool(reply)
    wave.to_make += letter is None and not reply and back is None and person is not None
    if letter:
        _key, state, batch = letter
        wave.posted += state == State.SENT
        wave.in_piles += state == State.WAITING and batch is not None
        wave.loose += state == State.WAITING and batch is None
        wave.withdrawn += state == State.CANCELLED
    if reminder:
        wave.reminders += reminder[1] != State.CANCELLED
        wave.reminders_posted += reminder[1] == State.SENT


def _piles(rows: Iterable[Row]) -> list[Pile]:
    """In the order in which they were put together."""
    sizes = Counter(batch for _key, _state, batch in rows if batch is not None)
    batches = Batch.objects.filter(pk__in=sizes).order_by("pk")
    return [Pile(batch, sizes[batch.pk]) for batch in batches]


def missing(lot: Lot) -> list[str]:
    """What a good letter says, and nobody filled in yet."""
    parts = [
        (lot.hours or lot.sessions, _("how much time it takes")),
        (lot.allowance or lot.support, _("what people get")),
        (lot.draw_at, _("the day and the place of the draw")),
        (lot.reply_address, _("where the reply card goes")),
        (lot.signed, _("who signs")),
        (lot.step.closes, _("until which day people can answer")),
        (lot.phone or Town.objects.exclude(phone="").exists(), _("a phone number")),
    ]
    return [name for there, name in parts if not there]


def newest_wave(lot: Lot) -> Wave | None:
    return lot.waves.exclude(drawn_at=None).order_by("-number").first()


def back(lot: Lot) -> QuerySet[Invitation]:
    """Whose letter came back, the last ones first."""
    return lot.invitations.exclude(undeliverable_on=None).order_by("-undeliverable_on", "-pk")
