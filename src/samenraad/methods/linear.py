"""Linear and integer programmes on HiGHS: one model that is solved again and again with small changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import highspy
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

#: what an infinite limit is called
INFINITY = float("inf")


class Infeasible(Exception):
    """The programme has no solution."""


class Interrupted(Exception):
    """The solver stopped before it knew."""


@dataclass(frozen=True)
class Solution:
    """x per column, the objective and (integer programmes) a bound on it, and for a linear programme the dual price
    of each row and column.

    Duals follow HiGHS: the change of the objective when the limit of a row moves up by one.
    """

    x: Floats
    value: float
    bound: float
    row_duals: Floats
    column_duals: Floats


class Programme:
    """Minimise (or maximise) cost · x, with lower ≤ x ≤ upper and low ≤ rows x ≤ high; `whole` columns are integers.

    One thread, no randomness: the same programme gives the same answer. Changes keep the last basis (warm start).
    """

    def __init__(
        self,
        rows: ArrayLike,
        low: ArrayLike,
        high: ArrayLike,
        *,
        upper: ArrayLike,
        lower: ArrayLike = 0.0,
        cost: ArrayLike = 0.0,
        whole: bool | Sequence[bool] = False,
        maximise: bool = False,
        nodes: int | None = None,
        **options: float | int | str | bool,
    ) -> None:
        import highspy
        from scipy import sparse

        matrix = sparse.csr_array(rows, dtype=float)
        height, width = matrix.shape
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = height, width
        lp.sense_ = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        lp.col_cost_ = _filled(cost, width)
        lp.col_lower_, lp.col_upper_ = _filled(lower, width), _filled(upper, width)
        lp.row_lower_, lp.row_upper_ = _filled(low, height), _filled(high, height)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = matrix.indptr
        lp.a_matrix_.index_ = matrix.indices
        lp.a_matrix_.value_ = matrix.data
        flags = [whole] * width if isinstance(whole, bool) else list(whole)
        self.whole = any(flags)
        if self.whole:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[flag] for flag in flags]
        self.width: int = width
        self.height: int = height
        self.highs: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in _options(nodes, options).items():
            self.highs.setOptionValue(name, value)
        self.highs.passModel(lp)
        self._columns = np.arange(width, dtype=np.int32)

    def costs(self, cost: ArrayLike) -> None:
        self.highs.changeColsCost(self.width, self._columns[: self.width], _filled(cost, self.width))

    def bounds(self, lower: ArrayLike, upper: ArrayLike) -> None:
        self.highs.changeColsBounds(
            self.width, self._columns[: self.width], _filled(lower, self.width), _filled(upper, self.width)
        )

    def limit(self, row: int, low: float, high: float) -> None:
        self.highs.changeRowBounds(row, low, high)

    def limits(self, low: ArrayLike, high: ArrayLike) -> None:
        """New limits for all rows."""
        self.highs.changeRowsBounds(  # type: ignore[attr-defined]
            self.height, np.arange(self.height, dtype=np.int32), _filled(low, self.height), _filled(high, self.height)
        )

    def add_column(self, cost: float, column: ArrayLike, lower: float = 0.0, upper: float = INFINITY) -> None:
        values = np.asarray(column, dtype=float)
        where = np.flatnonzero(values).astype(np.int32)
        self.highs.addCol(cost, lower, upper, len(where), where, values[where])
        self.width += 1
        self._columns = np.arange(self.width, dtype=np.int32)

    def add_row(self, low: float, high: float, row: ArrayLike) -> None:
        values = np.asarray(row, dtype=float)
        self.add_terms(low, high, {int(column): float(values[column]) for column in np.flatnonzero(values)})

    def add_terms(self, low: float, high: float, terms: dict[int, float]) -> None:
        """A row from column -> factor."""
        where = np.fromiter(terms.keys(), dtype=np.int32, count=len(terms))
        self.highs.addRow(low, high, len(where), where, np.fromiter(terms.values(), dtype=float, count=len(terms)))
        self.height += 1

    def rewrite(self, row: int, low: float, high: float, terms: dict[int, float]) -> None:
        """New limits for a row, and new factors for some of its columns."""
        self.limit(row, low, high)
        for column, factor in terms.items():
            self.highs.changeCoeff(row, column, factor)

    def solve(self) -> Solution:
        """Refuses with `Infeasible` when there is no solution, with `Interrupted` when the solver gave up.

        A limit on nodes gives the best solution found, when there is one.
        """
        import highspy

        self.highs.run()
        status = self.highs.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            raise Infeasible
        info = self.highs.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if status != highspy.HighsModelStatus.kOptimal and not (self.whole and found):
            raise Interrupted(self.highs.modelStatusToString(status))
        solution = self.highs.getSolution()
        return Solution(
            np.array(solution.col_value),
            info.objective_function_value,
            info.mip_dual_bound if self.whole else info.objective_function_value,
            np.array(solution.row_dual),
            np.array(solution.col_dual),
        )

    @property
    def optimal(self) -> bool:
        """Whether the last answer is known to be the best, not only the best found."""
        import highspy

        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _options(nodes: int | None, extra: dict[str, float | int | str | bool]) -> dict[str, float | int | str | bool]:
    options: dict[str, float | int | str | bool] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "primal_feasibility_tolerance": 1e-9,
        "dual_feasibility_tolerance": 1e-9,
        "mip_feasibility_tolerance": 1e-9,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 1e-9,
    }
    if nodes is not None:
        options["mip_max_nodes"] = nodes
    return options | extra


def _filled(values: ArrayLike, length: int) -> Floats:
    return np.ascontiguousarray(np.broadcast_to(np.asarray(values, dtype=float), (length,)))
