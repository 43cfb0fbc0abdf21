"""Rules about what goes out. Plain values only."""

from __future__ import annotations

from datetime import datetime, timedelta

#: how somebody took part or wants to be told -> by which medium, in this order
ORDER = {
    "paper": ("letter", "phone", "email"),
    "phone": ("phone", "letter", "email"),
}
OTHERWISE = ("email", "letter", "phone")

#: so often the mail server may say "later"; with the waits between them that is about two days
ATTEMPTS = 12


def medium_for(preference: str, has_email: bool, has_address: bool, has_phone: bool) -> str | None:
    """By which medium somebody is reached: as they wish or as they took part, else by what there is, else None."""
    there = {"email": has_email, "letter": has_address, "phone": has_phone}
    return next((medium for medium in ORDER.get(preference, OTHERWISE) if there[medium]), None)


def wait_before(attempts: int) -> timedelta:
    """How long to leave the mail server alone after so many attempts in vain: 1, 2, 4 ... minutes, at most 6 hours."""
    return min(timedelta(minutes=2 ** max(0, attempts - 1)), timedelta(hours=6))


def gives_up(attempts: int) -> bool:
    return attempts >= ATTEMPTS


def state_now(state: str, claimed_at: datetime | None, now: datetime, lease: timedelta) -> str:
    """As what a message reads: in the air for longer than any sending takes, it is unsure."""
    if state == "claimed" and claimed_at is not None and now - claimed_at > lease:
        return "unsure"
    return state


def one_line(text: str) -> str:
    """A subject: no line may begin in it, for that would be a header of its own."""
    return " ".join(text.split())


def again(key: str, limit: int = 160) -> str:
    """The key of the message that is sent in place of another: `feedback:12`, then `feedback:12~2`, `feedback:12~3`."""
    stem, _, number = key.rpartition("~")
    if not (stem and number.isdigit()):
        stem, number = key, "1"
    suffix = f"~{int(number) + 1}"
    return stem[: limit - len(suffix)] + suffix
