"""What an organiser of letters should know, in words: the notices of `methods/sortition/letters`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenraad.methods.sortition.letters.strata import Notice
from samenraad.ui import formats

SENTENCES: dict[str, Any] = {
    "sortition.large_share": gettext_lazy(
        "{letters} letters for {people} people: you write to {share} of everybody. That is no sample any more."
    ),
    "sortition.everybody": gettext_lazy("{stratum}: everybody gets a letter ({letters})."),
    "sortition.too_few": gettext_lazy(
        "{stratum}: {expected} people are expected to say yes, and {wanted} are wanted. Look for another way to "
        "reach this group."
    ),
    "sortition.not_certain": gettext_lazy(
        "You wanted to be {wanted} sure that every group fills its seats. With these letters it is {reached}."
    ),
    "sortition.relatively_less": gettext_lazy(
        "{group}: gets {after} letters instead of {before}, because other groups get more. Say how you reach this "
        "group in another way."
    ),
}
_PARTS = {"share", "reached"}


def sentence(notice: Notice, names: Mapping[str, str]) -> str:
    facts = {name: _fact(name, fact, notice.code, names) for name, fact in notice.facts.items()}
    return str(SENTENCES[notice.code]).format(**facts) if notice.code in SENTENCES else _("Look at the plan again.")


def _fact(name: str, fact: Any, code: str, names: Mapping[str, str]) -> str:
    if isinstance(fact, str):
        return names.get(fact, fact)
    if name in _PARTS or code == "sortition.not_certain":
        return formats.percent(float(fact))
    return formats.number(fact if isinstance(fact, int) else float(fact), None if isinstance(fact, int) else 1)
