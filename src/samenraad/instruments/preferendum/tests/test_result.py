"""The result page: everybody sees all figures, and nobody sees who."""

import json
from random import Random

import pytest
from django.urls import reverse

from samenraad.ballots.actions.roll_gone import destroy
from samenraad.ballots.models import Vote
from samenraad.ballots.queries import counted as box
from samenraad.instruments.preferendum.actions import counting
from samenraad.instruments.preferendum.rules.generator import preferendum as invented
from samenraad.instruments.preferendum.tests.recounting import any_ballot, rules_for
from samenraad.instruments.preferendum.tests.voted import HOW, SEED, counted, sealed
from samenraad.processes.models import Work

TITLES = ("Plan A", "Plan B", "Plan C")
RANKED = [{"ranking": ["1", "2", "3"]}] * 4 + [{"ranking": ["2", "3", "1"]}] * 3 + [{"ranking": ["3", "2"]}] * 2


def page(client, vote):
    return client.get(reverse("preferendum:result", args=[vote.step_id]))


def text_of(client, vote):
    return page(client, vote).content.decode()


def test_before_the_count_there_is_no_result_to_see(client, process, bram):
    vote = sealed(process, bram, [{}])
    assert page(client, vote).status_code == 302
    for name in ("result_json", "result_csv"):
        assert client.get(reverse(f"preferendum:{name}", args=[vote.step_id])).status_code == 404


@pytest.mark.parametrize(("ballot", "rule"), [
    ("rate", "preferendum"), ("rate", "majority-judgment"), ("choose", "plurality"), ("approve", "approval"),
    ("rank", "schulze"), ("rank", "ranked-pairs"), ("rank", "minimax"), ("rank", "condorcet"), ("rank", "borda"),
    ("rank", "modified-borda"), ("rank", "irv"),
])  # fmt: skip
@pytest.mark.parametrize("number", [0, 1, 30])
def test_every_ballot_and_rule_has_its_page_also_when_nobody_or_one_voted(client, process, bram, ballot, rule, number):
    rules = rules_for(ballot, rule, 3)
    ballots = [any_ballot(Random(n), rules) for n in range(number)]
    vote = counted(process, bram, ballots, titles=TITLES, ballot=ballot, rule=rule, expected_percent=30)
    answer = page(client, vote)
    assert answer.status_code == 200
    assert "Plan A" in answer.content.decode() or number == 0


def test_every_two_options_stand_beside_one_another(client, process, bram):
    vote = counted(process, bram, RANKED, titles=TITLES, ballot="rank", rule="schulze")
    text = text_of(client, vote)
    assert "Eén tegen één" in text
    assert json.loads(vote.result)["pairs"]["2"]["1"] == 5


def test_two_proposals_with_the_same_mean_are_shown_to_be_different(client, process, bram):
    """W12: one that everybody finds fair, one that divides people."""
    scale = [{"nl": word, "en": word} for word in ("never", "no", "so-so", "yes", "always")]
    ballots = [{"grades": {"1": 2, "2": 4 * (n % 2)}} for n in range(20)]
    vote = counted(process, bram, ballots, titles=("Calm", "Split", "Third"), scale=scale)
    rows = json.loads(vote.result)["options"]
    assert rows["1"]["mean"] == rows["2"]["mean"] == "2"
    assert (rows["1"]["polarisation"], rows["2"]["polarisation"]) == ("0", "1")
    parts = {part[:1]: part.partition("</article>")[0] for part in text_of(client, vote).split('id="rated-')[1:]}
    assert "Mensen zijn het eens" in parts["1"]
    assert "Mensen zijn verdeeld" in parts["2"]


def test_a_number_below_ten_is_hidden_with_as_many_as_it_takes(client, process, bram):
    ballots = [{"grades": {"1": 3 if n < 4 else 0}} for n in range(120)]
    vote = counted(process, bram, ballots, {"Noord": 60, "Zuid": 180})
    cells = [cell for table in vote.explained["places"].values() for row in table["cells"] for cell in row]
    cells += [cell for row in vote.explained["turnout"]["cells"] for cell in row]
    assert None in cells
    assert all(cell is None or cell >= 10 for cell in cells)


def test_explained_once_more_after_the_list_of_voters_is_destroyed_it_says_the_same(process, bram):
    vote = counted(process, bram, [{}] * 120, {"Noord": 60, "Zuid": 180})
    gone = destroy(vote=vote, by=bram)
    assert counting.explained(gone, box.counted(gone)) == vote.explained


def test_the_officer_writes_down_the_seed_and_counts_by_clicking(as_, process, bram):
    vote = sealed(process, bram, RANKED, titles=TITLES, ballot="rank", rule="schulze")
    address = reverse("preferendum:count", args=[vote.step_id])
    client = as_(bram)
    told = {"do": "seed", "seed": SEED, "again": SEED, "how": HOW}
    assert client.post(address, {**told, "again": "4 1 6 3"}).status_code == 200
    assert client.post(address, told).status_code == 302
    assert client.post(address, {**told, "seed": "1 1", "again": "1 1"}).status_code == 409
    assert client.post(address, {"do": "count"}).status_code == 302
    assert Work.objects.get().kind == "preferendum.count"


def test_who_does_not_organise_it_cannot_count(as_, process, bram, aisha):
    vote = sealed(process, bram, [{}])
    client = as_(aisha)
    for name in ("count", "hand_over"):
        assert client.get(reverse(f"preferendum:{name}", args=[vote.step_id])).status_code in (403, 404)


def test_the_page_needs_few_queries_for_thirty_proposals(client, process, bram, django_assert_max_num_queries):
    ballots = [one.choices for one in invented(150, 30, 4, 5, "goose")]
    vote = counted(process, bram, ballots, {"Noord": 150, "Zuid": 150}, titles=[f"Voorstel {n}" for n in range(30)])
    page(client, vote)
    with django_assert_max_num_queries(22):
        assert page(client, vote).status_code == 200


def test_the_files_are_the_official_bytes_and_a_table_without_formulas(client, process, bram):
    vote = counted(process, bram, [{"choice": "1"}], titles=("=1+1", "Plan B"), ballot="choose", rule="plurality")
    bytes_ = client.get(reverse("preferendum:result_json", args=[vote.step_id])).content
    assert bytes_.decode() == Vote.objects.get().result
    table = client.get(reverse("preferendum:result_csv", args=[vote.step_id])).content.decode()
    assert "'=1+1" in table
