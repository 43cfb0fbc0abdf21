"""Groups and their seats: from the figures of the town, by hand, and checked before anybody is drawn."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from samenraad.instruments.lot.actions.freeze import freeze
from samenraad.instruments.lot.actions.groups import Line, Wish, save, set_limits, share_seats
from samenraad.instruments.lot.actions.profile import make
from samenraad.instruments.lot.models import Lot, Value
from samenraad.instruments.lot.queries.feasibility import check, limits_of
from samenraad.instruments.lot.queries.groups import silent, untried
from samenraad.instruments.lot.queries.reference import known
from samenraad.instruments.lot.rules.cases import WICHELEN
from samenraad.instruments.lot.rules.plan import cut_ages, margin_points, proposed, wrong_sums
from samenraad.people.models import Place, Population
from samenraad.refusals import Refusal

pytestmark = pytest.mark.django_db

FIGURES = {
    "leeftijd": {"0-14": 900, "15-24": 1000, "25-64": 5000, "65+": 2000},
    "geslacht": {"vrouw": 4500, "man": 4400},
    "opleiding": {"praktisch": 3000, "middelbaar": 3500, "theoretisch": 2400},
}


def figures(place: Place, found: dict[str, dict[str, int]], day: date = date(2026, 1, 1)) -> None:
    for dimension, values in found.items():
        for value, count in values.items():
            Population.objects.create(
                place=place, dimension=dimension, value=value, count=count, source="CBS", date=day
            )


@pytest.fixture
def bare(step) -> Lot:
    """Seats, and no groups."""
    return Lot.objects.create(step=step, seats=24)


class TestSums:
    def test_seats_follow_the_town_and_add_up(self):
        found = proposed({"16-29": 22, "30-64": 50, "65+": 28}, 24, margin=0)
        assert [one.seats for one in found.values()] == [5, 12, 7]
        assert [(one.least, one.most) for one in found.values()] == [(5, 5), (12, 12), (7, 7)]

    @pytest.mark.parametrize("margin", [0, 1, 2, 3])
    @pytest.mark.parametrize("seats", [1, 12, 24, 150])
    def test_limits_made_from_shares_can_always_be_kept_together(self, seats, margin):
        people = {"a": 1, "b": 13, "c": 77, "d": 909}
        limits = [(one.least, one.most) for one in proposed(people, seats, margin).values()]
        assert wrong_sums({"age": limits}, seats) == []

    def test_wichelen_gets_its_published_seats(self):
        """24 = 12 women and 12 men."""
        found = proposed(WICHELEN.groups["gender"], WICHELEN.seats, margin=0)
        assert {name: (one.least, one.most) for name, one in found.items()} == dict(WICHELEN.limits["gender"])

    def test_a_small_group_keeps_the_seat_of_its_share(self):
        assert proposed({"a": 95, "b": 5}, 20, margin=3)["b"].least == 1

    def test_an_age_group_that_is_cut_counts_for_the_years_left(self):
        assert cut_ages({"0-14": 900, "15-24": 1000}, 20) == {"20-24": (500, 20)}

    def test_a_panel_of_24_says_nothing_to_20_points(self):
        assert margin_points(24) == 20


class TestChoosing:
    def test_what_is_known_of_the_town_is_proposed_from_the_lowest_age_on(self, bare):
        figures(bare.step.process.place, FIGURES)
        found = {one.key: one for one in known(bare)}
        assert dict(found["leeftijd"].values) == {"16-24": (900, 16), "25-64": (5000, 25), "65+": (2000, 65)}
        assert found["opleiding"].is_education
        assert not found["opleiding"].in_register

    def test_only_the_newest_figures_count(self, bare):
        figures(bare.step.process.place, {"geslacht": {"vrouw": 1, "man": 1}}, date(2020, 1, 1))
        figures(bare.step.process.place, {"geslacht": FIGURES["geslacht"]})
        (only,) = known(bare)
        assert only.people == 8900

    def test_neighbourhoods_follow_from_the_ages_that_are_known_of_them(self, bare, neighbourhoods):
        for number, place in enumerate(neighbourhoods, 1):
            figures(place, {"leeftijd": {"0-15": 100, "16+": 1000 * number}})
        (found,) = known(bare)
        assert found.key == "neighbourhood"
        assert sorted(count for count, _age in found.values.values()) == [1000, 2000, 3000]

    def test_the_officer_chooses_and_the_seats_are_divided(self, bare, as_, bram):
        figures(bare.step.process.place, FIGURES)
        address = reverse("lot:groups_choose", args=[bare.pk])
        form = as_(bram).get(address).context["form"]
        data = {name: field.initial or "" for name, field in form.fields.items()}
        assert as_(bram).post(address, data).status_code == 302
        age = bare.dimensions.get(key="leeftijd")
        assert (age.figures_source, age.figures_date, age.source) == ("CBS", date(2026, 1, 1), "register")
        assert [(one.least, one.most, one.lowest_age) for one in age.values.all()] == [
            (2, 4, 16),
            (14, 16, 25),
            (5, 7, 65),
        ]
        assert not bare.dimensions.filter(key="opleiding").exists(), "no register knows it, and nobody asks it yet"

    def test_education_decides_once_it_is_asked(self, bare, as_, bram):
        figures(bare.step.process.place, FIGURES)
        make(lot=bare, by=bram)
        address = reverse("lot:groups_choose", args=[bare.pk])
        form = as_(bram).get(address).context["form"]
        as_(bram).post(address, {name: field.initial or "" for name, field in form.fields.items()})
        education = bare.dimensions.get(key="opleiding")
        assert education.question.key == "education"
        assert [one.key for one in education.values.all()] == list(FIGURES["opleiding"])

    def test_twice_makes_no_second_one(self, bare, as_, bram):
        figures(bare.step.process.place, FIGURES)
        address = reverse("lot:groups_choose", args=[bare.pk])
        data = {name: field.initial or "" for name, field in as_(bram).get(address).context["form"].fields.items()}
        for _twice in range(2):
            as_(bram).post(address, data)
        assert bare.dimensions.count() == 2

    def test_without_figures_the_page_says_what_to_do(self, bare, as_, bram):
        page = as_(bram).get(reverse("lot:groups_choose", args=[bare.pk]))
        assert reverse("lot:groups_new", args=[bare.pk]).encode() in page.content


def lines(*rows: dict[str, object]) -> dict[str, object]:
    data = {"line-TOTAL_FORMS": len(rows), "line-INITIAL_FORMS": 0}
    return data | {f"line-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}


class TestOwnGroups:
    def test_a_dimension_of_ones_own(self, bare, as_, bram):
        data = {"name": "Wonen", "known_from": "register", "has_quotas": "on", "figures_source": "CBS"}
        rows = lines({"name": "huur", "people": 4000}, {"name": "koop", "people": 6000}, {"name": ""})
        response = as_(bram).post(reverse("lot:groups_new", args=[bare.pk]), data | rows)
        assert response.status_code == 302, response.context["form"].errors
        made = bare.dimensions.get()
        assert (made.key, [(one.key, one.people) for one in made.values.all()]) == (
            "wonen",
            [("huur", 4000), ("koop", 6000)],
        )

    def test_the_answers_of_a_question_become_the_groups(self, bare, bram):
        question = make(lot=bare, by=bram).items.get(question__key="first-time").question
        made = save(lot=bare, dimension=None, wish=Wish("Voor het eerst", question), lines=[], by=bram)
        assert [(one.key, str(one.label)) for one in made.values.all()] == [("yes", "ja"), ("no", "nee")]

    def test_a_group_that_the_question_does_not_know_is_refused(self, bare, bram):
        question = make(lot=bare, by=bram).items.get(question__key="first-time").question
        wish = Wish("Voor het eerst", question)
        with pytest.raises(Refusal, match=r"lot\.not_an_answer"):
            save(lot=bare, dimension=None, wish=wish, lines=[Line("ja"), Line("misschien")], by=bram)
        assert not bare.dimensions.exists()

    def test_a_group_called_as_an_answer_reads_gets_its_key(self, bare, bram):
        question = make(lot=bare, by=bram).items.get(question__key="first-time").question
        lines = [Line("ja", people=100), Line("nee", people=900)]
        made = save(lot=bare, dimension=None, wish=Wish("Voor het eerst", question), lines=lines, by=bram)
        assert [(one.key, one.people) for one in made.values.all()] == [("yes", 100), ("no", 900)]

    def test_more_letters_need_a_public_reason(self, bare, as_, bram):
        data = {"name": "Wonen", "known_from": "register", "has_quotas": "on"}
        rows = lines({"name": "huur", "factor": 2}, {"name": "koop"})
        response = as_(bram).post(reverse("lot:groups_new", args=[bare.pk]), data | rows)
        assert response.status_code == 200
        assert "factor_reason" in response.context["lines"][0].errors
        rows["line-0-factor_reason"] = "antwoorden minder vaak"
        assert as_(bram).post(reverse("lot:groups_new", args=[bare.pk]), data | rows).status_code == 302

    @pytest.mark.parametrize("names", [["huur"], ["huur", "huur"], []])
    def test_one_group_or_twice_the_same_is_none(self, bare, bram, names):
        with pytest.raises(Refusal, match=r"lot\.(two_groups|group_twice)"):
            save(lot=bare, dimension=None, wish=Wish("Wonen"), lines=[Line(name) for name in names], by=bram)

    def test_changing_one_keeps_its_key_and_its_limits(self, lot, as_, bram):
        age = lot.dimensions.get(key="age")
        first, second, third = age.values.all()
        data = {"name": "Leeftijd", "known_from": "register", "has_quotas": "on"}
        rows = lines(
            {"pk": first.pk, "name": "jong", "people": 2300},
            {"pk": second.pk, "name": "30-64"},
            {"pk": third.pk, "name": "65+"},
        )
        assert as_(bram).post(reverse("lot:groups_change", args=[lot.pk, age.pk]), data | rows).status_code == 302
        first.refresh_from_db()
        assert (first.key, str(first.label), first.people, first.least) == ("16-29", "jong", 2300, 2)

    def test_one_that_is_taken_out_is_gone(self, lot, as_, bram):
        age = lot.dimensions.get(key="age")
        as_(bram).post(reverse("lot:groups_remove", args=[lot.pk, age.pk]))
        assert not lot.dimensions.filter(key="age").exists()

    def test_frozen_groups_stay(self, lot, as_, bram):
        freeze(lot=lot, by=bram)
        age = lot.dimensions.get(key="age")
        as_(bram).post(reverse("lot:groups_remove", args=[lot.pk, age.pk]))
        assert lot.dimensions.filter(key="age").exists()
        with pytest.raises(Refusal, match=r"lot\.frozen"):
            set_limits(lot=lot, limits={}, by=bram)
        with pytest.raises(Refusal, match=r"lot\.frozen"):
            share_seats(lot=lot, by=bram)

    def test_a_group_of_another_lot_does_not_exist_here(self, lot, bare_other, as_, bram):
        age = lot.dimensions.get(key="age")
        assert as_(bram).get(reverse("lot:groups_change", args=[bare_other.pk, age.pk])).status_code == 404


@pytest.fixture
def bare_other(process, bram) -> Lot:
    from samenraad.processes import actions

    return Lot.objects.create(step=actions.add_step(process=process, kind="lot", title="Nog een", by=bram), seats=5)


def sent(lot: Lot, **changes: int) -> dict[str, object]:
    """The table of seats as it stands, with some cells changed: least_north=9."""
    data = {}
    for value in Value.objects.filter(dimension__lot=lot):
        data[f"least_{value.pk}"] = changes.get(f"least_{value.key}", value.least)
        data[f"most_{value.pk}"] = changes.get(f"most_{value.key}", value.most)
    return data


class TestSeats:
    def test_by_hand(self, lot, as_, bram):
        as_(bram).post(reverse("lot:groups", args=[lot.pk]), sent(lot, least_north=3))
        assert Value.objects.get(dimension__lot=lot, key="north").least == 3

    def test_less_than_at_least_is_refused_beside_its_field(self, lot, as_, bram):
        response = as_(bram).post(reverse("lot:groups", args=[lot.pk]), sent(lot, least_north=8))
        north = Value.objects.get(dimension__lot=lot, key="north")
        assert f"most_{north.pk}" in response.context["form"].errors
        assert north.least == 4

    def test_seats_that_fit_are_said_to_fit(self, lot):
        found = check(lot, limits_of(lot))
        assert found.feasible
        assert found.forecast
        assert found.people == 48

    def test_seats_that_cannot_be_filled_come_with_the_smallest_change(self, lot):
        north, south = Value.objects.filter(dimension__key="district").order_by("key")
        found = check(lot, {**limits_of(lot), north.pk: (9, 9), south.pk: (6, 8)})
        assert not found.feasible
        assert found.lacking == 3
        assert "15" in found.conflict
        assert found.ways
        assert check(lot, found.ways[0].limits).feasible

    def test_a_button_applies_the_change(self, lot, as_, bram):
        data = sent(lot, least_north=9, most_north=9)
        page = as_(bram).post(reverse("lot:groups", args=[lot.pk]), data)
        assert not as_(bram).get(page.url).context["check"].feasible
        as_(bram).post(reverse("lot:groups", args=[lot.pk]), data | {"way": "0"})
        assert as_(bram).get(page.url).context["check"].feasible

    @pytest.mark.parametrize("way", ["9", "x", "-1", "99999999999999999999"])
    def test_a_button_that_was_not_there_changes_nothing(self, lot, as_, bram, way):
        before = limits_of(lot)
        as_(bram).post(reverse("lot:groups", args=[lot.pk]), sent(lot) | {"way": way})
        assert limits_of(lot) == before

    def test_scripts_get_the_answer_without_saving(self, lot, as_, bram):
        data = sent(lot, least_north=9, most_north=9)
        part = as_(bram).post(reverse("lot:groups_check", args=[lot.pk]), data)
        assert part.status_code == 200
        assert b'name="way"' in part.content
        assert b"<html" not in part.content
        assert Value.objects.get(dimension__lot=lot, key="north").least == 4

    def test_once_people_answered_the_pool_itself_is_looked_at(self, lot, invited):
        invited(36, reply="yes")
        found = check(lot, limits_of(lot))
        assert (found.forecast, found.people) == (False, 36)

    def test_who_left_something_out_is_counted_apart(self, lot, invited):
        (one,) = invited(37, reply="yes")[-1:]
        one.features = {"age": "65+"}
        one.save()
        found = check(lot, limits_of(lot))
        assert (found.people, found.unknown) == (36, 1)

    def test_all_again_in_proportion(self, lot, as_, bram):
        as_(bram).post(reverse("lot:groups_share", args=[lot.pk]), {"margin": 0})
        age = [(one.least, one.most) for one in lot.dimensions.get(key="age").values.all()]
        assert age == [(3, 3), (6, 6), (3, 3)]

    def test_a_limit_without_the_other_end_is_open_there(self, lot, bram):
        north = Value.objects.get(dimension__lot=lot, key="north")
        set_limits(lot=lot, limits={north.pk: (3, None)}, by=bram)
        north.refresh_from_db()
        assert (north.least, north.most) == (3, 12)

    def test_the_page_says_drawn_by_lot_and_never_the_other_word(self, lot, as_, bram):
        page = as_(bram).get(reverse("lot:groups", args=[lot.pk])).content.lower()
        assert b"28" in page, "a panel of 12"
        assert b"representati" not in page


class TestWhoStaysAway:
    def test_a_group_of_which_nobody_says_yes_waits_for_what_was_tried(self, lot, invited, as_, bram):
        """R031."""
        for one in invited(12, reply="yes"):
            one.features = {**one.features, "age": "65+"}
            one.save()
        assert [one.value.key for one in untried(lot)] == ["16-29", "30-64"]
        young = untried(lot)[0].value
        address = reverse("lot:tried", args=[lot.pk])
        as_(bram).post(address, {"value": young.pk, f"{young.pk}-text": "Twee keer op school geweest."})
        assert [one.value.key for one in untried(lot)] == ["30-64"]
        assert len(silent(lot)) == 2

    def test_it_can_still_be_written_down_when_the_rules_are_frozen(self, lot, as_, bram):
        freeze(lot=lot, by=bram)
        young = untried(lot)[0].value
        as_(bram).post(reverse("lot:tried", args=[lot.pk]), {"value": young.pk, f"{young.pk}-text": "Gebeld."})
        assert young not in [one.value for one in untried(lot)]

    def test_nothing_is_not_enough(self, lot, as_, bram):
        young = untried(lot)[0].value
        as_(bram).post(reverse("lot:tried", args=[lot.pk]), {"value": young.pk, f"{young.pk}-text": "  "})
        assert young in [one.value for one in untried(lot)]


def test_a_large_pool_is_looked_at_in_a_few_questions_to_the_database(lot, invited, django_assert_max_num_queries):
    invited(120, reply="yes")
    with django_assert_max_num_queries(10):
        assert check(lot, limits_of(lot)).people == 120
    with django_assert_max_num_queries(6):
        silent(lot)
