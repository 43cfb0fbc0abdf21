"""The draw as one person sees it: on which panels they are, how large their chance was and why, drawn or not."""

from __future__ import annotations

import json
from dataclasses import dataclass

from samenraad.instruments.lot.models import Draw, Invitation, Lot, Reserve
from samenraad.instruments.lot.queries.draw import Scene
from samenraad.instruments.lot.queries.pool import dimensions, group_names
from samenraad.instruments.lot.rules import draw as rules


@dataclass(frozen=True)
class Mine:
    """The draw as one person sees it. `own` is who opened their own letter; others typed a lot number."""

    number: str
    panels: list[str]
    all: int
    mean: float
    lowest: bool
    highest: bool
    drawn: bool | None
    place: int | None
    own: bool
    group: str = ""
    code: str = ""
    secret: str = ""
    row: str = ""

    @property
    def count(self) -> int:
        return len(self.panels)

    @property
    def chance(self) -> float:
        return self.count / self.all

    @property
    def mean_chance(self) -> float:
        return self.mean / self.all

    @property
    def compared(self) -> str:
        return rules.compared(self.count, self.mean)

    @property
    def squares(self) -> str:
        return rules.squares(int(number) for number in self.panels)

    @property
    def command(self) -> str:
        """With which anybody recomputes the stamp, on any computer."""
        row = self.row.replace("'", "'\\''")
        return f"printf '%s' '{row}' | openssl dgst -sha256 -hmac {self.secret}"


def mine(about: Scene, invitation: Invitation, *, own: bool) -> Mine | None:
    """None for who is not among those who can be drawn. The text of the lottery is read once."""
    if about.draw is None:
        return None
    keys, lottery = Draw.objects.filter(pk=about.draw.pk).values_list("keys", "lottery").get()
    key = next((one for one in keys if one[0] == invitation.number), None)
    if key is None:
        return None
    _number, code, secret, row = key
    panels = rules.panels_with(lottery, code)
    found = Mine(
        number=invitation.spoken_number, panels=panels, all=about.panels, mean=about.mean, own=own,
        lowest=len(panels) == about.report["lowest"], highest=len(panels) == about.report["highest"],
        drawn=code in about.codes if about.number else None, place=_place(about.lot, invitation),
    )  # fmt: skip
    private = {"code": code, "secret": secret, "row": row, "group": _reason(about, about.draw, found, row)}
    return Mine(**vars(found) | private) if own else found


def _reason(about: Scene, draw: Draw, found: Mine, row: str) -> str:
    """The group of theirs that explains their chance best, in words."""
    features = dict(json.loads(row)[3])
    limits = {(key, value): (low, high) for key, value, low, high in draw.terms["quotas"]}
    yes = {(key, value): count for key, value, count in about.report["groups"]}
    names = group_names(dimensions(about.lot))
    own = [
        (names.get(pair, str(pair[1])), int(yes.get(pair, 0)), *limits[pair])
        for pair in features.items()
        if pair in limits
    ]
    return rules.tightest(own, lower=found.compared == "lower") or ""


def _place(lot: Lot, invitation: Invitation) -> int | None:
    """The place among the substitutes, if they have one."""
    if invitation.person_id is None:
        return None
    places = Reserve.objects.filter(lot=lot, membership__person_id=invitation.person_id)
    return places.values_list("position", flat=True).first()
