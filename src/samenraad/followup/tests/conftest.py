"""A hand-over in every state: made, half answered, answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from samenraad.followup import actions
from samenraad.people.models import Person
from samenraad.processes import actions as processes


@pytest.fixture
def ideas(step, aisha) -> Callable[..., list[Any]]:
    """`ideas(3)`: so many texts of Aisha in the open step."""

    def make(count: int, by: Person | None = None) -> list[Any]:
        part = processes.take_part(step=step, person=by or aisha)
        return [
            processes.propose(
                step=step, contribution=part, title=f"Idee {number}", text=f"Tekst {number}.", by=by or aisha
            )
            for number in range(1, count + 1)
        ]

    return make


@pytest.fixture
def handover(process, ideas, bram):
    """Three texts on the table of the council, since today."""
    return actions.hand_over(process=process, proposals=ideas(3), by=bram)


@pytest.fixture
def answer_all(bram) -> Callable[..., Any]:
    """Fill in every row that is blank: `answer_all(handover, "adopted", "rejected")`, the last one for the rest."""

    def fill(handover: Any, *decisions: str) -> Any:
        decisions = decisions or ("adopted",)
        blank = handover.items.filter(answer=None).select_related("proposal")
        for place, item in enumerate(blank):
            decision = decisions[min(place, len(decisions) - 1)]
            actions.give_answer(
                item=item, decision=decision, by=bram, reasons=f"Omdat het kan, zei de raad bij nummer {item.number}.",
                forwarded_to="de provincie" if decision == "forwarded" else "",
            )  # fmt: skip
        return handover

    return fill


@pytest.fixture
def answered(handover, answer_all, chantal):
    """Three public answers: adopted, adopted in part, rejected."""
    return actions.publish_answers(handover=answer_all(handover, "adopted", "partly", "rejected"), by=chantal)


@pytest.fixture
def sent() -> Callable[..., int]:
    """As if the post had sent all that waits."""
    from samenraad.post.models import Message

    def send(**which: Any) -> int:
        waiting = Message.objects.filter(state=Message.State.WAITING, **which)
        return waiting.update(state=Message.State.SENT, settled_at=timezone.now())

    return send
