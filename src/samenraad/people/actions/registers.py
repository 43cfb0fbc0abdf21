"""What may not be kept longer than needed."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils import timezone

from samenraad.ledger.actions import note
from samenraad.people.models import AccessCode, Account, FailedCode, Person, Register


@transaction.atomic
def destroy_register(*, register: Register, by: Person | None = None) -> Register:
    """Its purpose is served: the entries go, that it existed and when it was destroyed stays."""
    register = Register.objects.select_for_update().get(pk=register.pk)
    if register.destroyed_at:
        return register
    entries = register.entries.all().delete()[0]
    register.destroyed_at = timezone.now()
    register.save(update_fields=["destroyed_at"])
    note("register.destroyed", register, who=by, entries=entries)
    return register


def tidy_up(today: date) -> list[str]:
    """What the clock asks of this room. Harmless to do twice, also at once."""
    now = timezone.now()
    done = {
        "registers destroyed": _destroy_due(today),
        "expired codes removed": AccessCode.objects.filter(expires_at__lt=now - timedelta(days=30)).delete()[0],
        "wrong codes forgotten": FailedCode.objects.filter(moment__lt=now - timedelta(days=1)).delete()[0],
        "unused accounts removed": _unused_accounts(now - timedelta(days=1)),
    }
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return [f"{count} {what}" for what, count in done.items() if count]


def _destroy_due(today: date) -> int:
    due = list(Register.objects.filter(destroyed_at=None, destroy_on__lte=today))
    for register in due:
        destroy_register(register=register)
    return len(due)


def _unused_accounts(before: object) -> int:
    """An address that was typed in, but never proven with the code: nobody's account."""
    unused = Account.objects.filter(
        person=None,
        last_login=None,
        is_staff=False,
        password__startswith=UNUSABLE_PASSWORD_PREFIX,
        date_joined__lt=before,
    )
    return unused.delete()[1].get("people.Account", 0)
