"""Writing down what happened."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.ledger.models import Entry, Head
from samenraad.ledger.rules import digest_of

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_PHONE = re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d(?![\d-]))\+?\d[\d \-]{8,}\d(?![\w-])")
_PERSONAL_NAMES = {"name", "email", "phone", "street", "address", "postcode"}


def note(
    act: str, subject: Any = None, *, thread: Any = None, who: Any = None, moment: datetime | None = None, **facts: Any
) -> Entry:
    """Add one entry to the chain, in the transaction of the act itself: both happen, or neither.

    `subject` and `thread` are models (or ready-made names such as "process:3"); `who` is a person, of whom only
    the pseudonym is kept. Facts are numbers, dates as text, codes and public texts: never anything that says who
    somebody is, for an entry cannot be erased. `moment` is for imports and the demo only.

    Let it be the last thing an action does: from here to the end of the transaction no other action can write.
    """
    facts = _without_personal_data(facts)
    with transaction.atomic():
        Head.objects.get_or_create(id=1)
        head = Head.objects.select_for_update().get(id=1)
        entry = Entry(
            seq=head.seq + 1,
            moment=moment or timezone.now(),
            actor=getattr(who, "pseudonym", "") or "",
            act=act,
            subject=name_of(subject),
            thread=name_of(thread),
            facts=facts,
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        Head.objects.filter(id=1).update(seq=entry.seq, digest=entry.digest)
    return entry


def name_of(thing: Any) -> str:
    """How the ledger names a thing: `process:3`, `idea:12`."""
    if thing is None or isinstance(thing, str):
        return thing or ""
    return f"{thing._meta.model_name}:{thing.pk}"


def _without_personal_data(facts: dict[str, Any]) -> dict[str, Any]:
    """Mask what slipped into a free text (a reason with a phone number); refuse what was put in on purpose."""
    if wrong := _PERSONAL_NAMES & facts.keys():
        raise ValueError(f"the ledger keeps no personal data: {sorted(wrong)}")
    return {
        key: _PHONE.sub("[…]", _ADDRESS.sub("[…]", value)) if isinstance(value, str) else value
        for key, value in facts.items()
    }
