from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from samenraad.post.actions import queue
from samenraad.post.models import Message
from samenraad.post.tests.sinks import Sink, sink


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Sink]:
    """A mail server on this machine, and the house sends through it."""
    with sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 5
        yield server


@pytest.fixture
def write() -> Callable[..., Message]:
    """`write(aisha)`: a message to somebody, each time another."""
    numbers = iter(range(10_000))

    def write(person: Any, **more: Any) -> Message:
        known = {"subject": "Er is antwoord op je idee", "body": "Beste inwoner,\n\nDe raad neemt je idee over."}
        return queue(key=f"news:{next(numbers)}", person=person, **(known | more))

    return write
