"""The published lottery: numbered panels, each with the same chance. From here on only whole numbers decide."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from samenraad.methods.sortition.pool import Pool, Quotas


@dataclass(frozen=True)
class Lottery:
    """A uniform lottery over `m` panels of `seats` people, and what is known about it.

    `panels`      m tuples of ids, each sorted, in a canonical order; panel number i is `panels[i]`
    `optimum`     id -> the chance in the best lottery that the method knows, before it was rounded to m panels
    `proven`      True: no lottery over panels that meet the quotas is better, to the stated `tolerance`
    `gap`         how far the optimum may at most be from the bound (a difference of chances)
    `method`      "leximin", "maximin", "nash" or "goldilocks"
    `reached`     "bound": as good as fractions of people could be; "panels": the best over whole panels, proven by
                  column generation; "stopped": time was up, and `gap` is the distance to the bound
    """

    pool: Pool
    quotas: Quotas
    seats: int
    already: tuple[str, ...]
    method: str
    panels: tuple[tuple[str, ...], ...]
    optimum: Mapping[str, float]
    proven: bool
    gap: float
    reached: str = "bound"

    @property
    def m(self) -> int:
        return len(self.panels)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """id -> on how many of the m panels this person is; everybody of the pool, also those on none."""
        on = Counter(one for panel in self.panels for one in panel)
        return {candidate.id: on[candidate.id] for candidate in self.pool.candidates}

    @property
    def chances(self) -> Mapping[str, Fraction]:
        """id -> the exact chance to be drawn."""
        return {one: Fraction(count, self.m) for one, count in self.counts.items()}

    @property
    def largest_change(self) -> float:
        """The largest difference between a chance in the optimum and in the published lottery."""
        return max((abs(count / self.m - self.optimum[one]) for one, count in self.counts.items()), default=0.0)

    @cached_property
    def text(self) -> str:
        """The lottery as it is published: one line per panel, its number and its people, sorted; nothing else.

        Canonical: same panels, same bytes, on every machine and in every version.
        """
        width = len(str(self.m - 1))
        return "".join(f"{number:0{width}},{','.join(panel)}\n" for number, panel in enumerate(self.panels))

    @property
    def digest(self) -> str:
        """The name of this lottery: SHA-256 of its text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()
