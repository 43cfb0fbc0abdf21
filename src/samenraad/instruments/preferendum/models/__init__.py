"""What is put to the vote, and how it is counted."""

from samenraad.instruments.preferendum.models.question import BALLOTS_OF, Ballot, Option, Preferendum, Rule

__all__ = ["BALLOTS_OF", "Ballot", "Option", "Preferendum", "Rule"]
