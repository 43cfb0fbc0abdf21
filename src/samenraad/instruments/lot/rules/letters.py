"""What holds for letters: days, names of messages, and what may be written to whom. Plain values only."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

INVITE, REMIND = "invite", "remind"
#: messages of the lot by their key: lot:invite:12, and lot:invite:12~2 when it was made once more
PREFIX = {INVITE: "lot:invite:", REMIND: "lot:remind:"}
#: who answers late still reaches the page that says so, and finds their lot number there
WEEKS_AFTER_CLOSING = 8
#: fewer days before closing, a reminder arrives too late to be answered
LEAST_DAYS_TO_ANSWER = 5

_FREE = re.compile(r"antwoordnummer|port betaald|freepost|libre réponse|port payé|antwort", re.IGNORECASE)
_KEY = re.compile(r"lot:(?:invite|remind):(\d+)(?:~\d+)?")


def key_of(kind: str, invitation: int) -> str:
    return f"{PREFIX[kind]}{invitation}"


def invitation_in(key: str) -> int | None:
    """Whose letter it is, also when it was made once more."""
    found = _KEY.fullmatch(key)
    return int(found.group(1)) if found else None


def last_day(closes: datetime) -> date:
    """The last day on which an answer counts. Closing at midnight, it is the day before."""
    return (closes - timedelta(minutes=1)).date()


def good_until(last: date) -> date:
    """The last day on which the codes of a letter work."""
    return last + timedelta(weeks=WEEKS_AFTER_CLOSING)


def in_time(today: date, last: date) -> bool:
    """Whether somebody who gets a reminder that is posted now can still answer."""
    return today + timedelta(days=LEAST_DAYS_TO_ANSWER) <= last


def is_free(address: str) -> bool:
    """Whether a card to this address needs no stamp."""
    return bool(_FREE.search(address))


def lines_of(address: str) -> list[str]:
    """An address typed on one line, as it stands on a card."""
    return [part.strip() for part in re.split(r"[,\n]", address) if part.strip()]


def words_in(typed: str) -> list[str]:
    """Codes and lot numbers as they were typed or scanned: one per line, or divided by commas. From an address behind
    a QR code the code is taken."""
    parts = (part.strip().rstrip("/").rsplit("/", 1)[-1] for part in re.split(r"[\n,;]", typed))
    return list(dict.fromkeys(part for part in parts if part))
