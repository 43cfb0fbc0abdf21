"""What a preferendum has done in the background: kind of work -> who does it, its name, and where one goes on."""

from __future__ import annotations

from collections.abc import Mapping

from samenraad.cards import Job

JOBS: Mapping[str, Job] = {}
