"""Sentences: the seed, and the count."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "ballots.not_frozen": _("First fix the rules and the list of who may vote."),
    "ballots.no_seed": _("Write down the seed, and how it was made: everybody must be able to know both."),
    "ballots.seed_stands": _("There is a seed already, and it stands on the public board: {seed}. It cannot change."),
    "ballots.not_sealed": _("The ballots can be counted when the ballot box is sealed."),
    "ballots.seed_first": _("First make the seed in public that decides ties, and write it down here."),
}
