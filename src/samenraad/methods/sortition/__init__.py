"""Sortition: drawing a panel by lot, as fairly as can be, so that anybody can check it.

>>> from samenraad.methods import sortition
>>> pool = sortition.Pool.of({"ann": {"age": "young"}, "bo": {"age": "old"}, "cas": {"age": "old"}})
>>> quotas = sortition.Quotas.of({"age": {"young": (1, 1), "old": (1, 1)}})
>>> lottery = sortition.leximin(pool, quotas, seats=2, m=10)
>>> lottery.proven, str(lottery.chances["bo"])
(True, '1/2')
>>> lottery.panels[7]
('ann', 'cas')

Computing a lottery and drawing from it are two steps: publish `lottery.text` first, then draw a number.

`feasibility` says whether quotas can be met and who is in no panel, `letters` whom to write to, `substitution` who
comes when somebody leaves, `draw` makes and checks the public draw, `report` tells about it, `commands` is for files.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from samenraad.methods.sortition.lottery import Lottery
from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas
from samenraad.methods.sortition.progress import Progress

if TYPE_CHECKING:
    from samenraad.methods.sortition.lotteries import goldilocks, leximin, maximin, nash
    from samenraad.methods.sortition.reading.files import read, read_pool, read_quotas

__all__ = [
    "Candidate",
    "Lottery",
    "Pool",
    "Progress",
    "Quota",
    "Quotas",
    "goldilocks",
    "leximin",
    "maximin",
    "nash",
    "read",
    "read_pool",
    "read_quotas",
]

#: loaded when asked for: whoever only verifies a draw needs neither a solver nor a reader of files
_LATER = dict.fromkeys(("goldilocks", "leximin", "maximin", "nash"), "samenraad.methods.sortition.lotteries")
_LATER |= dict.fromkeys(("read", "read_pool", "read_quotas"), "samenraad.methods.sortition.reading.files")


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(name)
