"""What publishing, drawing and checking say when they cannot do what was asked. Part of `sentences`."""

from __future__ import annotations

from dataclasses import dataclass

from samenraad.methods.language import _, say

_CHANCES = {"dice": _("dice"), "phrase": _("phrases"), "beacon": _("a beacon")}


@dataclass(frozen=True)
class Chance:
    """A kind of chance, in the language of whoever reads it."""

    kind: str

    def sentence(self, language: str) -> str:
        return say(_CHANCES[self.kind], language) if self.kind in _CHANCES else self.kind


DRAW: dict[str, str] = {
    # chance
    "sortition.randomness_kind": _("{kind} is not a kind of chance that we know. Choose one of: {kinds}."),
    "sortition.randomness_other": _("The chance that was announced is: {announced}. What was given now is: {kind}."),
    "sortition.randomness_one": _("Give one kind of chance: --dice, --phrase or --beacon."),
    "sortition.dice_missing": _("Give the digits of the dice: one for each of the {dice} dice."),
    "sortition.dice_count": _(
        "{panels} panels need {dice} ten-sided dice, so {dice} digits in a throw; {given} were given."
    ),
    "sortition.dice_digit": _("{digit} is not a digit from 0 to 9. A die that shows 10 counts as 0."),
    "sortition.dice_again": _(
        "{number} is too high: there are {panels} panels, numbered from 0. "
        "Throw all dice again, and give this throw and the next one: --dice ... --dice ..."
    ),
    "sortition.dice_enough": _("An earlier throw counted already: {number}. No dice may be thrown after it."),
    "sortition.phrase_few": _("Let at least two people say a phrase. One person alone could choose it to suit."),
    "sortition.phrase_empty": _("Phrase {place} is empty."),
    "sortition.phrase_sign": _(
        "There is a sign in phrase {place} that nobody can see, such as a tab, or an emoji that is made of several. "
        "Leave it out."
    ),
    "sortition.beacon_source": _("{source} is not a beacon that we know. Choose one of: {sources}."),
    "sortition.beacon_round": _("Say which round of the beacon will decide: a number of at least 1."),
    "sortition.beacon_past": _(
        "Round {round} of this beacon was due at {moment}, so its value is known. Choose one that is still to come."
    ),
    "sortition.beacon_other_round": _("It was announced that round {announced} would decide. This is round {round}."),
    "sortition.beacon_value": _(
        "A value of {source} has {digits} hexadecimal digits (0-9 and a-f). This one has {given} signs, "
        "or others among them."
    ),
    "sortition.no_number": _("No panel number follows from this for {panels} panels."),
    # publication
    "sortition.salt_short": _("The salt has {bytes} bytes. It needs {least} or more."),
    "sortition.salt_file": _("{path} does not hold a salt: hexadecimal digits (0-9 and a-f) on one line."),
    "sortition.codes_collide": _("Two of the {people} people got the same code. Take another salt."),
    "sortition.panels": _("A lottery has at least {least} panel. {panels} is too few."),
    "sortition.folder_taken": _(
        "{path} holds something already. What was published is never overwritten: choose a new folder with --out."
    ),
    "sortition.disk": _("{path} could not be written: {why}. Nothing was left half done."),
    # the draw
    "sortition.folder_incomplete": _(
        "{path} is missing or cannot be read ({why}). Draw from the folder as it was made."
    ),
    "sortition.publication_changed": _(
        "What is in {path} is not what was published. Put the published files back and draw from those.\n{findings}"
    ),
    "sortition.drawn_already": _(
        "From this folder panel {number} was drawn already. A second draw would be a choice, not a lot. "
        "To recompute the first one: samenraad verify."
    ),
    "sortition.key_incomplete": _("key.csv has no line for these codes of the panel: {codes}."),
    "sortition.key_changed": _(
        "{path} is not as it was made: it no longer says who is behind which code. Put the first one back."
    ),
    "sortition.key_file": _(
        "{path} is not the key of this draw: line {line} should be an id, a code, a secret and a row."
    ),
    # checking
    "sortition.pool_and_key": _("To check the pool, give both: --pool and --key."),
}
