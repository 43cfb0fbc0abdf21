"""Writing down what happened."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.ledger.models import Entry, Head
from samenraad.ledger.rules import digest_of, mark_of, tidy

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_PHONE = re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d(?![\d-]))\+?\d[\d \-]{8,}\d(?![\w-])")
_PERSONAL_NAMES = {"name", "email", "phone", "street", "address", "postcode"}


def note(
    act: str,
    subject: Any = None,
    *,
    thread: Any = None,
    who: Any = None,
    moment: datetime | None = None,
    **facts: Any,
) -> Entry:
    """Add one entry to the chain, in the transaction of the act itself: both happen, or neither.

    `subject` and `thread` are models (or ready-made names such as "process:3"); `who` is a person, of whom only
    a mark is kept that nobody can link to another entry. Facts are numbers, dates, codes and public texts: never
    anything that says who somebody is, for an entry cannot be erased. `moment` is for imports and the demo only.

    Let it be the last thing an action does: from here to the end of the transaction nobody else can write.
    """
    facts = _without_personal_data(facts)
    with transaction.atomic():
        head = _locked_head()
        seq = head.seq + 1
        entry = Entry(
            seq=seq,
            moment=moment or timezone.now(),
            actor=mark_of(getattr(who, "pseudonym", "") or "", seq),
            act=act,
            subject=name_of(subject),
            thread=name_of(thread),
            facts=facts,
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        Head.objects.filter(id=1).update(seq=seq, digest=entry.digest)
    return entry


def _locked_head() -> Head:
    """The end of the chain, ours alone until the transaction ends. The very first writer makes it."""
    locked = Head.objects.select_for_update()
    head = locked.filter(id=1).first()
    if head is None:
        Head.objects.get_or_create(id=1)
        head = locked.get(id=1)
    return head


def name_of(thing: Any) -> str:
    """How the ledger names a thing: `process:3`, `idea:12`."""
    if thing is None or isinstance(thing, str):
        return thing or ""
    return f"{thing._meta.model_name}:{thing.pk}"


def _without_personal_data(facts: dict[str, Any]) -> dict[str, Any]:
    """Mask what slipped into a free text (a reason with a phone number); refuse what was put in on purpose."""
    if wrong := _PERSONAL_NAMES & facts.keys():
        raise ValueError(f"the ledger keeps no personal data: {sorted(wrong)}")
    masked: dict[str, Any] = _masked(tidy(facts))
    return masked


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return _PHONE.sub("[…]", _ADDRESS.sub("[…]", value))
    if isinstance(value, list):
        return [_masked(part) for part in value]
    if isinstance(value, dict):
        return {key: _masked(part) for key, part in value.items()}
    return value
