"""What counting says when it cannot do what was asked: one sentence per code, English here, Dutch in the catalogue."""

from __future__ import annotations

from samenraad.methods.files.mistakes import listed
from samenraad.methods.language import _
from samenraad.methods.tally import result
from samenraad.methods.tally.reading.sentences import FILES

#: code -> sentence; its {facts} are those of the refusal or of the mistake in a file
SENTENCES: dict[str, str] = {
    **FILES,
    "tally.files": _("This cannot be counted yet. What has to be put right:\n{problems}"),
    # what is counted
    "tally.options": _(
        "There must be 1 to {most} options, each with a name of its own. There are {options}; look at: {twice}."
    ),
    "tally.counts": _("Numbers of voters are whole, not below zero, and together at most {most}."),
    "tally.ranking": _("This ranking has an option twice, or one that is unknown: {ranking}."),
    "tally.grades": _("This ballot does not have one known grade, or none, for every option: {grades}."),
    "tally.marks": _("This ballot marks an unknown option: {marks}."),
    "tally.scale": _("A scale has at least two words, all different. This one has: {words}."),
    # how it is counted
    "tally.limits": _("Between {least} and {most} marks: that is not possible."),
    "tally.strength": _("The strength of a pair is one of: {known}. Not “{strength}”."),
    "tally.blank": _("What a missing grade means is one of: {known}. Not “{blank}”."),
    "tally.equal_ranked": _("What equals on a ballot mean is one of: {known}. Not “{equal}”."),
    "tally.unranked": _("What is not ranked can be one of: {known}. Not “{unranked}”."),
    "tally.values": _("The values of the {words} grades must be as many whole numbers that rise. These are: {values}."),
    "tally.share": _("A part lies between 0 and 1; {share} does not."),
    "tally.seats": _("{seats} seats is not possible with {options} options."),
    "tally.digits": _("Rounding is to 0 to 30 decimals; {digits} is not possible."),
    "tally.quorum": _(
        "{count} out of {entitled} with a threshold of {asked}: the number must lie between 0 and that of the people "
        "entitled to vote, and the threshold between 0 and 1."
    ),
    "tally.slips": _("These numbers of a preferendum do not fit together: {proposal}."),
    "tally.preferendum": _("A preferendum has a scale with a side that agrees, and 0 or more priorities."),
    "tally.rule": _("The rules are: {known}. Not “{rule}”."),
    "tally.wrong_ballots": _("The rule {rule} cannot count these ballots."),
    "tally.samples": _("At least one sample, of more than 0 and at most 1 of the ballots."),
    # a count at the command line
    "tally.no_seed": _("{command} needs --seed: the words, dice or beacon that were made public before the count."),
    "tally.seats_missing": _("The rule stv needs --seats."),
    "tally.setting": _("The rule {rule} has no use for {option}."),
    "tally.entitled_missing": _("A threshold needs --entitled: how many people are on the roll."),
}


def spoken(fact: object, language: str = "en") -> str:
    """As in a result, and the mistakes of a file on lines of their own."""
    return listed(fact, language) or result.spoken(fact, language)
