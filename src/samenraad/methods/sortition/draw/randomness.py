"""From public chance to the number of a panel: dice, phrases that people say, or the round of a beacon.

A lottery has m panels, numbered 0 to m - 1. The three kinds of chance:

`dice`    Ten-sided dice, thrown at once and read in the order that was announced (white, red, blue): the digits *are*
          the number. As many dice as m - 1 has digits: three for 1000 panels. Where m is no power of ten a throw of
          m or more does not count and all dice are thrown again; every throw is written down.
`phrase`  A sentence from each of several people, in the order in which they say them: Unicode form NFC, blanks at
          both ends removed, one per line.
`beacon`  The value that a public source of randomness gives in a round that was named before, in lower-case
          hexadecimal; on two lines, the round and the value.

For phrases and beacons one rule leads to the number:

    SHA-256 of the lines "samenraad draw", lottery digest, randomness, counter, read as a whole number;
    accepted when it is below the largest multiple of m, and otherwise again with the counter one higher;
    the number is what remains after division by m.

Lines are joined by one line feed, with none at the end; the counter starts at 0. Rejecting the last incomplete
stretch of m numbers makes every panel exactly equally likely (for 1000 panels it happens once in about 10^74 draws).
That the lottery's digest takes part means: the same words give another number in another lottery, so nobody can look
for the words before the lottery is fixed. By hand, for phrases "a" and "b" and a lottery whose digest is 64 zeros:

    $ printf 'samenraad draw\n%064d\na\nb\n0' 0 | sha256sum

Source: D. Eastlake, RFC 3797 (2004), "Publicly Verifiable NomCom Random Selection", for the order of things: first
the list, then the rule, then the chance; rejection as in any textbook.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from samenraad.refusals import Refusal

DICE, PHRASE, BEACON = "dice", "phrase", "beacon"
KINDS = (DICE, PHRASE, BEACON)
LABEL = "samenraad draw"
#: Unicode's control and format signs and line ends: whoever hears the phrase cannot know that they are there
UNSEEN = ("Cc", "Cf", "Zl", "Zp")
#: how many bits a SHA-256 has
BITS = 256


@dataclass(frozen=True)
class Source:
    """A beacon that can be named in the rules: how many hexadecimal digits a value has, and where to read it.

    Where rounds follow a clock, `start` is the Unix time of round 1 and `period` the seconds between rounds.
    """

    name: str
    digits: int
    address: str
    start: int = 0
    period: int = 0

    def moment(self, round: int) -> datetime | None:
        """When this round is due (UTC); None when that cannot be known.

        >>> str(SOURCES["drand-quicknet"].moment(27946612))
        '2026-04-20 00:00:00+00:00'
        """
        return datetime.fromtimestamp(self.start + (round - 1) * self.period, UTC) if self.period else None


#: the beacons we know; a house that trusts another one adds it here
SOURCES = {
    source.name: source
    for source in (
        Source("drand-quicknet", 64, "https://drand.love", start=1692803367, period=3),
        Source("nist", 128, "https://beacon.nist.gov"),
    )
}


@dataclass(frozen=True)
class Announced:
    """What was said before the draw: which kind of chance, when and where in words, and for a beacon its round."""

    kind: str
    when: str = ""
    source: str = ""
    round: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise Refusal("sortition.randomness_kind", kind=self.kind, kinds=", ".join(KINDS))
        if self.kind == BEACON and self.source not in SOURCES:
            raise Refusal("sortition.beacon_source", source=self.source, sources=", ".join(sorted(SOURCES)))
        if self.kind == BEACON and self.round < 1:
            raise Refusal("sortition.beacon_round", round=self.round)


@dataclass(frozen=True)
class Randomness:
    """What chance brought: throws of digits for dice; lines of text for phrases and beacons (round, value)."""

    kind: str
    throws: tuple[tuple[int, ...], ...] = ()
    lines: tuple[str, ...] = ()

    def number(self, m: int, lottery: str) -> int:
        """The number of the panel, 0 ≤ number < m, in the lottery with this digest.

        >>> dice([(4, 0, 7)], 1000).number(1000, "")
        407
        """
        if self.kind == DICE:
            return _read(self.throws[-1])
        return from_text("\n".join(self.lines), m, lottery)


def dice_for(m: int) -> int:
    """How many ten-sided dice number m panels.

    >>> dice_for(1000), dice_for(1001), dice_for(600)
    (3, 4, 3)
    """
    return len(str(m - 1))


def dice(throws: Sequence[Sequence[int]], m: int) -> Randomness:
    """All throws in their order; the last one counts, and each one before it was too high.

    Refuses `sortition.dice_missing` (no throw), `sortition.dice_count` (not one digit per die), `sortition.dice_digit`
    (something else than 0 to 9), `sortition.dice_again` (the last throw is m or more: throw once more) and
    `sortition.dice_enough` (an earlier throw counted already).
    """
    if not throws:
        raise Refusal("sortition.dice_missing", dice=dice_for(m))
    for throw in throws:
        _check_throw(throw, m)
    numbers = [_read(throw) for throw in throws]
    if numbers[-1] >= m:
        raise Refusal("sortition.dice_again", number=numbers[-1], panels=m)
    counted = [number for number in numbers[:-1] if number < m]
    if counted:
        raise Refusal("sortition.dice_enough", number=counted[0])
    return Randomness(DICE, throws=tuple(tuple(throw) for throw in throws))


def phrases(spoken: Sequence[str]) -> Randomness:
    """What several people said, in their order.

    Refuses `sortition.phrase_few` (fewer than two people: one alone could try until it fits), `sortition.phrase_empty`
    and `sortition.phrase_sign` (a line feed, a tab, or a sign that cannot be seen).
    """
    if len(spoken) < 2:
        raise Refusal("sortition.phrase_few", phrases=len(spoken))
    return Randomness(PHRASE, lines=tuple(_plain(phrase, place) for place, phrase in enumerate(spoken, start=1)))


def beacon(round: int, value: str, announced: Announced) -> Randomness:
    """What the beacon gave in the announced round. Whether it really did, everybody can look up.

    Refuses `sortition.beacon_other_round` and `sortition.beacon_value` (not as many hexadecimal digits as the source
    gives).
    """
    if round != announced.round:
        raise Refusal("sortition.beacon_other_round", round=round, announced=announced.round)
    given, source = value.strip().lower(), SOURCES[announced.source]
    if len(given) != source.digits or set(given) - set("0123456789abcdef"):
        raise Refusal("sortition.beacon_value", digits=source.digits, source=source.name, given=len(given))
    return Randomness(BEACON, lines=(str(round), given))


def from_text(randomness: str, m: int, lottery: str, *, bits: int = BITS) -> int:
    """The rule of this module's first page. `bits` takes only the last bits of the hash, so that tests see rejection.

    >>> from_text("a\\nb", 1000, "0" * 64)
    446
    """
    values: int = 2**bits
    limit = values // m * m
    for counter in range(1000):
        text = "\n".join((LABEL, lottery, randomness, str(counter)))
        drawn = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % values
        if drawn < limit:
            return drawn % m
    raise Refusal("sortition.no_number", panels=m)


def _check_throw(throw: Sequence[int], m: int) -> None:
    if len(throw) != dice_for(m):
        raise Refusal("sortition.dice_count", given=len(throw), dice=dice_for(m), panels=m)
    wrong = [digit for digit in throw if digit not in range(10)]
    if wrong:
        raise Refusal("sortition.dice_digit", digit=wrong[0])


def _read(throw: Sequence[int]) -> int:
    return int("".join(str(digit) for digit in throw))


def _plain(phrase: str, place: int) -> str:
    plain = unicodedata.normalize("NFC", phrase).strip()
    if not plain:
        raise Refusal("sortition.phrase_empty", place=place)
    if any(unicodedata.category(sign) in UNSEEN for sign in plain):
        raise Refusal("sortition.phrase_sign", place=place)
    return plain
