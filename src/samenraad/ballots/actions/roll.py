"""How the roll comes to be: a list is put aside and looked at, codes are made for it or without one, and the file goes.

A roll comes from one list. Who begins again begins with nothing: codes of a list that was not finished lie in no
letter, so nobody could vote with them.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from samenraad.ballots.jobs import Kind
from samenraad.ballots.models import Envelope, Load, Vote
from samenraad.ballots.queries.extract import opened
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.rules import codes
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes.actions import work as background
from samenraad.processes.models import Work
from samenraad.processes.queries import underway
from samenraad.refusals import Refusal

MOST_BYTES = 100_000_000
#: codes without a list are made while somebody waits
MOST_CARDS = 20_000
#: so many days a file may wait halfway: there are addresses in it
HALFWAY = 14
#: entries that are written together
BATCH = 5_000
#: digest of the code, digest of the number in the register, neighbourhood
Row = tuple[str, str, str]


def keep_upload(*, vote: Vote, name: str, chunks: Iterable[bytes], by: Person | None) -> Work:
    """Put a list aside, packed, and check it in the background. The same list once more is the one that is here."""
    digest, packed = _packed(name, chunks)
    with transaction.atomic():
        load = _kept(_held(vote), name[-160:], digest, packed, by)
        return background.start(step=vote.step, kind=Kind.CHECK, about=f"list:{load.pk}", by=by)


def _packed(name: str, chunks: Iterable[bytes]) -> tuple[str, bytes]:
    """SHA-256, and the bytes packed, of a list that can be read at least up to its header. Never whole in memory."""
    digest, pack, size, parts = hashlib.sha256(), zlib.compressobj(1), 0, []
    with TemporaryDirectory(prefix="roll-") as folder:
        path = Path(folder) / (Path(name).name or "roll.csv")
        with path.open("wb") as stream:
            for chunk in chunks:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise Refusal("ballots.list_too_big", megabytes=MOST_BYTES // 1_000_000)
                digest.update(chunk)
                parts.append(pack.compress(chunk))
                stream.write(chunk)
        opened(path)
    return digest.hexdigest(), b"".join([*parts, pack.flush()])


def _kept(vote: Vote, name: str, digest: str, packed: bytes, by: Person | None) -> Load:
    done = vote.loads.filter(sha256=digest, done_at__isnull=False).first()
    if done and done.done_at:
        day = date_format(timezone.localtime(done.done_at), "j F Y")
        raise Refusal("ballots.list_known", day=day)
    known = vote.loads.filter(sha256=digest, content__isnull=False).first()
    return known or Load.objects.create(vote=vote, name=name, sha256=digest, content=packed, by=by)


@transaction.atomic
def start_reading(*, load: Load, without_bad_lines: bool, by: Person | None) -> Work:
    """Make a code for everybody on this list, in the background."""
    vote = _held(load.vote)
    held = vote.loads.filter(pk=load.pk, content__isnull=False).first()
    if held is None:
        raise Refusal("ballots.list_gone")
    if held.checked_at is None:
        raise Refusal("ballots.not_checked")
    if not held.counted.get("people"):
        raise Refusal("ballots.nobody_on_list")
    bad = sum(held.counted.get("bad", {}).values())
    if bad and not without_bad_lines:
        raise Refusal("ballots.bad_lines", lines=bad)
    return background.start(step=vote.step, kind=Kind.READ, about=f"list:{held.pk}", by=by)


@transaction.atomic
def drop(*, load: Load) -> None:
    """Not this list after all: the file goes, and what an interrupted attempt had made of it."""
    held = Load.objects.select_for_update(of=("self",)).filter(pk=load.pk, done_at=None).first()
    if held is None:
        return
    if underway(load.vote.step, Kind.CHECK, Kind.READ).exists():
        raise Refusal("ballots.list_busy")
    if held.begun_at:
        empty(load.vote)
    held.delete()


def make_cards(
    *, vote: Vote, areas: Sequence[tuple[str, int]], instead_of: int | None, by: Person | None
) -> list[tuple[str, str]]:
    """So many codes per neighbourhood, without a list: (neighbourhood, code), to be printed now. They are not kept.

    `instead_of` is the list or the cards whose codes may be thrown away for it; a roll that is there without being
    named is not touched, so who presses twice does not make the first file worthless.
    """
    if not 0 < sum(number for _area, number in areas) <= MOST_CARDS:
        raise Refusal("ballots.cards_too_many", most=MOST_CARDS)
    load = _cards_begun(vote, instead_of, by)
    empty(vote)
    made = [(area, codes.new_code()) for area, number in areas for _n in range(number)]
    write(vote, [(digest_of(vote, code), "", area) for area, code in made])
    finish(load, len(made), dict(areas), by)
    return made


@transaction.atomic
def _cards_begun(vote: Vote, instead_of: int | None, by: Person | None) -> Load:
    held = _held(vote)
    if underway(vote.step, Kind.READ).exists():
        raise Refusal("ballots.list_busy")
    there = held.loads.filter(begun_at__isnull=False).first()
    if there and there.pk != instead_of:
        raise Refusal("ballots.codes_there")
    if there:
        there.delete()
    return Load.objects.create(vote=held, kind=Load.Kind.CARDS, begun_at=timezone.now(), by=by)


def _held(vote: Vote) -> Vote:
    """The vote, ours until the end of the transaction, while its roll may still change."""
    held = Vote.objects.select_for_update(of=("self",)).select_related("step__process").get(pk=vote.pk)
    if held.frozen_at:
        raise Refusal("ballots.roll_frozen")
    return held


@transaction.atomic
def begin(load: Load) -> None:
    """From here on this list is the roll, and until it is finished the roll cannot be frozen."""
    vote = _held(load.vote)
    vote.loads.exclude(pk=load.pk).filter(begun_at__isnull=False).delete()
    vote.loads.filter(pk=load.pk).update(begun_at=timezone.now(), done_at=None)


def empty(vote: Vote) -> None:
    """No codes and no letters. First the letters: a code without a letter is of no use, the other way round it is."""
    Envelope.objects.filter(vote=vote).delete()
    Entry.objects.filter(vote=vote.key).delete()


def write(vote: Vote, rows: list[Row], report: Callable[[float], None] = lambda _share: None) -> None:
    """These codes on the roll, sorted by their digests: how they lie says nothing about how the list was."""
    rows.sort()
    for start in range(0, len(rows), BATCH):
        with transaction.atomic(using="roll"):
            Entry.objects.bulk_create(
                Entry(digest=digest, vote=vote.key, holder=holder, area=area)
                for digest, holder, area in rows[start : start + BATCH]
            )
        report(min(1.0, (start + BATCH) / len(rows)))


def digest_of(vote: Vote, code: str) -> str:
    return codes.on_the_roll(code, vote.key, settings.ROLL_KEY)


@transaction.atomic
def finish(load: Load, people: int, areas: dict[str, int], by: Person | None, letters: int = 0) -> None:
    """Every code is on the roll, and for every one of a list there is a letter to be made."""
    vote = _held(load.vote)
    held = vote.loads.filter(pk=load.pk, begun_at__isnull=False).first()
    there = Entry.objects.filter(vote=vote.key).count(), vote.envelopes.count()
    if held is None or there != (people, letters):
        raise Refusal("ballots.read_twice")
    held.content, held.problems, held.done_at = None, [], timezone.now()
    held.counted = {**held.counted, "people": people, "areas": dict(sorted(areas.items()))}
    held.save(update_fields=["content", "problems", "done_at", "counted"])
    note("ballots.roll_made", vote.step, thread=vote.step.process.thread, who=by, people=people, file=held.sha256)


def drop_old() -> int:
    """Files that wait for too long, or for a vote whose roll is fixed, are thrown away. Not the public list of a roll
    that is destroyed: with it anybody can check the board for ever."""
    files = Load.objects.filter(content__isnull=False).exclude(kind=Load.Kind.PUBLIC)
    old = files.defer("content").select_related("vote__step__process")
    limit = timezone.now() - timedelta(days=HALFWAY)
    waiting = [load for load in old if load.made_at < limit or load.vote.frozen_at]
    gone = [load for load in waiting if not underway(load.vote.step, Kind.CHECK, Kind.READ).exists()]
    for load in gone:
        drop(load=load)
    return len(gone)


def random_key() -> str:
    return secrets.token_hex(16)
