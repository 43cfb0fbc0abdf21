"""Killed in the middle, twenty times: no ballot that was confirmed is lost, none is there twice, the books agree."""

from __future__ import annotations

import os
import queue
import random
import signal
import subprocess
import sys
import threading
import time
from secrets import token_hex
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections

from samenraad.ballots.actions.batches import empty
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.box.models import Slip, Tracker
from samenraad.ballots.models import Vote
from samenraad.ballots.queries.books import books
from samenraad.ballots.testing import end, open_vote
from samenraad.ballots.tests.test_at_once import board_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE, KILLS = 1_500, 20
VARIABLES = {"default": "DATABASE_URL", "roll": "ROLL_DATABASE_URL", "box": "BOX_DATABASE_URL"}

#: voters, one after another: a line with code and seed comes in, a line with code and receipt goes out
VOTERS = """
import sys, django
django.setup()
from samenraad.ballots.actions.casting import cast
from samenraad.ballots.models import Vote
vote = Vote.objects.select_related("step__process").get()
for line in sys.stdin:
    code, seed = line.split()
    print(code, cast(vote=vote, code=code, choices={"grades": {"1": 3}, "priorities": ["2"]}, seed=seed), flush=True)
"""
#: what the tick does, over and over
TICKS = """
import django
django.setup()
from samenraad.ballots.actions.ticking import tick
while True:
    tick()
"""


def environment() -> dict[str, str]:
    """The databases of this test, and its keys."""
    addresses = {variable: address(alias) for alias, variable in VARIABLES.items()}
    keys = {f"SAMENRAAD_{name}": getattr(settings, name) for name in ("ROLL_KEY", "BOX_KEY", "BOARD_KEY")}
    own = {"DJANGO_SETTINGS_MODULE": "samenraad.site.settings", "SAMENRAAD_DATA": str(settings.DATA)}
    return {**os.environ, **addresses, **keys, **own}


def address(alias: str) -> str:
    connection = connections[alias]
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def started(script: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip


class Crowd:
    """Voters at one web process: what was sent, and what was confirmed. Who hears nothing tries again elsewhere."""

    def __init__(self, seeds: dict[str, str], receipts: dict[str, list[str]], todo: queue.Queue[str]) -> None:
        self.seeds, self.receipts, self.todo = seeds, receipts, todo
        self.process = started(VOTERS)
        self.confirmed = 0
        self.thread = threading.Thread(target=self.vote)
        self.thread.start()

    def vote(self) -> None:
        while (code := self.next()) is not None:
            try:
                self.process.stdin.write(f"{code} {self.seeds[code]}\n")
                line = self.process.stdout.readline()
                told = line.split() if line.endswith("\n") else []  # killed in the middle of a line: not heard
            except (BrokenPipeError, ValueError):
                told = []
            if not told:
                self.todo.put(code)
                return
            self.receipts.setdefault(told[0], []).append(told[1])
            self.confirmed += 1

    def next(self) -> str | None:
        try:
            return self.todo.get_nowait()
        except queue.Empty:
            return None

    def kill(self) -> bool:
        """Whether it was alive."""
        self.process.kill()
        alive = self.process.wait() == -signal.SIGKILL
        self.thread.join()
        return alive


def wait_for(what: object, deadline: float = 60) -> None:
    until = time.monotonic() + deadline
    while not what():
        assert time.monotonic() < until, "nothing happens"
        time.sleep(0.01)


@pytest.fixture
def opened(process, bram) -> SimpleNamespace:
    return open_vote(process, bram, {"": PEOPLE})


def test_killed_twenty_times_no_ballot_is_lost_or_doubled_and_the_books_agree(opened, bram):
    chance = random.Random(7)
    todo: queue.Queue[str] = queue.Queue()
    for code in opened.codes:
        todo.put(code)
    seeds, receipts = {code: token_hex(32) for code in opened.codes}, {}
    crowds = [Crowd(seeds, receipts, todo) for _n in range(2)]
    ticks = [started(TICKS)]
    killed = 0
    try:
        while killed < KILLS:
            wait_for(lambda: crowds[0].confirmed or todo.empty())
            time.sleep(chance.uniform(0, 0.15))
            killed += crowds.pop(0).kill()
            ticks.pop().kill()
            crowds.append(Crowd(seeds, receipts, todo))
            ticks.append(started(TICKS))
            assert not todo.empty() or killed == KILLS, "the killing should happen in the middle"
        crowds[0].thread.join(120)
        crowds[1].thread.join(120)
        while not todo.empty():  # what the last one killed had in hand
            again = Crowd(seeds, receipts, todo)
            again.thread.join(60)
            again.kill()
    finally:
        for one in crowds:
            one.kill()
        for one in ticks:
            one.kill()
            one.wait()

    assert set(receipts) == set(opened.codes), "everybody was confirmed in the end"
    several = {code: told for code, told in receipts.items() if len(set(told)) > 1}
    assert not several, "and has one receipt, however often they tried"
    Vote.objects.update(settled_at=None)
    over = end(opened.vote)
    empty(vote=over)
    seal(vote=over, by=bram)
    on_the_board = set(Tracker.objects.values_list("tracker", flat=True))
    assert on_the_board == {told[0] for told in receipts.values()}, "every confirmed ballot, and no other"
    assert len(on_the_board) == PEOPLE
    assert Slip.objects.filter(vote=over.key).count() == 7 * PEOPLE
    found = books(over)
    assert (found.agree, found.online, found.in_box_online, found.turned) == (True, PEOPLE, PEOPLE, {})
    board_of(over)
