"""Sentences: the list of voters, its codes and its letters."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    # the list
    "ballots.list_too_big": _("This file is larger than {megabytes} MB. Leave out columns that are not needed."),
    "ballots.list_unreadable": _("This file cannot be read. {why}"),
    "ballots.list_known": _("This list was read in already, on {day}. Nothing was done again."),
    "ballots.list_gone": _("This list was thrown away or read in already."),
    "ballots.list_busy": _("This list is being worked on now. Wait until that is done."),
    "ballots.columns_missing": _(
        "These columns are not in the file: {columns}. Its header says: {header}. Give the columns these names and "
        "choose the file again."
    ),
    "ballots.columns_double": _("These columns mean the same as another one: {columns}. Leave out one of the two."),
    "ballots.not_checked": _("The list has to be checked first."),
    "ballots.nobody_on_list": _("There is nobody on this list who can get a letter."),
    "ballots.bad_lines": _("{lines} lines are not right. Say that you leave out these people, or correct the list."),
    "ballots.read_twice": _("The list was being read in twice at the same time. Start again."),
    # its lines
    "ballots.line_quotes": _("The quotation marks of this line are not right."),
    "ballots.line_width": _("This line has more or fewer cells than the header."),
    "ballots.line_empty": _("Nothing stands in the column “{column}”."),
    "ballots.line_long": _("What stands in the column “{column}” is too long."),
    "ballots.line_areas": _("There are too many different neighbourhoods. Is this the right column?"),
    "ballots.line_twice": _("The number of this person stands on an earlier line too. The earlier line counts."),
    # codes without a list
    "ballots.cards_too_many": _("Make at least 1 code, and at most {most} at a time."),
    "ballots.codes_there": _(
        "There are codes already. Say that they may be thrown away: what was printed of them is worth nothing then."
    ),
    # the roll as a whole
    "ballots.empty_roll": _("There is nobody on the list of voters yet. First read in a list, or make codes."),
    "ballots.roll_unfinished": _(
        "The codes are being made, or that was interrupted. Wait until it is done, or start it again."
    ),
    "ballots.roll_frozen": _("The list of voters is fixed. Only the code of a lost letter can be replaced."),
    "ballots.roll_gone": _("The list of voters was destroyed on {day}. Nothing can be looked up in it any more."),
    "ballots.not_counted": _("The list of voters can be destroyed after the count."),
    # letters
    "ballots.no_promise": _(
        "First make public what the council promises to do with the outcome. It stands in the letter."
    ),
    "ballots.not_frozen": _("First fix the rules of the vote and the list of voters."),
    "ballots.no_last_day": _("First say until which day people can vote."),
    "ballots.letters_too_late": _("The vote is over. No letter can be made any more."),
    "ballots.all_letters_made": _("All letters were made already."),
    # lost letters
    "ballots.unknown_number": _(
        "Nobody with this number is on the list of voters. Look whether it is typed as it stands in the register."
    ),
    "ballots.lost_used": _(
        "A ballot came in on this code already, or somebody began to vote with it. It cannot be replaced: nobody can "
        "find that ballot in the box and take it out."
    ),
    "ballots.replaced_meanwhile": _(
        "This person got another code a moment ago. Search once more if that one got lost too."
    ),
}  # fmt: skip
