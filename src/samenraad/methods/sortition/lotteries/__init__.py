"""The lotteries: the fairest one for each meaning of fair, as numbered panels that can be published and drawn from.

    leximin     the lowest chance as high as possible, then the next lowest, and so on: the usual choice
    maximin     only the lowest chance as high as possible, as other software does; above it chances are arbitrary
    goldilocks  the lowest not too low and the highest not too high, so that lying about oneself gains little
    nash        the largest geometric mean of all chances

Each takes the pool, the quotas and the number of seats; who is `already` in sits on every panel; `m` is the number of
panels; `progress` hears how far it is and may stop it. Each refuses `sortition.no_panel` when no panel meets the
quotas (`feasibility.conflict` says why), `sortition.panels` for m < 1, `sortition.solver` when the solver has no answer
at all, and what `problem.pose` refuses.

>>> pool = Pool.of({"a": {"age": "young"}, "b": {"age": "old"}, "c": {"age": "old"}})
>>> lottery = leximin(pool, Quotas.of({"age": {"young": (1, 1), "old": (1, 1)}}), seats=2, m=10)
>>> {one: str(chance) for one, chance in lottery.chances.items()}
{'a': '1', 'b': '1/2', 'c': '1/2'}
"""

from __future__ import annotations

from collections.abc import Iterable

from samenraad.methods.linear import Infeasible, Interrupted
from samenraad.methods.sortition.lotteries.distribution import solve
from samenraad.methods.sortition.lotteries.panels import Finder
from samenraad.methods.sortition.lotteries.uniform import numbered, seated
from samenraad.methods.sortition.lottery import Lottery
from samenraad.methods.sortition.pool import Pool, Quotas
from samenraad.methods.sortition.problem import pose
from samenraad.methods.sortition.progress import SILENT, Progress
from samenraad.refusals import Refusal


def leximin(
    pool: Pool, quotas: Quotas, seats: int, *, already: Iterable[str] = (), m: int = 1000, progress: Progress = SILENT
) -> Lottery:
    """The lottery with the fairest chances in the leximin order.

    Source: Flanigan, Gölz, Gupta, Hennig, Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 596
    (2021) 548-552; for the m panels: Flanigan, Kehne, Procaccia, "Fair sortition made transparent", NeurIPS 2021.
    """
    return _lottery("leximin", pool, quotas, seats, already, m, progress)


def maximin(
    pool: Pool, quotas: Quotas, seats: int, *, already: Iterable[str] = (), m: int = 1000, progress: Progress = SILENT
) -> Lottery:
    """The lottery whose lowest chance is highest; what it does above that is arbitrary."""
    return _lottery("maximin", pool, quotas, seats, already, m, progress)


def goldilocks(
    pool: Pool, quotas: Quotas, seats: int, *, already: Iterable[str] = (), m: int = 1000, progress: Progress = SILENT
) -> Lottery:
    """The lottery whose lowest and highest chance both stay near the best there is, see `objectives.goldilocks`."""
    return _lottery("goldilocks", pool, quotas, seats, already, m, progress)


def nash(
    pool: Pool, quotas: Quotas, seats: int, *, already: Iterable[str] = (), m: int = 1000, progress: Progress = SILENT
) -> Lottery:
    """The lottery with the largest product of chances."""
    return _lottery("nash", pool, quotas, seats, already, m, progress)


def _lottery(
    method: str, pool: Pool, quotas: Quotas, seats: int, already: Iterable[str], m: int, progress: Progress
) -> Lottery:
    if m < 1:
        raise Refusal("sortition.panels", panels=m, least=1)
    problem = pose(pool, quotas, seats, already)
    try:
        best = solve(problem, method, progress)
    except Infeasible:
        raise Refusal("sortition.no_panel") from None
    except Interrupted:
        raise Refusal("sortition.solver") from None
    panels = seated(problem, numbered(best, Finder(problem), m, progress))
    chance = best.point / problem.sizes
    optimum = dict.fromkeys((one.id for one in pool.candidates), 0.0)
    optimum |= dict.fromkeys(problem.already, 1.0)
    optimum |= {one: min(1.0, float(chance[t])) for one, t in problem.type_of.items()}
    return Lottery(
        pool=pool,
        quotas=quotas,
        seats=seats,
        already=problem.already,
        method=method,
        panels=panels,
        optimum=optimum,
        proven=best.proven,
        gap=best.gap,
        reached=best.reached,
    )
