"""What processes says when something may not be done, and what can be done instead."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "instrument.unknown": _("There is no instrument called {kind}."),
    "instrument.cannot_copy": _("This instrument ({kind}) cannot be copied."),
    "process.gate_unmet": _(
        "Gate {gate} is not passed yet: {missing} Do that first, or pass the gate with a public reason."
    ),
    "process.has_contributions": _(
        "People have already taken part. What is public stays public; you can close the process."
    ),
    "process.already_public": _("This process is public already."),
    "process.not_public": _("This process is not public yet."),
    "process.closed": _("This process is closed. You can copy it to start again."),
    "process.reason_needed": _("Residents lose influence by this. Give the reason; everybody will be able to read it."),
    "process.only_inform": _(
        "Nothing is left to choose here: it is fixed or decided already. So residents can only be informed. "
        "Open something in the room first."
    ),
    "process.say_why": _("This is public. Say in a sentence why you change it; everybody will be able to read it."),
    "process.there_already": _("This stands here already."),
    "process.last_of_goals": _("A public process keeps at least one goal. Write the new one first."),
    "process.last_of_room": _(
        "A public process says what is open and what is fixed. Write the new line first, then take this one away."
    ),
    "meeting.times": _("A meeting ends after it starts. Check both times."),
    "meeting.was_held": _("This meeting has begun or is over, so it can no longer be called off."),
    "meeting.not_yet": _("This meeting is still to come. Note who was there from the moment it starts."),
    "meeting.who": _("Fill in a name or an e-mail address."),
    "person.forgotten": _("This person has been forgotten already."),
    "gate.reason_needed": _("Give a reason of at least 20 characters. Everybody will be able to read it."),
    "gate.unknown": _("There are six gates, numbered 1 to 6."),
    "promise.incomplete": _("A promise needs a text, a body that answers and a number of days."),
    "promise.already_public": _("This promise is public and stays as it is. Make a next version to change it."),
    "step.dates": _("A step closes after it opens. Check both dates."),
    "step.has_contributions": _("People have already taken part in this step, so it cannot be removed."),
    "step.not_public": _("This part is not public yet."),
    "step.no_promise": _("Nobody can take part before the promise is public."),
    "step.in_future": _("This day is still to come. Fill in the day on which the person took part."),
    "step.not_open_yet": _("You cannot take part yet. It opens on {opens}."),
    "step.closed": _("This closed on {closes}. You can still read everything, and follow what is done with it."),
    "step.planned": _("You cannot take part yet. The opening day is not known."),
    "work.unknown": _("Nothing in this house knows how to do {kind}."),
    "work.broke": _(
        "Something went wrong on our side. Go back and start it again. If it stops again, ask whoever looks after this "
        "website."
    ),
    "proposal.not_here": _("These texts do not belong to the same step."),
    "proposal.not_public": _("This text is no longer open: it was merged, withdrawn or hidden."),
    "proposal.nothing_chosen": _("Choose at least one text."),
    "proposal.into_itself": _("A text cannot be merged into itself."),
    "proposal.reason_needed": _("Give a reason. The people who wrote it will read it."),
    "proposal.not_merged": _("This text was not merged."),
    "proposal.undo_later_first": _(
        "It went on into number {number}, which was merged or closed later. Undo that first."
    ),
    "proposal.already_answered": _("This text has been handed over for an answer, so it can no longer change."),
    "proposal.split_in_two": _("Give at least two texts to split into."),
    "proposal.has_reactions": _(
        "Others have already supported this or reacted to it, so the text stays as they read it."
    ),
    "proposal.not_yours": _("Only who wrote this can change it."),
    "proposal.own": _("You wrote this yourself; your support is counted already."),
}
