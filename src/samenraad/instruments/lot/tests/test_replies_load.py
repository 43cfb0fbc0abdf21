"""500 answers within a minute from 50 browsers: all of them stand, and none of them twice."""

from __future__ import annotations

import time
from threading import Semaphore

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from samenraad.instruments.lot.actions import cards, replies
from samenraad.instruments.lot.models import Card, Invitation
from samenraad.instruments.lot.rules import replies as rules
from samenraad.ledger.models import Entry
from samenraad.people.models import Role
from samenraad.processes.models import Contribution
from samenraad.questionnaires.actions import keep
from samenraad.questionnaires.models import Answer, AnswerSet
from samenraad.testing import at_once, somebody

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ANSWERS, BROWSERS, SECONDS = 500, 50, 60
#: so many requests does `samenraad serve` take at a time; the others wait for their turn
SERVED = Semaphore(4)


class Browser(Client):
    """Of somebody who opened their letter a while ago."""

    def __init__(self, person):
        super().__init__()
        session = self.session
        session["person"] = person.pk
        session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    def post(self, *args, **kwargs):
        with SERVED:
            try:
                return super().post(*args, **kwargs)
            finally:
                connection.close()


def sending(letter, row):
    """One resident on the last page: four of five say yes, every second no is curious, and one in seven is impatient
    and clicks twice."""
    browser, page = Browser(letter.person), lambda name: reverse(f"lot:{name}", args=[letter.lot_id])
    if row % 5:
        draft = replies.begin(invitation=letter, language="nl")
        keep(answers=draft, values={"schooling": "practical" if row % 2 else "theoretical"})
        last = page("reply_check"), {"more": ""}
    else:
        last = page("reply_no"), {"reason": "time", "curious": "on" if row % 2 else "", "more": ""}
    return lambda: {browser.post(*last).url for _ in range(1 if row % 7 else 2)}


def test_five_hundred_answers_from_fifty_browsers_all_stand(asked, invited, monkeypatch):
    monkeypatch.setattr(rules, "FASTEST", 0)
    monkeypatch.setattr(rules, "FROM_ONE_SOURCE", ANSWERS * 2)
    calls = [sending(letter, row) for row, letter in enumerate(invited(ANSWERS))]
    begun, worked = time.monotonic(), time.process_time()
    outcomes = at_once(*calls, workers=BROWSERS)
    took, work = time.monotonic() - begun, time.process_time() - worked
    print(f"{ANSWERS} answers from {BROWSERS} browsers took {took:.1f} s, {work:.1f} s of one processor")
    assert set().union(*outcomes) == {reverse("lot:reply_receipt", args=[asked.pk])}
    said = Invitation.objects.filter(lot=asked, test=False)
    yes, curious = (sum(1 for row in range(ANSWERS) if test(row)) for test in (lambda r: r % 5, lambda r: r % 10 == 5))
    assert (said.filter(reply="yes").count(), said.filter(reply="no").count()) == (yes, ANSWERS - yes)
    assert Contribution.objects.filter(step=asked.step, withdrawn_at=None).count() == yes + curious
    assert AnswerSet.objects.exclude(handed_in_at=None).count() == Answer.objects.count() == yes
    assert Entry.objects.filter(act="lot.replied").count() == ANSWERS
    assert work < SECONDS  # what it takes on a machine that does nothing else


def test_a_whole_walk_in_ten_browsers_at_once_loses_nothing(asked, invited, monkeypatch):
    monkeypatch.setattr(rules, "FASTEST", 0)

    def walk(letter):
        browser, page = Browser(letter.person), lambda name, *more: reverse(f"lot:{name}", args=[asked.pk, *more])
        browser.post(page("reply_yes"))
        browser.post(page("reply_page", 1), {"schooling": "practical"})
        browser.post(page("reply_page", 2), {"need": f"oprit {letter.pk}"})
        browser.post(page("reply_reach"), {"phone": "0612345678"})
        return browser.post(page("reply_check"), {"more": ""}).url

    people = invited(10)
    assert set(at_once(*(lambda one=one: walk(one) for one in people))) == {
        reverse("lot:reply_receipt", args=[asked.pk])
    }
    assert Invitation.objects.filter(reply="yes", person__phone="0612345678").count() == 10
    assert {f"oprit {one.pk}" for one in people} <= set(Answer.objects.values_list("value", flat=True))


def test_yes_and_no_at_the_same_moment_leave_one_answer(lot, invited):
    [letter] = invited(1)
    calls = [lambda: replies.say_yes(invitation=letter).reply, lambda: replies.say_no(invitation=letter).reply] * 3
    at_once(*calls)
    letter.refresh_from_db()
    standing = Contribution.objects.filter(withdrawn_at=None).count()
    assert (letter.reply, standing) in {("yes", 1), ("no", 0)}


def test_web_and_phone_at_the_same_moment_are_one_contribution(lot, invited, bram):
    [letter] = invited(1)
    web = lambda: replies.say_yes(invitation=letter).pk  # noqa: E731
    phone = lambda: replies.say_yes(invitation=letter, channel="phone", keyed_by=bram).pk  # noqa: E731
    at_once(web, phone, web, phone)
    assert Contribution.objects.filter(withdrawn_at=None).count() == 1


def test_two_people_who_key_the_same_card_at_the_same_moment_make_it_count_once(lot, invited, bram):
    saar = somebody("Saar Maes")
    Role.objects.create(person=saar, word="secretary")
    [letter] = invited(1)
    keyed = [lambda by=by: cards.key(invitation=letter, by=by, values={"reply": "yes"}) for by in (bram, saar)]
    assert sorted(at_once(*keyed)) == [cards.COUNTED, cards.WAITS]
    assert not Card.objects.exists()
    assert Contribution.objects.count() == 1
