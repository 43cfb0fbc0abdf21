"""The whole lot on invented people: register, letters, answers, pool, lottery, chance, panel, substitutes.

Everything follows from the plan and the seed, and nothing is read or written: what comes out is plain JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p, prod
from typing import Any

from samenraad.instruments.lot.rules.draw import PANELS
from samenraad.instruments.lot.rules.invented import Groups, Rates, Reply, Resident, people, replies, usual_rates
from samenraad.methods.seeds import TICKET_BYTES, number_below, ticket
from samenraad.methods.sortition.feasibility.examination import examine
from samenraad.methods.sortition.lottery import Lottery
from samenraad.methods.sortition.pool import Candidate, Pool, Quotas
from samenraad.methods.sortition.progress import Progress
from samenraad.methods.sortition.substitution.dropout import DropOut, drop_out_sets
from samenraad.methods.sortition.substitution.replacement import replace
from samenraad.methods.sortition.substitution.substitutes import substitutes

Report = Callable[[str, float], None]
Outcome = dict[str, Any]
#: a larger town is invented on a smaller scale
MOST_PEOPLE = 100_000


@dataclass(frozen=True)
class Plan:
    """What is rehearsed, under the names that people read."""

    groups: Groups
    quotas: Quotas
    seats: int
    people: int
    letters: int
    rate: float
    rates: Rates
    factors: Mapping[tuple[str, str], float]
    one_per_address: bool
    substitutes: int
    language: str = "en"


def rehearse(plan: Plan, seed: str, report: Report) -> Outcome:
    """Stage by stage; when the seats cannot be filled it ends there, with what would help."""
    report("register", 0.05)
    register = list(people(min(plan.people, MOST_PEOPLE), plan.groups, seed))
    invited = addressees(register, plan, seed)
    report("answers", 0.15)
    answers = list(replies(invited, plan.rates or usual_rates(plan.groups, plan.rate), seed, overall=plan.rate))
    pool = _pool(invited, answers, plan)
    outcome: Outcome = {
        "register": {"people": len(register), "addresses": len({one.household for one in register})},
        "letters": {"sent": len(invited), "asked": plan.letters, "share": len(invited) / max(1, len(register))},
        "answers": _answers(answers),
        "groups": _groups(plan, register, invited, pool),
    }
    report("feasible", 0.25)
    looked = examine(pool, plan.quotas, plan.seats)
    outcome["feasible"] = {"yes": looked.feasible, "sentences": list(looked.sentences(plan.language))}
    return outcome | _drawn(plan, pool, seed, report) if looked.feasible else outcome


def addressees(register: Sequence[Resident], plan: Plan, seed: str) -> list[Resident]:
    """Who gets a letter: by lot, weighed by the factors of their groups; one per address when the rules say so."""
    found: list[Resident] = []
    homes: set[str] = set()
    for one in sorted(register, key=lambda one: (_place(one, plan, seed), one.id)):
        if len(found) == plan.letters:
            break
        if not (plan.one_per_address and one.household in homes):
            found.append(one)
            homes.add(one.household)
    return found


def _place(one: Resident, plan: Plan, seed: str) -> float:
    """Who has the smallest comes first: the weighted lot of Efraimidis and Spirakis, see `invented.replies`."""
    weight = prod(plan.factors.get(feature, 1.0) for feature in one.features.items())
    return -log1p(-ticket(seed, "letter", one.id) / 2 ** (8 * TICKET_BYTES)) / weight


def _pool(invited: Sequence[Resident], answers: Iterable[Reply], plan: Plan) -> Pool:
    yes = {one.id for one in answers if one.reply == "yes"}
    return Pool(
        tuple(
            Candidate(one.id, one.features, one.household if plan.one_per_address else None)
            for one in invited
            if one.id in yes
        )
    )


def _answers(answers: Sequence[Reply]) -> Outcome:
    yes = [one for one in answers if one.reply == "yes"]
    return {
        "yes": len(yes),
        "no": sum(one.reply == "no" for one in answers),
        "nothing": sum(not one.reply for one in answers),
        "channels": dict(Counter(one.channel for one in yes).most_common()),
    }


def _groups(plan: Plan, register: Sequence[Resident], invited: Sequence[Resident], pool: Pool) -> list[Outcome]:
    """Per group how many live here, got a letter and said yes; who sits comes later."""
    towns, letters, yes = (_counted(one.features for one in some) for some in (register, invited, pool.candidates))
    limits = {quota.where[0]: (quota.min, quota.max) for quota in plan.quotas}
    return [
        {
            "dimension": dimension, "group": value, "people": towns[dimension, value],
            "letters": letters[dimension, value], "yes": yes[dimension, value],
            "limits": list(limits.get((dimension, value), ())), "panel": None,
        }
        for dimension, values in plan.groups.items() for value in values
    ]  # fmt: skip


def _counted(some: Iterable[Mapping[str, str]]) -> Counter[tuple[str, str]]:
    return Counter(feature for features in some for feature in features.items())


def _drawn(plan: Plan, pool: Pool, seed: str, report: Report) -> Outcome:
    from samenraad.methods.sortition.lotteries import leximin

    heard = Progress(report=lambda stage, share: report(stage, 0.3 + 0.5 * share))
    lottery = leximin(pool, plan.quotas, plan.seats, m=PANELS, progress=heard)
    number = number_below(lottery.m, seed, "panel")
    panel = lottery.panels[number]
    report("substitutes", 0.85)
    return {
        "lottery": _chances(lottery),
        "draw": {"number": number, "panels": lottery.m, "people": len(panel)},
        "panel": [[*feature, count] for feature, count in sorted(_sitting(pool, panel).items())],
        "after": _after(plan, pool, panel, seed),
    }


def _chances(lottery: Lottery) -> Outcome:
    counts = sorted(lottery.counts.values())
    return {
        "lowest": counts[0], "highest": counts[-1], "middle": counts[len(counts) // 2],
        "nobody": sum(count == 0 for count in counts), "proven": lottery.proven, "panels": lottery.m,
        "sha256": lottery.digest,
    }  # fmt: skip


def _sitting(pool: Pool, panel: Iterable[str]) -> Counter[tuple[str, str]]:
    return _counted(pool.by_id[one].features for one in panel)


def _after(plan: Plan, pool: Pool, panel: Sequence[str], seed: str) -> Outcome:
    """As many leave as usually do, and substitutes come."""
    chosen = substitutes(
        pool, plan.quotas, panel, how_many=max(1, plan.substitutes), seed=seed, scenarios=200, seats=plan.seats
    )
    (gone,) = drop_out_sets([pool.by_id[one] for one in panel], DropOut(), seed=seed, sets=1)
    staying = [one for one in panel if one not in gone]
    came = replace(pool, plan.quotas, staying, sorted(gone), chosen.order, seed=seed, order=chosen.order)
    return {
        "substitutes": len(chosen.order), "short": chosen.short, "left": len(gone), "came": len(came.seated),
        "empty": came.empty, "broken": len(came.missed),
    }  # fmt: skip
