"""Check it yourself: receipts, the board, checkpoints; and who gets them by e-mail."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.ballots.actions import publishing, subscribing
from samenraad.ballots.actions.batches import empty
from samenraad.ballots.actions.checkpoints import make
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.actions.ticking import tick
from samenraad.ballots.box.models import Checkpoint, Slip
from samenraad.ballots.models import Subscriber, Vote
from samenraad.ballots.queries import files
from samenraad.ballots.rules import slips
from samenraad.ballots.testing import end, open_vote, vote_with
from samenraad.ballots.tests.checking import CHOICES, SEED, receipt_of
from samenraad.ledger.models import Entry
from samenraad.post.models import Message
from samenraad.testing import at_once


def page(client, vote, path="", **data):
    return client.get(f"/votes/{vote.key}/{path}", data)


@pytest.fixture
def voted(opened):
    """Forty ballots came in; one of them has a receipt that we know."""
    opened.tracker = vote_with(opened.vote, opened.codes[0], CHOICES, SEED)
    for code in opened.codes[1:40]:
        vote_with(opened.vote, code, CHOICES)
    return opened


@pytest.fixture
def sealed(voted, bram):
    voted.vote = seal(vote=end(voted.vote), by=bram)
    return voted


def test_every_public_page_answers_before_anybody_voted(opened, client, django_assert_max_num_queries):
    for path in ("", "receipt/", "board/", "board/1/", "checkpoints/", "subscribe/", "checkpoints.json", "board.jsonl"):
        with django_assert_max_num_queries(12):
            assert page(client, opened.vote, path).status_code == 200, path


def test_a_vote_that_is_not_fixed_yet_does_not_exist_for_others(process, bram, as_, dirk):
    from samenraad.ballots.testing import make_vote

    vote = make_vote(process, bram)
    assert page(as_(dirk), vote).status_code == 404
    assert page(as_(bram), vote).status_code == 200


def test_a_receipt_waits_and_then_stands_on_the_board_with_others(voted, client):
    typed = voted.tracker.lower()[:10] + " " + voted.tracker[10:]
    first = page(client, voted.vote, "receipt/", tracker=typed).context["found"]
    assert (first.waits, first.line) == (True, 0)
    empty(vote=voted.vote, last=True)
    found = page(client, voted.vote, "receipt/", tracker=typed).context["found"]
    assert (found.line, found.others) == (2, 39)


def test_letters_that_are_no_receipt_or_unknown_say_what_to_do(voted, client):
    short = page(client, voted.vote, "receipt/", tracker="ABCD")
    assert "tracker" in short.context["form"].errors
    unknown = page(client, voted.vote, "receipt/", tracker="22222222222222222222")
    assert (unknown.context["found"].line, unknown.context["found"].waits) == (0, False)


def test_a_receipt_file_finds_every_slip_only_after_the_last_day(voted, client, bram):
    url = f"/votes/{voted.vote.key}/receipt/file/"
    text = json.dumps(receipt_of(voted.vote))
    early = client.post(url, {"text": text})
    assert early.status_code == 409
    assert "looked" not in early.context
    seal(vote=end(voted.vote), by=bram)
    looked = client.post(url, {"text": text}).context["looked"]
    assert looked.good
    assert len(looked.slips) == 7


def test_a_receipt_file_that_was_altered_or_whose_slip_is_gone_is_told_so(sealed, client):
    url = f"/votes/{sealed.vote.key}/receipt/file/"
    other = receipt_of(sealed.vote)
    other["slips"][0]["value"] = "0"
    looked = client.post(url, {"text": json.dumps(other)}).context["looked"]
    assert (looked.good, looked.letters, [slip.good for slip in looked.slips].count(True)) == (False, False, 6)
    whole = receipt_of(sealed.vote)
    gone = slips.commitment(sealed.vote.key, *(whole["slips"][2][part] for part in ("about", "value", "nonce")))
    Slip.objects.filter(commitment=gone).delete()
    looked = client.post(url, {"text": json.dumps(whole)}).context["looked"]
    assert [slip.good for slip in looked.slips] == [True, True, False, True, True, True, True]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"vote": 1}', '{"slips": [1]}', "9" * 5000, "[" * 20000])
def test_what_is_no_receipt_file_is_refused_in_words(sealed, client, text):
    answer = client.post(f"/votes/{sealed.vote.key}/receipt/file/", {"text": text})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_board_says_nothing_of_answers_while_people_vote(voted, client):
    empty(vote=voted.vote, last=True)
    text = b"".join(page(client, voted.vote, "board.jsonl")).decode()
    nonces = Slip.objects.values_list("nonce", flat=True)
    assert nonces
    assert not any(nonce in text for nonce in nonces)
    shown = page(client, voted.vote, "board/").content.decode()
    assert "40" in shown
    assert voted.tracker in page(client, voted.vote, "board/2/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_who_takes_long_to_download_does_not_keep_the_box_from_being_sealed(process, bram, monkeypatch):
    opened = open_vote(process, bram)
    for code in opened.codes[:40]:
        vote_with(opened.vote, code, CHOICES)
    empty(vote=opened.vote)
    monkeypatch.setattr(files, "AT_ONCE", 1)
    whole, pack = files.board_lines(opened.vote), dict(files.files(opened.vote))
    assert '"open"' in next(whole)
    assert seal(vote=end(opened.vote), by=bram).sealed_at
    assert [json.loads(line)["kind"] for line in whole] == ["batch", "batch", "close"]
    assert len(list(pack["board.jsonl"])) == 2, "the size was looked at first"


def test_a_line_that_is_not_there_is_not_found(opened, client):
    assert page(client, opened.vote, "board/99/").status_code == 404
    assert page(client, opened.vote, "board/99.json").status_code == 404


# checkpoints by e-mail


def asked(vote, email="lezer@example.org"):
    return subscribing.ask(vote=vote, email=email)


def test_who_asks_for_checkpoints_gets_one_question_and_confirms_it(opened, client):
    url = f"/votes/{opened.vote.key}/subscribe/"
    for _twice in range(2):
        assert client.post(url, {"email": "Lezer@Example.org"}).context["sent"]
    subscriber = Subscriber.objects.get()
    assert Message.objects.count() == 1
    assert not subscriber.confirmed
    link = Message.objects.get().extra["link"]
    client.get(link)
    assert not Subscriber.objects.get().confirmed
    make(vote=opened.vote)
    for _twice in range(2):
        client.post(link, {"do": "confirm"})
    assert Subscriber.objects.get().confirmed
    assert Message.objects.filter(key__startswith="checkpoint:").count() == 1


def test_who_stops_is_forgotten_and_gets_nothing_more(opened, client):
    subscriber = subscribing.confirm(subscriber=asked(opened.vote))
    client.post(f"/votes/{opened.vote.key}/subscribe/{subscriber.token}/", {"do": "stop"})
    assert not Subscriber.objects.exists()
    publishing.publish(vote=opened.vote)
    assert not Message.objects.filter(key__startswith="checkpoint:").exists()
    again = client.post(f"/votes/{opened.vote.key}/subscribe/{subscriber.token}/", {"do": "stop"})
    assert again.status_code == 200


def test_an_unconfirmed_address_is_forgotten_after_a_week(opened):
    asked(opened.vote)
    subscribing.confirm(subscriber=asked(opened.vote, "ander@example.org"))
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=8))
    tick()
    assert Subscriber.objects.get().email == "ander@example.org"


def test_addresses_go_some_time_after_the_count_and_when_somebody_wants_to_be_forgotten(opened, aisha):
    from samenraad.ballots.room import card

    subscribing.confirm(subscriber=asked(opened.vote, aisha.email.upper()))
    assert card.known(aisha)["checkpoints_by_email"][0]["confirmed"]
    card.forget(aisha)
    assert not Subscriber.objects.exists()
    assert not Entry.objects.filter(act="ballots.unwatched").exists()


def test_a_mailbox_of_the_committee_never_goes_unseen(opened, bram, aisha):
    """Not even by forgetting somebody with that address."""
    from samenraad.ballots.room import card

    subscribing.appoint(vote=opened.vote, name="Aisha", email=aisha.email, by=bram)
    card.forget(aisha)
    assert not Subscriber.objects.exists()
    assert Entry.objects.filter(act="ballots.unwatched").count() == 1
    subscribing.confirm(subscriber=asked(opened.vote))
    long_ago = timezone.now() - timedelta(days=61)
    Vote.objects.update(sealed_at=long_ago, counted_at=long_ago, seed="s")
    assert subscribing.forget_late() == 1


def test_too_many_unconfirmed_addresses_stop_whoever_types_them_in(opened, monkeypatch, client):
    monkeypatch.setattr(subscribing, "MOST_WAITING", 1)
    asked(opened.vote)
    answer = client.post(f"/votes/{opened.vote.key}/subscribe/", {"email": "x@example.org"})
    assert answer.context["form"].errors
    assert Subscriber.objects.count() == 1


def test_checkpoints_go_out_at_freezing_hourly_and_at_the_close_each_once(voted, bram):
    subscribing.confirm(subscriber=asked(voted.vote))
    tick()  # fixed, and twenty ballots
    tick()
    assert Message.objects.filter(key__startswith="checkpoint:").count() == 1
    empty(vote=voted.vote, last=True)
    tick()  # within the hour
    assert Message.objects.filter(key__startswith="checkpoint:").count() == 1
    Vote.objects.update(told_at=timezone.now() - timedelta(hours=1))
    tick()
    assert Message.objects.filter(key__startswith="checkpoint:").count() == 2
    seal(vote=end(voted.vote), by=bram)
    tick()
    tick()
    assert Message.objects.filter(key__startswith="checkpoint:").count() == 3
    last = Checkpoint.objects.order_by("size").last()
    body = Message.objects.filter(key__startswith="checkpoint:").order_by("pk").last().body
    assert last.root in body
    assert last.signature[:64] in body


def test_a_crash_between_checkpoint_and_post_is_made_good_by_the_next_tick(opened):
    subscribing.confirm(subscriber=asked(opened.vote))
    make(vote=opened.vote)
    tick()
    assert Message.objects.filter(key__startswith="checkpoint:").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_send_one_message(opened):
    subscribing.confirm(subscriber=asked(opened.vote))
    at_once(*[lambda: publishing.publish(vote=opened.vote)] * 4)
    assert Message.objects.filter(key__startswith="checkpoint:").count() == 1
    assert Checkpoint.objects.count() == 1


def test_the_officer_writes_down_the_committee_and_nobody_else_does(opened, as_, bram, dirk, client):
    url = f"/votes/{opened.vote.key}/desk/committee/"
    publishing.publish(vote=opened.vote)
    assert as_(dirk).get(url).status_code in (302, 403, 404)
    assert as_(bram).get(url).status_code == 200
    for _twice in range(2):
        as_(bram).post(url, {"name": "Hilde Maes", "email": "hilde@example.org"})
    assert url.encode() in as_(bram).get(f"/votes/{opened.vote.key}/").content
    assert url.encode() not in as_(dirk).get(f"/votes/{opened.vote.key}/").content
    member = Subscriber.objects.get()
    assert (member.committee, member.confirmed) == (True, True)
    assert Message.objects.count() == 1
    as_(dirk).post(f"{url}{member.pk}/stop/")
    assert Subscriber.objects.exists()
    as_(bram).post(f"{url}{member.pk}/stop/")
    assert not Subscriber.objects.exists()


def test_the_ledger_names_nobody_of_the_committee(opened, bram):
    subscribing.appoint(vote=opened.vote, name="Hilde Maes", email="hilde@example.org", by=bram)
    entry = Entry.objects.get(act="ballots.watched")
    assert "ilde" not in json.dumps(entry.facts)
