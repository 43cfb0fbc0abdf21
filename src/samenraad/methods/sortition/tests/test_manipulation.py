"""What a lie brings, by hand and by brute force."""

from dataclasses import dataclass

import pytest

from samenraad.methods.sortition.lotteries.manipulation import Lie, Manipulation, manipulation
from samenraad.methods.sortition.pool import Pool, Quotas
from samenraad.methods.sortition.progress import Progress, Stopped
from samenraad.methods.sortition.tests.instances import Instance, every_panel, leximin_of, tiny
from samenraad.refusals import Refusal


@dataclass(frozen=True)
class Found:
    optimum: dict


def leximin(pool, quotas, seats, already=()):
    panels = every_panel(Instance("lie", pool, quotas, seats, tuple(already)))
    if not panels:
        raise Refusal("sortition.infeasible")
    return Found(leximin_of(panels, pool.by_id))


def three_old_one_young():
    """One young and one old seat."""
    pool = Pool.of({"a": {"age": "young"}, **{one: {"age": "old"} for one in "bcd"}})
    return pool, Quotas.of({"age": {"young": (1, 1), "old": (1, 1)}}), 2


def test_by_hand():
    """b has 1 in 3; as one of two young people she has 1 in 2. If a says old, no young person is left: no panel."""
    found = manipulation(leximin, *three_old_one_young())
    a, b = found.lies
    assert (a.id, a.true, a.said, a.before, a.after, a.gain) == ("a", "young", "old", 1.0, None, 0.0)
    assert (b.id, b.true, b.said) == ("b", "old", "young")
    assert (b.before, b.after, b.gain) == pytest.approx((1 / 3, 1 / 2, 1 / 6))
    assert found.largest_gain == pytest.approx(1 / 6)
    assert found.mean_gain == pytest.approx(1 / 12)


def test_a_lie_that_costs_gains_nothing_and_only_the_best_counts():
    lies = (
        Lie("a", "age", "x", "y", 0.5, 0.2),
        Lie("a", "age", "x", "z", 0.5, 0.9),
        Lie("b", "age", "y", "x", 0.5, 0.4),
    )
    found = Manipulation(lies)
    assert [lie.said for lie in found.best] == ["z", "x"]
    assert found.largest_gain == pytest.approx(0.4)
    assert found.mean_gain == pytest.approx(0.2)


def test_without_quotas_nobody_can_lie():
    found = manipulation(leximin, Pool.of({"a": {"age": "x"}, "b": {"age": "y"}}), Quotas(()), 1)
    assert (found.lies, found.largest_gain, found.mean_gain) == ((), 0.0, 0.0)


@pytest.mark.parametrize("seed", [2, 7, 11])
def test_every_kind_of_person_tries_every_other_answer(seed):
    draw = tiny(seed)
    found = manipulation(
        lambda *asked: leximin(*asked, draw.already), draw.pool, draw.quotas, draw.seats, already=draw.already
    )
    assert {lie.id for lie in found.lies}.isdisjoint(draw.already)
    assert len({(lie.id, lie.category, lie.said) for lie in found.lies}) == len(found.lies)
    assert all(lie.said != lie.true for lie in found.lies)
    assert 0 <= found.mean_gain <= found.largest_gain <= 1


def test_a_sample_is_a_part_of_the_whole():
    draw = tiny(2)
    whole = manipulation(leximin, draw.pool, draw.quotas, draw.seats)
    some = manipulation(leximin, draw.pool, draw.quotas, draw.seats, sample=2, seed=1)
    assert len({lie.id for lie in some.lies}) == 2
    assert set(some.lies) < set(whole.lies)


def test_it_can_be_stopped():
    with pytest.raises(Stopped):
        manipulation(leximin, *three_old_one_young(), progress=Progress(stop=lambda: True))


def test_an_honest_pool_without_a_panel_is_refused():
    pool, _, _ = three_old_one_young()
    with pytest.raises(Refusal):
        manipulation(leximin, pool, Quotas.of({"age": {"young": (2, 2)}}), 2)
