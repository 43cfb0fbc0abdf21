"""J14's first steps, and a resident on a phone: an idea, support, a comment, with and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from samenraad.people.models import Person
from samenraad.processes.models import Proposal
from tests.journeys.steps import only
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def somebody_types_that_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that is filled in within seconds is taken for a robot's; this browser is that fast."""
    monkeypatch.setattr("samenraad.discussion.rules.FASTEST", 0)


def give(walk: Walk, step: Any) -> None:
    walk.visit(f"/ideas/{step.pk}/").click("Geef je idee").see("Wat is je idee?")
    walk.fill("Je idee in één zin", "Een speeltuin bij de beek").fill("Vertel er meer over", "Voor *alle* kinderen.")
    walk.click("Bewaar en ga verder").see("Wie ben je?")


def test_an_association_gives_an_idea_without_an_account(walk: Walk, step: Any) -> None:
    """J14: the club acts first; an address is asked for so that it can be told, not to let it in."""
    give(walk, step)
    walk.fill("Hoe mogen we je noemen?", "Speeltuinvereniging De Beek").fill("Je e-mailadres", "club@example.org")
    walk.click("Ga verder").see("Kijk het na").click("Verstuur mijn idee")
    idea = only(Proposal)
    walk.read(f"{idea.number}")
    assert idea.sources.get().contribution.person == Person.objects.get(email="club@example.org")
    walk.visit(f"/ideas/{step.pk}/{idea.number}/").see("Een speeltuin bij de beek")


def test_an_idea_without_javascript_and_without_a_name(plain_walk: Walk, step: Any) -> None:
    give(plain_walk, step)
    plain_walk.click("Ga verder").see("Kijk het na").click("Verstuur mijn idee")
    assert only(Proposal).title == "Een speeltuin bij de beek"


def test_support_and_a_comment(walk: Walk, idea: Any, dirk: Any) -> None:
    walk.become(dirk).visit(f"/ideas/{idea.step_id}/{idea.number}/").see("Bomen op het Marktplein")
    walk.click("Ik steun dit idee")
    idea.refresh_from_db()
    assert idea.supporters == 1
    walk.fill("Je reactie", "Goed plan, begin bij het station.").click("Plaats mijn reactie")
    walk.read("Goed plan, begin bij het station.")


def test_what_is_closed_says_since_when(walk: Walk, idea: Any, bram: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from samenraad.processes import actions

    now = timezone.now()
    actions.schedule(
        step=idea.step, opens=now - timedelta(days=9), closes=now - timedelta(days=1), by=bram, reason="Eerder klaar."
    )
    walk.visit(f"/ideas/{idea.step_id}/").read("gesloten")
    walk.visit(f"/ideas/{idea.step_id}/new/").read("Dit sloot op")
