"""The lotteries against the truth: brute force over every panel, closed forms, and certificates that need no solver."""

from __future__ import annotations

import os
import subprocess
import sys
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from samenraad.methods.linear import Interrupted
from samenraad.methods.sortition import Pool, Progress, Quota, Quotas, goldilocks, leximin, maximin, nash
from samenraad.methods.sortition.lotteries.panels import Finder
from samenraad.methods.sortition.lotteries.regions import Hull, Relaxation
from samenraad.methods.sortition.problem import pose
from samenraad.methods.sortition.tests.instances import Instance, every_panel, leximin_of, published, tiny, unreachable
from samenraad.refusals import Refusal

EVERY_METHOD = (leximin, maximin, goldilocks, nash)


def a_few_at_once(values, quick: int):
    """The first of these in the quick suite, the others in the slow one."""
    values = list(values)
    return [*values[:quick], *(pytest.param(value, marks=pytest.mark.slow) for value in values[quick:])]


def drawn(method, draw: Instance, **options):
    return method(draw.pool, draw.quotas, draw.seats, already=draw.already, **options)


def ids(draw: Instance) -> list[str]:
    return [one.id for one in draw.pool.candidates]


class TestLeximin:
    @pytest.mark.parametrize("seed", a_few_at_once(range(60), 12))
    def test_it_is_the_leximin_over_every_panel(self, seed):
        draw = tiny(seed)
        truth = leximin_of(every_panel(draw), ids(draw))
        lottery = drawn(leximin, draw, m=60)
        assert lottery.proven
        assert lottery.optimum == pytest.approx(truth, abs=1e-9)

    @pytest.mark.slow
    @pytest.mark.parametrize("start", range(60, 600, 60))
    def test_it_is_the_leximin_over_every_panel_of_hundreds_more(self, start):
        for seed in range(start, start + 60):
            draw = tiny(seed)
            lottery = drawn(leximin, draw, m=60)
            assert lottery.optimum == pytest.approx(leximin_of(every_panel(draw), ids(draw)), abs=1e-9), seed

    @pytest.mark.parametrize("draw", a_few_at_once(unreachable(), 5), ids=lambda draw: draw.name)
    def test_where_whole_panels_cannot_reach_the_bound_the_truth_is_proven(self, draw):
        lottery = drawn(leximin, draw, m=60)
        assert (lottery.reached, lottery.proven) == ("panels", True)
        assert lottery.optimum == pytest.approx(draw.leximin, abs=1e-9)

    @pytest.mark.parametrize(("name", "chance"), [("example_small", 20 / 200), ("example_large", 200 / 2000)])
    def test_the_two_artificial_examples_of_nature_2021_give_everybody_the_same_chance(self, name, chance):
        lottery = drawn(leximin, published(name))
        assert set(lottery.chances.values()) == {lottery.chances["p0000"]}
        assert lottery.chances["p0000"] == pytest.approx(chance)

    def test_one_category_by_hand(self):
        # 2 of 4 women and 3 of 10 men, whatever else is in the pool: 1/2 and 3/10
        people = {f"w{i}": {"gender": "woman"} for i in range(4)} | {f"m{i}": {"gender": "man"} for i in range(10)}
        lottery = leximin(Pool.of(people), Quotas.of({"gender": {"woman": (2, 2), "man": (3, 3)}}), 5, m=10)
        assert {str(lottery.chances[one]) for one in people if one[0] == "w"} == {"1/2"}
        assert {str(lottery.chances[one]) for one in people if one[0] == "m"} == {"3/10"}

    def test_an_interval_is_used_as_far_as_it_makes_chances_equal(self):
        # 2 women and 8 men for 5 seats: equal chances would be 1 woman and 4 men, but at most 3 men may sit
        people = {f"w{i}": {"gender": "woman"} for i in range(2)} | {f"m{i}": {"gender": "man"} for i in range(8)}
        lottery = leximin(Pool.of(people), Quotas.of({"gender": {"woman": (1, 2), "man": (2, 3)}}), 5, m=8)
        assert {str(chance) for one, chance in lottery.chances.items() if one[0] == "m"} == {"3/8"}
        assert {str(chance) for one, chance in lottery.chances.items() if one[0] == "w"} == {"1"}

    def test_the_case_of_five_people_in_the_docs(self):
        people = {
            "ann": {"age": "younger", "gender": "woman"},
            "ben": {"age": "younger", "gender": "man"},
            "cas": {"age": "older", "gender": "man"},
            "dina": {"age": "older", "gender": "woman"},
            "eva": {"age": "older", "gender": "woman"},
        }
        quotas = Quotas.of({"age": {"younger": (1, 1), "older": (1, 1)}, "gender": {"woman": (1, 2), "man": (0, 2)}})
        lottery = leximin(Pool.of(people), quotas, 2, m=12)
        assert lottery.panels.count(("ann", "cas")) == 4
        assert [lottery.panels.count(("ann", one)) for one in ("dina", "eva")] == [1, 1]
        assert [lottery.panels.count(("ben", one)) for one in ("dina", "eva")] == [3, 3]


class TestTheOtherMethods:
    @pytest.mark.parametrize("seed", a_few_at_once(range(20), 4))
    def test_maximin_has_the_lowest_chance_of_leximin(self, seed):
        draw = tiny(seed)
        lowest = [
            min(c for c in drawn(method, draw, m=20).optimum.values() if c > 1e-9) for method in (maximin, leximin)
        ]
        assert lowest[0] == pytest.approx(lowest[1], abs=1e-7)

    @pytest.mark.parametrize("seed", a_few_at_once(range(20), 4))
    def test_no_panel_improves_nash(self, seed):
        # the optimality condition of the concave problem: for every panel the sum of 1/p over its people is at most
        # the number of people who can be drawn
        draw = tiny(seed)
        chances = drawn(nash, draw, m=20).optimum
        reachable = sum(chance > 1e-9 for chance in chances.values())
        for panel in every_panel(draw):
            assert sum(1 / chances[one] for one in panel) <= reachable * (1 + 1e-3)

    @pytest.mark.parametrize("seed", a_few_at_once(range(20), 4))
    def test_goldilocks_loses_no_more_than_brute_force_does(self, seed):
        draw = tiny(seed)
        chances = drawn(goldilocks, draw, m=20).optimum
        free = [one for one in ids(draw) if one not in draw.already and chances[one] > 1e-9]
        panels = every_panel(draw)
        if not free:
            return
        lowest, highest = best_pair(panels, free)
        loss = least_loss(panels, free, lowest, highest)
        assert min(chances[one] for one in free) >= lowest * (1 - 0.3 * loss) - 1e-6
        assert max(chances[one] for one in free) <= highest * (1 + 0.4 * loss) + 1e-6


def best_pair(panels, free) -> tuple[float, float]:
    """The highest lowest chance, and the lowest highest chance, over all lotteries."""
    on = np.array([[one in panel for panel in panels] for one in free], dtype=float)
    ones = np.append(np.ones(len(panels)), 0.0)[None, :]
    low = linprog(np.append(np.zeros(len(panels)), -1), np.c_[-on, np.ones(len(free))], np.zeros(len(free)), ones, [1])
    high = linprog(np.append(np.zeros(len(panels)), 1), np.c_[on, -np.ones(len(free))], np.zeros(len(free)), ones, [1])
    return float(low.x[-1]), float(high.x[-1])


def least_loss(panels, free, lowest: float, highest: float) -> float:
    """The smallest u with every chance between lowest (1 - 0.3 u) and highest (1 + 0.4 u), over all lotteries."""
    on = np.array([[one in panel for panel in panels] for one in free], dtype=float)
    ones = np.ones(len(free))
    found = linprog(
        np.append(np.zeros(len(panels)), 1.0),
        np.r_[np.c_[-on, -0.3 * lowest * ones], np.c_[on, -0.4 * highest * ones]],
        np.r_[-lowest * ones, highest * ones],
        np.append(np.ones(len(panels)), 0.0)[None, :],
        [1.0],
    )
    return float(found.x[-1])


class TestTheNumberedPanels:
    @pytest.mark.parametrize("method", EVERY_METHOD)
    @pytest.mark.parametrize("seed", a_few_at_once(range(15), 3))
    def test_every_panel_meets_every_rule(self, method, seed):
        draw = tiny(seed)
        assert set(drawn(method, draw, m=50).panels) <= set(every_panel(draw))

    @pytest.mark.parametrize("name", a_few_at_once(["cca", "mass", "scotland", "sf_c", "nexus", "sf_d"], 1))
    def test_no_chance_changes_by_one_panel_or_more(self, name):
        draw = published(name)
        lottery = drawn(leximin, draw)
        assert lottery.proven
        assert lottery.m == 1000
        assert lottery.largest_change < 0.001
        assert not any(draw.quotas.broken_by([draw.pool.by_id[one] for one in panel]) for panel in lottery.panels[::37])
        assert all(len(set(panel)) == draw.seats for panel in lottery.panels)
        # no lottery of m panels can give everybody more than the whole number of panels below m times the lowest
        lowest = min(lottery.optimum.values())
        assert min(lottery.counts.values()) == int(1000 * lowest + 1e-6)

    def test_people_of_one_kind_are_on_as_many_panels_or_one_more(self):
        draw = published("scotland")
        lottery = drawn(leximin, draw)
        for kind in pose(draw.pool, draw.quotas, draw.seats).types:
            counts = [lottery.counts[one] for address in kind.members for one in address]
            assert max(counts) - min(counts) <= 1

    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 10_000))
    def test_people_of_one_address_never_meet_and_share_alike(self, seed):
        draw = homes(seed)
        lottery = drawn(leximin, draw, m=30)
        for panel in lottery.panels:
            there = [draw.pool.by_id[one].household for one in panel if draw.pool.by_id[one].household]
            assert len(there) == len(set(there))
        for kind in pose(draw.pool, draw.quotas, draw.seats).types:
            counts = [lottery.counts[one] for address in kind.members for one in address]
            assert max(counts) - min(counts) <= 1

    @pytest.mark.slow
    def test_the_seed_of_pythons_hash_and_the_order_of_the_rows_change_nothing(self):
        script = (
            "import random, sys\n"
            "from samenraad.methods.sortition import Pool, Quotas, leximin\n"
            "from samenraad.methods.sortition.tests.instances import published\n"
            "draw = published('mass')\n"
            "people = list(draw.pool.candidates); random.Random(int(sys.argv[1])).shuffle(people)\n"
            "quotas = list(draw.quotas); random.Random(int(sys.argv[1])).shuffle(quotas)\n"
            "print(leximin(Pool(tuple(people)), Quotas(tuple(quotas)), draw.seats).digest)\n"
        )
        digests = {
            subprocess.run(
                [sys.executable, "-c", script, seed],
                env=os.environ | {"PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("0", "1", "2", "42")
        }
        assert len(digests) == 1

    def test_published_chances_are_those_of_twenty_thousand_draws(self):
        lottery = drawn(leximin, published("mass"))
        draws = 20_000
        numbers = np.random.default_rng(1).integers(0, lottery.m, draws)
        often = dict.fromkeys(lottery.counts, 0)
        for number, times in zip(*np.unique(numbers, return_counts=True), strict=True):
            for one in lottery.panels[number]:
                often[one] += int(times)
        for one, chance in lottery.chances.items():
            p = float(chance)
            assert abs(often[one] - draws * p) <= 5 * (draws * p * (1 - p)) ** 0.5


class TestRefusals:
    def test_quotas_that_no_panel_meets(self):
        with pytest.raises(Refusal) as refused:
            leximin(Pool.of({"a": {"x": "1"}, "b": {"x": "1"}}), Quotas.of({"x": {"1": (0, 1)}}), 2)
        assert refused.value.code == "sortition.no_panel"

    def test_fractions_could_but_whole_people_cannot(self):
        # three pairs of groups, each with exactly one seat, share three people two by two: each half a person
        people = {"a": {"x": "1", "y": "1", "z": "0"}, "b": {"x": "1", "y": "0", "z": "1"}}
        people["c"] = {"x": "0", "y": "1", "z": "1"}
        quotas = Quotas(tuple(Quota(((category, "1"),), 1, 1) for category in "xyz"))
        for seats in (1, 2):
            with pytest.raises(Refusal) as refused:
                leximin(Pool.of(people), quotas, seats)
            assert refused.value.code == "sortition.no_panel"

    @pytest.mark.parametrize("m", [0, -1])
    def test_a_lottery_without_panels(self, m):
        with pytest.raises(Refusal) as refused:
            leximin(Pool.of({"a": {"x": "1"}}), Quotas.of({"x": {"1": (0, 1)}}), 1, m=m)
        assert refused.value.code == "sortition.panels"

    def test_an_empty_pool(self):
        with pytest.raises(Refusal) as refused:
            leximin(Pool.of({}), Quotas.of({"x": {"1": (0, 1)}}), 1)
        assert refused.value.code == "sortition.no_panel"


class TestEdges:
    @pytest.mark.parametrize("method", EVERY_METHOD)
    def test_all_are_in_already_and_nobody_is_left(self, method):
        lottery = method(Pool.of({"a": {"x": "1"}}), Quotas.of({"x": {"1": (1, 1)}}), 1, already=["a"], m=3)
        assert lottery.panels == (("a",),) * 3

    @pytest.mark.parametrize("method", EVERY_METHOD)
    def test_everybody_is_needed(self, method):
        people = {"a": {"x": "1"}, "b": {"x": "2"}}
        lottery = method(Pool.of(people), Quotas.of({"x": {"1": (1, 1), "2": (1, 1)}}), 2, m=10)
        assert set(lottery.counts.values()) == {10}

    @pytest.mark.parametrize("method", EVERY_METHOD)
    def test_all_seats_are_taken_already(self, method):
        people = {"a": {"x": "1"}, "b": {"x": "2"}}
        lottery = method(Pool.of(people), Quotas.of({"x": {"1": (1, 1), "2": (0, 1)}}), 1, already=["a"], m=10)
        assert dict(lottery.counts) == {"a": 10, "b": 0}

    @pytest.mark.parametrize("method", EVERY_METHOD)
    def test_somebody_who_can_never_sit_has_no_chance_and_the_others_do(self, method):
        people = {f"p{i}": {"x": "1"} for i in range(4)} | {"q": {"x": "2"}}
        lottery = method(Pool.of(people), Quotas.of({"x": {"1": (2, 2), "2": (0, 0)}}), 2, m=10)
        assert lottery.counts["q"] == 0
        assert {lottery.counts[f"p{i}"] for i in range(4)} == {5}

    def test_no_quotas_at_all_is_a_plain_lot(self):
        lottery = leximin(Pool.of({f"p{i}": {} for i in range(7)}), Quotas(()), 3, m=7)
        assert set(lottery.counts.values()) == {3}


class TestProgress:
    def test_it_hears_how_far_it_is(self):
        heard = []
        drawn(leximin, published("mass"), progress=Progress(report=lambda stage, share: heard.append((stage, share))))
        assert {"panels"} <= {stage for stage, _ in heard} <= {"bound", "panels", "columns", "rounding"}
        assert all(0 <= share <= 1 for _, share in heard)

    @pytest.mark.parametrize("after", a_few_at_once([7, 0, 1, 30], 1))
    def test_when_it_is_stopped_the_best_so_far_is_a_lottery_with_its_gap(self, after):
        draw = published("scotland")
        steps = iter(range(10_000))
        lottery = drawn(leximin, draw, m=100, progress=Progress(stop=lambda: next(steps) >= after))
        assert not lottery.proven
        assert lottery.reached == "stopped"
        assert lottery.gap > 1e-6
        assert not any(draw.quotas.broken_by([draw.pool.by_id[one] for one in panel]) for panel in lottery.panels)
        best = drawn(leximin, draw, m=100).optimum
        assert max(abs(lottery.optimum[one] - best[one]) for one in best) == pytest.approx(lottery.gap, abs=1e-6)


class TestWithoutAProof:
    """Never a silent fallback: what is not shown to be the best is not called so, and nobody sees a traceback."""

    def test_a_solver_that_gives_up_leaves_a_lottery_that_is_not_proven(self, monkeypatch):
        draw = next(one for one in unreachable() if len(one.pool) > 8)

        def give_up(self, worth, cost):
            raise Interrupted("no proof")

        monkeypatch.setattr(Hull, "_add_best", give_up)
        monkeypatch.setattr(Hull, "_corners", lambda self, worth, cost: 0)
        monkeypatch.setattr(Finder, "best", lambda self, prices, enough=0: (self.searched(0 * prices), np.inf))
        lottery = drawn(leximin, draw, m=30)
        assert (lottery.proven, lottery.reached) == (False, "stopped")
        assert lottery.gap > 1e-6
        assert set(lottery.panels) <= set(every_panel(draw))

    def test_without_any_answer_it_is_refused(self, monkeypatch):
        def give_up(self):
            raise Interrupted("Unknown")

        monkeypatch.setattr(Relaxation, "solve", give_up)
        with pytest.raises(Refusal) as refused:
            drawn(leximin, tiny(1), m=10)
        assert refused.value.code == "sortition.solver"

    def test_stopping_while_it_rounds_leaves_panels_that_can_be_drawn_from(self):
        draw = published("scotland")
        heard = []
        progress = Progress(lambda stage, share: heard.append(stage), lambda: heard[-1] == "rounding")
        lottery = drawn(leximin, draw, m=100, progress=progress)
        assert lottery.proven
        assert heard[-1] == "rounding"
        assert not any(draw.quotas.broken_by([draw.pool.by_id[one] for one in panel]) for panel in lottery.panels)


def homes(seed: int) -> Instance:
    """Thirty people at few addresses, many of them alike, so that households come in kinds with several types."""
    chance = Random(seed)
    people = {f"p{i:02}": {"age": chance.choice(["young", "old"])} for i in range(30)}
    households = {one: f"home {chance.randint(0, 11)}" for one in people if chance.random() < 0.8}
    return Instance(f"homes {seed}", Pool.of(people, households), Quotas.of({"age": {"young": (1, 4)}}), 5)
