"""Casting a ballot writes to the roll and to the box, and nowhere else; and what is written goes in by its key."""

import pytest
from django.apps import apps
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenraad.ballots.actions.batches import MOST, _chosen, empty
from samenraad.ballots.actions.ticking import tick
from samenraad.ballots.box.models import Line, Slip, Tracker, Waiting
from samenraad.ballots.rules.board import canonical
from samenraad.ballots.testing import open_vote, vote_with


def town_database() -> dict[str, list[tuple[object, ...]]]:
    """All that lies in the town's own database."""
    models = [model for model in apps.get_models() if model._meta.app_label not in ("roll", "box")]
    return {model._meta.label: sorted(model._base_manager.values_list(), key=repr) for model in models}


@pytest.mark.django_db
def test_from_the_code_to_the_receipt_nothing_is_written_in_the_towns_own_database(opened, client):
    """No session, no contribution, no line in the ledger: nothing there has the moment at which somebody voted."""
    client.get(reverse("ballots:enter"))
    before = town_database()
    entered = client.post(reverse("ballots:enter"), {"code": opened.codes[0]})
    assert entered.status_code == 302
    client.get(entered.headers["Location"])
    assert client.post(reverse("ballots:cast")).headers["Location"] == reverse("ballots:receipt")
    assert client.get(reverse("ballots:receipt")).status_code == 200
    assert Waiting.objects.count() == 1
    assert town_database() == before


@pytest.mark.django_db
def test_a_ballot_asks_each_database_little_however_long_the_roll(opened, django_assert_max_num_queries):
    town = django_assert_max_num_queries(1, connection=connection)
    with town, CaptureQueriesContext(connections["roll"]) as roll, CaptureQueriesContext(connections["box"]) as box:
        vote_with(opened.vote, opened.codes[0])
    asked = [query["sql"].split()[0] for query in [*roll, *box] if "SAVEPOINT" not in query["sql"]]
    assert asked == ["SELECT", "UPDATE", "INSERT", "INSERT", "SELECT"]


@pytest.mark.django_db
def test_what_breaks_in_one_vote_keeps_no_other_from_its_batch(opened, process, bram):
    """The clock says that it could not, and has done the rest."""
    broken = open_vote(process, bram)
    for code in (*opened.codes[:40], *broken.codes[:40]):
        vote_with(opened.vote if code in opened.codes else broken.vote, code)
    Waiting.objects.filter(vote=broken.vote.key).update(sealed="00" * 40)
    with pytest.raises(ExceptionGroup):
        tick()
    assert set(Tracker.objects.values_list("vote", flat=True)) == {opened.vote.key}
    assert Waiting.objects.filter(vote=broken.vote.key).count() == 40


@pytest.mark.django_db
def test_slips_and_receipts_stand_in_a_line_by_the_alphabet(opened):
    for code in opened.codes[:45]:
        vote_with(opened.vote, code)
    empty(vote=opened.vote)
    text = Line.objects.get(kind="batch").text
    slips = sorted(Slip.objects.values_list("commitment", flat=True))
    assert canonical({"slips": slips}).strip("{}") in text


@pytest.mark.parametrize(
    ("waiting", "last", "goes"),
    [
        (39, False, 0), (40, False, 20), (100, False, 80), (MOST + 20, False, MOST), (MOST + 30, False, MOST // 2 + 15),
        (0, True, 0), (1, True, 1), (MOST, True, MOST), (MOST + 2, True, MOST // 2 + 1), (2 * MOST, True, MOST),
    ],
)  # fmt: skip
def test_so_many_go_and_never_so_few_that_they_do_not_hide_one_another(waiting, last, goes):
    assert len(_chosen([object()] * waiting, 20, last=last)) == goes
