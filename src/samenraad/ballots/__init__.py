"""Votes: the roll, the exchange and the ballot box. What several instruments share when people vote in secret.

Two databases that know nothing of one another: `roll` (who may vote, and whether their code was used) and `box` (what
was voted, in slips that nobody can put together again). `models` stands in the town's own database and holds what
everybody may know. docs/instruments/preferendum.md says it for a municipal clerk.
"""
