"""The loop as a drawing: everything the template prints, computed."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from samenraad.ui import labels, lemniscate
from samenraad.ui.lemniscate import HANDOVER, LARGE, LARGE_BOX, SMALL, SMALL_BOX, Curve, Loop, Mark, figure


@dataclass(frozen=True)
class Line:
    """The whole line, the part that is done, and the bridge at the crossing where one passes over the other."""

    whole: str
    done: str
    bridge: str
    over: str
    done_over: str


@dataclass(frozen=True)
class DrawnMark:
    kind: str
    passed: bool
    transform: str
    count: int


@dataclass(frozen=True)
class DrawnLabel:
    kind: str
    anchor: str
    x: str
    lines: tuple[tuple[str, str], ...]  # (y, words)


@dataclass(frozen=True)
class Drawing:
    id: str
    box: str
    line: Line
    marks: tuple[DrawnMark, ...]
    labels: tuple[DrawnLabel, ...]
    title: str
    description: str
    now: tuple[tuple[str, str], ...]  # (state, words): what stands under the loop on a phone


def draw(loop: Loop, turns: bool = False) -> Drawing:
    """The large loop. With `turns`, the loop of a whole town: many processes, each at its own place."""
    marks = labels.apart(tuple(loop.marks)) if turns else tuple(loop.marks)
    words = labels.placed(Loop(marks))
    return Drawing(
        id=f"loop-{crc32(f'{loop.title}{loop.description}'.encode()):x}",
        box=_box(LARGE_BOX),
        line=line(LARGE, loop.done_from, loop.done_to, gap=2.4, lap=0.6),
        marks=tuple(_mark(mark) for mark in marks),
        labels=tuple(_label(mark, label, turns) for mark, label in zip(marks, words, strict=True) if label),
        title=loop.title,
        description=loop.description,
        now=tuple(
            ("late" if mark.kind == "late" else "now", mark.label.replace("\n", ", "))
            for mark in marks
            if mark.kind in {"here", "late"} and mark.label
        ),
    )


def small(at: float, done: float) -> tuple[str, Line, str, str]:
    """The box, the line and the place of the dot of the small loop."""
    place = SMALL.place(at)
    return (
        _box(SMALL_BOX),
        line(SMALL, 0, done, gap=4.8, lap=0.6, pieces=12),
        figure(place.x),
        figure(place.y),
    )


def line(curve: Curve, start: float, end: float, *, gap: float, lap: float, pieces: int = lemniscate.PIECES) -> Line:
    """Done up to `end`; where the line comes back over the crossing it passes over itself."""
    first, last = HANDOVER - gap, HANDOVER + gap
    return Line(
        whole=curve.path(pieces=pieces) + "Z",
        done=curve.path(start, end, pieces),
        bridge=curve.path(first, last, pieces),
        over=curve.path(first - lap, last + lap, pieces),
        done_over=curve.path(max(start, first - lap), min(end, last + lap), pieces),
    )


def _box(box: tuple[float, float, float, float]) -> str:
    return " ".join(figure(side) for side in box)


def _mark(mark: Mark) -> DrawnMark:
    place = LARGE.place(mark.at)
    turn = f" rotate({figure(LARGE.direction(mark.at))})" if mark.kind == "gate" else ""
    return DrawnMark(mark.kind, mark.passed, f"translate({figure(place.x)} {figure(place.y)}){turn}", mark.count)


def _label(mark: Mark, label: labels.Label, turns: bool) -> DrawnLabel:
    kind = "turn" if turns else "now" if mark.kind in {"here", "late"} else "" if mark.passed else "later"
    lines = tuple((figure(label.y + number * label.size * 1.25), words) for number, words in enumerate(label.lines))
    return DrawnLabel(kind, label.anchor, figure(label.x), lines)
