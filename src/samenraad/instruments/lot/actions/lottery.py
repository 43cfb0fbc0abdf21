"""Making the lottery from the frozen pool, in the background. Begun again it makes the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from samenraad.instruments.lot.models import Draw
from samenraad.instruments.lot.rules.draw import PANELS, bins, middle
from samenraad.instruments.lot.rules.figures import kept_back
from samenraad.methods.language import say
from samenraad.methods.sortition.draw.publication import Publication, publish
from samenraad.methods.sortition.draw.randomness import Announced
from samenraad.methods.sortition.feasibility.excluded import Excluded, excluded
from samenraad.methods.sortition.lotteries import leximin
from samenraad.methods.sortition.lottery import Lottery
from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas
from samenraad.methods.sortition.problem import pose
from samenraad.methods.sortition.progress import Progress
from samenraad.methods.sortition.report.report import Report, report
from samenraad.processes.models import Work
from samenraad.refusals import Refusal

#: what the computation calls its stages -> what somebody who waits reads
STAGES = {
    "bound": gettext_noop("looking for the fairest chances"),
    "panels": gettext_noop("making panels that meet every limit"),
    "columns": gettext_noop("proving that no other lottery is fairer"),
    "rounding": gettext_noop("making 1000 panels of it"),
}
NEVER = "This follows from the quotas and from who is in already. The organiser knows why, for each of them."


def make(work: Work, tell: Callable[[str, float], None]) -> None:
    """The job: from the frozen pool to everything that is published. Made already, nothing is done."""
    draw = Draw.objects.filter(lot=work.step_id).first()
    if draw is None:
        raise Refusal("lot.pool_not_frozen")
    if draw.made_at is None:
        _keep(draw, computed(draw, tell))


def computed(draw: Draw, tell: Callable[[str, float], None]) -> dict[str, Any]:
    """The fields of the draw, from its own pool, terms and salt only."""
    with override(settings.LANGUAGE_CODE):
        progress = Progress(lambda stage, share: tell(_(STAGES.get(stage, stage)), share))
        lottery = leximin(pool_of(draw), quotas_of(draw), draw.terms["seats"], m=PANELS, progress=progress)
    announced = Announced(**draw.terms["announced"])
    homes = ["address"] if draw.terms["one_per_address"] else []
    published = publish(lottery, bytes.fromhex(draw.salt), announced, homes)
    never = impossible(lottery)
    return {
        "rules": published.rules_json,
        "lottery": published.lottery.text,
        "chances": published.chances_csv,
        "keys": [[key.id, key.code, key.secret, key.row] for key in published.keys],
        "seal": published.seal,
        "report": _told(lottery, published, never, draw.terms["people_in_town"]),
    }


def pool_of(draw: Draw) -> Pool:
    return Pool(tuple(Candidate(number, features, home or None) for number, features, home in draw.pool))


def quotas_of(draw: Draw) -> Quotas:
    return Quotas(tuple(Quota(((key, value),), low, high) for key, value, low, high in draw.terms["quotas"]))


def impossible(lottery: Lottery) -> tuple[Excluded, ...]:
    """Who can be on no panel whatever, and why."""
    if all(lottery.counts.values()):
        return ()
    return excluded(pose(lottery.pool, lottery.quotas, lottery.seats, lottery.already), lottery.panels)


@transaction.atomic
def _keep(draw: Draw, fields: dict[str, Any]) -> None:
    """Only while it is the same pool, and once."""
    now = Draw.objects.select_for_update().filter(lot=draw.lot_id).first()
    if now is None or now.salt != draw.salt:
        raise Refusal("lot.pool_opened")
    if now.made_at is None:
        for name, value in fields.items():
            setattr(now, name, value)
        now.made_at = timezone.now()
        now.save()


@dataclass(frozen=True)
class _Hidden:
    """People who can never be drawn, under their codes: why would tell what a code has answered."""

    ids: tuple[str, ...]

    def sentence(self, language: str) -> str:
        return say(NEVER, language)


def _told(lottery: Lottery, published: Publication, never: Sequence[Excluded], people: Any) -> dict[str, Any]:
    """The figures of the report, its two public files, and what only the organiser reads."""
    code = {key.id: key.code for key in published.keys}
    codes = tuple(sorted(code[one] for group in never for one in group.ids))
    whole = report(published.lottery, population=people, excluded=(_Hidden(codes),) if codes else ())
    public = _public(whole, lottery)
    counts = list(lottery.counts.values())
    language = settings.LANGUAGE_CODE.split("-")[0]
    return {
        "text": public.as_text(language),
        "json": public.as_json(),
        "proven": lottery.proven,
        "gap": lottery.gap,
        "change": lottery.largest_change,
        "lowest": min(counts),
        "highest": max(counts),
        "median": middle(counts),
        "at_zero": sum(count == 0 for count in counts),
        "never": len(codes),
        "why_never": [one.sentence(language) for one in never],
        "bins": bins(counts, lottery.m),
        "groups": [[*group.where[0], lottery.pool.count(group.where)] for group in whole.groups],
    }


def _public(whole: Report, lottery: Lottery) -> Report:
    """Without the categories in which a group is so small that its share would tell of somebody."""
    counts: dict[str, dict[str, int]] = {}
    for group in whole.groups:
        (category, value), *_rest = group.where
        counts.setdefault(category, {})[value] = lottery.pool.count(group.where)
    small = {category for category, values in counts.items() if kept_back(list(values.values()))}
    return replace(whole, groups=tuple(group for group in whole.groups if group.where[0][0] not in small))
