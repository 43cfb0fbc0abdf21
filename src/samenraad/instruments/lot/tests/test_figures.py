"""The figures of a lot: response, the funnel, five moments, and what is not told of small groups."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as some

from samenraad.instruments.lot.models import Dimension, Draw, Invitation, Reserve, Value
from samenraad.instruments.lot.queries import funnel
from samenraad.instruments.lot.queries.advice import advice
from samenraad.instruments.lot.queries.crowd import crowd
from samenraad.instruments.lot.queries.moments import gauges
from samenraad.instruments.lot.queries.tables import tables
from samenraad.instruments.lot.rules import open_seats
from samenraad.instruments.lot.rules.cases import BRUSSELS, CLIMATE_ASSEMBLY_UK, CUMBRIA, TORONTO, WICHELEN, ZEIST
from samenraad.instruments.lot.rules.figures import (
    kept_back,
    letters_for,
    margin,
    per_extra,
    response,
    taking_part,
    together,
)
from samenraad.people.models import Membership
from samenraad.processes.actions import forget
from samenraad.questionnaires.models import Answer, AnswerSet, Question, Questionnaire
from samenraad.refusals import Refusal

pytestmark = pytest.mark.django_db


def four(found):
    return round(found.value, 4), round(found.low, 4), round(found.high, 4)


# the sums


def test_response_of_zeist_and_of_toronto():
    assert four(response(ZEIST.yes, ZEIST.letters)) == (0.1438, 0.1355, 0.1526)
    assert four(response(593, ZEIST.letters)) == (0.0912, 0.0845, 0.0985)
    assert four(response(TORONTO.yes, TORONTO.letters)) == (0.0419, 0.0385, 0.0457)


def test_response_of_cumbria_and_of_the_climate_assembly():
    assert four(response(CUMBRIA.yes, CUMBRIA.letters)) == (0.0115, 0.0094, 0.0141)
    assert four(response(CLIMATE_ASSEMBLY_UK.yes, CLIMATE_ASSEMBLY_UK.letters)) == (0.06, 0.0574, 0.0627)


def test_letters_that_came_back_are_not_in_the_response():
    assert response(90, 1000, 100).value == 0.1
    assert response(0, 10, 10) is None


def test_replying_is_not_taking_part():
    """R115: 2,311 invited, 88 completing is 3.8 %; the 12 % who replied is another figure."""
    assert round(taking_part(88, 2311).value, 3) == 0.038
    assert round(response(277, 2311).value, 2) == 0.12


def test_the_margin_of_a_small_panel():
    assert round(100 * margin(WICHELEN.seats)) == 19
    assert round(100 * margin(BRUSSELS.seats)) == 14
    assert round(100 * margin(ZEIST.seats)) == 8
    assert margin(0) == 1


def test_a_small_group_does_not_follow_from_the_others():
    assert kept_back([12, 3, 9]) == {1, 2}
    assert kept_back([4, 3, 17]) == {0, 1}
    assert kept_back([1, 2, 17]) == {0, 1, 2}  # together only three: then the whole column goes
    assert kept_back([3, 0]) == {0, 1}
    assert kept_back([8, 8, 8]) == kept_back([0, 24]) == kept_back([]) == set()


@given(some.lists(some.integers(0, 40), max_size=8))
def test_whatever_is_kept_back_covers_at_least_five_people_in_two_groups_or_all(counts):
    hidden = kept_back(counts)
    assert {place for place, count in enumerate(counts) if 0 < count < 5} <= hidden
    if hidden and len(hidden) < len(counts):
        assert len(hidden) > 1
        assert sum(counts[place] for place in hidden) >= 5
    assert sum(together(counts, hidden)) == sum(counts)


def test_nothing_is_divided_by_nobody():
    assert per_extra(12000, 0) is None
    assert per_extra(None, 3) is None
    assert per_extra(12000, 3) == 4000
    assert letters_for(28, 92, 8000) == 2435
    assert letters_for(28, 0, 8000) is letters_for(0, 92, 8000) is None


# open seats (R036)


def test_thirty_apply_for_the_six_open_seats_of_sixty():
    people = [f"p{number}" for number in range(30)]
    drawn = open_seats.draw(people, 60, "Three hats and a goose")
    assert drawn.seats == len(drawn.taken) == 6
    assert sorted([*drawn.taken, *drawn.waiting]) == sorted(people)
    assert open_seats.draw([*people[::-1], "p3", "p3"], 60, "Three hats and a goose") == drawn
    assert open_seats.draw(people, 60, "Three hats and a duck") != drawn


def test_who_applies_where_there_is_room_sits():
    assert set(open_seats.draw(["a", "b"], 60, "goose").taken) == {"a", "b"}
    assert open_seats.how_many(24) == 2
    assert open_seats.how_many(24, Fraction(0)) == 0
    with pytest.raises(Refusal, match=r"lot\.open_share"):
        open_seats.how_many(24, Fraction(3, 2))


def question():
    return Question.objects.create(key="education", kind="one", text={"nl": "Opleiding?"})


# from the letter to the last session


@pytest.fixture
def seat(step):
    def make(invitation, state, **fields):
        return Membership.objects.create(body=step.body, person=invitation.person, state=state, **fields)

    return make


def test_the_funnel_counts_everybody_once_at_each_stage(lot, invited, seat):
    invited(50)
    invited(6, undeliverable_on=timezone.localdate())
    invited(10, reply="no")
    yes = invited(20, reply="yes")
    invited(7, reply="yes", test=True)
    for one in yes[:8]:
        seat(one, "member")
    seat(yes[8], "declined")
    seat(yes[9], "withdrawn")
    Reserve.objects.create(membership=seat(yes[10], "substitute"), lot=lot, position=1)
    Reserve.objects.create(membership=seat(yes[11], "member"), lot=lot, position=2)
    found = crowd(lot)
    assert [(stage.key, stage.count) for stage in funnel.stages(found, exact=True)] == [
        ("invited", 86), ("delivered", 80), ("replied", 30), ("yes", 20), ("drawn", 10), ("member", 10), ("stayed", 9),
    ]  # fmt: skip
    assert funnel.response(found).value == 20 / 80
    assert funnel.taking_part(found).value == 9 / 86


def test_who_comes_through_an_open_call_is_in_no_response(lot, invited):
    invited(10, reply="yes")
    invited(30)
    invited(5, reply="yes", source="open")
    assert funnel.response(crowd(lot)).value == 10 / 40


def test_a_lot_that_has_not_begun_has_empty_figures(step, lot, client):
    found = crowd(lot)
    assert funnel.response(found) is None
    assert funnel.taking_part(found) is None
    assert [gauge.last for gauge in gauges(found)] == [None] * 3
    assert advice(lot, found) == []
    assert client.get(f"/lot/{step.pk}/figures/").status_code == 200


def test_a_group_below_five_is_not_told_in_public_and_its_complement_neither(lot, invited):
    invited(24, reply="yes", features={"district": "north"})
    invited(3, reply="yes", features={"district": "south"})
    (public,) = [gauge for gauge in gauges(crowd(lot)) if gauge.label == "district"]
    yes = [row.cells[1] for row in public.rows]
    assert [(cell.count, cell.share, cell.points, cell.kept_back) for cell in yes] == [(None, None, None, True)] * 2
    assert public.moments[1].likeness is None
    (desk,) = [gauge for gauge in gauges(crowd(lot), exact=True) if gauge.label == "district"]
    assert [row.cells[1].count for row in desk.rows] == [24, 3]


def test_groups_that_are_kept_back_are_compared_as_one(lot, invited):
    for group, number in {"16-29": 3, "30-64": 10, "65+": 12}.items():
        invited(number, reply="yes", features={"age": group})
    age = gauges(crowd(lot))[0]
    assert [row.cells[1].count for row in age.rows] == [None, None, 12]
    assert age.moments[1].likeness.counts == (12, 13)
    assert age.moments[1].labels == ["65+", "16-29 + 30-64"]


def test_the_headline_is_the_last_moment_that_came(lot, invited, seat):
    yes = invited(24, reply="yes")
    assert gauges(crowd(lot))[0].last.key == "yes"
    for one in yes[:12]:
        seat(one, "drawn")
    assert gauges(crowd(lot), exact=True)[0].last.key == "drawn"
    Membership.objects.update(state="member")
    assert gauges(crowd(lot), exact=True)[0].last.key == "stayed"


@pytest.fixture
def drawn(lot):
    """The draw was held, and this came out."""

    def make(outcome):
        now = timezone.now()
        return Draw.objects.create(
            lot=lot, outcome=outcome, number=67, lottery="x", rules="x", seal="x", transcript="x",
            made_at=now, published_at=now, drawn_at=now,
        )  # fmt: skip

    return make


def test_what_was_drawn_stays_as_it_was_published(lot, invited, seat, drawn):
    for one in invited(12, reply="yes"):
        seat(one, "drawn")
    drawn([["age", "16-29", 5], ["age", "30-64", 12], ["age", "65+", 7]])
    found = crowd(lot)
    assert found.counts(found.dimensions[0], "drawn") == [5, 12, 7, 0]
    assert found.totals["drawn"] == 24


def test_totals_stand_when_somebody_is_forgotten(lot, invited, seat, drawn, bram):
    yes = invited(24, reply="yes")
    for one in yes[:12]:
        seat(one, "member")
    drawn([["age", "16-29", 5], ["age", "30-64", 12], ["age", "65+", 7]])
    before = crowd(lot)
    forget(person=yes[0].person, by=bram)
    after = crowd(lot)
    for stage in ("invited", "delivered", "replied", "yes", "drawn"):
        assert after.totals[stage] == before.totals[stage], stage
    assert after.counts(after.dimensions[0], "drawn") == [5, 12, 7, 0]


def test_amsterdam_education_is_pointed_out_and_the_rest_is_not(lot, invited):
    """R030: an alarm above a set gap."""
    for group, number in {"practical": 34, "theoretical": 66}.items():
        for age, part in {"16-29": 0.22, "30-64": 0.5, "65+": 0.28}.items():
            invited(round(number * part), reply="yes", features={"education": group, "age": age})
    found = {gauge.label: gauge for gauge in gauges(crowd(lot))}
    assert found["education"].alarm
    assert found["education"].last.furthest[0] == "practical"
    assert round(found["education"].last.furthest[1]) == -28
    assert found["education"].last.likeness.stands_out
    assert not found["age"].alarm
    lot.step.settings["gap"] = 30
    assert not {gauge.label: gauge for gauge in gauges(crowd(lot))}["education"].alarm


# the six real lots


def whole_lot(lot, case, seats=None):
    """Letters and answers of a lot that was really held: groups in their shares, as many yes as published."""
    lot.dimensions.all().delete()
    lot.seats = seats or case.seats
    lot.save()
    for place, (key, groups) in enumerate(case.groups.items()):
        dimension = Dimension.objects.create(lot=lot, key=key[:40].replace(" ", "-"), label={"nl": key}, position=place)
        whole = sum(groups.values())
        for row, (group, part) in enumerate(groups.items()):
            least, most = case.limits.get(key, {}).get(group, (lot.seats * part // whole, lot.seats))
            Value.objects.create(
                dimension=dimension, key=group, label={"nl": group}, people=case.people * part // whole,
                least=least, most=most, position=row,
            )  # fmt: skip
    decks = {key.replace(" ", "-"): [group for group, part in groups.items() for _ in range(part)]
             for key, groups in case.groups.items()}  # fmt: skip
    yes = {"reply": "yes", "replied_at": timezone.now(), "channel": "web"}

    def features(row):
        return {key: deck[row * (2 * place + 1) % len(deck)] for place, (key, deck) in enumerate(decks.items())}

    def answered(row):
        return row * (case.yes or 0) // case.letters != (row + 1) * (case.yes or 0) // case.letters

    Invitation.objects.bulk_create(
        Invitation(lot=lot, key=str(row), number=f"N{row:05}", features=features(row), **(yes if answered(row) else {}))
        for row in range(case.letters)
    )
    return lot


def test_the_funnel_of_zeist(lot, client, django_assert_max_num_queries):
    """6,500 letters, 935 yes: 14.4 % [13.6, 15.3]; and the page asks the database few questions for all of them."""
    whole_lot(lot, ZEIST)
    found = crowd(lot)
    assert four(funnel.response(found)) == (0.1438, 0.1355, 0.1526)
    assert [stage.count for stage in funnel.stages(found)] == [6500, 6500, 935, 935, 0, 0, 0]
    with django_assert_max_num_queries(14):
        page = client.get(f"/lot/{lot.pk}/figures/").content.decode()
    assert "Van de 6.500 mensen bij wie de brief aankwam, zeiden er 935 ja: 14,4" in page
    assert not [gauge.label for gauge in gauges(found) if gauge.alarm]
    assert "late" not in {one.state for one in advice(lot, found)}


def test_cumbria_is_told_that_it_has_little_to_choose_and_what_to_do(lot):
    """92 yes for 40 seats: 2.3 for each seat, where three leave a choice; 1.15 % answer."""
    whole_lot(lot, CUMBRIA)
    for row, one in enumerate(Invitation.objects.filter(lot=lot, reply="yes")):
        one.features["education"] = "lower" if row < 15 else "middle" if row < 45 else "higher"
        one.save()
    lot.dimensions.filter(key="education").update(source="question", question=question())
    with override("en"):
        texts = [one.text for one in advice(lot, today=timezone.localdate())]
    assert texts[0] == (
        "92 people said yes for 40 seats: 2.3 for each seat. With fewer than 3 there is little to choose, and groups "
        "are hard to fill."
    )
    assert "A second round of about 2,435 letters brings this to 3 for each seat, if as many answer: 1.2%." in texts
    assert texts[-1].startswith("A round of letters takes 14 days.")
    assert texts[1] == "education: lower: 15 said yes for at least 12 seats. That is little choice."
    assert texts[3].startswith("Letters alone will not reach education: lower. Ask ambassadors")


def test_a_group_of_which_too_few_said_yes_is_named_with_what_reaches_it(lot, invited):
    lot.dimensions.filter(key="education").update(source="question", question=question())
    invited(30, reply="yes", features={"age": "30-64", "district": "north", "education": "theoretical"})
    invited(1, reply="yes", features={"age": "16-29", "district": "north"})
    invited(9, features={"age": "16-29", "district": "south"})
    with override("en"):
        texts = [one.text for one in advice(lot)]
    assert "age: 16-29: 1 said yes, and at least 2 must sit there. 1 are missing." in texts
    assert "age: 65+: nobody said yes yet, and at least 3 must sit there." in texts
    assert "For age: 16-29 alone about 10 letters bring the 1 who are missing: 10.0% of them answer." in texts
    (by_hand,) = [text for text in texts if text.startswith("Letters alone")]
    assert "education: practical" in by_hand
    assert "district: south" in by_hand


def test_wichelen_is_full_on_each_side_and_its_quota_fields_stand_apart(lot, client, drawn):
    """24 seats: 12 and 12, 8 for each part, 8 for each age (wichelen.be)."""
    assert WICHELEN.seats == 24
    whole_lot(lot, WICHELEN)
    rows = {
        (dimension.key, value.key): value for dimension in crowd(lot).dimensions for value in dimension.values.all()
    }
    lot.dimensions.filter(key="age").update(has_quotas=False)
    drawn([[key, group, value.least] for (key, group), value in rows.items()])
    found = {gauge.label: gauge for gauge in gauges(crowd(lot))}
    assert [cell.cells[2].count for cell in found["part"].rows] == [8, 8, 8]
    assert round(found["gender"].last.likeness.index, 2) == 0.99
    assert found["age"].alarm  # 8 of 24 is 33 %, and 21 % of the village is that young
    with override("nl"):
        page = client.get(f"/lot/{lot.pk}/figures/").content.decode()
    assert page.index("Niet bepaald door de regels") < page.index("Bepaald door de regels van de loting")
    assert "24 mensen zijn geen enquête" in page
    assert "19 punten" in page


def test_the_climate_assembly_wrote_more_to_the_most_deprived_and_says_so(lot, client):
    """A fifth of 30,000 letters on top of their share went to the most deprived postcodes: factor 1.8 in all."""
    extra = sum(CLIMATE_ASSEMBLY_UK.extra.values())
    assert Fraction(extra, CLIMATE_ASSEMBLY_UK.letters) == Fraction(1, 5)
    value = lot.dimensions.get(key="district").values.first()
    value.factor, value.factor_reason = 1.8, "they answer least"
    value.save()
    Invitation.objects.create(lot=lot)
    Invitation.objects.bulk_create(Invitation(lot=lot, features={"district": "north"}) for _ in range(9))
    page = client.get(f"/lot/{lot.pk}/figures/").content.decode()
    assert "they answer least" in page
    assert "1,8" in page


# the pages


def test_the_word_that_promises_too_much_is_nowhere(lot, invited, client):
    """R027: never "representative", which 24 people cannot be."""
    invited(40, reply="yes")
    for language in ("nl", "en"):
        client.cookies["django_language"] = language
        page = client.get(f"/lot/{lot.pk}/figures/").content.decode().lower()
        assert "representati" not in page
        assert ("differ from the town" in page) or ("verschillen van de gemeente" in page) or ("verschil" in page)


def test_everybody_sees_figures_and_the_organiser_alone_the_exact_ones(lot, invited, as_, dirk, bram, client):
    invited(24, reply="yes", features={"district": "north"})
    invited(3, reply="yes", features={"district": "south"})
    invited(2, reply="no", reason="trust", features={"district": "south"})
    assert "<strong>3</strong>" not in as_(None).get(f"/lot/{lot.pk}/figures/").content.decode()
    desk = as_(bram).get(f"/lot/{lot.pk}/desk/figures/").content.decode()
    assert "<strong>3</strong>" in desk
    assert as_(dirk).get(f"/lot/{lot.pk}/desk/figures/").status_code == 404


def test_the_organiser_says_what_gap_is_too_large(lot, as_, bram):
    assert as_(bram).post(f"/lot/{lot.pk}/desk/figures/", {"gap": "6"}).status_code == 302
    lot.step.refresh_from_db()
    assert lot.step.settings["gap"] == 6
    assert as_(bram).post(f"/lot/{lot.pk}/desk/figures/", {"gap": "0"}).status_code == 200


def test_sources_head_the_public_list(lot, invited, seat):
    """R034: 60 members, of whom 50 by lot, 6 on purpose and 4 by an open call."""
    for source, number in {"lot": 50, "targeted": 6, "open": 4}.items():
        for one in invited(number, reply="yes", source=source):
            seat(one, "member")
    with override("en"):
        assert funnel.sources(lot) == [("drawn by lot", 50), ("invited on purpose", 6), ("open call", 4)]


def test_first_timers_are_counted_when_somebody_asked(lot, invited):
    first = Question.objects.create(
        key="first-time", kind="one", text={"nl": "Doe je voor het eerst mee?"},
        options=[{"key": "yes", "text": {"nl": "ja"}}, {"key": "no", "text": {"nl": "nee"}}],
    )  # fmt: skip
    asked = Questionnaire.objects.create(process=lot.step.process, title={"nl": "Profiel"})
    for row, one in enumerate(invited(50, reply="yes")):
        one.answers = AnswerSet.objects.create(questionnaire=asked)
        one.save()
        Answer.objects.create(answer_set=one.answers, question=first, value="no" if row < 5 else "yes")
    assert funnel.first_time(crowd(lot)).value == 0.9


def test_reasons_are_counted_and_a_rare_one_is_kept_back(lot, invited):
    invited(12, reply="no", reason="time")
    invited(7, reply="no", reason="trust")
    invited(2, reply="no", reason="health")
    invited(9, reply="no")
    with override("en"):
        assert [(line.label, line.counts[0][1]) for line in funnel.reasons(crowd(lot))] == [
            ("I have no time", 12), ("nothing will be done with it", None), ("my health", None)
        ]  # fmt: skip
    assert [line.counts[0][1] for line in funnel.reasons(crowd(lot), exact=True)] == [12, 7, 2]


def test_the_download_has_headers_before_there_is_anything_and_never_who(step, lot, invited):
    assert all(table.header and list(table.rows) is not None for table in tables(step))
    one, *_ = invited(30, reply="yes")
    text = str([[*table.header, *table.rows] for table in tables(step)])
    assert one.person.name not in text
    assert one.number not in text
    assert "north" in text
