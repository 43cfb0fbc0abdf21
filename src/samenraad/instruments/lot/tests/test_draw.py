"""The draw: the list closes once, the lottery is public before chance speaks, and chance speaks once."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.instruments.lot.actions import draw as actions
from samenraad.instruments.lot.actions import lottery as making
from samenraad.instruments.lot.models import Draw, Invitation, Lot
from samenraad.instruments.lot.queries import draw_files as queries
from samenraad.instruments.lot.rules.figures import shown
from samenraad.instruments.lot.tests.drawing import drawn, made, published, ready
from samenraad.ledger.models import Entry
from samenraad.methods.sortition.draw.randomness import dice, phrases
from samenraad.people.models import FailedCode
from samenraad.processes.actions import work as working
from samenraad.processes.models import Work
from samenraad.refusals import Refusal

pytestmark = pytest.mark.django_db
BYTES = ("rules", "lottery", "chances", "keys", "seal", "report")
THROW = {"die_1": "4", "die_2": "0", "die_3": "7", "who_1": "Emre", "who_2": "", "who_3": "", "seen": "0"}


@pytest.fixture
def pool(lot, invited):
    """Thirty-six people who said yes, and rules that are frozen."""
    ready(lot)
    return invited(36, reply="yes")


def refused(code, call, **kwargs):
    with pytest.raises(Refusal) as refusal:
        call(**kwargs)
    assert refusal.value.code == code
    return refusal.value


# the list closes


def test_the_list_closes_with_everybody_who_said_yes(lot, pool, bram):
    draw = actions.make(lot=lot, by=bram)
    assert {row[0] for row in draw.pool} == {one.number for one in pool}
    assert Work.objects.get(step=lot.pk).kind == "lot.lottery"
    assert Entry.objects.latest("seq").facts == {"people": 36, "reason": ""}


def test_two_clicks_close_it_once(lot, pool, bram):
    assert actions.make(lot=lot, by=bram).salt == actions.make(lot=lot, by=bram).salt
    assert Work.objects.filter(step=lot.pk).count() == 1


def test_rules_come_before_the_list(lot, pool, bram):
    Lot.objects.update(frozen_at=None)
    lot.refresh_from_db()
    refused("lot.not_frozen", actions.make, lot=lot, by=bram)


def test_before_the_last_day_it_closes_only_with_a_public_reason(lot, pool, bram):
    lot.step.closes = timezone.now() + timedelta(days=2)
    refused("lot.still_open", actions.make, lot=lot, by=bram)
    actions.make(lot=lot, by=bram, reason="Iedereen heeft geantwoord.")
    assert Entry.objects.latest("seq").facts["reason"] == "Iedereen heeft geantwoord."


def test_too_few_people_are_not_drawn_from(lot, pool, bram):
    Invitation.objects.filter(pk__in=[one.pk for one in pool[5:]]).update(reply="no")
    refused("lot.too_few_yes", actions.make, lot=lot, by=bram)


def test_of_whom_something_is_missing_is_named(lot, pool, bram, as_):
    pool[0].features = {"age": "16-29", "district": "north"}
    pool[0].save()
    assert pool[0].number in refused("lot.values_missing", actions.make, lot=lot, by=bram).facts["numbers"]
    assert str(pool[0]) in as_(bram).get(f"/lot/{lot.pk}/desk/draw/").content.decode()


def test_limits_that_nobody_can_meet_stop_it_before(lot, pool, bram, as_):
    lot.dimensions.get(key="age").values.filter(key="16-29").update(least=0, most=0)
    lot.dimensions.get(key="age").values.exclude(key="16-29").update(least=0, most=1)
    refused("lot.impossible", actions.make, lot=lot, by=bram)
    page = as_(bram).get(f"/lot/{lot.pk}/desk/draw/").content.decode()
    assert "Sluit de lijst" not in page


def test_a_group_without_enough_seats_is_found_out_before_the_day(lot, pool, bram):
    lot.step.body.seats = {"citizen": 11}
    lot.step.body.save()
    refused("lot.body_too_small", actions.make, lot=lot, by=bram)


def test_a_beacon_that_spoke_already_decides_nothing(lot, pool, bram):
    ready(lot, chance="beacon", beacon_source="drand-quicknet", beacon_round=1000)
    refused("lot.beacon_past", actions.make, lot=lot, by=bram)


# the lottery


def test_a_killed_computation_gives_the_same_bytes_when_it_is_done_again(lot, pool, bram, monkeypatch):
    first = made(lot, bram)
    before = {name: getattr(first, name) for name in BYTES}
    Draw.objects.update(made_at=None, lottery="", rules="", chances="", seal="", keys=[], report={})

    def die(stage, share):
        raise SystemExit

    with pytest.raises(SystemExit):
        making.computed(Draw.objects.get(), die)
    assert Draw.objects.get().made_at is None
    working.do(working.start(step=lot.step, kind="lot.lottery", by=bram))
    again = Draw.objects.get()
    assert {name: getattr(again, name) for name in BYTES} == before
    assert again.report["proven"] is True


def test_a_lottery_that_is_ready_is_not_made_again(lot, pool, bram):
    draw = made(lot, bram)
    assert actions.make(lot=lot, by=bram).made_at == draw.made_at
    assert Work.objects.filter(step=lot.pk).count() == 1


def test_who_answers_after_the_list_closed_is_not_in_it(lot, pool, bram, invited):
    actions.make(lot=lot, by=bram)
    invited(3, reply="yes")
    working.do(Work.objects.get(step=lot.pk))
    assert json.loads(Draw.objects.get().rules)["people"] == 36


def test_the_list_opens_again_only_with_a_reason_and_before_publication(lot, pool, bram):
    made(lot, bram)
    refused("lot.reason_needed", actions.unfreeze, lot=lot, reason=" ", by=bram)
    actions.unfreeze(lot=lot, reason="Een kaart was blijven liggen.", by=bram)
    assert not Draw.objects.exists()
    assert Entry.objects.latest("seq").facts == {"reason": "Een kaart was blijven liggen."}
    published(lot, bram)
    refused("lot.lottery_public", actions.unfreeze, lot=lot, reason="Toch niet.", by=bram)


def test_work_on_a_list_that_was_opened_again_keeps_nothing(lot, pool, bram):
    old = actions.make(lot=lot, by=bram)
    fields = making.computed(old, lambda stage, share: None)
    actions.unfreeze(lot=lot, reason="Fout.", by=bram)
    refused("lot.pool_opened", making._keep, draw=old, fields=fields)


def test_publishing_is_in_the_ledger_with_seal_and_digests_and_happens_once(lot, pool, bram):
    draw = published(lot, bram)
    again = actions.publish(lot=lot, by=bram)
    entry = Entry.objects.get(act="lot.lottery_published")
    assert entry.facts["seal"] == draw.seal
    assert entry.facts["lottery_csv"] == json.loads(draw.rules)["lottery"]
    assert again.published_at == draw.published_at


# chance


def test_nothing_is_drawn_before_it_is_public(lot, pool, bram, as_):
    made(lot, bram)
    refused("lot.lottery_not_public", actions.hold, lot=lot, chance=dice([(4, 0, 7)], 1000), told=[], by=bram)
    assert as_(bram).post(f"/lot/{lot.pk}/desk/draw/throw/", {**THROW, "do": "draw"}).status_code == 302
    assert Draw.objects.get().number is None


def test_nothing_is_drawn_long_before_the_announced_moment(lot, pool, bram):
    ready(lot, draw_at=timezone.now() + timedelta(days=1))
    published(lot, bram)
    refused("lot.draw_early", actions.hold, lot=lot, chance=dice([(4, 0, 7)], 1000), told=[], by=bram)


def test_the_dice_are_the_panel(lot, pool, bram):
    draw = drawn(lot, bram)
    line = draw.lottery.splitlines()[407].split(",")
    assert (draw.number, json.loads(draw.transcript)["panel"]) == (407, line[1:])
    assert draw.seed == queries.digest(draw.transcript.encode())
    assert sum(count for key, _value, count in draw.outcome if key == "age") == 12


def test_a_double_click_is_one_draw_and_another_throw_is_refused(lot, pool, bram):
    first = drawn(lot, bram)
    same = actions.throw(lot=lot, digits=[4, 0, 7], throwers=[], seen=0, by=bram)
    assert (same.number, same.drawn_at) == (407, first.drawn_at)
    refused("lot.drawn", actions.throw, lot=lot, digits=[1, 2, 3], throwers=[], seen=0, by=bram)
    assert Entry.objects.filter(act="lot.drawn").count() == 1


def test_a_number_that_is_too_high_is_kept_and_thrown_again(lot, pool, bram, monkeypatch):
    monkeypatch.setattr(making, "PANELS", 600)
    published(lot, bram)
    high = actions.throw(lot=lot, digits=[9, 0, 1], throwers=["Emre"], seen=0, by=bram)
    assert (high.number, high.randomness["throws"]) == (None, [[9, 0, 1]])
    refused("lot.thrown_meanwhile", actions.throw, lot=lot, digits=[9, 0, 1], throwers=[], seen=0, by=bram)
    draw = actions.throw(lot=lot, digits=[0, 0, 3], throwers=[], seen=1, by=bram)
    assert (draw.number, json.loads(draw.transcript)["randomness"]["throws"]) == (3, [[9, 0, 1], [0, 0, 3]])


@pytest.mark.parametrize("wrong", [{"die_2": "10"}, {"die_2": "-1"}, {"die_2": ""}, {"die_2": "x"}, {"die_2": "٣x"}])
def test_what_no_die_shows_is_refused(lot, pool, bram, as_, wrong):
    published(lot, bram)
    page = as_(bram).post(f"/lot/{lot.pk}/desk/draw/throw/", {**THROW, **wrong, "do": "draw"})
    assert page.status_code == 200
    assert Draw.objects.get().number is None


def test_phrases_decide_when_phrases_were_announced(lot, pool, bram, as_):
    ready(lot, chance="phrase")
    published(lot, bram)
    refused("sortition.randomness_other", actions.hold, lot=lot, chance=dice([(4, 0, 7)], 1000), told=[], by=bram)
    sent = {"phrase_1": "De linde bloeit", "who_1": "Sanne", "phrase_2": "Morgen regent het", "who_2": ""}
    browser, address = as_(bram), f"/lot/{lot.pk}/desk/draw/throw/"
    assert "panel" not in re.findall(r"<b>.*?</b>", browser.post(address, {**sent, "do": "review"}).content.decode())
    browser.post(address, {**sent, "do": "draw"})
    draw = Draw.objects.get()
    chance = phrases(["De linde bloeit", "Morgen regent het"])
    assert draw.number == chance.number(1000, json.loads(draw.rules)["lottery"])
    assert "De linde bloeit" in browser.get(f"/lot/{lot.pk}/draw/").content.decode()


def test_one_phrase_is_too_few(lot, pool, bram, as_):
    ready(lot, chance="phrase")
    published(lot, bram)
    as_(bram).post(f"/lot/{lot.pk}/desk/draw/throw/", {"phrase_1": "Alleen", "do": "draw"})
    assert Draw.objects.get().number is None


def test_a_beacon_decides_with_the_value_of_its_round(lot, pool, bram, as_):
    ready(lot, chance="beacon", beacon_source="drand-quicknet", beacon_round=90_000_000)
    published(lot, bram)
    browser, address = as_(bram), f"/lot/{lot.pk}/desk/draw/throw/"
    assert browser.post(address, {"value": "abc", "do": "draw"}).status_code == 200
    assert Draw.objects.get().number is None
    browser.post(address, {"value": "AB " * 32, "do": "draw"})
    assert json.loads(Draw.objects.get().transcript)["randomness"]["value"] == "ab" * 32
    assert "drand.love" in browser.get(f"/lot/{lot.pk}/draw/").content.decode()


def test_looking_once_more_draws_nothing(lot, pool, bram, as_):
    published(lot, bram)
    page = as_(bram).post(f"/lot/{lot.pk}/desk/draw/throw/", {**THROW, "do": "review"}).content.decode()
    assert "panel 407" in page
    assert Draw.objects.get().number is None


def test_only_the_organiser_throws(lot, pool, bram, as_, dirk):
    published(lot, bram)
    assert as_(dirk).post(f"/lot/{lot.pk}/desk/draw/throw/", {**THROW, "do": "draw"}).status_code == 404
    assert "die_1" not in as_(dirk).get(f"/lot/{lot.pk}/draw/").content.decode()
    assert "die_1" in as_(bram).get(f"/lot/{lot.pk}/draw/").content.decode()


def test_names_of_witnesses_ask_for_consent_and_can_be_taken_away(lot, pool, bram, as_):
    drawn(lot, bram)
    browser, address = as_(bram), f"/lot/{lot.pk}/desk/draw/witnesses/"
    browser.post(address, {"witnesses": "Hilde Maes, deurwaarder", "throwers": "Emre"})
    assert Draw.objects.get().witnesses == ""
    browser.post(address, {"witnesses": "Hilde Maes, deurwaarder", "throwers": "Emre", "agreed": "on"})
    assert "Hilde Maes" in browser.get(f"/lot/{lot.pk}/draw/").content.decode()
    browser.post(address, {"witnesses": "", "throwers": ""})
    assert "Hilde Maes" not in browser.get(f"/lot/{lot.pk}/draw/").content.decode()
    assert not Entry.objects.filter(facts__icontains="Hilde").exists()


# the page


def test_before_publication_the_page_says_what_will_happen(lot, pool, client, bram):
    made(lot, bram)
    page = client.get(f"/lot/{lot.pk}/draw/").content.decode()
    assert "Wat er gebeurt, en wanneer" in page
    assert Draw.objects.get().seal not in page
    assert client.get(f"/lot/{lot.pk}/draw/lottery.csv").status_code == 404
    assert client.get(f"/lot/{lot.pk}/verify/").status_code == 404


def test_who_typed_their_number_sees_their_panels_and_not_their_answers(lot, pool, bram, client):
    draw = drawn(lot, bram)
    code = {row[0]: row[1:] for row in draw.keys}[pool[0].number]
    count = draw.lottery.count(code[0])
    page = client.post(f"/lot/{lot.pk}/draw/number/", {"number": str(pool[0]).lower()}, follow=True).content.decode()
    assert f"<b>{count} van de 1.000</b>" in page
    assert code[1] not in page
    assert pool[0].features["age"] + ")" not in page


def test_who_opened_their_letter_can_check_their_own_row(lot, pool, bram, as_):
    draw = drawn(lot, bram)
    row = {one[0]: one for one in draw.keys}[pool[0].number]
    page = as_(pool[0].person).get(f"/lot/{lot.pk}/draw/").content.decode()
    assert row[1] in page
    assert row[2] in page
    others = [one[2] for one in draw.keys if one[0] != pool[0].number]
    assert not any(secret in page for secret in others)


def test_who_is_drawn_reads_so_and_who_is_not_reads_what_now(lot, pool, bram, as_):
    draw = drawn(lot, bram)
    panel = set(json.loads(draw.transcript)["panel"])
    whose = {row[0]: row[1] for row in draw.keys}
    for one in (
        next(one for one in pool if whose[one.number] in panel),
        next(one for one in pool if whose[one.number] not in panel),
    ):
        page = as_(one.person).get(f"/lot/{lot.pk}/draw/").content.decode()
        assert ("Je bent geloot" in page) == (whose[one.number] in panel)
        assert ("Je bent niet geloot" in page) == (whose[one.number] not in panel)


def test_a_substitute_sees_their_place(lot, pool, bram, as_):
    from samenraad.instruments.lot.models import Reserve
    from samenraad.people.models import Membership

    draw = drawn(lot, bram)
    panel, whose = set(json.loads(draw.transcript)["panel"]), {row[0]: row[1] for row in draw.keys}
    one = next(one for one in pool if whose[one.number] not in panel)
    seat, _new = Membership.objects.update_or_create(
        body=lot.step.body, person=one.person, defaults={"state": "substitute"}
    )
    Reserve.objects.update_or_create(membership=seat, defaults={"lot": lot, "position": 901})
    assert "plaats 901" in as_(one.person).get(f"/lot/{lot.pk}/draw/").content.decode()


def test_an_unknown_number_is_refused_and_counted(lot, pool, bram, client, invited):
    published(lot, bram)
    (late,) = invited(1, reply="yes")
    for number in ("ZZZ-ZZZ", late.number, "'; drop table", "x" * 20):
        page = client.post(f"/lot/{lot.pk}/draw/number/", {"number": number}).content.decode()
        assert "vinden dit nummer niet" in page
    assert FailedCode.objects.count() == 4
    for _turn in range(7):
        page = client.post(f"/lot/{lot.pk}/draw/number/", {"number": "ZZZZZZ"}).content.decode()
    assert FailedCode.objects.count() == 10
    assert "vinden dit nummer niet" not in page


def test_while_nothing_happens_the_page_asks_and_hears_nothing(lot, pool, bram, client):
    published(lot, bram)
    address = f"/lot/{lot.pk}/draw/live/?seen=public"
    assert client.get(address).status_code == 204
    actions.hold(lot=lot, chance=dice([(4, 0, 7)], 1000), told=[], by=bram)
    answer = client.get(address).content.decode()
    assert 'role="status"' in answer
    assert "panel 407" in answer
    assert "every" not in answer.split("</div>")[0]


# nothing private


def public(client, lot):
    names = [*queries.FILES, queries.TRANSCRIPT]
    texts = {name: client.get(f"/lot/{lot.pk}/draw/{name}").content.decode() for name in names}
    for page in ("draw/", "draw/panels/", "verify/", "draw/live/"):
        texts[page] = client.get(f"/lot/{lot.pk}/{page}").content.decode()
    texts["recount"] = client.post(f"/lot/{lot.pk}/verify/", {"do": "recount"}).content.decode()
    return texts


def test_nothing_private_stands_in_anything_public(lot, pool, bram, client):
    draw = drawn(lot, bram)
    private = {draw.salt, *(one.number for one in pool), *(str(one) for one in pool), *(row[2] for row in draw.keys)}
    private |= {one.person.name for one in pool} | {one.person.street for one in pool} | {row[3] for row in draw.keys}
    for name, text in public(client, lot).items():
        words = set(re.split(r"[^\w -]+", text))
        assert not {one for one in private if one in (words if len(one) < 8 else text)}, name


def test_the_zip_has_the_same_bytes_each_time_and_what_is_published(lot, pool, bram, client):
    draw = drawn(lot, bram)
    first, second = (client.get(f"/lot/{lot.pk}/draw/draw.zip").content for _turn in "ab")
    assert first == second
    pack = zipfile.ZipFile(io.BytesIO(first))
    assert set(pack.namelist()) == {*queries.FILES, queries.TRANSCRIPT}
    assert pack.read("lottery.csv").decode() == draw.lottery


def test_a_process_that_is_not_public_has_no_draw_for_others(lot, pool, bram, as_, dirk):
    drawn(lot, bram)
    type(lot.step.process).objects.update(published_at=None)
    for page in ("draw/", "draw/live/", "draw/lottery.csv", "draw/draw.zip", "verify/", "draw/panels/"):
        assert as_(dirk).get(f"/lot/{lot.pk}/{page}").status_code == 404


# small groups


def test_small_groups_are_not_counted_nor_betrayed_by_the_total():
    assert shown({"a": 3, "b": 40, "c": 12}) == {"a": None, "b": 40, "c": None}
    assert shown({"a": 0, "b": 40, "c": 12}) == {"a": 0, "b": 40, "c": 12}
    assert shown({"a": 1, "b": 1, "c": 7}) == {"a": None, "b": None, "c": None}
    assert shown({"a": 1, "b": 1, "c": 20}) == {"a": None, "b": None, "c": None}
    assert shown({"a": 3, "b": 0}) == {"a": None, "b": None}


def test_the_page_asks_few_questions(lot, pool, bram, as_, django_assert_max_num_queries):
    drawn(lot, bram)
    browser = as_(pool[0].person)
    with django_assert_max_num_queries(16):
        browser.get(f"/lot/{lot.pk}/draw/")
    with django_assert_max_num_queries(5):
        browser.get(f"/lot/{lot.pk}/draw/live/?seen=drawn")


def test_a_group_that_nobody_tried_to_reach_stops_it(lot, pool, bram):
    Invitation.objects.update(features={"age": "65+", "district": "north", "education": "practical"})
    assert "age: 16-29" in refused("lot.untried", actions.make, lot=lot, by=bram).facts["groups"]


def test_who_is_drawn_has_a_seat_and_the_substitutes_follow_from_the_transcript(lot, pool, bram):
    from samenraad.people.models import Membership

    draw = drawn(lot, bram)
    seated = Membership.objects.filter(body=lot.step.body, state="drawn")
    whose = {row[1]: row[0] for row in draw.keys}
    numbers = {whose[code] for code in json.loads(draw.transcript)["panel"]}
    assert {one.person_id for one in seated} == {one.person_id for one in pool if one.number in numbers}
    assert Work.objects.filter(step=lot.pk, kind="lot.substitutes").exists()
