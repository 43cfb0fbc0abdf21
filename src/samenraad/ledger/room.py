"""The card of the ledger: which entries are somebody's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samenraad.cards import Room
from samenraad.ledger.queries import entries_by

if TYPE_CHECKING:
    from samenraad.people.models import Person


class Ledger(Room):
    name = "ledger"

    def known(self, person: Person) -> dict[str, Any]:
        """Forgetting needs nothing here: once the secret of the person is replaced, no entry leads back to them."""
        return {
            _("What you did, in the ledger"): [
                {_("Number"): seq, _("When"): moment, _("Act"): act} for seq, moment, act in entries_by(person)
            ]
        }


card = Ledger()
