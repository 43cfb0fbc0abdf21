"""What a preferendum has done in the background: kind of work -> who does it, its name, and where one goes on."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from samenraad.cards import Job

JOBS: Mapping[str, Job] = {
    "preferendum.count": Job(
        "samenraad.instruments.preferendum.actions.counting:work", _("counting the votes"), "preferendum:result"
    ),
}
