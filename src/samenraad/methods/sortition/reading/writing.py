"""A pool or quotas back into a file, for trying out what a change would do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from samenraad.methods.files.tables import fold
from samenraad.methods.sortition.pool import Pool, Quota, Quotas
from samenraad.refusals import Refusal


def write_quotas(quotas: Quotas, target: str | Path | IO[str]) -> None:
    """Writes `feature,value,min,max,min_flex,max_flex`; `read_quotas` reads equal quotas from it. Refuses
    (`sortition.not_written`) a file that cannot be written.

    >>> text = io.StringIO()
    >>> write_quotas(Quotas.of({"age": {"16-24": (2, 3)}}), text)
    >>> text.getvalue().splitlines()
    ['feature,value,min,max,min_flex,max_flex', 'age,16-24,2,3,,']
    """
    rows = (
        (*(" & ".join(part) for part in zip(*quota.where, strict=True)), quota.min, quota.max, *_flex(quota))
        for quota in quotas
    )
    _write((("feature", "value", "min", "max", "min_flex", "max_flex"), *rows), target)


def write_pool(pool: Pool, target: str | Path | IO[str], *, household: str = "household") -> None:
    """Writes one row per person: `id`, the categories, and `household` when people share one; `read_pool` with
    `household=("household",)` reads an equal pool from it.

    Refuses (`sortition.columns_collide`) a category that is called id or household itself, and
    (`sortition.not_written`) a file that cannot be written.
    """
    categories = sorted({category for one in pool.candidates for category in one.features})
    header = ["id", *categories, *([household] if any(one.household for one in pool.candidates) else [])]
    if len({fold(name) for name in header}) < len(header):
        raise Refusal("sortition.columns_collide", columns=header)
    rows = (
        [one.id, *(one.features.get(category, "") for category in categories), one.household or ""][: len(header)]
        for one in pool.candidates
    )
    _write((header, *rows), target)


def _flex(quota: Quota) -> tuple[int | str, int | str]:
    low, high = quota.min_flex, quota.max_flex
    return "" if low is None else low, "" if high is None else high


def _write(rows: Iterable[Sequence[object]], target: str | Path | IO[str]) -> None:
    """CSV as everything reads it: UTF-8, commas."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    if not isinstance(target, (str, Path)):
        target.write(text.getvalue())
        return
    try:
        Path(target).write_text(text.getvalue(), encoding="utf-8", newline="")
    except OSError as error:
        raise Refusal("sortition.not_written", file=str(target)) from error
