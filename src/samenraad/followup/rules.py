"""What holds for answers, words owed and clocks, as sums over plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

DECISIONS = ("adopted", "partly", "rejected", "forwarded")
#: without a promise the law gives the term: eight weeks (the Dutch General Administrative Law Act, art. 4:13)
TERM_WITHOUT_PROMISE = 56
#: so many days before a last day its owners are reminded; 0 is the day itself
REMINDERS = (14, 7, 1, 0)
#: an author is told as author, also who supported or reacted besides
PARTS = ("author", "supporter", "commenter")
#: after these words about a text nothing more is owed about it
LAST_WORDS = ("answered", "closed")
#: no mean of fewer marks is shown: one could guess who gave them
FEWEST_MARKS = 5


def meets_all(meets: Sequence[bool | None], preconditions: int) -> bool | None:
    """Whether a text meets every precondition of the promise; None while nobody looked at one of them.

    A promise without preconditions promises nothing about what is adopted: None.
    """
    looked = list(meets[:preconditions]) + [None] * max(0, preconditions - len(meets))
    if not looked:
        return None
    if any(one is False for one in looked):
        return False
    return None if any(one is None for one in looked) else True


def departs(meets: Sequence[bool | None], preconditions: int, decision: str) -> bool:
    """Met everything that was asked and was not adopted all the same: other than promised (R261)."""
    return bool(decision) and decision != "adopted" and meets_all(meets, preconditions) is True


def nearest_part(parts: Iterable[str]) -> str:
    """As what somebody is addressed who stands behind a text in several ways."""
    given = set(parts)
    return next((part for part in PARTS if part in given), PARTS[-1])


def reminder_stage(days_left: int) -> int | None:
    """Which reminder is due: 14, 7 or 1 days before, or 0 on the day itself. None: too early, or late already.

    A reminder that was missed (the machine was off) is given as soon as possible, once.
    """
    if days_left < 0:
        return None
    return next((stage for stage in sorted(REMINDERS) if days_left <= stage), None)


def late_stage(days_late: int) -> int | None:
    """Which escalation is due: 0 on the first day late, 1 a week later, and so on. None while it is in time."""
    return (days_late - 1) // 7 if days_late > 0 else None


def numbers_in_words(numbers: Sequence[int], last: str) -> str:
    """3, 7 and 12."""
    words = [str(number) for number in numbers]
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
