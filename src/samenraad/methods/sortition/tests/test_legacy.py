"""The older draw does what its description says; its chances by exact recursion."""

from collections import Counter
from fractions import Fraction
from math import sqrt

import pytest

from samenraad.methods.sortition.lotteries.legacy import legacy
from samenraad.methods.sortition.pool import Pool, Quota, Quotas
from samenraad.methods.sortition.tests.instances import tiny
from samenraad.refusals import Refusal


def exact(draw):
    """The chance of each person given that an attempt succeeds, by following every branch (nobody lives together)."""
    quotas = [quota for quota in draw.quotas if quota.min > 0 or quota.max < min(draw.seats, len(draw.pool))]
    success = Counter()

    def branch(drawn, weight):
        people = [draw.pool.by_id[one] for one in drawn]
        held = [sum(one.matches(quota.where) for one in people) for quota in quotas]
        full = [quota for quota, number in zip(quotas, held, strict=True) if number >= quota.max]
        free = [c for c in draw.pool.candidates if c.id not in drawn and not any(c.matches(q.where) for q in full)]
        left = [sum(one.matches(quota.where) for one in free) for quota in quotas]
        if any(h + n < q.min for q, h, n in zip(quotas, held, left, strict=True)):
            return
        if len(drawn) == draw.seats:
            success[tuple(sorted(drawn))] += weight
            return
        needed = [(Fraction(q.min - h, n), -i) for i, (q, h, n) in enumerate(zip(quotas, held, left, strict=True)) if n]
        group = quotas[-max(needed)[1]].where if needed else ()
        choices = [one for one in free if one.matches(group)]
        for one in choices:
            branch((*drawn, one.id), weight / len(choices))

    branch(draw.already, Fraction(1))
    total = sum(success.values())
    return {one.id: sum(w for panel, w in success.items() if one.id in panel) / total for one in draw.pool.candidates}


ALONE = [draw for draw in map(tiny, range(12)) if not any(one.household for one in draw.pool.candidates)]


@pytest.mark.parametrize("draw", ALONE, ids=lambda draw: draw.name)
def test_the_estimates_follow_the_exact_chances(draw):
    found, known = legacy(draw.pool, draw.quotas, draw.seats, draws=400, seed=3, already=draw.already), exact(draw)
    for one, chance in known.items():
        assert abs(found.chances[one] - chance) <= 4.5 * sqrt(chance * (1 - chance) / 400) + 1e-9


def test_the_hardest_group_comes_first():
    """One young person for one young seat: 1/1 is harder than 1/3, so the young person is always there; then one of
    the two old people, each with 1/2."""
    pool = Pool.of({"a": {"age": "young"}, "b": {"age": "old"}, "c": {"age": "old"}})
    found = legacy(pool, Quotas.of({"age": {"young": (1, 1), "old": (1, 1)}}), 2, draws=1000, seed=1)
    assert found.counts["a"] == 1000
    assert found.interval("b").low < 0.5 < found.interval("b").high
    assert found.starts == 1000


def test_it_is_less_fair_than_it_could_be():
    """Nature 2021: the rare combination is drawn seldom, though every lottery could give it 1 in 2.

    Two seats, one woman and one man, one liberal and one conservative: {liberal woman, conservative man} or the
    other way round. First the group with the fewest people per seat: conservatives, 1 of 2 people."""
    people = {f"fl{i}": {"sex": "f", "view": "l"} for i in range(9)}
    people |= {f"mc{i}": {"sex": "m", "view": "c"} for i in range(9)}
    people |= {"fc": {"sex": "f", "view": "c"}, "ml": {"sex": "m", "view": "l"}}
    one = (1, 1)
    quotas = Quotas.of({"sex": {"f": one, "m": one}, "view": {"l": one, "c": one}})
    found = legacy(Pool.of(people), quotas, 2, draws=2000, seed=1)
    assert found.chances["fc"] < 0.15
    assert found.lowest_at_most < 0.15


def test_housemates_are_never_drawn_together_and_who_is_in_stays_in():
    pool = Pool.of({one: {"a": "x"} for one in "abcd"}, households={"a": "1", "b": "1", "c": "2", "d": "2"})
    found = legacy(pool, Quotas.of({"a": {"x": (0, 2)}}), 2, draws=200, seed=5, already=["a"])
    assert found.counts["a"] == 200
    assert found.counts["b"] == 0
    assert found.counts["c"] + found.counts["d"] == 200


def test_failures_are_counted_and_an_impossible_draw_is_refused():
    pool = Pool.of({one: {"a": "x"} for one in "abc"})
    with pytest.raises(Refusal) as no:
        legacy(pool, Quotas((Quota((("a", "y"),), 1, 1),)), 2, draws=1, seed=1, attempts=20)
    assert no.value.code == "sortition.legacy_stuck"
    with pytest.raises(Refusal) as no:  # too many of one group are in already
        legacy(pool, Quotas.of({"a": {"x": (0, 1)}}), 2, draws=1, seed=1, already=["a", "b"], attempts=20)
    assert no.value.code == "sortition.legacy_stuck"
    stuck = [legacy(d.pool, d.quotas, d.seats, draws=20, seed=1, already=d.already) for d in map(tiny, range(20))]
    assert any(found.starts > found.draws for found in stuck)


@pytest.mark.parametrize("seed", range(30))
def test_each_panel_drawn_meets_the_quotas(seed):
    draw = tiny(seed)
    found = legacy(draw.pool, draw.quotas, draw.seats, draws=1, seed=2, already=draw.already)
    panel = [draw.pool.by_id[one] for one, count in found.counts.items() if count]
    assert len(panel) == draw.seats
    assert draw.quotas.broken_by(panel) == []


def test_no_draws_no_estimate():
    with pytest.raises(Refusal) as no:
        legacy(Pool.of({"a": {}}), Quotas(()), 1, draws=0, seed=1)
    assert no.value.code == "sortition.draws"


def test_the_same_seed_the_same_estimate_in_any_order():
    draw = tiny(4)
    turned = Pool(tuple(reversed(draw.pool.candidates)))
    again = [
        legacy(pool, draw.quotas, draw.seats, draws=50, seed=9, already=draw.already) for pool in (draw.pool, turned)
    ]
    assert again[0] == again[1]
