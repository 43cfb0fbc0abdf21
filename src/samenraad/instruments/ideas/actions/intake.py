"""Reading in a table of ideas collected elsewhere: all of it, or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from samenraad.instruments.ideas import rules
from samenraad.instruments.ideas.actions import authors
from samenraad.instruments.ideas.actions.photos import FOLDER
from samenraad.instruments.ideas.models import Idea, Keyword, Upload
from samenraad.instruments.ideas.queries.intake import Line, plan
from samenraad.instruments.ideas.rules.columns import guess
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.people.sheets import read_sheet, refuse
from samenraad.processes.actions.part import next_number
from samenraad.processes.models import Contribution, Proposal, Source, Step, digest_of
from samenraad.refusals import Refusal

BATCH = 1_000
KEPT_DAYS = 14


@transaction.atomic
def keep_upload(*, step: Step, name: str, content: bytes, by: Person | None) -> Upload:
    """Put a table aside to be looked at; what its columns mean is guessed. Nothing of it is an idea yet."""
    sheet = read_sheet(content)
    digest = hashlib.sha256(content).hexdigest()
    _must_be_new(step, digest)
    return Upload.objects.create(
        step=step, name=name[-160:] or "?", sha256=digest, content=content, columns=guess(sheet.header), by=by
    )


def _must_be_new(step: Step, digest: str) -> None:
    known = Upload.objects.filter(step=step, sha256=digest).exclude(done_at=None).first()
    if known and known.done_at and known.first_number:
        raise Refusal(
            "ideas.already_read",
            day=date_format(timezone.localtime(known.done_at), "j F Y"),
            first=known.first_number,
            last=known.first_number + known.count - 1,
        )


def map_columns(*, upload: Upload, columns: Mapping[str, str], channel: str, day: date) -> Upload:
    """What each column means, and what holds for lines that do not say it themselves."""
    upload.columns, upload.channel, upload.day = dict(columns), channel, day
    upload.save(update_fields=["columns", "channel", "day"])
    return upload


def drop_upload(*, upload: Upload) -> None:
    """Not this file after all. What was read in already stays."""
    Upload.objects.filter(pk=upload.pk, done_at=None).delete()


@transaction.atomic
def read_in(*, upload: Upload, by: Person | None) -> Upload:
    """Make an idea of every line, in one transaction. One bad line, and nothing is written; twice is once."""
    step = Step.objects.select_for_update(of=("self",)).select_related("process__place").get(pk=upload.step_id)
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    upload.step = step
    if upload.done_at:
        return upload
    _must_be_new(step, upload.sha256)
    found = plan(upload)
    refuse(found.problems)
    if not found.lines:
        raise Refusal("sheet.empty")
    proposals = _write(step, found.lines, by)
    upload.done_at, upload.content = timezone.now(), b""
    upload.first_number, upload.count = proposals[0].number, len(proposals)
    upload.save(update_fields=["done_at", "content", "first_number", "count"])
    note(
        "ideas.imported", upload, thread=step.process, who=by,
        count=len(proposals), first=proposals[0].number, last=proposals[-1].number, file=upload.sha256,
        texts=_digest(proposals), channels=dict(Counter(line.channel for line in found.lines)),
    )  # fmt: skip
    return upload


def _digest(proposals: Sequence[Proposal]) -> str:
    """One fingerprint over those of all texts, in the order of their numbers."""
    return hashlib.sha256("\n".join(proposal.sha256 for proposal in proposals).encode()).hexdigest()


def _write(step: Step, lines: Sequence[Line], by: Person | None) -> list[Proposal]:
    contributions = _contributions(step, lines, by)
    number, now, language = next_number(step), timezone.now(), settings.LANGUAGE_CODE.split("-")[0]
    proposals = Proposal.objects.bulk_create(
        (
            Proposal(
                step=step, number=place, title=line.title, text=line.text, place=line.place, language=language,
                sha256=digest_of(line.title, line.text), made_at=_moment(line.day, now, place - number),
            )
            for place, line in enumerate(lines, start=number)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    author = Source.Part.AUTHOR
    Source.objects.bulk_create(
        (
            Source(contribution=part, proposal=proposal, part=author, origin=proposal)
            for part, proposal in zip(contributions, proposals, strict=True)
        ),
        batch_size=BATCH,
    )
    Idea.objects.bulk_create(map(_idea, proposals, lines), batch_size=BATCH)
    _index(proposals)
    return proposals


def _index(proposals: Sequence[Proposal]) -> None:
    """A dozen words for each of thousands of ideas: straight into the table, for models would take half a minute."""
    columns = ("idea_id", "step_id", "word")
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    table = connection.ops.quote_name(Keyword._meta.db_table)
    rows = (
        (proposal.pk, proposal.step_id, word)
        for proposal in proposals
        for word in rules.keywords(proposal.title, proposal.text)
    )
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES (%s, %s, %s)", list(rows))  # noqa: S608


def _moment(day: date, now: datetime, place: int) -> datetime:
    """The day somebody gave it, and a moment of its own in it: lists are sorted by that."""
    on_that_day = timezone.localtime(now).replace(year=day.year, month=day.month, day=day.day)
    return min(now, on_that_day) - timedelta(microseconds=100_000 - place)


def _idea(proposal: Proposal, line: Line) -> Idea:
    latitude, longitude = line.point or (None, None)
    return Idea(
        proposal=proposal, step_id=proposal.step_id, theme=line.theme, reference=line.reference,
        latitude=latitude, longitude=longitude,
    )  # fmt: skip


def _contributions(step: Step, lines: Sequence[Line], by: Person | None) -> list[Contribution]:
    """One per person and channel; a line without a name is a contribution of its own. In the order of the lines."""
    people = authors.people_of([line.who for line in lines])
    known = {
        (part.person_id, part.channel): part for part in Contribution.objects.filter(step=step, person__isnull=False)
    }
    made: list[Contribution] = []
    found: list[Contribution] = []
    for line, person in zip(lines, people, strict=True):
        key = (person.pk if person else None, line.channel)
        part = known.get(key) if person else None
        if part is None:
            part = Contribution(step=step, person=person, channel=line.channel, day=line.day, entered_by=by)
            made.append(part)
            if person:
                known[key] = part
        found.append(part)
    Contribution.objects.bulk_create(made, batch_size=BATCH)
    return found


def tidy_up(today: date) -> int:
    """Tables and photos that nobody did anything with for two weeks are thrown away."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    gone = Upload.objects.filter(done_at=None, made_at__lt=before).delete()[0]
    if default_storage.exists(FOLDER):
        for name in default_storage.listdir(FOLDER)[1]:
            path = f"{FOLDER}/{name}"
            if default_storage.get_created_time(path) < before:
                default_storage.delete(path)
                gone += 1
    return gone
