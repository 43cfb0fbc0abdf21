"""What drawing the addressees of letters says: refusals, mistakes in a register, and notices. Part of
`sentences`.
"""

from __future__ import annotations

from samenraad.methods.language import _

LETTERS: dict[str, str] = {
    # seeds
    "sortition.no_seed": _("Give a seed: some words or numbers that nobody could choose to suit."),
    "sortition.limit": _("There is no number from 0 up to {limit}."),
    # a register
    "sortition.row_width": _("this row has {cells} cells, and the header has {columns}."),
    "sortition.no_age": _("“{value}” is not an age, and not a date of birth with the day that counts (--on)."),
    "sortition.register_changed": _("{file} was changed while it was read. Start again."),
    "sortition.many_strata": _("These columns make more than {most} groups: {columns}. Choose others."),
    "sortition.equal": _("“{equal}” is not a way to treat addresses. Choose people or homes."),
    # a plan of letters
    "sortition.letters_or_seats": _("Say how many letters there are, or how many seats: --letters or --seats."),
    "sortition.letters_number": _("These numbers cannot be: {names}."),
    "sortition.letters_strata": _(
        "The plan and the register do not have the same strata. Only in one of them: {strata}."
    ),
    "sortition.letters_above": _("The plan has more letters than there are people left: {strata}."),
    "sortition.no_people": _("There is nobody to write to."),
    "sortition.stratum": _(
        "{stratum}: {people} people, {sent} letters and {accepted} answers, {factor} times: these numbers cannot be."
    ),
    "sortition.stratum_twice": _("These strata stand more than once in the plan: {strata}."),
    "sortition.rate": _("A response of {rate} cannot be: it is above 0 and below 1. Write 5 % as 0.05."),
    "sortition.strength": _("A response is known from more than {strength} letters."),
    "sortition.accepted": _("{accepted} people cannot have said yes to {letters} letters."),
    "sortition.plan_file": _("{file} cannot be read as a plan (JSON)."),
    "sortition.plan_values": _("{file}: this is unknown, or has a wrong value: {names}. A plan can have: {known}."),
    "sortition.plan_unknown": _("The plan speaks of groups that are not in the register: {groups}."),
    # results
    "sortition.there_already": _("{path} is there already. Give another name with {option}, or --overwrite."),
    "sortition.needed": _("{path} is needed itself and is never replaced. Give another name with {option}."),
    "sortition.earlier_file": _("{file} has no column “{column}”, so it does not say who had a letter."),
    "sortition.earlier_nobody": _(
        "None of the {number} people who had a letter before is in this register. Is it the same column of numbers?"
    ),
    # notices
    "sortition.large_share": _("{letters} letters for {people} people: you write to {share} of all people."),
    "sortition.everybody": _("{stratum}: everybody gets a letter ({letters})."),
    "sortition.too_few": _("{stratum}: {expected} people are expected to say yes, and {wanted} are wanted."),
    "sortition.not_certain": _(
        "You wanted to be {wanted} sure that every stratum fills its seats. With these letters it is {reached}."
    ),
    "sortition.relatively_less": _(
        "{group}: gets {after} letters instead of {before}, because other groups get more. "
        "Say how you reach this group in another way."
    ),
    "sortition.earlier_unknown": _("{number} of those who had a letter before are not in this register."),
    "sortition.fewer_invited": _("{stratum}: {letters} letters were planned, and {invited} people can get one."),
}
