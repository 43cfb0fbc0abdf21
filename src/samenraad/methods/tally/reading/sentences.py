"""What is wrong in a file: each sentence follows the place, so it starts with a small letter. Part of `sentences`."""

from __future__ import annotations

from samenraad.methods.language import _

FILES: dict[str, str] = {
    "tally.more_like_this": _("and {number} more mistakes of the kind of which you see {told} above."),
    "tally.count": _("“{text}” is not a number of voters."),
    "tally.too_many_voters": _("there are more than {most} voters."),
    "tally.no_ballots": _("there is not a single ballot."),
    "tally.one_option": _("there must be at least one option, and at most {most}."),
    "tally.option_twice": _("“{option}” is the name of more than one option."),
    "tally.option_nameless": _("there is a column with ballots that has no name."),
    "tally.column_twice": _("there is more than one column “{column}”."),
    "tally.too_many_cells": _("there are more cells than columns. Perhaps a text with a comma needs quotation marks."),
    "tally.unknown_option": _("“{text}” is not one of the options."),
    "tally.ranked_twice": _("“{option}” is ranked more than once."),
    "tally.place": _("“{text}” at {option} is not a place. Write 1 for the first, 2 for the next, or leave it empty."),
    "tally.grade": _("“{text}” at {option} is not a grade. The grades are: {scale}."),
    "tally.mark": _("“{text}” at {option} is not a mark. Write 1 or x for a mark, and 0 or nothing for none."),
    "tally.priority_unknown": _("“{text}” is marked as a priority, but is not one of the proposals."),
    "tally.priorities_many": _("{number} priorities are marked, and at most {most} may be."),
    "tally.no_neighbourhood": _("the neighbourhood is missing."),
    "tally.no_scale": _("these grades are words: say which, from the worst to the best, with --scale."),
    "tally.preflib_line": _("“{text}” is not a ballot. Write the number of voters, a colon and the ranking."),
    "tally.preflib_number": _("{number} is not the number of an option: there are {options}."),
    "tally.preflib_brace": _("a bracket is opened or closed in the wrong place."),
    "tally.preflib_categories": _("{given} categories stand here, and there are {categories}."),
    "tally.preflib_missing": _("the file does not say which options there are."),
    "tally.preflib_sum": _("the file says there are {said} voters, but its lines sum to {found}."),
}
