"""A table of ideas on its way in: every line read, every bad line named, nothing written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from samenraad.instruments.ideas import rules
from samenraad.instruments.ideas.models import Idea, Upload
from samenraad.instruments.ideas.queries.places import neighbourhoods
from samenraad.instruments.ideas.rules.columns import CHANNELS, LONGEST
from samenraad.people.models import Channel, Place
from samenraad.people.rules import coordinate, day_of
from samenraad.people.sheets import Problem, Row, Sheet, read_sheet
from samenraad.processes.gates import passed
from samenraad.processes.models import Step
from samenraad.processes.rules import may_take_part
from samenraad.refusals import Refusal

WHO = ("name", "email", "phone", "street", "postcode", "city")


@dataclass(frozen=True)
class Line:
    """One good line: an idea and who gave it."""

    row: int
    title: str
    text: str
    day: date
    channel: str
    theme: str = ""
    place: Place | None = None
    point: tuple[float, float] | None = None
    reference: str = ""
    who: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What reading in would do: either some lines are bad and it does nothing, or all are good."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    sample: tuple[Row, ...]

    @property
    def bad_rows(self) -> int:
        return len({problem.row for problem in self.problems})

    @property
    def channels(self) -> list[tuple[str, int]]:
        counts = Counter(line.channel for line in self.lines)
        return [(str(label), counts[value]) for value, label in Channel.choices if counts[value]]

    @property
    def reachable(self) -> int:
        """Lines whose author we can tell what becomes of it."""
        return sum(1 for line in self.lines if can_be_told(line.who))

    @property
    def with_point(self) -> int:
        return sum(1 for line in self.lines if line.point or (line.place and line.place.latitude is not None))


def can_be_told(who: Mapping[str, str]) -> bool:
    address = who.get("street") and who.get("postcode") and who.get("city")
    return bool(who.get("email") or who.get("phone") or address)


def sheet_of(upload: Upload) -> Sheet:
    return read_sheet(bytes(upload.content))


def plan(upload: Upload) -> Plan:
    """Read every line as the columns were mapped. Refuses as a whole: a missing column, a step that is not public."""
    sheet = sheet_of(upload)
    columns = {word: name for word, name in upload.columns.items() if name}
    if "title" not in columns and "text" not in columns:
        raise Refusal("ideas.no_title_column")
    for name in columns.values():
        if name not in sheet.header:
            raise Refusal("ideas.column_gone", column=name)
    reader = _Reader(upload, columns)
    for row in sheet.rows:
        reader.read(row)
    return Plan(sheet.header, tuple(reader.lines), tuple(reader.problems), sheet.rows[:3])


class _Reader:
    """Reads line by line and gathers what is wrong; asks the database once for all of them."""

    def __init__(self, upload: Upload, columns: Mapping[str, str]) -> None:
        self.upload, self.columns = upload, columns
        self.step: Step = upload.step
        self.today = timezone.localdate()
        self.lines: list[Line] = []
        self.problems: list[Problem] = []
        self.places = {_key(place.name): place for place in (self.step.process.place, *neighbourhoods(self.step))}
        self.places |= {_key(place.code): place for place in self.places.values()}
        self.known = dict(_references(self.step).values_list("reference", "proposal__number"))
        self.seen: dict[str, int] = {}
        self.why_not: dict[date, str] = {}
        self.promised = passed(self.step.process, 3)
        _must_run(self.step)

    def read(self, row: Row) -> None:
        before = len(self.problems)
        cells = {word: row.cells.get(name, "") for word, name in self.columns.items()}
        if row.extra:
            self._wrong(row, "ideas.line_extra", value=_short(row.extra[0]))
        title, text = self._words(row, cells)
        line = Line(
            row=row.number, title=title, text=text, theme=cells.get("theme", ""),
            day=self._day(row, cells), channel=self._channel(row, cells), place=self._place(row, cells),
            point=self._point(row, cells), reference=self._reference(row, cells), who=self._who(row, cells),
        )  # fmt: skip
        for word, longest in LONGEST.items():
            if len(cells.get(word, "")) > longest:
                self._wrong(row, "ideas.line_too_long", column=self.columns[word], longest=longest)
        if len(self.problems) == before:
            self.lines.append(line)

    def _wrong(self, row: Row, code: str, **facts: object) -> None:
        self.problems.append(Problem(row.number, Refusal(code, **facts)))

    def _words(self, row: Row, cells: Mapping[str, str]) -> tuple[str, str]:
        """Without a title the first line of the text is the title."""
        title, text = " ".join(cells.get("title", "").split()), cells.get("text", "")
        if not title and text:
            title = _first_words(text)
        if not title:
            self._wrong(row, "ideas.line_empty")
        if len(title) > rules.LONGEST_TITLE:
            self._wrong(row, "ideas.line_title_long", length=len(title), longest=rules.LONGEST_TITLE)
        if len(text) > rules.LONGEST_TEXT:
            self._wrong(row, "ideas.line_text_long", length=len(text), longest=rules.LONGEST_TEXT)
        return title, text

    def _day(self, row: Row, cells: Mapping[str, str]) -> date:
        typed = cells.get("day", "")
        day = day_of(typed.split(" ")[0].split("T")[0]) if typed else self.upload.day
        if day is None:
            self._wrong(row, "ideas.line_day", value=_short(typed))
            return self.upload.day
        if day not in self.why_not:
            self.why_not[day] = self._why_not(day)
        if self.why_not[day]:
            self._wrong(row, f"ideas.line_day_{self.why_not[day]}", value=date_format(day, "j F Y"))
        return day

    def _why_not(self, day: date) -> str:
        opens, closes = (
            timezone.localtime(moment).date() if moment else None for moment in (self.step.opens, self.step.closes)
        )
        why = may_take_part(
            public=self.step.process.is_public, promised=self.promised,
            opens=opens, closes=closes, day=day, today=self.today,
        )  # fmt: skip
        if why in {"not_public", "no_promise"}:
            raise Refusal(f"step.{why}")
        if why == "not_open_yet" and opens is None:
            raise Refusal("step.planned")
        return {"in_future": "future", "not_open_yet": "before", "closed": "after"}.get(why, "")

    def _channel(self, row: Row, cells: Mapping[str, str]) -> str:
        typed = cells.get("channel", "")
        if not typed:
            return str(self.upload.channel)
        labels = {str(label).casefold(): value for value, label in Channel.choices}
        found = CHANNELS.get(typed.casefold()) or labels.get(typed.casefold())
        if not found:
            self._wrong(row, "ideas.line_channel", value=_short(typed), known=", ".join(labels))
        return found or str(self.upload.channel)

    def _place(self, row: Row, cells: Mapping[str, str]) -> Place | None:
        typed = cells.get("place", "")
        if not typed:
            return None
        found = self.places.get(_key(typed))
        if found is None:
            known = sorted({place.name for place in self.places.values()})
            shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
            town = self.step.process.place.name
            self._wrong(row, "ideas.line_place", value=_short(typed), town=town, known=shown)
        return found

    def _point(self, row: Row, cells: Mapping[str, str]) -> tuple[float, float] | None:
        typed = cells.get("latitude", ""), cells.get("longitude", "")
        if not any(typed):
            return None
        latitude, longitude = coordinate(typed[0], 90), coordinate(typed[1], 180)
        if latitude is None or longitude is None:
            self._wrong(row, "ideas.line_point", value=_short(" ".join(typed).strip()))
            return None
        return latitude, longitude

    def _reference(self, row: Row, cells: Mapping[str, str]) -> str:
        typed = cells.get("reference", "")
        if typed in self.known:
            self._wrong(row, "ideas.line_known", value=_short(typed), number=self.known[typed])
        elif typed and typed in self.seen:
            self._wrong(row, "ideas.line_reference", value=_short(typed), other=self.seen[typed])
        self.seen.setdefault(typed, row.number)
        return typed

    def _who(self, row: Row, cells: Mapping[str, str]) -> dict[str, str]:
        who = {word: " ".join(cells[word].split()) for word in WHO if cells.get(word)}
        if "email" in who:
            who["email"] = who["email"].lower()
            try:
                validate_email(who["email"])
            except ValidationError:
                self._wrong(row, "ideas.line_email", value=_short(who["email"]))
        return who


def _must_run(step: Step) -> None:
    ended = step.concluded_at or step.process.closed_at
    if ended:
        raise Refusal("step.closed", closes=date_format(timezone.localtime(ended), "j F Y"))


def _references(step: Step) -> QuerySet[Idea]:
    return Idea.objects.filter(step=step).exclude(reference="")


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _first_words(text: str) -> str:
    """The first line, or as many of its words as make a title."""
    line = " ".join(text.strip().split("\n", 1)[0].split())
    if len(line) <= 100:
        return line
    return line[:99].rsplit(" ", 1)[0] + "…"
