"""The work in the background with a list of voters: checking it, and making a code for everybody on it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.ballots.actions import roll
from samenraad.ballots.models import Envelope, Load, Vote
from samenraad.ballots.queries.extract import on_disk, opened
from samenraad.ballots.rules import codes
from samenraad.ballots.rules.extract import Entitled, Reading
from samenraad.processes.actions.work import Report
from samenraad.processes.models import Work
from samenraad.refusals import Refusal

#: people whose letters are sealed in one transaction
STRIDE = 2_000


def check(work: Work, report: Report) -> None:
    """A rehearsal: everything is read and counted, nothing is kept but the counts and the bad lines."""
    load = _load(work)
    with on_disk(load) as path:
        reading, lines = opened(path)
        for _part in _told(reading, lines, report, 1.0):
            pass
    Load.objects.filter(pk=load.pk, begun_at=None).update(
        checked_at=timezone.now(), counted=_counted(reading), problems=json.loads(json.dumps(reading.tally.problems))
    )


def read_in(work: Work, report: Report) -> None:
    """A code for everybody: its digest on the roll, the code itself in a sealed letter. Was it stopped halfway, then it
    starts from nothing."""
    load = _load(work)
    vote: Vote = load.vote
    roll.begin(load)
    roll.empty(vote)
    rows: list[roll.Row] = []
    with on_disk(load) as path:
        reading, lines = opened(path)
        for part in _told(reading, lines, report, 0.7):
            rows += _sealed(vote, part)
    roll.write(vote, rows, lambda share: report(_("codes on the roll"), 0.7 + 0.3 * share))
    tally = reading.tally
    roll.finish(load, tally.people, dict(tally.areas), work.by, letters=tally.people)


def _load(work: Work) -> Load:
    """The list of this work, as long as it is here."""
    found = Load.objects.select_related("vote__step__process").filter(
        vote__step=work.step_id, pk=work.about.rpartition(":")[2], content__isnull=False
    )  # fmt: skip
    load = found.first()
    if load is None:
        raise Refusal("ballots.list_gone")
    return load


def _told(reading: Reading, lines: int, report: Report, share: float) -> Iterator[list[Entitled]]:
    """The people in parts, with a sign of life after each."""
    people = reading.people()
    while part := list(islice(people, STRIDE)):
        report(_("lines of the list"), share * min(0.99, reading.tally.lines / max(1, lines)))
        yield part


def _counted(reading: Reading) -> dict[str, object]:
    tally = reading.tally
    return {
        "lines": tally.lines,
        "people": tally.people,
        "large": tally.large,
        "areas": dict(sorted(tally.areas.items())),
        "languages": dict(tally.languages.most_common()),
        "bad": dict(tally.bad.most_common()),
        "unknown": list(reading.columns.unknown),
    }


def _sealed(vote: Vote, people: list[Entitled]) -> list[roll.Row]:
    """A code for each of these, in a sealed letter; and what the roll is to know of it."""
    letters = [_letter(one) for one in people]
    with transaction.atomic():
        Envelope.objects.bulk_create(
            [Envelope(key=roll.random_key(), vote=vote, sealed=locked(vote.key, letter)) for letter in letters]
        )
    return [
        (roll.digest_of(vote, letter.code), codes.holder(one.number, vote.key, settings.ROLL_KEY), one.area)
        for one, letter in zip(people, letters, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Letter:
    """What is in a sealed envelope."""

    code: str
    name: str
    street: str
    postcode: str
    city: str
    area: str
    language: str
    large: bool

    @property
    def address(self) -> dict[str, str]:
        return {"name": self.name, "street": self.street, "postcode": self.postcode, "city": self.city}


def _letter(one: Entitled) -> Letter:
    """With a fresh code, and without the number in the register."""
    return Letter(codes.new_code(), one.name, one.street, one.postcode, one.city, one.area, one.language, one.large)


def locked(vote: str, letter: Letter) -> str:
    """Sealed with the key of the roll, which lies outside the databases."""
    nonce = os.urandom(12)
    text = json.dumps(asdict(letter)).encode()
    return (nonce + _cipher().encrypt(nonce, text, vote.encode())).hex()


def unlocked(vote: str, sealed: str) -> Letter:
    raw = bytes.fromhex(sealed)
    return Letter(**json.loads(_cipher().decrypt(raw[:12], raw[12:], vote.encode())))


def _cipher() -> AESGCM:
    return AESGCM(bytes.fromhex(codes.keyed(settings.ROLL_KEY, "envelope", "", "")))
