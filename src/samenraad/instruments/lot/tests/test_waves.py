"""Who gets a letter: how many per group, public words that decide, and a receipt that everybody can check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.instruments.lot.actions import register as registers
from samenraad.instruments.lot.actions import waves as actions
from samenraad.instruments.lot.actions.forgetting_in_time import forget_in_time
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Dimension, Extract, Invitation, Lot, Value, Wave
from samenraad.instruments.lot.queries import waves as queries
from samenraad.instruments.lot.queries.extract import of_the_register
from samenraad.instruments.lot.rules.homes import home_of
from samenraad.ledger.models import Entry
from samenraad.methods.seeds import ticket
from samenraad.people.models import AccessCode, Membership, Person, Register, RegisterEntry
from samenraad.post.models import Message
from samenraad.processes.actions.work import do
from samenraad.processes.models import Promise, Work
from samenraad.refusals import Refusal

pytestmark = pytest.mark.django_db
SEED = "Three hats and a goose"


@pytest.fixture
def lot(lot: Lot) -> Lot:
    lot.dimensions.filter(key="education").delete()
    lot.age_on, lot.keep_until = date(2027, 1, 1), timezone.localdate() + timedelta(days=90)
    lot.frozen_at, lot.digest = timezone.now(), "0" * 64
    lot.save()
    return lot


@pytest.fixture
def register(lot: Lot) -> Register:
    return fill(lot, 400)


def fill(lot: Lot, people: int, **fields: Any) -> Register:
    """A register that was read in: two people at each address, in two districts and three ages."""
    register = Register.objects.create(purpose="loting", source="brp.csv", destroy_on=lot.keep_until, **fields)
    entries, cells = [], {}
    for row in range(people):
        groups = {"age": ["16-29", "30-64", "65+"][row % 3], "district": ["north", "south"][row // 2 % 2]}
        place = (groups["age"], groups["district"])
        cells[place] = cells.get(place, 0) + 1
        facts = {"name": f"Bewoner {row}", "street": f"Kerkpad {row // 2}", "postcode": "1234 AB", "city": "Lindenveld"}
        entries.append(RegisterEntry(register=register, key=f"{1000 + row}", facts={**facts, "groups": groups}))
    RegisterEntry.objects.bulk_create(entries)
    counted = {"people": people, "addresses": people // 2, "left_out": {"age": 3}, "dimensions": ["age", "district"],
               "cells": [[list(values), number] for values, number in sorted(cells.items())]}  # fmt: skip
    Extract.objects.create(lot=lot, name="brp.csv", sha256=f"{register.pk:064}", register=register, counted=counted)
    return register


def wishes(lot: Lot, **changes: Any) -> dict[str, Any]:
    dimensions = of_the_register(lot)
    return {**queries.wishes_of(lot, None, dimensions), "seats": None, "letters": 60, **changes}


@pytest.fixture
def wave(lot: Lot, register: Register) -> Wave:
    return actions.plan_wave(lot=lot, wishes=wishes(lot), values={})


@pytest.fixture
def drawn(bram: Person) -> Callable[..., Wave]:
    def draw(wave: Wave, seed: str = SEED) -> Wave:
        work = actions.start_draw(wave=wave, seed=seed, seed_by="de raad, 3 maart 2027", by=bram)
        ended = do(work)
        assert ended.state == Work.State.DONE, (ended.code, ended.facts)
        wave.refresh_from_db()
        return wave

    return draw


def keys(wave: Wave) -> list[str]:
    return sorted(wave.invitations.values_list("key", flat=True))


# how many letters


def test_letters_are_divided_over_the_groups_as_the_people_are(lot, register):
    forecast = queries.forecast(lot, wishes(lot))
    assert forecast.plan.letters == 60
    assert sum(row.people for row in forecast.rows) == 400
    assert len(forecast.rows) == 6


def test_a_group_that_answers_less_gets_more_letters(lot, register):
    Value.objects.filter(key="north").update(rate=0.02)
    forecast = queries.forecast(lot, wishes(lot, strata=["district"]))
    north, south = forecast.rows
    assert (north.label, south.label) == ("north", "south")
    assert north.letters > 2 * south.letters


def test_a_quarter_of_the_village_is_no_sample_any_more(lot, register):
    sentences = queries.forecast(lot, wishes(lot, letters=100)).notices
    assert "25" in sentences[0]


def test_who_gets_relatively_less_is_named_and_asks_for_something_else(lot, register, bram):
    Value.objects.filter(key="north").update(factor=3, factor_reason="zegt minder vaak ja")
    wave = actions.plan_wave(lot=lot, wishes=wishes(lot), values={})
    assert queries.forecast(lot, wave.plan).gets_less
    with pytest.raises(Refusal, match=r"lot\.no_counter_measure"):
        actions.start_draw(wave=wave, seed=SEED, seed_by="x", by=bram)
    wave = actions.plan_wave(lot=lot, wishes=wishes(lot, counter="een kraam in zuid"), values={})
    assert actions.start_draw(wave=wave, seed=SEED, seed_by="x", by=bram)


def test_before_the_register_is_there_the_figures_of_the_town_serve(lot):
    forecast = queries.forecast(lot, wishes(lot, strata=["age"]))
    assert not forecast.from_register
    assert forecast.plan.people == 10_000


def test_a_second_wave_learns_from_the_first(lot, wave, drawn, invited):
    drawn(wave)
    answered = wave.invitations.filter(features__district="south")
    answered.update(reply="yes", replied_at=timezone.now(), channel="web")
    forecast = queries.forecast(lot, wishes(lot, strata=["district"], letters=20))
    north, south = forecast.rows
    assert forecast.learned
    assert south.rate > north.rate
    assert north.sent + south.sent == 60
    assert north.letters == 20


# the draw


def test_the_same_words_draw_the_same_people_whatever_the_order_of_the_register(lot, wave, drawn, register):
    first = keys(drawn(wave))
    assert len(first) == 60
    facts = list(RegisterEntry.objects.values_list("key", "facts"))
    Invitation.objects.all().delete()
    Wave.objects.all().delete()
    register.entries.all().delete()
    RegisterEntry.objects.bulk_create(
        RegisterEntry(register=register, key=key, facts=known) for key, known in reversed(facts)
    )
    again = actions.plan_wave(lot=lot, wishes=wishes(lot), values={})
    assert keys(drawn(again)) == first


def test_other_words_draw_other_people(lot, wave, drawn):
    first = keys(drawn(wave))
    Invitation.objects.all().delete()
    Wave.objects.all().delete()
    assert keys(drawn(actions.plan_wave(lot=lot, wishes=wishes(lot), values={}), "a goose and three hats")) != first


def test_an_address_gets_one_letter(wave, drawn):
    homes = list(drawn(wave).invitations.values_list("home", flat=True))
    assert len(set(homes)) == len(homes) == 60


def test_without_that_rule_an_address_can_get_two(lot, register, drawn):
    Lot.objects.filter(pk=lot.pk).update(one_per_address=False)
    lot.refresh_from_db()
    wave = drawn(actions.plan_wave(lot=lot, wishes=wishes(lot, letters=300), values={}))
    homes = list(wave.invitations.values_list("home", flat=True))
    assert len(set(homes)) < len(homes) == 300


def test_who_is_drawn_becomes_a_person_with_an_invitation(wave, drawn, settings):
    one = drawn(wave).invitations.select_related("person").first()
    entry = RegisterEntry.objects.get(key=one.key)
    assert one.person.name == entry.facts["name"]
    assert one.person.has_address
    assert one.features == entry.facts["groups"]
    assert one.home == home_of(one.person.street, "1234 AB", "Lindenveld", settings.CODE_KEY)
    assert not Message.objects.exists()
    assert not AccessCode.objects.exists()


def test_places_and_languages_of_the_register_come_with_the_person(lot, register, drawn, neighbourhoods):
    for entry in register.entries.all():
        entry.facts |= {"place": "LV02", "language": "F"}
        entry.save()
    person = drawn(actions.plan_wave(lot=lot, wishes=wishes(lot, letters=3), values={})).invitations.first().person
    assert (person.place.name, person.language) == ("De Kamp", "fr")


def test_everybody_can_compute_their_own_ticket(lot, wave, drawn):
    """At or under the border: a letter, unless a housemate came first. Above it: none."""
    receipt = drawn(wave).receipt
    borders = {tuple(sorted(one["stratum"].items())): one["border"] for one in receipt["strata"]}
    invited = set(keys(wave))
    homes = set(wave.invitations.values_list("person__street", flat=True))
    for entry in RegisterEntry.objects.all():
        mine = f"{ticket(SEED, 'letter', entry.key):016x}"
        under = mine <= borders[tuple(sorted(entry.facts["groups"].items()))].ljust(16, "0")
        assert (entry.key in invited) == under or (under and entry.facts["street"] in homes)


def test_the_border_gives_away_nobodys_number(wave, drawn):
    for one in drawn(wave).receipt["strata"]:
        assert len(one["border"]) < 8


def test_the_receipt_names_nobody_and_fits_its_fingerprint(wave, drawn, client, lot):
    drawn(wave)
    file = client.get(reverse("lot:wave_receipt", args=[lot.pk, 1])).content
    assert hashlib.sha256(file).hexdigest() == wave.digest
    assert "Kerkpad" not in file.decode()
    assert "Bewoner" not in file.decode()
    told = json.loads(file)
    assert (told["seed"], told["invited"], told["register"]["left_out"]) == (SEED, 60, 3)
    assert told["promise"] == wave.promise_digest == Promise.objects.get().digest
    assert Entry.objects.get(act="lot.wave_drawn").facts["digest"] == wave.digest


def test_counts_under_five_are_put_together(lot, register, drawn):
    wave = drawn(actions.plan_wave(lot=lot, wishes=wishes(lot, letters=24), values={}))
    receipt = wave.receipt
    counts = [one["letters"] for one in receipt["strata"] if "letters" in one]
    assert all(count >= 5 for count in counts)
    assert receipt["small_strata"]["letters"] + sum(counts) == 24


def test_by_homes_the_chances_of_who_lives_together_are_told(lot, register, drawn, client):
    Lot.objects.filter(pk=lot.pk).update(equal="homes")
    lot.refresh_from_db()
    wave = drawn(actions.plan_wave(lot=lot, wishes=wishes(lot), values={}))
    assert wave.receipt["rules"]["equal"] == "homes"
    assert wave.receipt["homes"] == {"2": pytest.approx(0.15)}
    assert "home" in client.get(reverse("lot:wave", args=[lot.pk, 1])).content.decode()


@pytest.mark.parametrize(
    ("hinder", "code"),
    [
        (lambda lot: Lot.objects.update(frozen_at=None), "lot.not_frozen"),
        (lambda lot: registers.destroy(lot=lot, by=None), "lot.no_register"),
        (lambda lot: Wave.objects.update(plan={}), "lot.no_wave_plan"),
    ],
)
def test_letters_need_frozen_rules_a_register_and_a_plan(lot, wave, bram, hinder, code):
    hinder(lot)
    with pytest.raises(Refusal, match=code):
        actions.start_draw(wave=wave, seed=SEED, seed_by="x", by=bram)
    assert not Work.objects.exists()


def test_no_letter_before_the_promise(lot, wave, bram, monkeypatch):
    monkeypatch.setattr(queries, "promise_of", lambda lot: None)
    with pytest.raises(Refusal, match=r"lot\.no_promise"):
        actions.start_draw(wave=wave, seed=SEED, seed_by="x", by=bram)


@pytest.mark.parametrize(("seed", "by", "code"), [("goose", "x", "lot.no_seed"), (SEED, " ", "lot.no_seed_by")])
def test_the_words_and_who_said_them_are_needed(wave, seed, by, code):
    with pytest.raises(Refusal, match=code):
        actions.start_draw(wave=wave, seed=seed, seed_by=by, by=None)


def test_two_clicks_make_one_wave(lot, wave, bram, drawn):
    first = actions.start_draw(wave=wave, seed=SEED, seed_by="x", by=bram)
    assert actions.start_draw(wave=wave, seed="other words", seed_by="y", by=bram) == first
    do(first)
    wave.refresh_from_db()
    assert wave.seed == SEED
    assert actions.start_draw(wave=wave, seed="other words", seed_by="y", by=bram) is None
    assert Invitation.objects.count() == 60
    assert Wave.objects.count() == 1


def test_a_draw_that_is_done_twice_makes_no_doubles(lot, wave, drawn, bram):
    drawn(wave)
    again = Work.objects.create(step=lot.step, kind=Kind.INVITE, about="wave:1", by=bram)
    assert do(again).state == Work.State.DONE
    assert Invitation.objects.count() == Person.objects.filter(invitations__isnull=False).count() == 60


def test_a_draw_that_was_killed_leaves_nothing_and_then_draws_the_same(lot, wave, drawn, bram, monkeypatch):
    def killed(*args: Any, **fields: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, "note", killed)
        work = actions.start_draw(wave=wave, seed=SEED, seed_by="x", by=bram)
        with pytest.raises(KeyboardInterrupt):
            do(work)
    assert not Invitation.objects.exists()
    Work.objects.update(state=Work.State.WAITING)
    do(work.pk)
    assert Invitation.objects.count() == 60


def test_while_it_is_drawn_the_plan_cannot_change(lot, wave, bram):
    actions.start_draw(wave=wave, seed=SEED, seed_by="x", by=bram)
    with pytest.raises(Refusal, match=r"lot\.wave_being_drawn"):
        actions.plan_wave(lot=lot, wishes=wishes(lot), values={})


def test_a_second_wave_writes_to_other_people_at_other_addresses(lot, wave, drawn):
    drawn(wave)
    second = drawn(actions.plan_wave(lot=lot, wishes=wishes(lot, letters=40), values={}), "a second goose")
    assert second.number == 2
    assert second.invitations.count() == 40
    homes = list(Invitation.objects.values_list("home", flat=True))
    assert len(set(homes)) == len(homes) == 100


def test_also_when_the_register_was_destroyed_in_between_and_read_in_anew(lot, wave, drawn):
    drawn(wave)
    registers.destroy(lot=lot, by=None)
    assert not Invitation.objects.exclude(key="").exists()
    fill(lot, 400)
    second = drawn(actions.plan_wave(lot=lot, wishes=wishes(lot, letters=100), values={}), "a second goose")
    homes = list(Invitation.objects.values_list("home", flat=True))
    assert len(set(homes)) == len(homes)
    assert second.receipt["strata"][0]["had_a_letter_before"] > 0


def test_when_nobody_is_left_that_is_said(lot, wave, drawn, bram):
    drawn(actions.plan_wave(lot=lot, wishes=wishes(lot, letters=400), values={}))
    second = actions.plan_wave(lot=lot, wishes=wishes(lot, letters=400), values={})
    ended = do(actions.start_draw(wave=second, seed="a second goose", seed_by="x", by=bram))
    assert (ended.state, ended.code) == (Work.State.FAILED, "lot.no_letters_planned")


# pages


def test_an_officer_plans_without_javascript(as_, bram, lot, register):
    address = reverse("lot:wave_plan", args=[lot.pk])
    form = as_(bram).get(address).context["form"]
    told = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    north = Value.objects.get(key="north")
    told |= {"by": "letters", "letters": 60, f"rate_{north.pk}": "2.5", f"factor_{north.pk}": "1.5"}
    page = as_(bram).post(address, told)
    assert f"reason_{north.pk}" in page.context["form"].errors
    page = as_(bram).post(address, told | {f"reason_{north.pk}": "zegt minder vaak ja"}, follow=True)
    north.refresh_from_db()
    assert (north.rate, north.factor) == (0.025, 1.5)
    assert page.context["forecast"].plan.letters == 60
    draw = reverse("lot:wave_draw", args=[lot.pk, 1])
    assert as_(bram).get(draw).status_code == 200
    assert as_(bram).post(draw, {"seed": SEED, "seed_by": "x"}).context["form"].errors  # the counter-measure


def test_the_pages_of_a_wave(as_, bram, client, lot, wave, drawn):
    address = reverse("lot:wave", args=[lot.pk, 1])
    assert client.get(address).status_code == 404
    drawn(wave)
    text = client.get(address).content.decode()
    assert SEED in text
    assert "Kerkpad" not in text
    assert as_(bram).get(reverse("lot:waves", args=[lot.pk])).status_code == 200
    assert as_(bram).get(reverse("lot:wave_draw", args=[lot.pk, 1])).url == address


def test_only_who_organises_plans_and_draws(as_, aisha, lot, wave):
    for address in (reverse("lot:waves", args=[lot.pk]), reverse("lot:wave_plan", args=[lot.pk]),
                    reverse("lot:wave_draw", args=[lot.pk, 1])):  # fmt: skip
        assert as_(aisha).get(address).status_code == 404


def test_pages_ask_few_questions_whatever_the_number_of_letters(
    as_, bram, lot, wave, drawn, django_assert_max_num_queries
):
    drawn(wave)
    browser = as_(bram)
    for address, most in ((reverse("lot:wave", args=[lot.pk, 1]), 12), (reverse("lot:wave_plan", args=[lot.pk]), 16)):
        browser.get(address)
        with django_assert_max_num_queries(most):
            browser.get(address)


# forgetting in time


def test_who_never_answered_is_forgotten_on_the_day_and_the_counts_stand(lot, wave, drawn):
    drawn(wave)
    yes = wave.invitations.first()
    Invitation.objects.filter(pk=yes.pk).update(reply="yes", replied_at=timezone.now(), channel="web")
    silent = wave.invitations.exclude(pk=yes.pk).first()
    Message.objects.create(key="x", message_id="x", medium="letter", person=silent.person, subject="Brief",
                           address={"street": "Kerkpad 1"})  # fmt: skip
    before = Person.objects.count()
    assert forget_in_time(lot.keep_until - timedelta(days=1)) == []
    assert forget_in_time(lot.keep_until) == ["59 people without a part in a lot forgotten"]
    assert forget_in_time(lot.keep_until) == []
    assert Person.objects.count() == before - 59
    assert Invitation.objects.count() == 60
    assert list(Invitation.objects.exclude(person=None)) == [yes]
    assert Message.objects.get().address == {}
    assert Entry.objects.get(act="lot.silent_forgotten").facts == {"people": 59}


def test_who_said_no_for_good_goes_too_and_who_wants_the_result_stays(lot, wave, drawn):
    drawn(wave)
    done, curious = wave.invitations.all()[:2]
    no = {"reply": "no", "replied_at": timezone.now(), "channel": "web", "reason": "time"}
    Invitation.objects.filter(pk__in=[done.pk, curious.pk]).update(**no)
    Invitation.objects.filter(pk=curious.pk).update(curious=True)
    forget_in_time(lot.keep_until)
    assert list(Invitation.objects.exclude(person=None)) == [curious]
    assert Invitation.objects.filter(reply="no", reason="time").count() == 2


def test_who_takes_part_in_something_else_stays_known_there(lot, wave, drawn, council):
    drawn(wave)
    known = wave.invitations.first().person
    Membership.objects.create(body=council, person=known)
    forget_in_time(lot.keep_until)
    known.refresh_from_db()
    assert known.name
    assert not known.invitations.exists()


def test_numbers_of_a_destroyed_register_are_emptied_by_the_clock(lot, wave, drawn, register):
    from samenraad.people.actions import tidy_up

    drawn(wave)
    tidy_up(lot.keep_until)
    forget_in_time(lot.keep_until - timedelta(days=1))
    assert not Invitation.objects.exclude(key="").exists()


def test_a_file_that_waits_halfway_goes_after_two_weeks(lot):
    fields = {"lot": lot, "sha256": "0" * 64, "content": b"x"}
    Extract.objects.create(name="old", made_at=timezone.now() - timedelta(days=15), **fields)
    Extract.objects.create(name="new", **fields)
    forget_in_time(timezone.localdate())
    assert [one.name for one in Extract.objects.all()] == ["new"]


def test_dimensions_without_people_make_no_plan(lot):
    Dimension.objects.filter(lot=lot).delete()
    assert queries.forecast(lot, wishes(lot)) is None
