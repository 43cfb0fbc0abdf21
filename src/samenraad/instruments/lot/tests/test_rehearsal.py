"""A rehearsal shows the whole lot and touches nothing of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from samenraad.instruments.lot.actions import rehearsal as actions
from samenraad.instruments.lot.models import Lot, Rehearsal
from samenraad.instruments.lot.rules.cases import CUMBRIA
from samenraad.instruments.lot.rules.rehearsal import Plan, rehearse
from samenraad.methods.sortition.pool import Quotas
from samenraad.processes.actions.work import do
from samenraad.processes.models import Work
from samenraad.refusals import Refusal

pytestmark = pytest.mark.django_db

#: what a rehearsal may write, and the queue that brings it to its worker
OWN = {"lot.rehearsal", "processes.work"}


def everything() -> dict[str, list[Any]]:
    """Every row of every table, but those of rehearsals."""
    return {
        model._meta.label_lower: sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._meta.label_lower not in OWN and not model._meta.app_label.startswith("django_tasks")
    }


def begin(lot: Lot, by: Any, **asked: Any) -> Rehearsal:
    asked = {"letters": 900, "rate": 0.08, "seed": "gans", "people": 5000, **asked}
    work = actions.start(lot=lot, by=by, **asked)
    done = do(work)
    assert done is None or done.state == Work.State.DONE, (done.code, done.facts)
    return Rehearsal.objects.get(pk=int(work.about.split(":")[1]))


def test_it_walks_from_register_to_substitutes(lot, bram):
    outcome = begin(lot, bram).outcome
    assert outcome["letters"]["sent"] == 900
    assert outcome["answers"]["yes"] + outcome["answers"]["no"] + outcome["answers"]["nothing"] == 900
    assert outcome["feasible"]["yes"]
    assert 0 < outcome["lottery"]["lowest"] <= outcome["lottery"]["highest"] <= 1000
    assert outcome["draw"]["people"] == 12
    seated = {(name, group): count for name, group, count in outcome["panel"]}
    assert sum(count for (name, _group), count in seated.items() if name == "district") == 12
    assert 4 <= seated["district", "north"] <= 6
    assert outcome["after"]["substitutes"] == 4


def test_no_row_changes_but_its_own(lot, bram, invited):
    invited(5, reply="yes")
    before = everything()
    begin(lot, bram)
    assert everything() == before


def test_the_same_words_give_the_same_rehearsal(lot, bram):
    assert begin(lot, bram).outcome == begin(lot, bram).outcome
    assert begin(lot, bram, seed="hoed").outcome != begin(lot, bram).outcome


def test_a_second_click_finds_the_one_that_runs(lot, bram):
    asked = {"letters": 900, "rate": 0.08, "seed": "gans", "people": 5000}
    first = actions.start(lot=lot, by=bram, **asked)
    second = actions.start(lot=lot, by=bram, **asked)
    assert first == second
    assert lot.rehearsals.count() == 1


def test_too_few_letters_show_what_would_help(lot, bram):
    """Cumbria's trouble: 92 yes is little for 40 seats; here 3 or 4 for 12."""
    outcome = begin(lot, bram, letters=40).outcome
    assert not outcome["feasible"]["yes"]
    assert outcome["feasible"]["sentences"]
    assert "panel" not in outcome


def test_cumbria_could_fill_its_seats_with_92_people():
    limits = {"gender": {"woman": (19, 21), "man": (19, 21)}}
    plan = Plan(CUMBRIA.groups, Quotas.of(limits), CUMBRIA.seats, 20_000, CUMBRIA.letters, 92 / 8000, {}, {}, True, 10)
    outcome = rehearse(plan, "fells", lambda stage, share: None)
    assert 60 < outcome["answers"]["yes"] < 130
    assert outcome["feasible"]["yes"]


def test_groups_with_a_factor_get_more_letters(lot, bram):
    """R032."""
    plain = {row["group"]: row["letters"] for row in begin(lot, bram).outcome["groups"]}
    lot.dimensions.get(key="age").values.filter(key="16-29").update(factor=2, factor_reason="antwoorden minder")
    more = {row["group"]: row["letters"] for row in begin(lot, bram).outcome["groups"]}
    assert more["16-29"] > 1.4 * plain["16-29"]


@pytest.mark.parametrize(
    ("code", "asked"), [("lot.rehearsal_rate", {"rate": 0}), ("lot.rehearsal_letters", {"letters": 6000})]
)
def test_what_cannot_be_rehearsed_is_refused(lot, bram, code, asked):
    with pytest.raises(Refusal) as caught:
        begin(lot, bram, **asked)
    assert caught.value.code == code


def test_without_groups_there_is_nothing_to_rehearse(step, bram):
    with pytest.raises(Refusal, match=r"lot\.no_quotas"):
        begin(Lot.objects.create(step=step, seats=12), bram)


class TestPages:
    def test_the_officer_begins_one_and_walks_through_it(self, lot, as_, bram):
        response = as_(bram).post(reverse("lot:rehearsals", args=[lot.pk]), {"letters": 900, "rate": 8, "seed": "gans"})
        work = Work.objects.get(step=lot.pk, kind="lot.rehearsal")
        assert response.url == reverse("processes:work", args=[lot.pk, work.pk])
        do(work)
        page = as_(bram).get(response.url, follow=True)
        assert page.redirect_chain[-1][0] == reverse("lot:rehearsal", args=[lot.pk, lot.rehearsals.get().pk])
        assert page.content.count(b'class="notice"') >= 1
        assert as_(bram).get(reverse("lot:rehearsals", args=[lot.pk])).status_code == 200

    def test_nobody_else_sees_it(self, lot, as_, bram, dirk, client):
        made = begin(lot, bram)
        address = reverse("lot:rehearsal", args=[lot.pk, made.pk])
        assert as_(dirk).get(address).status_code in (403, 404)
        client.logout()
        assert client.get(address).status_code != 200

    @pytest.mark.parametrize("wrong", [{"letters": ""}, {"rate": 200}, {"seed": ""}, {"letters": 10**9}])
    def test_nonsense_is_said_to_be_nonsense(self, lot, as_, bram, wrong):
        data = {"letters": 900, "rate": 8, "seed": "gans", **wrong}
        response = as_(bram).post(reverse("lot:rehearsals", args=[lot.pk]), data)
        assert set(wrong) <= set(response.context["form"].errors)
        assert not lot.rehearsals.exists()
