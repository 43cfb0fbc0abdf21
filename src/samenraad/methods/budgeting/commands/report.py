"""All that the command shows, computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samenraad.methods.budgeting.explain.margins import Margin
from samenraad.methods.budgeting.explain.reasons import Reason
from samenraad.methods.budgeting.figures import Beside
from samenraad.methods.budgeting.outcome import Outcome
from samenraad.methods.budgeting.pb.pb_file import PbFile
from samenraad.methods.files.mistakes import Mistake


@dataclass(frozen=True)
class Report:
    """`margins` may have only some of the losing projects: those that were asked for."""

    file: PbFile
    outcome: Outcome
    reasons: Mapping[str, Reason]
    margins: Mapping[str, Margin]
    beside: Beside
    remarks: tuple[Mistake, ...]
