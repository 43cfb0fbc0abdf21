"""The statistics of a participation process: shares and means with their margins, waiting times, and how much a
group looks like its town.

Everything takes plain numbers and returns a frozen result that carries the numbers it came from. Nothing here
knows where the numbers live. Intervals are always given: a small group says little, and should say so.
"""

from samenraad.methods.statistics.likeness import Likeness, chance_index, likeness
from samenraad.methods.statistics.means import Mean, mean
from samenraad.methods.statistics.shares import Share, share
from samenraad.methods.statistics.waiting import Waiting, waiting

__all__ = ["Likeness", "Mean", "Share", "Waiting", "chance_index", "likeness", "mean", "share", "waiting"]
