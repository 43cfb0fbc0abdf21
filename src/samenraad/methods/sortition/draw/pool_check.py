"""The checks for who holds the pool and the key: is it the frozen pool, and does every panel keep every rule?

Only counting, no solver: none of the code that made the lottery takes part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from samenraad.methods.language import _
from samenraad.methods.sortition.draw.publication import Facts, Key, pool_digest, quota_facts, row_of
from samenraad.methods.sortition.draw.transcript import Finding
from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas

POOL, KEY, CATEGORIES, LOTTERY = "respondents", "key.csv", "categories", "lottery.csv"
#: so many panels that break a rule are named
NAMED = 20


def check_pool(rules: Facts, lottery: str, pool: Pool, keys: Sequence[Key]) -> list[Finding]:
    """Nothing when the pool is the frozen one and every panel keeps the quotas of the rules and the households."""
    found = list(_people(rules, pool, keys))
    if found:
        return found
    person = {key.code: pool.by_id[key.id] for key in keys}
    return list(_panels(lottery, person, quotas_of(rules)))


def check_quotas(rules: Facts, quotas: Quotas) -> list[Finding]:
    if quota_facts(quotas) == rules["quotas"]:
        return []
    return [Finding(CATEGORIES, 0, "", _("These are not the quotas of the rules."))]


def quotas_of(rules: Facts) -> Quotas:
    """The quotas as they stand in the rules. Refuses what no quota can be: a minimum above the maximum."""
    pairs = ((tuple((category, value) for category, value in one["of"]), one) for one in rules["quotas"])
    return Quotas(tuple(Quota(where, one["min"], one["max"]) for where, one in pairs))


def _people(rules: Facts, pool: Pool, keys: Sequence[Key]) -> Iterator[Finding]:
    known, listed = {key.id for key in keys}, set(pool.by_id)
    if not known & listed:
        yield Finding(POOL, 0, "", _("No number of key.csv stands here. Say which column has the numbers: --id."))
        return
    for ids, file, sentence in (
        (known - listed, POOL, _("These people have a code but are not in the pool: {ids}.")),
        (listed - known, KEY, _("These people are in the pool but have no code: {ids}.")),
    ):
        if ids:
            yield Finding(file, 0, "", sentence, {"ids": sorted(ids)})
    if not len(keys) == len(known) == len({key.code for key in keys}):
        yield Finding(KEY, 0, "", _("Somebody stands here twice."))
    changed = [key.id for key in keys if key.id in listed and row_of(key.code, pool.by_id[key.id]) != key.row]
    if changed:
        said = _("An answer or the address of these people is not what was frozen: {ids}.")
        yield Finding(POOL, 0, "", said, {"ids": sorted(changed)})
    if pool_digest({key.code: key.stamp for key in keys}) != rules["pool"]:
        yield Finding(KEY, 0, "", _("This is not the key of the pool that was frozen."))


def _panels(lottery: str, person: dict[str, Candidate], quotas: Quotas) -> Iterator[Finding]:
    """Each different panel is counted once; at most the first few that break a rule are told."""
    broken: dict[tuple[str, ...], list[Finding]] = {}
    named = 0
    for line, text in enumerate(lottery.splitlines(), start=1):
        codes = tuple(text.split(",")[1:])
        if codes not in broken:
            broken[codes] = (
                list(_broken([person[code] for code in codes], quotas))
                if set(codes) <= set(person)
                else [Finding(LOTTERY, 0, "", _("Somebody on this panel is not in the key."))]
            )
        for finding in broken[codes][: NAMED - named]:
            yield Finding(LOTTERY, line, finding.field, finding.text, finding.facts)
            named += 1


def _broken(panel: list[Candidate], quotas: Quotas) -> Iterator[Finding]:
    for quota, number in quotas.broken_by(panel):
        facts = {"n": number, "min": quota.min, "max": quota.max}
        yield Finding(LOTTERY, 0, quota.label, _("{n} people, where {min} to {max} are allowed."), facts)
    homes = Counter(one.household for one in panel if one.household is not None)
    if homes and max(homes.values()) > 1:
        yield Finding(LOTTERY, 0, "", _("Two people of one address sit on this panel."))
