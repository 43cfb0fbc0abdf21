"""Dates, money and numbers as a reader says them. Plain text; the template tags put the mark-up around it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

HARD_SPACE = "\u00a0"


def language_is(code: str) -> bool:
    return (get_language() or "nl").split("-")[0] == code


def as_local(moment: date | datetime) -> date | datetime:
    """The moment on the town's own clock; a day stays a day."""
    return timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment


def day_of(moment: date | datetime) -> date:
    moment = as_local(moment)
    return moment.date() if isinstance(moment, datetime) else moment


def machine(moment: date | datetime) -> str:
    """For the datetime attribute: 2027-03-14 or 2027-03-14T23:59."""
    moment = as_local(moment)
    return moment.strftime("%Y-%m-%dT%H:%M") if isinstance(moment, datetime) else moment.isoformat()


def hour(moment: datetime) -> str:
    moment = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return gettext("{hour}:{minute}").format(hour=f"{moment.hour:02d}", minute=f"{moment.minute:02d}")


def in_words(moment: date | datetime) -> str:
    """zondag 14 maart 2027, 23.59 uur."""
    day = date_format(day_of(moment), pgettext("format of a date", "l j F Y"))
    return f"{day}, {hour(moment)}" if isinstance(moment, datetime) else day


def short_date(moment: date | datetime) -> str:
    """14 maart 2027."""
    return date_format(day_of(moment), pgettext("format of a date", "j F Y"))


def days_between(first: date | datetime, second: date | datetime) -> int:
    """Days on the calendar, not portions of 24 hours."""
    return (day_of(second) - day_of(first)).days


def count_left(moment: date | datetime, today: date) -> str:
    """How long something can still be done: nog 6 dagen."""
    days = days_between(today, moment)
    if days < 0:
        return count_ago(moment, today)
    if days == 0:
        return gettext("only today")
    return ngettext("still {days} day", "still {days} days", days).format(days=number(days))


def count_until(moment: date | datetime, today: date) -> str:
    """How long until something happens: over 6 dagen."""
    days = days_between(today, moment)
    if days < 0:
        return count_ago(moment, today)
    if days < 2:
        return gettext("tomorrow") if days else gettext("today")
    return ngettext("in {days} day", "in {days} days", days).format(days=number(days))


def count_ago(moment: date | datetime, today: date) -> str:
    days = -days_between(today, moment)
    if days < 2:
        return gettext("yesterday") if days else gettext("today")
    return ngettext("{days} day ago", "{days} days ago", days).format(days=number(days))


def count_late(moment: date | datetime, today: date) -> str:
    """12 dagen te laat; nothing while it is not late."""
    days = -days_between(today, moment)
    return ngettext("{days} day late", "{days} days late", days).format(days=number(days)) if days > 0 else ""


def rounded(value: float | Decimal, places: int) -> Decimal:
    """Half up, as people round: 64.55 becomes 64.6."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def number(value: float | Decimal, places: int | None = None) -> str:
    """12.345 in Dutch, 12,345 in English; whole numbers stay whole."""
    if places is None:
        places = 0 if value == int(value) else max(0, -int(Decimal(str(value)).as_tuple().exponent))
    return number_format(rounded(value, places), places, use_l10n=True, force_grouping=True)


def money(cents: int) -> str:
    """€ 15.000 in Dutch, € 15,000 in English; cents only where there are any."""
    sign = "−" if cents < 0 else ""
    euros = Decimal(abs(int(cents))) / 100
    return f"{sign}€{HARD_SPACE}{number(euros, 0 if cents % 100 == 0 else 2)}"


def percent_sign() -> str:
    """Dutch puts a space before the sign, English does not."""
    return "%" if language_is("en") else f"{HARD_SPACE}%"


def percent(share: float | Decimal, places: int = 1) -> str:
    """0.645 is 64,5 %."""
    return number(Decimal(str(share)) * 100, places) + percent_sign()


def interval(low: float, high: float, *, share: bool = True, places: int = 1) -> str:
    """(0.521, 0.753) is [52,1 – 75,3]."""
    factor = 100 if share else 1
    ends = (number(Decimal(str(end)) * factor, places) for end in (low, high))
    return f"[{f'{HARD_SPACE}–{HARD_SPACE}'.join(ends)}]"


def fingerprint(digest: str) -> str:
    """7c1e 09b4 52fa d3e8 … 4b96 a1f7: enough to compare by eye."""
    fours = [digest[place : place + 4] for place in range(0, len(digest), 4)]
    if len(digest) <= 24:
        return " ".join(fours)
    return f"{' '.join(fours[:4])} … {' '.join(fours[-2:])}"
