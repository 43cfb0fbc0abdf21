"""The tick: every room does its part, and one that fails keeps nobody else from theirs."""

import pytest
from django.core.management import call_command

from samenraad.cards import Room
from samenraad.processes.management.commands import tick


class Works(Room):
    name = "works"
    done = 0

    def tick(self, today):
        self.done += 1
        return ["2 reminders"] if self.done == 1 else []


class Fails(Room):
    name = "fails"

    def tick(self, today):
        raise RuntimeError("the mail server is away")


@pytest.fixture
def cards(monkeypatch):
    def lay(*some):
        monkeypatch.setattr(tick, "shelf", lambda: some)

    return lay


def test_the_tick_says_what_it_did_and_twice_does_nothing_more(cards, capsys, db):
    cards(Works())
    call_command("tick")
    assert capsys.readouterr().out == "works: 2 reminders\n"
    call_command("tick")
    assert capsys.readouterr().out == ""


def test_one_room_that_fails_does_not_stop_the_others(cards, capsys, db):
    last = Works()
    cards(Fails(), last)
    with pytest.raises(SystemExit) as end:
        call_command("tick")
    assert end.value.code == 1
    assert last.done == 1
    assert "the mail server is away" in capsys.readouterr().err


def test_the_whole_house_ticks_twice_without_harm(house):
    call_command("tick")
    call_command("tick")
