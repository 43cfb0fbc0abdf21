"""Outreach: what is done to reach people whom letters do not, what it brought, and what it cost (S07)."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from samenraad.instruments.lot.actions.outreach import (
    VIA,
    Wish,
    add,
    change,
    remember,
    remembered,
    renew_link,
    stop,
)
from samenraad.instruments.lot.models import Invitation, Lot, Outreach
from samenraad.instruments.lot.queries.crowd import crowd
from samenraad.instruments.lot.queries.outreach import goals, registered, results
from samenraad.instruments.lot.rules.outreach import flyer_code
from samenraad.ledger.models import Entry
from samenraad.refusals import Refusal
from samenraad.testing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def fatma(lot: Lot) -> Outreach:
    """An ambassador with a link of her own, for people up to 29."""
    young = lot.dimensions.get(key="age").values.get(key="16-29")
    return Outreach.objects.create(lot=lot, kind="ambassador", name="Fatma, buurthuis De Spil", group=young)


@pytest.fixture
def link(fatma):
    return f"/lot/{fatma.lot_id}/?via={flyer_code(fatma.token)}"


def visitor(client):
    return SimpleNamespace(session=client.session)


def wish(**fields):
    return Wish(**{"kind": "stall", "name": "Kraam op de markt", "begins": timezone.localdate(), **fields})


# by whose link somebody came


def test_who_comes_by_an_ambassadors_link_is_remembered_until_the_answer(client, lot, fatma, link):
    client.get(link)
    assert remembered(visitor(client), lot) == fatma


def test_the_link_on_the_flyer_is_not_the_secret_of_the_ambassador(client, lot, fatma, link):
    client.get(f"/lot/{lot.pk}/?via={fatma.token}")
    assert remembered(visitor(client), lot) is None
    assert client.get(f"/lot/{lot.pk}/ambassador/{flyer_code(fatma.token)}/").status_code == 404


def test_a_link_that_was_stopped_or_is_of_another_lot_counts_for_nobody(client, lot, fatma, link):
    client.get(link)
    assert remembered(visitor(client), Lot(pk=lot.pk + 1)) is None
    today = timezone.localdate()
    Outreach.objects.update(begins=today - timedelta(days=9), ends=today - timedelta(days=1))
    assert remembered(visitor(client), lot) is None


@pytest.mark.parametrize("token", ["", "not a token", "0" * 17, "é" * 16])
def test_what_is_no_token_is_not_kept(token):
    nobody = SimpleNamespace(session={})
    remember(nobody, token)
    assert VIA not in nobody.session


# what it brings


def test_each_measure_shows_what_an_extra_yes_costs(lot, fatma, invited):
    """R037: euro and hours for each extra acceptor."""
    change(
        measure=fatma,
        wish=wish(kind="ambassador", name="Fatma", group=fatma.group, reach=10, hours=6, cost_cents=12000),
        by=None,
    )
    invited(3, reply="yes", outreach=fatma, features={"age": "16-29"})
    invited(1, reply="yes", outreach=fatma, features={"age": "65+"})
    invited(2, reply="no", outreach=fatma)
    invited(1, reply="yes", outreach=fatma, test=True)
    (found,) = results(crowd(lot), timezone.localdate())
    assert (found.extra, found.of_group, found.cents_each, found.hours_each) == (4, 3, 3000, 1.5)
    assert found.taken == 0.4


def test_a_measure_that_brought_nobody_has_no_price_for_each(lot, fatma):
    change(measure=fatma, wish=wish(hours=6, cost_cents=12000), by=None)
    (found,) = results(crowd(lot), timezone.localdate())
    assert (found.extra, found.cents_each, found.hours_each) == (0, None, None)


def test_the_group_with_the_largest_gap_comes_first_with_what_is_done_for_it(lot, fatma, invited):
    """R031: targets for each group, with the result."""
    invited(1, reply="yes", features={"age": "16-29", "district": "north", "education": "practical"})
    found = crowd(lot)
    lines = goals(found, results(found, timezone.localdate()))
    assert [line.target.missing for line in lines] == sorted((line.target.missing for line in lines), reverse=True)
    (young,) = [line for line in lines if line.target.value.key == "16-29"]
    assert (young.target.seats, young.target.yes, young.target.missing) == (2, 1, 1)
    assert young.measures == [fatma]


# the organiser


def test_the_organiser_adds_a_measure_and_a_second_click_adds_none(as_, bram, lot):
    form = {"kind": "stall", "name": "Kraam", "begins": "2027-02-01", "ends": "2027-02-02", "cost": "120,50"}
    for _ in range(2):
        assert as_(bram).post(f"/lot/{lot.pk}/outreach/new/", form).status_code == 302
    (one,) = Outreach.objects.all()
    assert (one.name, one.cost_cents, one.group) == ("Kraam", 12050, None)
    assert Entry.objects.filter(act="lot.outreach_begun").count() == 1
    assert "Kraam" in as_(bram).get(f"/lot/{lot.pk}/outreach/").content.decode()


def test_a_measure_does_not_end_before_it_begins(as_, bram, lot):
    form = {"kind": "stall", "name": "Kraam", "begins": "2027-02-02", "ends": "2027-02-01"}
    page = as_(bram).post(f"/lot/{lot.pk}/outreach/new/", form)
    assert page.status_code == 200
    assert "ligt voor de eerste" in page.content.decode()
    assert not Outreach.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"kind": "magic"}, {"name": ""}, {"hours": "-1"}, {"reach": "-5"}, {"cost": "-3"}, {"group": "999999"}]
)
def test_what_makes_no_sense_is_not_saved(as_, bram, lot, wrong):
    form = {"kind": "stall", "name": "Kraam", "begins": "2027-02-01"} | wrong
    assert as_(bram).post(f"/lot/{lot.pk}/outreach/new/", form).status_code == 200
    assert not Outreach.objects.exists()


def test_a_group_of_another_lot_is_refused(lot, fatma, process, bram):
    from samenraad.processes.actions import add_step

    other = Lot.objects.create(step=add_step(process=process, kind="lot", title="Andere loting", by=bram))
    with pytest.raises(Refusal, match=r"lot\.outreach_other_group"):
        add(lot=other, wish=wish(group=fatma.group), by=bram)


def test_a_stopped_measure_keeps_who_came_and_counts_nobody_else(client, lot, fatma, link, invited, bram):
    invited(4, reply="yes", outreach=fatma)
    stop(measure=fatma, by=bram)
    client.get(link)
    assert remembered(visitor(client), lot) is None
    assert registered(fatma) == 4


def test_a_new_link_makes_the_old_one_worthless(client, lot, fatma, link, bram):
    old = fatma.token
    renew_link(measure=fatma, by=bram)
    client.get(link)
    assert remembered(visitor(client), lot) is None
    assert client.get(f"/lot/{lot.pk}/ambassador/{old}/").status_code == 404
    fatma.refresh_from_db()
    assert client.get(f"/lot/{lot.pk}/ambassador/{fatma.token}/").status_code == 200


def test_no_name_of_an_ambassador_is_in_the_ledger(lot, bram, fatma):
    change(measure=fatma, wish=wish(kind="ambassador", name="Fatma Yılmaz"), by=bram)
    stop(measure=fatma, by=bram)
    assert "Fatma" not in str([entry.facts for entry in Entry.objects.all()])


@pytest.mark.parametrize("page", ["outreach/", "outreach/new/", "outreach/{pk}/", "desk/figures/"])
def test_strangers_do_not_know_of_these_pages(as_, dirk, bram, lot, fatma, page):
    address = f"/lot/{lot.pk}/{page.format(pk=fatma.pk)}"
    assert as_(dirk).get(address).status_code == 404
    assert as_(bram).get(address).status_code == 200


@pytest.mark.parametrize("act", ["stop", "link"])
def test_only_the_organiser_stops_and_renews_and_not_by_looking(as_, dirk, bram, lot, fatma, act):
    address = f"/lot/{lot.pk}/outreach/{fatma.pk}/{act}/"
    assert as_(dirk).post(address).status_code == 404
    assert as_(bram).get(address).status_code == 405
    assert as_(bram).post(address).status_code == 302


# the ambassador


def test_an_ambassador_sees_how_many_and_nothing_else(client, lot, fatma, invited):
    """R035: of ten people she spoke to four registered."""
    came = invited(4, reply="yes", outreach=fatma)
    invited(6, outreach=fatma)
    answer = client.get(f"/lot/{lot.pk}/ambassador/{fatma.token}/")
    page = answer.content.decode()
    assert "4 mensen zeiden ja via jou" in page
    assert flyer_code(fatma.token) in page
    assert fatma.token not in page.replace(f"/ambassador/{fatma.token}/", "")
    assert not [one for one in came if one.person.name in page or one.number in page]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_a_guessed_link_leads_nowhere(client, lot, fatma):
    assert client.get(f"/lot/{lot.pk}/ambassador/{'0' * 16}/").status_code == 404


def test_many_invitations_ask_the_database_no_more(as_, bram, lot, fatma, django_assert_max_num_queries):
    Invitation.objects.bulk_create(Invitation(lot=lot, key=str(row), features={"age": "16-29"}) for row in range(500))
    browser = as_(bram)
    with django_assert_max_num_queries(16):
        browser.get(f"/lot/{lot.pk}/outreach/")
    with django_assert_max_num_queries(17):
        browser.get(f"/lot/{lot.pk}/desk/figures/")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_measure(lot, bram):
    made = at_once(*[lambda: add(lot=lot, wish=wish(), by=bram).pk] * 4)
    assert len(set(made)) == Outreach.objects.count() == 1
