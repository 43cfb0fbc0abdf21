"""The draws that we made up are what they say."""

from math import isclose

import numpy as np
import pytest

from samenraad.methods.linear import INFINITY, Programme
from samenraad.methods.sortition.problem import pose
from samenraad.methods.sortition.tests.instances import (
    PUBLISHED,
    SIZES,
    every_panel,
    leximin_of,
    published,
    tiny,
    unreachable,
)

TYPES = {"mass": 58, "sf_c": 137, "hd": 178, "sf_b": 162, "sf_a": 187, "obf": 226, "nexus": 177, "sf_d": 221}
TYPES |= {"cca": 156, "sf_e": 715, "scotland": 122, "many_types": 1500, "example_small": 3, "example_large": 3}
LARGE = ("sf_e", "many_types", "example_large")


def linear_bound(draw):
    """The highest lowest chance when fractions of people may sit on the panel."""
    problem = pose(draw.pool, draw.quotas, draw.seats, draw.already)
    types = len(problem.types)
    rows = np.vstack([problem.rows, np.ones(types)])
    rows = np.vstack([np.column_stack([rows, np.zeros(len(rows))]), np.column_stack([np.eye(types), -problem.sizes])])
    low = [*problem.low, problem.open_seats, *np.zeros(types)]
    high = [*problem.high, problem.open_seats, *np.full(types, INFINITY)]
    cost = np.append(np.zeros(types), 1.0)
    return Programme(rows, low, high, upper=np.append(problem.capacity, 1), cost=cost, maximise=True).solve().value


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in LARGE else ()) for name in PUBLISHED]
)
def test_a_published_size_has_a_panel_and_a_like_number_of_types(name):
    draw = published(name)
    problem = pose(draw.pool, draw.quotas, draw.seats)
    rows = np.vstack([problem.rows, np.ones(len(problem.types))])
    low, high = [*problem.low, draw.seats], [*problem.high, draw.seats]
    panel = Programme(rows, low, high, upper=problem.capacity, whole=True).solve().x.round().astype(int)
    assert problem.accepts(panel)
    assert 0.85 * TYPES[name] <= len(problem.types) <= 1.15 * TYPES[name]
    assert name not in SIZES or (len(draw.pool), draw.seats) == (SIZES[name].n, SIZES[name].k)


def test_the_same_name_the_same_draw():
    assert published("mass") == published("mass")
    assert tiny(5) == tiny(5)


@pytest.mark.parametrize("draw", [one for one in unreachable() if len(one.pool) <= 16], ids=lambda one: one.name)
def test_what_theory_says_is_what_trying_every_panel_gives(draw):
    found = leximin_of(every_panel(draw), draw.pool.by_id)
    assert all(isclose(found[one], chance, abs_tol=1e-9) for one, chance in draw.leximin.items())


@pytest.mark.parametrize("draw", unreachable(), ids=lambda one: one.name)
def test_whole_panels_stay_below_the_linear_bound(draw):
    problem = pose(draw.pool, draw.quotas, draw.seats, draw.already)
    assert min(draw.leximin[one] for one in problem.type_of) < linear_bound(draw) - 1e-4


@pytest.mark.parametrize("seed", range(60))
def test_a_tiny_draw_has_a_panel(seed):
    draw = tiny(seed)
    assert every_panel(draw)
    assert 5 <= len(draw.pool) <= 12


def test_tiny_draws_are_of_every_kind():
    draws = [tiny(seed) for seed in range(60)]
    assert any(draw.already for draw in draws)
    assert any(one.household for draw in draws for one in draw.pool.candidates)
    assert any(len(quota.where) == 2 for draw in draws for quota in draw.quotas)
    assert any(not every_panel(tiny(seed, feasible=False)) for seed in range(10))


def test_leximin_by_hand():
    """Any two of three: 2/3 each."""
    found = leximin_of([("a", "b"), ("a", "c"), ("b", "c")], "abc")
    assert all(isclose(chance, 2 / 3, abs_tol=1e-9) for chance in found.values())
