from itertools import combinations
from random import Random

import pytest

from samenraad.methods.seeds import ticket
from samenraad.methods.sortition.pool import Candidate, Pool, Quotas
from samenraad.methods.sortition.substitution.replacement import replace
from samenraad.methods.sortition.tests.instances import every_panel, published, tiny
from samenraad.refusals import Refusal

SEED = "three hats and a goose"


def town(homes=None) -> tuple[Pool, Quotas]:
    """Five women and five men, each half old and half young; two of each sex on the panel, one to three young."""
    people = {
        f"{letter}{i}": {"sex": sex, "age": "young" if i % 2 else "old"}
        for letter, sex in (("w", "woman"), ("m", "man"))
        for i in range(5)
    }
    quotas = Quotas.of({"sex": {"woman": (2, 2), "man": (2, 2)}, "age": {"young": (1, 3)}})
    return Pool.of(people, homes), quotas


def test_a_woman_is_replaced_by_a_woman():
    pool, quotas = town()
    done = replace(pool, quotas, ["w1", "m0", "m1"], ["w0"], ["m2", "w2", "m3"], seed=SEED)
    assert done.seated == ("w2",)
    assert done.panel == ("m0", "m1", "w1", "w2")
    assert (done.empty, done.missed, done.distance) == (0, (), 0)
    assert done.sentences() == ("w2 takes the free seat.", "The panel meets all quotas.")


def test_several_leavers_at_once_and_those_who_stay_never_move():
    pool, quotas = town()
    done = replace(pool, quotas, ["w1"], ["w0", "m0", "m1"], ["m2", "m3", "m4", "w2", "w3"], seed=SEED)
    assert "w1" in done.panel
    assert sorted(one[0] for one in done.seated) == ["m", "m", "w"]


def test_what_could_not_be_kept_is_said_with_how_much():
    pool, quotas = town()
    done = replace(pool, quotas, ["w1", "m0", "m1"], ["w0"], ["m2", "m3"], seed=SEED)
    assert [(one.quota.label, one.number, one.below, one.above) for one in done.missed] == [
        ("sex: man", 3, 0, 1),
        ("sex: woman", 1, 1, 0),
    ]
    assert done.distance == 2
    assert "sex: woman: the panel has 1, that is 1 fewer than the minimum of 2." in done.sentences()
    assert "sex: man: the panel has 3, that is 1 more than the maximum of 2." in done.sentences()


def test_a_full_panel_is_preferred_to_an_empty_seat_that_is_as_far_from_the_quotas():
    """A third man: one man too many and one woman too few. An empty seat: one woman too few and one seat."""
    pool, quotas = town()
    done = replace(pool, quotas, ["w1", "m0", "m1"], ["w0"], ["m2"], seed=SEED)
    assert (done.seated, done.empty, done.distance) == (("m2",), 0, 2)


def test_a_seat_stays_empty_when_everybody_available_makes_it_worse():
    pool, _ = town()
    quotas = Quotas.of({"sex": {"man": (0, 2)}, "age": {"young": (0, 1)}})
    done = replace(pool, quotas, ["m0", "m1"], ["w0"], ["m3"], seed=SEED)
    assert (done.seated, done.empty, done.distance) == ((), 1, 1)
    assert done.sentences()[0] == (
        "1 seat stays empty: with anybody who is available the panel would be further from its quotas."
    )


def test_without_anybody_available_the_seats_stay_empty():
    pool, quotas = town()
    done = replace(pool, quotas, ["w1", "m0"], ["w0", "m1"], [], seed=SEED)
    assert (done.seated, done.empty) == ((), 2)
    assert done.sentences()[0] == "2 seats stay empty: nobody else is available."


def test_a_panel_that_was_short_already_is_filled_up():
    pool, quotas = town()
    done = replace(pool, quotas, ["w1", "m0"], ["w0"], ["w2", "w3", "m2", "m3"], seed=SEED, seats=4)
    assert sorted(one[0] for one in done.seated) == ["m", "w"]
    assert done.distance == 0


def test_of_equally_good_people_the_first_in_the_order_of_the_plan_is_called():
    pool, quotas = town()
    for order in (["m2", "w4", "w2"], ["w2", "m2", "w4"]):
        done = replace(pool, quotas, ["w1", "m0", "m1"], ["w0"], ["w2", "w3", "w4", "m2"], seed=SEED, order=order)
        assert done.seated == (next(one for one in order if one[0] == "w"),)


def test_after_the_order_the_same_groups_are_preferred_and_then_the_seed():
    pool, quotas = town()
    others = ["w2", "w3", "w4", "m2"]
    assert replace(pool, quotas, ["w1", "m0", "m1"], ["w0"], others, seed=SEED).seated[0] in {"w2", "w4"}
    first = {replace(pool, quotas, ["w1", "m0", "m1"], ["w0"], others, seed=str(n)).seated[0] for n in range(12)}
    assert first == {"w2", "w4"}


def test_the_seed_takes_the_smallest_tickets():
    pool = Pool.of({f"p{i}": {"x": "a"} for i in range(12)})
    tickets = sorted((ticket(SEED, "replaces", f"p{i}"), f"p{i}") for i in range(2, 12))
    done = replace(pool, Quotas(()), [], ["p0", "p1"], pool.by_id, seed=SEED)
    assert done.seated == tuple(one for _, one in tickets[:2])


def test_the_order_in_which_people_are_given_changes_nothing():
    pool, quotas = town()
    straight = replace(pool, quotas, ["w1", "m1"], ["w0", "m0"], ["w2", "w3", "w4", "m2", "m3"], seed=SEED)
    turned = replace(
        Pool(pool.candidates[::-1]), quotas, ["m1", "w1"], ["m0", "w0"], ["m3", "m2", "w4", "w3", "w2"], seed=SEED
    )
    assert straight == turned


def test_nobody_is_seated_who_lives_with_somebody_of_the_panel():
    pool, quotas = town({"w2": "home", "m0": "home"})
    done = replace(pool, quotas, ["w1", "m0", "m1"], ["w0"], ["w2"], seed=SEED)
    assert (done.seated, done.empty, done.shut_out) == ((), 1, ("w2",))
    assert done.sentences()[:2] == (
        "w2 cannot be chosen: this person lives with somebody on the panel.",
        "1 seat stays empty: nobody is available.",
    )


def test_who_lives_with_a_leaver_may_come():
    pool, quotas = town({"w2": "home", "w0": "home"})
    assert replace(pool, quotas, ["w1", "m0", "m1"], ["w0"], ["w2"], seed=SEED).seated == ("w2",)


def test_of_one_address_one_person_is_seated():
    pool, quotas = town({"w2": "home", "w4": "home"})
    done = replace(pool, quotas, ["m0", "m1"], ["w0", "w1"], ["w2", "w4"], seed=SEED)
    assert len(done.seated) == 1
    assert done.sentences()[1] == "1 seat stays empty: nobody is available."


def test_in_a_second_round_the_confirmed_stay_and_the_household_rule_holds():
    """w2 said yes, m2 said no: call again without m2. w4 lives with w2, so cannot come any more."""
    pool, quotas = town({"w2": "home", "w4": "home"})
    first = replace(pool, quotas, ["w1", "m1"], ["w0", "m0"], ["w2", "m2", "m4", "w4"], seed=SEED)
    assert first.distance == 0
    second = replace(pool, quotas, ["w1", "m1"], ["w0", "m0"], ["m4", "w4"], seed=SEED, confirmed=["w2"])
    assert second.seated == ("w2", "m4")
    assert second.shut_out == ("w4",)
    third = replace(pool, quotas, ["w1", "m1", "w2"], ["m0", "m2", "m4"], ["w3", "m3"], seed=SEED, seats=4)
    assert {"w1", "m1", "w2"} < set(third.panel)
    assert third.seated == ("m3",)


def test_who_stays_or_leaves_is_passed_over_among_the_available():
    pool, quotas = town()
    done = replace(pool, quotas, ["w1", "m0", "m1"], ["w0"], ["w0", "w1", "w2"], seed=SEED)
    assert done.seated == ("w2",)


def test_the_replacement_speaks_dutch_too():
    pool, quotas = town()
    done = replace(pool, quotas, ["w1", "m0", "m1"], ["w0"], [], seed=SEED)
    assert done.sentences("nl") == (
        "1 plaats blijft leeg: er is niemand beschikbaar.",
        "sex: woman: het panel heeft er 1. Dat is 1 minder dan het minimum van 2.",
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"staying": ["nobody"]}, "sortition.unknown"),
        ({"leavers": ["nobody"]}, "sortition.unknown"),
        ({"available": ["nobody"]}, "sortition.unknown"),
        ({"confirmed": ["nobody"]}, "sortition.unknown"),
        ({"staying": ["w0", "w1"]}, "sortition.stays_and_leaves"),
        ({"seats": 1}, "sortition.seats"),
        ({"confirmed": ["m2", "m3"]}, "sortition.seats"),
        ({"confirmed": ["w0"]}, "sortition.confirmed"),
        ({"confirmed": ["w1"], "seats": 5}, "sortition.confirmed"),
        ({"confirmed": ["m4"]}, "sortition.confirmed"),
        ({"confirmed": ["w2", "w3"], "seats": 9}, "sortition.confirmed"),
    ],
)
def test_what_cannot_be_replaced_is_refused(change, code):
    pool, quotas = town({"m4": "one", "m0": "one", "w2": "two", "w3": "two"})
    asked = {"staying": ["w1", "m0", "m1"], "leavers": ["w0"], "available": ["w4"]} | change
    with pytest.raises(Refusal) as refused:
        replace(pool, quotas, asked.pop("staying"), asked.pop("leavers"), asked.pop("available"), seed=SEED, **asked)
    assert refused.value.code == code


def ranked(quotas: Quotas, staying: list[Candidate], call, leavers, order, seats: int):
    """The wishes of the programme, by plain counting: what is minimised, in this order."""
    panel = [*staying, *call]
    missed = sum(max(quota.min - number, number - quota.max) for quota, number in quotas.broken_by(panel))
    place = [order.index(one.id) if one.id in order else len(order) for one in call]
    left = [tuple(one.matches(quota.where) for quota in quotas) for one in leavers]
    same = 0
    for one in call:
        groups = tuple(one.matches(quota.where) for quota in quotas)
        if groups in left:
            left.remove(groups)
            same += 1
    lots = sum(ticket(SEED, "replaces", one.id) >> 44 for one in call)
    return missed + seats - len(panel), seats - len(panel), sum(place), -same, lots


def live_apart(people) -> bool:
    homes = [one.household for one in people if one.household is not None]
    return len(set(homes)) == len(homes)


@pytest.mark.parametrize("number", range(40))
def test_no_other_choice_is_better(number):
    """Against every way of filling the seats, wish by wish."""
    draw, chance = tiny(number), Random(number)
    panel = chance.choice(every_panel(draw))
    leavers = chance.sample(panel, chance.randint(1, len(panel)))
    staying = [draw.pool.by_id[one] for one in panel if one not in leavers]
    rest = [one.id for one in draw.pool.candidates if one.id not in panel]
    available = chance.sample(rest, chance.randint(0, len(rest)))
    order = chance.sample(available, len(available) // 2)
    done = replace(draw.pool, draw.quotas, [one.id for one in staying], leavers, available, seed=SEED, order=order)
    gone = [draw.pool.by_id[one] for one in leavers]
    people = [draw.pool.by_id[one] for one in available]
    best = min(
        ranked(draw.quotas, staying, call, gone, order, draw.seats)
        for size in range(len(leavers) + 1)
        for call in combinations(people, size)
        if live_apart([*staying, *call])
    )
    called = [draw.pool.by_id[one] for one in done.seated]
    assert ranked(draw.quotas, staying, called, gone, order, draw.seats) == best
    assert done.distance == best[0]
    assert live_apart([draw.pool.by_id[one] for one in done.panel])


@pytest.mark.slow
def test_the_whole_rest_of_a_large_pool_may_be_available():
    draw = published("sf_e")
    panel = replace(draw.pool, draw.quotas, [], [], draw.pool.by_id, seed=SEED, seats=draw.seats).panel
    leavers = panel[::10]
    done = replace(draw.pool, draw.quotas, set(panel) - set(leavers), leavers, draw.pool.by_id, seed=SEED)
    assert done.missed == ()
    assert not set(leavers) & set(done.panel)
