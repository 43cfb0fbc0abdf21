"""Who is in no panel, and why, against the list of all panels."""

from __future__ import annotations

import pytest

from samenraad.methods.sortition.feasibility.elastic import Requirement
from samenraad.methods.sortition.feasibility.examination import examine
from samenraad.methods.sortition.feasibility.excluded import excluded, room
from samenraad.methods.sortition.pool import Pool, Quota, Quotas
from samenraad.methods.sortition.problem import pose
from samenraad.methods.sortition.tests.instances import Instance, every_panel, published, tiny
from samenraad.methods.sortition.tests.test_feasibility import all_requirements, breaches, posed, smallest_size
from samenraad.refusals import Refusal


def people(**groups: int) -> Pool:
    return Pool.of({f"{value}{i}": {"age": value} for value, count in groups.items() for i in range(count)})


def agrees(draw: Instance) -> None:
    panels = every_panel(draw)
    if not panels:
        with pytest.raises(Refusal, match=r"sortition\.no_panel"):
            excluded(posed(draw))
        return
    found = excluded(posed(draw))
    out = {one.id for one in draw.pool.candidates} - {one for panel in panels for one in panel}
    assert sorted(one for group in found for one in group.ids) == sorted(out)
    for group in found:
        assert group.smallest
        for one in group.ids:
            explains(draw, one, group.requirements)


def explains(draw: Instance, who: str, named: tuple[Requirement, ...]) -> None:
    requirements = all_requirements(draw)
    ways = breaches(draw, requirements, who)
    chosen = {requirements.index(Requirement(one.side, one.quota)) for one in named}
    assert all(way & chosen for way in ways), "no panel with this person keeps all that is named"
    assert all(any(not way & (chosen - {r}) for way in ways) for r in chosen), "dropping any one makes it possible"
    assert len(chosen) == (smallest_size(ways) if ways else 0)


@pytest.mark.parametrize("seed", range(25))
def test_who_is_in_no_panel_is_named_with_the_smallest_reason(seed):
    agrees(tiny(seed, feasible=seed % 4 > 0))


@pytest.mark.slow
def test_hundreds_of_tiny_draws_name_everybody_who_is_in_no_panel():
    for seed in range(100, 350):
        agrees(tiny(seed, feasible=seed % 8 > 0))


@pytest.mark.parametrize("seed", range(40, 50))
def test_known_panels_change_nothing(seed):
    draw = tiny(seed)
    panels = every_panel(draw)
    assert excluded(posed(draw), panels[:2]) == excluded(posed(draw))
    assert excluded(posed(draw), panels) == excluded(posed(draw))


def test_a_panel_that_breaks_a_rule_proves_nothing():
    problem = pose(people(young=2, old=3), Quotas.of({"age": {"young": (0, 0), "old": (0, 3)}}), 2)
    (group,) = excluded(problem, [["young0", "old0"], ["young0"], ["nobody", "old0"]])
    assert group.ids == ("young0", "young1")


def test_nobody_is_excluded_when_everybody_can_be_drawn():
    assert excluded(pose(people(young=2, old=3), Quotas.of({"age": {"young": (0, 2), "old": (0, 3)}}), 2)) == ()


def test_a_quota_of_nobody_excludes_its_group():
    (group,) = excluded(pose(people(young=2, old=3), Quotas.of({"age": {"young": (0, 0), "old": (0, 3)}}), 2))
    assert (group.ids, [one.sentence() for one in group.requirements]) == (
        ("young0", "young1"),
        ["at most 0 of age young"],
    )
    assert group.sentence() == (
        "young0, young1 cannot be on any panel (2 people). The reason: with this person on the panel "
        "it would not be possible to keep this rule: at most 0 of age young."
    )


def test_living_with_somebody_who_is_in_already_excludes():
    pool = Pool.of({one: {"age": "old"} for one in "abc"}, {"a": "x", "b": "x"})
    (group,) = excluded(pose(pool, Quotas(()), 2, ["a"]))
    assert (group.ids, group.beside, group.requirements) == (("b",), "a", (Requirement("household"),))
    assert group.sentence("nl") == (
        "b kan in geen enkel panel komen. De reden: a zit er al in en woont op hetzelfde adres."
    )


def test_no_seat_left_excludes_everybody_else():
    (group,) = excluded(pose(people(old=3), Quotas(()), 1, ["old0"]))
    assert (group.ids, group.requirements) == (("old1", "old2"), ())
    assert group.sentence().endswith("people who are in already have all seats.")


def test_quotas_can_exclude_together():
    """Two seats: one for a young person, one for somebody from the north. Whoever is neither cannot sit."""
    pool = Pool.of(
        {
            "a": {"age": "young", "area": "south"},
            "b": {"age": "old", "area": "north"},
            "c": {"age": "old", "area": "south"},
        }
    )
    quotas = Quotas((Quota((("age", "young"),), 1, 2), Quota((("area", "north"),), 1, 2)))
    (group,) = excluded(pose(pool, quotas, 2))
    assert (group.ids, len(group.requirements)) == (("c",), 2)
    assert examine(pool, quotas, 2).sentences() == ("The quotas can be met.", group.sentence())


@pytest.mark.parametrize("seed", range(20))
def test_the_room_of_a_quota_is_what_panels_have_when_the_others_hold(seed):
    draw = tiny(seed, feasible=seed % 3 > 0)
    for one in room(posed(draw)):
        others = Quotas(tuple(quota for quota in draw.quotas if quota != one.quota))
        panels = every_panel(Instance("others", draw.pool, others, draw.seats, draw.already))
        numbers = [sum(draw.pool.by_id[who].matches(one.quota.where) for who in panel) for panel in panels]
        assert (one.fewest, one.most) == (min(numbers, default=None), max(numbers, default=None))


def test_room_in_words():
    quotas = Quotas.of({"age": {"young": (1, 2), "old": (2, 3)}})
    first, second = room(pose(people(young=4, old=4), quotas, 4))
    assert first.sentence() == "Age old: with the other quotas as they are, a panel can have 2 to 3 of them."
    assert (second.fewest, second.most) == (1, 2)
    impossible = room(pose(people(a=4, b=4, c=4), Quotas.of({"age": {"a": (3, 3), "b": (3, 3), "c": (0, 1)}}), 4))
    assert impossible[2].sentence() == "Age c: the other quotas cannot be met, whatever this one is."


@pytest.mark.slow
def test_in_a_pool_of_1727_the_excluded_are_found_with_their_reason():
    draw = published("sf_e")
    age = min(quota.where for quota in draw.quotas if quota.where[0][0] == "age")
    wide = [Quota(one.where, max(0, one.min - 40), draw.seats) for one in draw.quotas if one.where != age]
    (group,) = excluded(pose(draw.pool, Quotas((Quota(age, 0, 0), *wide)), draw.seats))
    assert len(group.ids) == draw.pool.count(age)
    assert [one.side for one in group.requirements] == ["max"]
    assert f", ... cannot be on any panel ({len(group.ids)} people)." in group.sentence()
