"""What the votes do in the background: who does it, what it is called, and where one goes on after it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samenraad.cards import Job

ACTIONS = "samenraad.ballots.actions"


class Kind(StrEnum):
    CHECK = "ballots.check"
    READ = "ballots.read"
    LETTERS = "ballots.letters"
    SEAL = "ballots.seal"


JOBS: Mapping[str, Job] = {
    Kind.CHECK: Job(
        f"{ACTIONS}.reading:check", _("checking the list of voters"), "ballots:roll_list_of_step", asks=True
    ),
    Kind.READ: Job(f"{ACTIONS}.reading:read_in", _("making the codes"), "ballots:roll_of_step"),
    Kind.LETTERS: Job(f"{ACTIONS}.letters:make", pgettext_lazy("vote", "making letters"), "ballots:letters_of_step"),
    Kind.SEAL: Job(f"{ACTIONS}.ticking:seal_now", _("sealing the box"), "ballots:books_of_step"),
}
