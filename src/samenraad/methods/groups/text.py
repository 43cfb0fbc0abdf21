"""A seating to read: the tables of each round, a card for each person, and how good it is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from samenraad.methods.groups.seating import Move, Seating
from samenraad.methods.language import _, ngettext, say, say_many
from samenraad.methods.sortition.sentences import decimal, percent

_DIFFERENT = _("Different pairs who meet: {number} of {most} at most ({share})")
_REPEATS = _("Meetings of people who met before: {number} of {meetings}; the same two at most {most_often} times")
_FEWEST = _("Everybody meets at least so many others: {number}")
_WORST = _("Most people of one kind too many or too few at a table: {number}")
_GAP = _("Mean distance of a table from the room: {number}; it cannot be below {least}")
_ALONE = _("Alone at a table where two or more of their kind belong: {number}")
_BESIDE = _(" (random draw: {draw})")
_PEOPLE = ngettext("{n} person changes tables", "{n} people change tables")


def as_text(seating: Seating, language: str = "en") -> str:
    """All of it, with an empty line between the parts."""
    parts = [_rounds(seating, language), _cards(seating, language), _quality(seating, language)]
    if seating.draw is None:
        parts.insert(0, _changes(seating, language))
    return "\n\n".join("\n".join(part) for part in parts)


def card(seating: Seating, person: str, language: str = "en") -> str:
    """What one person takes along.

    >>> from samenraad.methods.groups.seating import seat
    >>> card(seat({"ann": {}, "bo": {}}, tables=1, rounds=2, seed="x", tries=10), "ann")
    'round 1: table 1, round 2: table 1'
    """
    return _card(seating.cards()[person], language)


def _card(tables: tuple[int | None, ...], language: str) -> str:
    here, away = _("round {round}: table {table}"), _("round {round}: none")
    return ", ".join(
        say(away if at is None else here, language, round=number, table=at) for number, at in enumerate(tables, start=1)
    )


def _rounds(seating: Seating, language: str) -> Iterator[str]:
    for number, round in enumerate(seating.rounds, start=1):
        yield say(_("Round {round}"), language, round=number)
        for place, table in enumerate(round, start=1):
            facts = {"table": place, "people": ", ".join(table), "n": len(table)}
            yield "  " + say(_("Table {table} ({n}): {people}"), language, **facts)


def _cards(seating: Seating, language: str) -> Iterator[str]:
    yield say(_("Cards"), language)
    for person, tables in seating.cards().items():
        yield f"  {person}: {_card(tables, language)}"


def _quality(seating: Seating, language: str) -> Iterator[str]:
    found, draw = seating.quality, seating.draw
    yield say(_("How good this is"), language)

    def line(sentence: str, name: str, **facts: object) -> str:
        number = _number(getattr(found, name), language)
        beside = "" if draw is None else say(_BESIDE, language, draw=_number(getattr(draw, name), language))
        return "  " + say(sentence, language, number=number, **facts) + beside

    yield line(_DIFFERENT, "new", most=found.possible, share=percent(float(found.share), language))
    yield line(_REPEATS, "repeats", meetings=found.meetings, most_often=found.most_often)
    yield line(_FEWEST, "fewest_met")
    if seating.mix:
        yield line(_GAP, "gap", least=_number(found.least_gap, language))
        yield line(_WORST, "worst_gap")
        yield line(_ALONE, "alone")


def _number(figure: int | Fraction, language: str) -> str:
    return str(figure) if isinstance(figure, int) else decimal(round(float(figure), 3), 3, language)


def _changes(seating: Seating, language: str) -> Iterator[str]:
    moved = [move for move in seating.moves if move.before is not None]
    yield say_many(_PEOPLE, len({move.person for move in moved}), language)
    for move in seating.moves:
        yield "  " + _move(move, language)


def _move(move: Move, language: str) -> str:
    sentence = _("round {round}: {person} comes to table {after}")
    if move.before is not None:
        sentence = _("round {round}: {person} goes from table {before} to table {after}")
    facts = {"round": move.round, "person": move.person, "before": move.before, "after": move.after}
    return say(sentence, language, **facts)
