"""The plan: settings, rules that freeze in public, and a twin for another process."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.instruments.lot.actions.freeze import freeze
from samenraad.instruments.lot.actions.plan import change, copy
from samenraad.instruments.lot.actions.profile import make
from samenraad.instruments.lot.forms.plan import PlanForm
from samenraad.instruments.lot.models import Lot
from samenraad.ledger.models import Entry
from samenraad.processes.models import Process, Promise
from samenraad.questionnaires.models import Question
from samenraad.refusals import Refusal
from samenraad.testing import at_once

pytestmark = pytest.mark.django_db


def filled(lot: Lot, **changes: object) -> dict[str, object]:
    """What the form would send of this lot as it is, with some changes."""
    data: dict[str, object] = {}
    for bound in PlanForm(instance=lot):
        value = bound.value()
        if bound.name in ("sessions", "allowance", "support"):
            data |= {f"{bound.name}_{code}": (value or {}).get(code, "") for code in ("nl", "en")}
        elif value not in (None, "", False):
            data[bound.name] = value
    return {**data, **changes}


class TestSettings:
    def test_what_the_officer_fills_in_is_kept(self, lot, as_, bram):
        data = filled(lot, seats=24, min_age=18, hours=30, allowance_nl="€ 75 per dag", draw_at="2027-03-06T20:00")
        response = as_(bram).post(reverse("lot:plan", args=[lot.pk]), data)
        assert response.status_code == 302, response.context["form"].errors
        lot.refresh_from_db()
        assert (lot.seats, lot.min_age, lot.hours, str(lot.allowance)) == (24, 18, 30, "€ 75 per dag")

    def test_a_beacon_is_named_with_its_round(self, lot, as_, bram):
        response = as_(bram).post(reverse("lot:plan", args=[lot.pk]), filled(lot, chance="beacon"))
        assert {"beacon_source", "beacon_round"} <= set(response.context["form"].errors)

    @pytest.mark.parametrize("seats", ["0", "-3", "veel", "99999999"])
    def test_seats_are_a_number_that_fits_in_a_room(self, lot, as_, bram, seats):
        response = as_(bram).post(reverse("lot:plan", args=[lot.pk]), filled(lot, seats=seats))
        assert "seats" in response.context["form"].errors

    def test_a_stranger_sees_no_plan(self, lot, as_, dirk):
        for name in ("plan", "groups", "freeze", "size", "rehearsals", "tried", "groups_choose", "groups_new"):
            assert as_(dirk).get(reverse(f"lot:{name}", args=[lot.pk])).status_code in (403, 404), name

    def test_a_frozen_rule_stays_and_says_since_when(self, lot, as_, bram):
        freeze(lot=lot, by=bram)
        response = as_(bram).get(reverse("lot:plan", args=[lot.pk]))
        assert response.context["form"].fields["seats"].disabled
        as_(bram).post(reverse("lot:plan", args=[lot.pk]), filled(lot, seats=99, hours=12))
        lot.refresh_from_db()
        assert (lot.seats, lot.hours) == (12, 12)

    def test_the_action_itself_refuses_a_frozen_rule_too(self, lot, bram):
        freeze(lot=lot, by=bram)
        with pytest.raises(Refusal, match=r"lot\.frozen"):
            change(lot=lot, by=bram, seats=13)
        change(lot=lot, by=bram, draw_where="Raadzaal")
        assert Lot.objects.get(pk=lot.pk).draw_where == "Raadzaal"


class TestQuestions:
    def test_the_ready_made_questions_are_made_once(self, lot, as_, bram):
        for _twice in range(2):
            as_(bram).post(reverse("lot:plan_questions", args=[lot.pk]))
        lot.refresh_from_db()
        assert lot.step.process.questionnaires.count() == 1
        asked = {item.question.key: item.question for item in lot.questionnaire.items.all()}
        assert set(asked) == {"education", "first-time", "needs", "needs-more"}
        assert {one["key"] for one in asked["needs"].options} >= {"childcare", "transport", "interpreter", "wheelchair"}

    def test_its_answers_are_called_as_the_groups_of_the_plan(self, lot, bram):
        made = make(lot=lot, by=bram)
        education = made.items.get(question__key__startswith="education").question
        assert [one["key"] for one in education.options] == ["practical", "theoretical"]

    def test_the_same_question_is_asked_again_under_its_own_id(self, lot, bram):
        make(lot=lot, by=bram)
        before = Question.objects.count()
        Lot.objects.filter(pk=lot.pk).update(questionnaire=None)
        lot.refresh_from_db()
        make(lot=lot, by=bram)
        assert Question.objects.count() == before

    def test_other_groups_make_another_question(self, lot, bram):
        make(lot=lot, by=bram)
        lot.dimensions.get(key="education").values.filter(key="practical").update(key="vmbo")
        Lot.objects.filter(pk=lot.pk).update(questionnaire=None)
        lot.refresh_from_db()
        made = make(lot=lot, by=bram)
        assert made.items.filter(question__key="education-2").exists()


class TestSize:
    def sum_of(self, as_, bram, lot, **given):
        data = {"seats": 15, "per_seat": 1, "rate": 5, "people": 1200, **given}
        return as_(bram).get(reverse("lot:size", args=[lot.pk]), data)

    def test_a_village_of_1200_gets_300_letters_and_a_warning(self, lot, as_, bram):
        """R025."""
        response = self.sum_of(as_, bram, lot)
        assert response.context["found"].letters == 300
        assert b"25%" in response.content.replace(b"\xc2\xa0", b"").replace(b" ", b"")

    def test_a_town_gets_no_warning(self, lot, as_, bram):
        response = self.sum_of(as_, bram, lot, people=60_000)
        assert response.context["large"] is None

    def test_a_panel_of_24_may_lie_20_points_off(self, lot, as_, bram):
        """R027: nowhere is it called representative."""
        response = self.sum_of(as_, bram, lot, seats=24, people=60_000)
        assert response.context["points"] == 20
        assert b"representati" not in response.content.lower()

    def test_nonsense_is_said_to_be_nonsense(self, lot, as_, bram):
        response = self.sum_of(as_, bram, lot, rate=0, people="")
        assert {"rate", "people"} <= set(response.context["form"].errors)


class TestFreezing:
    def test_frozen_rules_are_public_with_their_fingerprint(self, lot, as_, bram, client):
        response = as_(bram).post(reverse("lot:freeze", args=[lot.pk]))
        assert response.url == reverse("lot:rules", args=[lot.pk])
        lot.refresh_from_db()
        client.logout()
        page = client.get(reverse("lot:rules", args=[lot.pk]))
        assert page.status_code == 200
        assert page.context["intact"]
        download = client.get(reverse("lot:rules_json", args=[lot.pk]))
        assert hashlib.sha256(download.content).hexdigest() == lot.digest
        assert json.loads(download.content)["seats"] == 12

    def test_it_stands_in_the_ledger_with_its_fingerprint(self, lot, bram):
        frozen = freeze(lot=lot, by=bram)
        entry = Entry.objects.get(act="lot.frozen")
        assert entry.facts["digest"] == frozen.digest

    def test_two_clicks_freeze_once(self, lot, bram):
        first = freeze(lot=lot, by=bram)
        second = freeze(lot=lot, by=bram)
        assert (second.frozen_at, second.digest) == (first.frozen_at, first.digest)
        assert Entry.objects.filter(act="lot.frozen").count() == 1

    def test_the_rules_say_everything_that_decides(self, lot, bram):
        lot.dimensions.get(key="age").values.filter(key="16-29").update(factor=1.5, factor_reason="antwoorden minder")
        rules = freeze(lot=lot, by=bram).rules
        age = next(one for one in rules["dimensions"] if one["key"] == "age")
        young = age["groups"][0]
        assert (young["at_least"], young["at_most"], young["people"]) == (2, 4, 2200)
        assert (young["letters_times"], young["letters_reason"]) == ("1.5", "antwoorden minder")
        assert rules["draw"] == {**rules["draw"], "decides": "dice", "panels": 1000, "method": "leximin"}
        assert rules["promise"]["sha256"]

    def test_a_draw_that_moves_leaves_the_frozen_rules_as_they_were(self, lot, bram, client):
        announced = timezone.now().replace(microsecond=0, second=0) + timedelta(days=30)
        change(lot=lot, by=bram, draw_at=announced, age_on=date(2027, 1, 1))
        freeze(lot=lot, by=bram)
        change(lot=lot, by=bram, draw_at=announced + timedelta(days=7))
        shown = client.get(reverse("lot:rules", args=[lot.pk])).context["shown"]
        assert (shown.when, shown.age_on) == (announced, date(2027, 1, 1))

    def test_nobody_reads_rules_that_are_not_frozen(self, lot, client):
        assert client.get(reverse("lot:rules", args=[lot.pk])).status_code == 404
        assert client.get(reverse("lot:rules_json", args=[lot.pk])).status_code == 404

    def test_without_a_public_promise_nothing_freezes(self, lot, bram):
        Promise.objects.all().delete()
        with pytest.raises(Refusal, match=r"lot\.no_promise"):
            freeze(lot=lot, by=bram)

    @pytest.mark.parametrize(
        ("code", "spoil"),
        [
            ("lot.no_seats", lambda lot: Lot.objects.filter(pk=lot.pk).update(seats=None)),
            ("lot.no_quotas", lambda lot: lot.dimensions.all().delete()),
            ("lot.no_quotas", lambda lot: lot.dimensions.update(has_quotas=False)),
            ("lot.least_too_high", lambda lot: Lot.objects.filter(pk=lot.pk).update(seats=9)),
            ("lot.most_too_low", lambda lot: Lot.objects.filter(pk=lot.pk).update(seats=15)),
            ("lot.beacon_unnamed", lambda lot: Lot.objects.filter(pk=lot.pk).update(chance="beacon")),
        ],
    )
    def test_what_stands_in_the_way_is_named_on_the_page_and_refused(self, lot, as_, bram, code, spoil):
        spoil(lot)
        with pytest.raises(Refusal) as caught:
            freeze(lot=lot, by=bram)
        assert caught.value.code == code
        page = as_(bram).get(reverse("lot:freeze", args=[lot.pk]))
        assert page.context["missing"]
        assert as_(bram).post(reverse("lot:freeze", args=[lot.pk])).url == reverse("lot:freeze", args=[lot.pk])
        assert not Lot.objects.get(pk=lot.pk).is_frozen

    def test_the_questions_are_fixed_with_the_rules(self, lot, bram):
        made = make(lot=lot, by=bram)
        freeze(lot=lot, by=bram)
        made.refresh_from_db()
        assert made.is_open

    def test_a_question_that_is_not_asked_cannot_decide(self, lot, bram):
        made = make(lot=lot, by=bram)
        question = made.items.first().question
        lot.dimensions.filter(key="education").update(source="question", question=question)
        Lot.objects.filter(pk=lot.pk).update(questionnaire=None)
        with pytest.raises(Refusal, match=r"lot\.question_elsewhere"):
            freeze(lot=lot, by=bram)

    def test_a_changed_rule_shows(self, lot, bram, client):
        freeze(lot=lot, by=bram)
        lot.refresh_from_db()
        Lot.objects.filter(pk=lot.pk).update(rules={**lot.rules, "seats": 13})
        assert not client.get(reverse("lot:rules", args=[lot.pk])).context["intact"]

    def test_pages_ask_little_of_the_database(self, lot, as_, bram, django_assert_max_num_queries):
        browser = as_(bram)
        for name in ("plan", "groups", "freeze"):
            with django_assert_max_num_queries(34):
                browser.get(reverse(f"lot:{name}", args=[lot.pk]))


class TestCopying:
    @pytest.fixture
    def other(self, place, bram) -> Process:
        from samenraad.processes import actions

        return actions.create(title="Volgend jaar", question="En nu?", place=place, by=bram)

    def test_a_twin_has_the_settings_and_groups_and_is_not_frozen(self, lot, bram, other):
        change(lot=lot, by=bram, hours=30, keep_until=date(2027, 6, 1))
        freeze(lot=lot, by=bram)
        twin = Lot.objects.get(step=copy(step=lot.step, process=other))
        assert (twin.seats, twin.hours, twin.signed) == (12, 30, lot.signed)
        assert (twin.frozen_at, twin.rules, twin.digest, twin.keep_until) == (None, {}, "", None)
        assert [one.key for one in twin.dimensions.all()] == ["age", "district", "education"]
        limits = [(one.key, one.least, one.most) for one in twin.dimensions.get(key="age").values.all()]
        assert limits == [("16-29", 2, 4), ("30-64", 5, 7), ("65+", 3, 4)]
        assert lot.dimensions.count() == 3

    def test_nobody_comes_along(self, lot, invited, other):
        invited(3, reply="yes")
        twin = Lot.objects.get(step=copy(step=lot.step, process=other))
        assert not twin.invitations.exists()

    def test_the_same_questions_are_asked_again_as_a_draft(self, lot, bram, other):
        made = make(lot=lot, by=bram)
        freeze(lot=lot, by=bram)
        twin = Lot.objects.get(step=copy(step=lot.step, process=other))
        assert twin.questionnaire.fixed_at is None
        questions = [item.question_id for item in twin.questionnaire.items.all()]
        assert questions == [item.question_id for item in made.items.all()]

    def test_a_step_without_a_plan_has_a_twin_without_a_plan(self, step, other):
        assert not Lot.objects.filter(step=copy(step=step, process=other)).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_who_freeze_at_the_same_moment_freeze_once(lot, bram):
    digests = at_once(*[lambda: freeze(lot=lot, by=bram).digest] * 4)
    assert set(digests) == {Lot.objects.get(pk=lot.pk).digest}
    assert Entry.objects.filter(act="lot.frozen").count() == 1


def test_before_freezing_the_page_names_what_was_left_open(lot, as_, bram):
    Lot.objects.filter(pk=lot.pk).update(draw_at=None, draw_where="", age_on=None, frozen_at=None)
    page = as_(bram).get(reverse("lot:freeze", args=[lot.pk])).context
    assert len(page["left_open"]) == 3
    Lot.objects.filter(pk=lot.pk).update(draw_at=timezone.now(), draw_where="Raadzaal", age_on=timezone.localdate())
    assert as_(bram).get(reverse("lot:freeze", args=[lot.pk])).context["left_open"] == []
