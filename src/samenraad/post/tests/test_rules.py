"""Who is reached how, how long to wait, and what an answer of a mail server means."""

from __future__ import annotations

import smtplib
import socket
from datetime import UTC, datetime, timedelta

import pytest
import requests
from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused, AnymailRequestsAPIError

from samenraad.post.rules import again, gives_up, medium_for, one_line, state_now, wait_before
from samenraad.post.transport import End, verdict

NOW = datetime(2027, 3, 8, 12, tzinfo=UTC)
LEASE = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("preference", "email", "address", "phone", "medium"),
    [
        ("web", True, True, True, "email"),
        ("paper", True, True, True, "letter"),
        ("phone", True, True, True, "phone"),
        ("meeting", True, True, True, "email"),
        ("", True, True, True, "email"),
        ("web", False, True, True, "letter"),
        ("paper", True, False, False, "email"),
        ("paper", True, False, True, "phone"),
        ("phone", True, True, False, "letter"),
        ("web", False, False, True, "phone"),
        ("paper", False, False, False, None),
    ],
)
def test_as_they_wish_else_by_what_there_is(preference, email, address, phone, medium):
    assert medium_for(preference, email, address, phone) == medium


def test_each_attempt_in_vain_waits_twice_as_long_up_to_six_hours():
    assert [wait_before(n) for n in (1, 2, 3)] == [timedelta(minutes=n) for n in (1, 2, 4)]
    assert wait_before(20) == timedelta(hours=6)
    assert not gives_up(11)
    assert gives_up(12)


def test_in_the_air_for_longer_than_the_lease_is_unsure():
    assert state_now("claimed", NOW - LEASE, NOW, LEASE) == "claimed"
    assert state_now("claimed", NOW - LEASE - timedelta(seconds=1), NOW, LEASE) == "unsure"
    assert state_now("sent", NOW - LEASE * 2, NOW, LEASE) == "sent"


def test_the_next_key_is_another_and_fits():
    assert again("feedback:12") == "feedback:12~2"
    assert again("feedback:12~2") == "feedback:12~3"
    assert again("feedback:12~9") == "feedback:12~10"
    assert len(again("x" * 160)) == 160


def test_a_subject_is_one_line():
    assert one_line("Er is\r\nBcc: x@example.org") == "Er is Bcc: x@example.org"


def api(status: int | None) -> AnymailRequestsAPIError:
    if status is None:
        return AnymailRequestsAPIError("no answer")
    answer = requests.Response()
    answer.status_code = status
    answer.reason = "said so"
    return AnymailRequestsAPIError("no", response=answer)


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"no such user")}), End.REFUSED),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (451, b"later")}), End.LATER),
        (smtplib.SMTPDataError(554, b"spam"), End.REFUSED),
        (smtplib.SMTPDataError(452, b"full"), End.LATER),
        (smtplib.SMTPDataError(-1, b"?"), End.UNSURE),
        (smtplib.SMTPSenderRefused(550, b"not you", "a@b.c"), End.LATER),
        (smtplib.SMTPAuthenticationError(535, b"who?"), End.LATER),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), End.REFUSED),
        (smtplib.SMTPServerDisconnected("gone"), End.UNSURE),
        (TimeoutError("timed out"), End.UNSURE),
        (ConnectionRefusedError("nobody there"), End.LATER),
        (socket.gaierror("no such host"), End.LATER),
        (ConnectionResetError("reset"), End.UNSURE),
        (RuntimeError("anything else"), End.UNSURE),
        (AnymailInvalidAddress("no"), End.REFUSED),
        (AnymailRecipientsRefused(), End.REFUSED),
        (api(422), End.REFUSED),
        (api(429), End.LATER),
        (api(401), End.LATER),
        (api(500), End.UNSURE),
        (api(200), End.UNSURE),
        (api(None), End.UNSURE),
    ],
)
def test_only_who_knows_for_certain_may_try_again(error, end):
    assert verdict(error).end is end
