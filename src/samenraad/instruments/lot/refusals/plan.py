"""What the plan, the groups and the rehearsal say when something may not be done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "lot.no_promise": _(
        "Nobody can be invited before the promise is public. First go through the goal, the room and the promise."
    ),
    "lot.frozen": _("The rules were frozen on {day} and cannot change any more. Everybody can read them."),
    "lot.not_frozen": _("First freeze and publish the rules of the lot."),
    "lot.no_seats": _("First say how many seats there are."),
    "lot.no_quotas": _("First make the groups and their seats."),
    "lot.drawn_already": _("The draw was held already."),
    "lot.group_twice": _("Two groups are called the same: {group}."),
    "lot.two_groups": _("There must be at least two groups to choose between."),
    "lot.not_an_answer": _("“{question}” has no answer called: {groups}. Groups are called as the answers are."),
    "lot.limits_crossed": _("{group}: at least {least} is more than at most {most}."),
    "lot.tried_nothing": _("Write down what was tried."),
    "lot.least_too_high": _(
        "{dimension}: together the groups get at least {total} seats, and there are {seats}. Lower one of them."
    ),
    "lot.most_too_low": _(
        "{dimension}: together the groups get at most {total} seats, and there are {seats}. Raise one of them."
    ),
    "lot.beacon_unnamed": _("Say in the plan which public source decides, and which round of it."),
    "lot.question_elsewhere": _(
        "{dimension} is known from a question that is not asked in this lot. Choose its questionnaire in the plan."
    ),
    "lot.rehearsal_rate": _("Fill in how many of a hundred letters bring a yes: more than 0 and at most 90."),
    "lot.rehearsal_letters": _("There are {people} people, so at most so many letters."),
}
