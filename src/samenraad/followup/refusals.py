"""What followup says when something may not be done, and what can be done instead."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "handover.no_promise": _(
        "Nobody promised an answer yet. Make the promise public first, or pass gate 3 with a public reason."
    ),
    "handover.no_body": _("Choose who will answer."),
    "handover.in_future": _("This day is still to come. The clock starts on the day of the hand-over itself."),
    "handover.not_here": _("One of these texts belongs to another process."),
    "handover.already_there": _("Number {number} lies on the table already and waits for its answer."),
    "answer.preconditions": _("The promise has another number of conditions. Load the page again."),
    "answer.no_decision": _("Choose a decision: adopted, adopted in part, rejected, or not ours and forwarded."),
    "answer.no_reasons": _("Give the reasons. The people who wrote this will read them."),
    "answer.forwarded_to_whom": _("Fill in to whom this was forwarded."),
    "answer.changed_meanwhile": _(
        "Somebody else changed row {number} while you were writing. Nothing was saved: compare both texts below."
    ),
    "answer.empty_note": _("Write the note first."),
    "answer.unknown_note": _("A note is legal, financial or practical."),
    "answers.already_public": _("These answers are public, and public answers stay as they are."),
    "answers.blank": _("The answers cannot be made public yet: {count} have no decision (rows {rows})."),
    "answers.say_why": _("Say why it takes longer. Everybody will be able to read it."),
    "measure.no_title": _("Say what will be done."),
    "measure.no_owner": _("Fill in who does it: a person or a department."),
    "measure.not_here": _("This answer belongs to another process."),
    "measure.say_how_it_stands": _("Say in one sentence how it stands."),
    "measure.unknown_state": _("Choose how it stands: not started, under way, done or abandoned."),
    "measure.why_moved": _("The date moved. Say why; everybody will be able to read it."),
    "measure.evidence": _("Done? Show it: a decision number, a link, a photo."),
    "mark.not_answered": _("There is no public answer yet. You can mark it when it is there."),
    "mark.not_yours": _("Marks are given by the people who took part in this process."),
    "mark.zero_to_ten": _("A mark is a whole number from 0 to 10."),
    "feedback.say_where": _("Fill in where it hangs or stands, for instance: on the poster at the market."),
    "feedback.nobody_left": _("There is nobody left who can only be told in public."),
    "feedback.no_such_way": _("This person cannot be reached that way."),
    "feedback.not_failed": _("This message is still on its way. Wait until it arrives or fails."),
    "evaluation.not_written": _("Write the evaluation first."),
    "evaluation.incomplete": _(
        "Fill in all of it: what got better for residents, for democracy, between people, and what went wrong."
    ),
    "evaluation.already_public": _("This evaluation is public and stays as it is."),
    "evaluation.answers_first": _("The answers are not public yet. Without them there is nothing to evaluate."),
}
