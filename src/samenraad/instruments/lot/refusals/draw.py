"""What the draw says when something may not be done, and what can be done instead."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "lot.still_open": _(
        "People can still answer until {day}. Wait for that day, or say in public why the list closes earlier."
    ),
    "lot.too_few_yes": _("{yes} people said yes, and there are {seats} seats. Invite more people first."),
    "lot.values_missing": _(
        "Of {n} people we do not know all that the limits ask. Ask them, or nobody can be drawn: {numbers}."
    ),
    "lot.untried": _(
        "From these groups nobody said yes: {groups}. First write down what you tried to reach them. It becomes public."
    ),
    "lot.body_too_small": _(
        "{body} has {left} free seats for residents, and {seats} people are drawn. First make room in that group."
    ),
    "lot.impossible": _(
        "No panel meets all limits with these people. Look under “Can the limits be met?” to see what would help."
    ),
    "lot.beacon_past": _(
        "Round {round} of the public source was due on {moment}, so its value is known already. "
        "Announce a round that is still to come."
    ),
    "lot.pool_not_frozen": _("The list of who can be drawn is not closed yet."),
    "lot.pool_opened": _("The list of who can be drawn was opened again while the lottery was made. Make it anew."),
    "lot.lottery_not_made": _("The lottery is not ready yet."),
    "lot.lottery_public": _(
        "The lottery is public since {day}. It cannot change any more. Is there a mistake in it? Say so in public."
    ),
    "lot.lottery_not_public": _("First publish the lottery. Nobody draws from a list that others cannot see."),
    "lot.draw_early": _(
        "The draw was announced for {moment}. It can be held from half an hour before, when others can see it."
    ),
    "lot.drawn": _("The draw was held: panel {number}. A second draw would be a choice, not a lot."),
    "lot.not_drawn": _("The draw was not held yet."),
    "lot.thrown_meanwhile": _("Somebody else entered a throw just now. Look at it before you go on."),
    "lot.reason_needed": _("Write the reason. It becomes public."),
    "lot.unknown_number": _(
        "We do not find this number among the people who can be drawn. A lot number has six signs, such as K7F-2Q9. "
        "It stands in your letter and in the message that you got after you said yes."
    ),
    "lot.copy_too_big": _("This file is larger than {megabytes} MB. A file of this draw never is."),
    "lot.no_copy": _("Choose at least one file: your copy of lottery.csv or of transcript.json."),
}
