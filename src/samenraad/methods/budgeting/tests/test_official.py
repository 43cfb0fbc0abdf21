"""Three real elections, whose official outcomes are public: the same winners, to the last project."""

from __future__ import annotations

from pathlib import Path

import pytest

from samenraad.methods.budgeting import PRESETS, Settings, count, pb_text, read_pb
from samenraad.methods.budgeting.count import winners
from samenraad.methods.budgeting.outcome import digest

DATA = Path(__file__).resolve().parents[6] / "shared" / "data" / "pb"
OFFICIAL = PRESETS["equalshares/add1"]


def election(name):
    path = DATA / f"{name}.pb"
    if not path.exists():
        pytest.skip("the elections of Pabulib are not beside this clone: ../shared/data/pb")
    return read_pb(path)


@pytest.mark.parametrize(
    ("name", "many", "sign"),
    [
        ("Netherlands_Assen_2024", 9, "6788b40c5ab4"),
        ("Poland_Swiecie_2023", 17, "a17a235ed1f1"),
        pytest.param("Poland_Wieliczka_2023_Green_Budget", 30, "47c78a1224a9", marks=pytest.mark.slow),
    ],
)
def test_the_official_outcome(name, many, sign):
    file = election(name)
    found = winners(file.instance, OFFICIAL)
    assert (len(found), digest(found)) == (many, sign)
    assert set(found) == set(file.selected)


@pytest.mark.slow
def test_a_sloppy_add1_gives_others():
    """Wieliczka with the other stop rule, and Assen with what greedy adds."""
    wieliczka, assen = election("Poland_Wieliczka_2023_Green_Budget"), election("Netherlands_Assen_2024")
    found = winners(wieliczka.instance, OFFICIAL.with_(stop="exhaustive"))
    assert (len(found), digest(found)) == (31, "d941769794d5")
    assert len(winners(assen.instance, PRESETS["equalshares/add1u"])) == 10


@pytest.mark.slow
def test_wieliczka_was_compared_with_greedy_and_kept_equal_shares():
    outcome = count(election("Poland_Wieliczka_2023_Green_Budget").instance, PRESETS["equalshares/add1-comparison"])
    assert (outcome.digest, outcome.notes["greedy_chosen"]) == ("47c78a1224a9", False)


def test_assen_spent_76_700_of_100_000():
    assert count(election("Netherlands_Assen_2024").instance, OFFICIAL).spent == 76_700


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "settings", "sign"),
    [
        ("Netherlands_Amsterdam_285", Settings(), "fc39273007b8"),
        ("Netherlands_Amsterdam_285", Settings(completion="add1u"), "5f3b28b9b0c5"),
        ("Hungary_Budapest_2024", Settings(), "92a1d9581609"),
        ("Poland_Lodz_2022", Settings(), "b4b906de37f4"),
        ("Poland_Lodz_2022", Settings(completion="add1u"), "6f3ebed7975b"),
        ("Poland_Lodz_2022", Settings(utility="votes"), "b35e0c2937b8"),
    ],
)
def test_large_elections_as_other_engines_count_them(name, settings, sign):
    assert digest(winners(election(name).instance, settings)) == sign


def test_assen_goes_through_the_file_and_back():
    file = election("Netherlands_Assen_2024")
    assert read_pb(pb_text(file).encode()) == file
