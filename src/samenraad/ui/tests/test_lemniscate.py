"""The loop is one closed line; places on it are per cent of its length."""

from __future__ import annotations

import re
from itertools import pairwise
from math import dist, hypot, isclose, pi

import pytest

from samenraad.ui import lemniscate
from samenraad.ui.lemniscate import GATES, HANDOVER, LARGE, TALL, Curve, parameter, step_places

PURE = Curve(0, 0, 1)


def test_it_begins_and_ends_at_the_far_left() -> None:
    first, last = PURE.place(0), PURE.place(100)
    assert isclose(first.x, -1)
    assert isclose(last.x, -1)
    assert isclose(first.y, last.y, abs_tol=1e-9)


def test_it_goes_over_the_top_first() -> None:
    assert PURE.place(7).y < 0


@pytest.mark.parametrize("at", [25, HANDOVER])
def test_it_passes_its_crossing_at_a_quarter_and_at_three_quarters(at: float) -> None:
    point = PURE.place(at)
    assert hypot(point.x, point.y) < 1e-3


def test_it_is_farthest_right_half_way() -> None:
    assert isclose(PURE.place(50).x, 1, abs_tol=1e-6)


def test_the_left_half_is_the_town_halls_and_the_right_half_the_residents() -> None:
    assert all(PURE.place(at).x < 0 for at in (0, 10, 24, 76, 90, 99))
    assert all(PURE.place(at).x > 0 for at in (26, 40, 50, 60, 74))


def test_places_run_monotonously_and_evenly_along_the_line() -> None:
    angles = [parameter(step / 10) for step in range(1001)]
    assert all(before < after for before, after in pairwise(angles))
    points = [PURE.at(angle) for angle in angles]
    steps = [dist((a.x, a.y), (b.x, b.y)) for a, b in pairwise(points)]
    assert max(steps) / min(steps) < 1.001


def test_its_length_is_that_of_the_books() -> None:
    """The lemniscate of Bernoulli with half width 1 has length 5.244115... (Gauss); ours is a little taller."""
    points = [Curve(0, 0, 1).place(step / 20) for step in range(2001)]
    flat = [(point.x, point.y / TALL) for point in points]
    assert isclose(sum(map(dist, flat, flat[1:])), 5.2441151, rel_tol=1e-4)


@pytest.mark.parametrize("at", GATES.values())
def test_gates_stand_on_the_line_and_across_it(at: float) -> None:
    point = PURE.place(at)
    x, y = point.x, point.y / TALL
    assert isclose((x * x + y * y) ** 2, x * x - y * y, abs_tol=1e-9)  # the curve's own equation
    ahead = PURE.place(at + 0.01)
    turn = PURE.direction(at) * pi / 180
    way = hypot(ahead.x - point.x, ahead.y - point.y)
    from math import cos, sin

    assert isclose((ahead.x - point.x) / way, cos(turn), abs_tol=0.01)
    assert isclose((ahead.y - point.y) / way, sin(turn), abs_tol=0.01)


def test_outward_leads_away_from_the_middle_of_the_lobe() -> None:
    assert LARGE.outward(0).x < -0.9
    assert LARGE.outward(50).x > 0.9
    assert LARGE.outward(12.5).y < -0.5
    assert LARGE.outward(39).y > 0.5


@pytest.mark.parametrize(("start", "end"), [(0, 100), (0, 63.5), (72.6, 77.4), (10, 10.4)])
def test_a_piece_of_the_path_ends_where_its_place_is(start: float, end: float) -> None:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", LARGE.path(start, end))]
    first, last = LARGE.place(start), LARGE.place(end)
    assert numbers[:2] == pytest.approx([first.x, first.y], abs=0.06)
    assert numbers[-2:] == pytest.approx([last.x, last.y], abs=0.06)


def test_the_curves_of_the_path_stay_on_the_line() -> None:
    """Half way each Bézier the drawing is less than half a unit from the true curve."""
    pieces = re.findall(r"C([-\d. ]+)", LARGE.path())
    start = LARGE.place(0)
    here = (start.x, start.y)
    true = [(point.x, point.y) for point in (LARGE.place(step / 50) for step in range(5001))]
    for piece in pieces:
        a, b, c, d, e, f = (float(number) for number in piece.split())
        middle = ((here[0] + 3 * a + 3 * c + e) / 8, (here[1] + 3 * b + 3 * d + f) / 8)
        assert min(dist(middle, point) for point in true) < 0.5
        here = (e, f)


def test_nothing_done_is_no_path() -> None:
    assert LARGE.path(0, 0) == ""


def test_steps_stand_evenly_among_the_residents() -> None:
    assert step_places(0) == []
    assert step_places(1) == [52]
    assert step_places(3) == [39, 52, 65]
    assert all(lemniscate.STEPS[0] <= place <= lemniscate.STEPS[1] for place in step_places(6))


def test_coordinates_are_short() -> None:
    assert [lemniscate.figure(value) for value in (1.0, 1.25, -0.04, 12.96)] == ["1", "1.2", "0", "13"]
