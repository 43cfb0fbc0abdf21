"""What the lot does in the background: who does it, what it is called, and where one goes on after it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from samenraad.cards import Job

ACTIONS = "samenraad.instruments.lot.actions"


class Kind(StrEnum):
    CHECK = "lot.check"
    IMPORT = "lot.import"
    INVITE = "lot.invite"
    LETTERS = "lot.letters"
    LOTTERY = "lot.lottery"
    SUBSTITUTES = "lot.substitutes"
    REHEARSAL = "lot.rehearsal"


JOBS: Mapping[str, Job] = {
    Kind.CHECK: Job(f"{ACTIONS}.extract:check", _("checking the register"), "lot:extract", asks=True),
    Kind.IMPORT: Job(f"{ACTIONS}.extract:read_in", _("reading in the register"), "lot:register"),
    Kind.INVITE: Job(f"{ACTIONS}.waves:invite", _("drawing the addressees"), "lot:wave", asks=True),
    Kind.LETTERS: Job(f"{ACTIONS}.letters:make", _("making letters"), "lot:letters"),
    Kind.LOTTERY: Job(f"{ACTIONS}.lottery:make", _("making the lottery"), "lot:lottery"),
    Kind.SUBSTITUTES: Job(f"{ACTIONS}.substitutes:choose", _("choosing the substitutes"), "lot:seats"),
    Kind.REHEARSAL: Job(f"{ACTIONS}.rehearsal:rehearse", _("rehearsing"), "lot:rehearsal", asks=True),
}
