"""Repairs of impossible quotas, against every choice of people that could be a panel."""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement, product

import pytest

from samenraad.methods.sortition.feasibility.conflict import feasible
from samenraad.methods.sortition.feasibility.examination import examine
from samenraad.methods.sortition.feasibility.more_people import more_people
from samenraad.methods.sortition.feasibility.repairs import other_seats, repairs
from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas
from samenraad.methods.sortition.problem import pose
from samenraad.methods.sortition.tests.instances import Instance, every_panel, tiny

Moves = dict[tuple[tuple[tuple[str, str], ...], str], int]


def posed(draw: Instance):
    return pose(draw.pool, draw.quotas, draw.seats, draw.already)


def people(**groups: int) -> Pool:
    return Pool.of({f"{value}{i}": {"age": value} for value, count in groups.items() for i in range(count)})


def every_way(draw: Instance) -> list[Moves]:
    """For every group of people who may sit together: by how many seats each limit would have to move for them."""
    free = [one for one in draw.pool.candidates if one.id not in draw.already]
    settled = [draw.pool.by_id[one] for one in draw.already]
    ways = []
    for extra in combinations(free, draw.seats - len(settled)):
        panel = [*settled, *extra]
        homes = [one.household for one in panel if one.household is not None]
        if len(set(homes)) == len(homes):
            moves: Moves = {}
            for quota, number in draw.quotas.broken_by(panel):
                side = "min" if number < quota.min else "max"
                moves[quota.where, side] = abs(number - (quota.min if side == "min" else quota.max))
            if moves not in ways:
                ways.append(moves)
    return ways


def within_flex(draw: Instance, moves: Moves) -> bool:
    by_where = {quota.where: quota for quota in draw.quotas}

    def allowed(where, side, by):
        quota = by_where[where]
        if side == "min":
            return quota.min - by >= (quota.min_flex or 0)
        return quota.max_flex is None or quota.max + by <= quota.max_flex

    return all(allowed(where, side, by) for (where, side), by in moves.items())


def price(draw: Instance, moves: Moves) -> tuple[int, float]:
    mins = {quota.where: quota.min for quota in draw.quotas}
    cost = sum(by * (1 + 2 / mins[where]) if side == "min" else by for (where, side), by in moves.items())
    return sum(moves.values()), round(cost, 6)


def agrees(draw: Instance) -> None:
    found = repairs(posed(draw))
    ways = [(price(draw, moves), set(moves)) for moves in every_way(draw) if within_flex(draw, moves)]
    if every_panel(draw):
        assert found == ()
        return
    taken: list[set] = []
    for repair in found:
        left = [(cost, limits) for cost, limits in ways if not any(one <= limits for one in taken)]
        assert (repair.seats, round(repair.cost, 6)) == min(cost for cost, _limits in left), "the best that is left"
        limits = {(one.quota.where, one.side) for one in repair.changes}
        assert not any(one <= limits for one in taken), "another set of limits"
        assert every_panel(Instance("repaired", draw.pool, repair.apply(draw.quotas), draw.seats, draw.already))
        assert not repair.apply(draw.quotas).broken_by([draw.pool.by_id[one] for one in repair.example])
        assert set(draw.already) <= set(repair.example)
        assert len(repair.example) == draw.seats
        taken.append(limits)
    left = [limits for _cost, limits in ways if not any(one <= limits for one in taken)]
    assert len(found) == 3 or not left, "fewer than three only when there are no more"


def bounded(draw: Instance, seed: int) -> Instance:
    """The same draw, with flexes on some quotas."""
    quotas = [
        Quota(one.where, one.min, one.max, max(0, one.min - 1), one.max + seed % 2) if (seed + i) % 3 == 0 else one
        for i, one in enumerate(draw.quotas)
    ]
    return Instance(draw.name, draw.pool, Quotas(tuple(quotas)), draw.seats, draw.already)


@pytest.mark.parametrize("seed", range(15))
def test_tiny_draws_get_the_best_repairs(seed):
    agrees(tiny(seed, feasible=False))
    agrees(bounded(tiny(seed, feasible=False), seed))


@pytest.mark.slow
def test_hundreds_of_tiny_draws_get_the_best_repairs():
    for seed in range(100, 400):
        agrees(tiny(seed, feasible=False))
        agrees(bounded(tiny(seed, feasible=False), seed))


def test_a_group_that_is_too_small_has_one_repair():
    pool = people(young=2, old=9)
    (only,) = repairs(pose(pool, Quotas.of({"age": {"young": (3, 5), "old": (0, 9)}}), 5))
    assert only.sentence() == "Age young: at least 3 becomes at least 2."
    assert only.sentence("nl") == "Age young: minstens 3 wordt minstens 2."
    assert (only.seats, only.cost) == (1, pytest.approx(1 + 2 / 3))


def test_of_equal_numbers_of_seats_the_small_group_is_spared():
    pool = people(a=9, b=9)
    first, second = repairs(pose(pool, Quotas.of({"age": {"a": (2, 9), "b": (5, 9)}}), 6))
    assert first.sentence() == "Age b: at least 5 becomes at least 4."
    assert second.sentence() == "Age a: at least 2 becomes at least 1."


def test_fewer_seats_come_before_a_lower_cost():
    """One seat from a group of one costs 3; raising two other limits would cost 2 but move two seats."""
    people_ = [{"age": "a", "area": "n", "school": "h"}] * 3 + [{"age": "b", "area": "s", "school": "l"}] * 3
    pool = Pool.of({f"p{i}": dict(one) for i, one in enumerate(people_)})
    quotas = Quotas.of({"age": {"a": (1, 3)}, "area": {"n": (0, 0)}, "school": {"h": (0, 0)}})
    first, *_others = repairs(pose(pool, quotas, 3))
    assert (first.seats, first.cost) == (1, 3.0)


def test_a_repair_stays_within_the_flex():
    pool = people(a=9, b=9)
    quotas = Quotas((Quota((("age", "a"),), 2, 9), Quota((("age", "b"),), 5, 9, min_flex=5)))
    assert [one.sentence() for one in repairs(pose(pool, quotas, 6))] == ["Age a: at least 2 becomes at least 1."]
    nothing = Quotas(tuple(Quota(one.where, one.min, one.max, min_flex=one.min, max_flex=one.max) for one in quotas))
    assert repairs(pose(pool, nothing, 6)) == ()


def test_quotas_that_can_be_met_need_no_repair():
    pool, quotas = people(a=3), Quotas.of({"age": {"a": (1, 2)}})
    assert repairs(pose(pool, Quotas.of({"age": {"a": (1, 3)}}), 3)) == ()
    assert repairs(pose(pool, quotas, 2)) == ()
    assert other_seats(pool, quotas, 2) == ()


def test_another_number_of_seats_is_offered():
    pool, quotas = people(a=9, b=9), Quotas.of({"age": {"a": (5, 7), "b": (5, 7)}})
    assert [one.seats for one in other_seats(pool, quotas, 8)] == [10]
    assert [one.seats for one in other_seats(pool, quotas, 16)] == [14]
    (ten,) = other_seats(pool, quotas, 8)
    assert ten.sentence() == "With 10 seats instead of 8 it can be done without changing a quota."


def test_a_maximum_that_does_not_bind_yet_counts_when_there_are_more_seats():
    pool, quotas = people(a=9, b=9), Quotas.of({"age": {"a": (3, 4), "b": (3, 4)}})
    assert [one.seats for one in other_seats(pool, quotas, 4)] == [6]
    assert [one.seats for one in other_seats(pool, Quotas.of({"age": {"a": (5, 9), "b": (0, 4)}}), 4)] == [5]


@pytest.mark.parametrize("seed", range(64, 75))
def test_other_seats_are_the_nearest_that_work(seed):
    draw = tiny(seed, feasible=False)
    found = [one.seats for one in other_seats(draw.pool, draw.quotas, draw.seats, draw.already)]
    possible = [s for s in range(max(1, len(draw.already)), len(draw.pool) + 1) if _some(draw, s)]
    if draw.seats in possible:
        assert found == []
    else:
        nearest = [
            max((s for s in possible if s < draw.seats), default=0),
            min((s for s in possible if s > draw.seats), default=0),
        ]
        assert sorted(found) == sorted(s for s in nearest if s)


def _some(draw: Instance, seats: int) -> bool:
    return bool(every_panel(Instance("other", draw.pool, draw.quotas, seats, draw.already)))


def test_more_people_are_asked_for_by_group():
    found = more_people(pose(people(young=1, old=9), Quotas.of({"age": {"young": (3, 5), "old": (0, 9)}}), 5))
    assert found is not None
    assert (found.people, [(quota.label, least) for quota, least in found.groups]) == (2, [("age: young", 2)])
    assert found.sentence() == "If 2 more people join the pool, the quotas can be met. At least 2 people of age young."


def test_no_number_of_people_helps_when_the_minima_are_more_than_the_seats():
    assert more_people(pose(people(a=9, b=9), Quotas.of({"age": {"a": (5, 7), "b": (5, 7)}}), 8)) is None


def test_too_few_people_for_the_seats_need_anybody():
    found = more_people(pose(people(a=2), Quotas(()), 5))
    assert found is not None
    assert (found.people, found.groups, len(found.examples)) == (3, (), 3)


@pytest.mark.parametrize("seed", range(94, 102))
def test_with_the_newcomers_it_works_and_with_one_fewer_it_does_not(seed):
    newcomers_agree(seed)


@pytest.mark.slow
def test_many_waves_of_newcomers_are_the_smallest():
    for seed in range(102, 130):
        newcomers_agree(seed)


def newcomers_agree(seed: int) -> None:
    draw = tiny(seed, feasible=False)
    found = more_people(posed(draw))
    if feasible(posed(draw)):
        assert found is not None
        assert found.people == 0
        return
    if found is None:
        assert not _with_newcomers(draw, draw.seats)
        return
    values = {c: sorted({one.features[c] for one in draw.pool.candidates}) for c in draw.pool.candidates[0].features}
    filled = [{**{c: of[0] for c, of in values.items()}, **one} for one in found.examples]
    assert every_panel(_joined(draw, filled))
    assert not _with_newcomers(draw, found.people - 1)


def _joined(draw: Instance, newcomers: list[dict[str, str]]) -> Instance:
    more = tuple(Candidate(f"new{i}", one) for i, one in enumerate(newcomers))
    return Instance("joined", Pool((*draw.pool.candidates, *more)), draw.quotas, draw.seats, draw.already)


def _with_newcomers(draw: Instance, count: int) -> bool:
    """Whether some choice of at most so many newcomers, all on the panel, makes it feasible."""
    known: dict[str, set[str]] = {}
    for one in draw.pool.candidates:
        for category, value in one.features.items():
            known.setdefault(category, set()).add(value)
    for quota in draw.quotas:
        for category, value in quota.where:
            known[category].add(value)
    cells = [
        dict(zip(sorted(known), values, strict=True)) for values in product(*(sorted(known[c]) for c in sorted(known)))
    ]
    if not cells or count == 0:
        return bool(every_panel(draw))
    settled = [draw.pool.by_id[one] for one in draw.already]
    free = [one for one in draw.pool.candidates if one.id not in draw.already]
    open_seats = draw.seats - len(settled)
    for joined in range(min(count, open_seats) + 1):
        for newcomers in combinations_with_replacement(cells, joined):
            new = [Candidate(f"new{i}", one) for i, one in enumerate(newcomers)]
            for rest in combinations(free, open_seats - joined):
                panel = [*settled, *rest, *new]
                homes = [one.household for one in panel if one.household is not None]
                if len(set(homes)) == len(homes) and not draw.quotas.broken_by(panel):
                    return True
    return False


def test_an_examination_says_it_all_in_words():
    found = examine(people(young=2, old=9), Quotas.of({"age": {"young": (3, 5), "old": (0, 9)}}), 5)
    assert not found.feasible
    assert found.sentences() == (
        "With 5 seats this is impossible: at least 3 of age young. The pool has 2 of them.",
        "There is one smallest change of quotas that makes this possible; every other change contains it:",
        "1. Age young: at least 3 becomes at least 2.",
        "If 1 more person joins the pool, the quotas can be met. At least 1 person of age young.",
    )
    assert found.excluded == ()


def test_other_seats_are_offered_only_when_that_is_the_smaller_change():
    quotas = Quotas.of({"age": {"a": (3, 4), "b": (3, 4)}, "area": {"n": (3, 4), "s": (3, 4)}})
    pool = Pool.of({f"p{i}": {"age": "ab"[i % 2], "area": "ns"[i // 2 % 2]} for i in range(40)})
    assert [one.seats for one in examine(pool, quotas, 5).other_seats] == [6]
    assert examine(pool, Quotas.of({"age": {"a": (3, 4), "b": (3, 4)}}), 5).other_seats == ()
