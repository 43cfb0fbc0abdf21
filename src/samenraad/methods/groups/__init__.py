"""Small groups: who sits at which table in which round.

>>> from samenraad.methods import groups
>>> people = {one: {"age": "young" if one < "f" else "old"} for one in "abcdefghi"}
>>> seating = groups.seat(people, tables=3, rounds=2, seed="Three hats", mix=["age"], tries=50_000)
>>> seating.quality.repeats, seating.quality.worst_gap
(0, 0)
"""

from samenraad.methods.groups.changes import reseat
from samenraad.methods.groups.seating import Seating, seat
from samenraad.methods.groups.wishes import Wish, apart, host, needs_access, never_alone, together

__all__ = ["Seating", "Wish", "apart", "host", "needs_access", "never_alone", "reseat", "seat", "together"]
