"""A register extract on its way in, and the register that came of it until it is destroyed."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from samenraad.instruments.lot.actions.plan import held_lot
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import ColumnProfile, Dimension, Extract, Invitation, Lot
from samenraad.instruments.lot.queries.extract import by_column, dimension_names, first_look
from samenraad.instruments.lot.queries.register import bad_lines, busy, halfway, read_in
from samenraad.instruments.lot.rules import columns as rules
from samenraad.people.actions import destroy_register
from samenraad.people.models import Person
from samenraad.processes.actions import work as background
from samenraad.processes.models import Work
from samenraad.processes.queries import underway
from samenraad.refusals import Refusal

MOST_BYTES = 100_000_000


def keep_upload(*, lot: Lot, name: str, chunks: Iterable[bytes], by: Person | None) -> Extract:
    """Put a file aside, packed, to be looked at. What its columns mean is taken from the last saved way of reading
    that fits, else guessed. The same file once more is the one that is here already."""
    digest, packed, header = _packed(name, chunks)
    return _kept(lot, name[-160:] or "?", digest, packed, header, by)


@transaction.atomic
def _kept(lot: Lot, name: str, digest: str, packed: bytes, header: list[str], by: Person | None) -> Extract:
    Lot.objects.select_for_update(of=("self",)).get(pk=lot.pk)
    _must_be_new(lot, digest)
    known = halfway(lot).filter(sha256=digest).first()
    if known:
        return known
    return Extract.objects.create(
        lot=lot, name=name, sha256=digest, content=packed, header=header, by=by, **_reading(header, by_column(lot))
    )


def _must_be_new(lot: Lot, digest: str) -> None:
    known = read_in(lot).filter(sha256=digest).first()
    if known and known.register:
        day = date_format(timezone.localtime(known.register.made_at), "j F Y")
        raise Refusal("lot.extract_known", day=day)


def _packed(name: str, chunks: Iterable[bytes]) -> tuple[str, bytes, list[str]]:
    """SHA-256, the bytes packed, and the header. A file of 100 MB is never in memory as a whole."""
    digest, pack, size, parts = hashlib.sha256(), zlib.compressobj(1), 0, []
    with TemporaryDirectory(prefix="lot-") as folder:
        path = Path(folder) / (Path(name).name or "register.csv")
        with path.open("wb") as stream:
            for chunk in chunks:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise Refusal("lot.extract_too_big", megabytes=MOST_BYTES // 1_000_000)
                digest.update(chunk)
                parts.append(pack.compress(chunk))
                stream.write(chunk)
        header, _sample = first_look(path)
    return digest.hexdigest(), b"".join([*parts, pack.flush()]), header


def _reading(header: Sequence[str], dimensions: Sequence[Dimension]) -> dict[str, Any]:
    """The newest saved way of reading that fits this header, completed with what is recognised."""
    guessed = rules.guess(header, {one.key: dimension_names(one) for one in dimensions})
    for profile in ColumnProfile.objects.order_by("-made_at", "-pk"):
        if rules.fits(profile.columns, profile.leave_out, header):
            return _of(profile, guessed)
    return {"columns": guessed, "leave_out": rules.guess_marks(header), "values": {}}


def _of(profile: ColumnProfile, guessed: Mapping[str, str]) -> dict[str, Any]:
    dimensions = {word: column for word, column in guessed.items() if word.startswith("dimension:")}
    return {
        "columns": {**dimensions, **profile.columns},
        "leave_out": profile.leave_out,
        "values": profile.values,
    }


@transaction.atomic
def apply_profile(*, extract: Extract, profile: ColumnProfile) -> Extract:
    """Read this file as that one was read. Columns that it does not have are left open."""
    extract = _locked(extract)
    found = _of(profile, extract.columns)
    extract.columns = {word: column for word, column in found["columns"].items() if column in extract.header}
    extract.leave_out = [pair for pair in found["leave_out"] if pair[0] in extract.header]
    extract.values = found["values"]
    return _unchecked(extract)


@transaction.atomic
def map_columns(
    *, extract: Extract, columns: Mapping[str, str], leave_out: Sequence[Sequence[str]], by: Person | None
) -> Work:
    """What each column means and who gets no letter; then it is checked, in the background."""
    extract = _locked(extract)
    lot = extract.lot
    if missing := rules.missing(columns, [one.key for one in by_column(lot)]):
        raise Refusal("lot.columns_missing", columns=", ".join(missing))
    extract.columns, extract.leave_out = dict(columns), [list(pair) for pair in leave_out]
    return _check(_unchecked(extract), by)


@transaction.atomic
def map_values(*, extract: Extract, values: Mapping[str, Mapping[str, str]], by: Person | None) -> Work:
    """What the register's own words mean among our groups; then it is checked again."""
    extract = _locked(extract)
    told = dict(extract.values)
    for dimension, meaning in values.items():
        told[dimension] = {**told.get(dimension, {}), **meaning}
    extract.values = told
    return _check(_unchecked(extract), by)


def _check(extract: Extract, by: Person | None) -> Work:
    return background.start(step=extract.lot.step, kind=Kind.CHECK, about=f"extract:{extract.pk}", by=by)


def _locked(extract: Extract) -> Extract:
    """This file, ours until the end of the transaction; not while somebody works on it, nor when it is gone."""
    held = _held(extract)
    if busy(held.lot, held):
        raise Refusal("lot.extract_busy")
    return held


def _held(extract: Extract) -> Extract:
    lot = held_lot(extract.lot)
    held = halfway(lot).filter(pk=extract.pk).first()
    if held is None:
        raise Refusal("lot.extract_gone")
    held.lot = lot
    return held


def _unchecked(extract: Extract) -> Extract:
    extract.checked_at, extract.counted, extract.problems = None, {}, []
    extract.save(update_fields=["columns", "leave_out", "values", "checked_at", "counted", "problems"])
    return extract


@transaction.atomic
def keep_profile(*, extract: Extract, name: str) -> ColumnProfile:
    """Remember how this file is read, under a name; the same name is replaced."""
    reading = {"columns": extract.columns, "leave_out": extract.leave_out, "values": extract.values}
    return ColumnProfile.objects.update_or_create(name=name[:80], defaults={**reading, "made_at": timezone.now()})[0]


@transaction.atomic
def start_reading(*, extract: Extract, without_bad_lines: bool, by: Person | None) -> Work:
    """Read in everybody who can be invited, in the background. The rules are frozen by then, for the groups that are
    kept of each person are theirs; and the day of destruction is set."""
    held = _held(extract)
    _may_be_read(held.lot, held, without_bad_lines)
    return background.start(step=held.lot.step, kind=Kind.IMPORT, about=f"extract:{held.pk}", by=by)


def _may_be_read(lot: Lot, extract: Extract, without_bad_lines: bool) -> None:
    if not lot.is_frozen:
        raise Refusal("lot.not_frozen")
    if lot.keep_until is None:
        raise Refusal("lot.no_keep_until")
    if lot.keep_until < timezone.localdate():
        raise Refusal("lot.keep_until_past", day=lot.keep_until)
    _must_be_new(lot, extract.sha256)
    if extract.checked_at is None:
        raise Refusal("lot.not_checked")
    if not extract.counted.get("people"):
        raise Refusal("lot.nobody_in_extract")
    if (bad := bad_lines(extract)) and not without_bad_lines:
        raise Refusal("lot.bad_lines", lines=bad)


@transaction.atomic
def drop(*, extract: Extract) -> None:
    """Not this file after all: it goes, and what an interrupted attempt had read of it."""
    lot = Lot.objects.select_for_update(of=("self",)).get(pk=extract.lot_id)
    held = halfway(lot).filter(pk=extract.pk).first()
    if held is None:
        return
    if busy(lot, held):
        raise Refusal("lot.extract_busy")
    register = held.register
    held.delete()
    if register:
        register.delete()


@transaction.atomic
def destroy(*, lot: Lot, by: Person | None) -> int:
    """Now, and not only on its day: the register goes, and with it the numbers that invitations had from it."""
    lot = Lot.objects.select_for_update(of=("self",)).get(pk=lot.pk)
    if underway(lot.step, Kind.IMPORT, Kind.INVITE).exists():
        raise Refusal("lot.register_in_use")
    found = [one.register for one in read_in(lot) if one.register]
    for register in found:
        destroy_register(register=register, by=by)
    empty_keys(lot)
    return len(found)


def empty_keys(lot: Lot) -> int:
    """Invitations forget the number that somebody has in a register that no longer exists."""
    return Invitation.objects.filter(lot=lot).exclude(key="").update(key="")
