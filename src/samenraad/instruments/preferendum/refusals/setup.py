"""Sentences: making the rules and the options, and fixing them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "preferendum.frozen": _("The rules and the options were fixed on {day} and cannot change any more."),
    "preferendum.unknown_kind": _("Choose one of the kinds of vote on this page."),
    "preferendum.no_question": _("The process has no question yet. People must know what they vote about."),
    "preferendum.rule_cannot_count": _("This way of counting does not fit what voters do. Choose one that does."),
    "preferendum.no_pledge": _("Write down what the council promises to do with the outcome."),
    "preferendum.no_tie": _("Write down how and when the seed is made that decides between equal options."),
    "preferendum.scale_length": _("The scale has {count} words. Use at least {least} and at most {most}."),
    "preferendum.scale_word": _("Word {place} of the scale is empty in the language of the town."),
    "preferendum.scale_twice": _("“{word}” stands on the scale twice."),
    "preferendum.all_agree": _("Not every word can mean: agree. Lower the number of words that do."),
    "preferendum.few_options": _("There are {count} options, and at least {least} are needed."),
    "preferendum.many_options": _("There are {count} options, and {most} is the most that people can read."),
    "preferendum.ranked_too_many": _(
        "There are {count} options, and {most} is the most that can be put in order in secret: a longer order is like "
        "a fingerprint. Take some out, or let voters do something else."
    ),
    "preferendum.same_title": _("Two options are called “{title}”. Give each its own name."),
    "preferendum.text_changed": _(
        "“{title}” (number {number}) was changed where it came from, after it came here. Take over the newest text, or "
        "take it out."
    ),
    "preferendum.no_dates": _("Say from when until when people can vote."),
    "preferendum.not_public": _("Make the process public: now nobody can read the rules yet."),
    "preferendum.over": _("The last day to vote is over already. Move the dates of this step."),
    "preferendum.carried_text": _("This text came from elsewhere and goes to the vote unchanged."),
    "preferendum.not_carried": _("This option was written here, so there is no newer text."),
    "preferendum.withdrawn": _("This option was taken out. Put it back first."),
    "preferendum.reason_needed": _("Say why. Everybody can read it."),
}
