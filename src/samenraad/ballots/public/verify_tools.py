"""Tools of verify_board.py: digests, trees and signatures, written out; and its sentences.

Digests are SHA-256; trees as in RFC 9162, 2.1.1; signatures Ed25519, as in RFC 8032, 5.1. Python 3.9, nothing else.
"""
# ruff: noqa: E501  a sentence stands beside its translation

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

SAYS = {  # what is right, what could not be checked, what is wrong: in English and in Dutch
    "chain": ("board.jsonl: {n} lines, each with the digest of the line before it", "board.jsonl: {n} regels, elk met de vingerafdruk van de regel ervoor"),
    "batches": ("{ballots} ballots in {n} batches; every receipt stands on the board once", "{ballots} stembiljetten in {n} groepen; elk ontvangstbewijs staat één keer op het bord"),
    "marks": ("checkpoints.json: {n} checkpoints, signed with the key of line 1", "checkpoints.json: {n} controlepunten, getekend met de sleutel van regel 1"),
    "saved": ("your checkpoint of {day} ({size} lines) is true of this board", "jouw controlepunt van {day} ({size} regels) klopt met dit bord"),
    "slips": ("slips: {n}, each opens one commitment on the board, and none is missing", "strookjes: {n}, elk hoort bij één verzegeling op het bord, en er ontbreekt er geen"),
    "roll": ("roll.txt: {n} codes, the list that was fixed before the vote", "roll.txt: {n} codes, de lijst die vóór de stemming is vastgelegd"),
    "file": ("{name}: as the board says", "{name}: zoals het bord zegt"),
    "tracker": ("{tracker}: on line {line}, together with {n} others", "{tracker}: op regel {line}, samen met {n} andere"),
    "receipt": ("your receipt: all {n} slips are on the board, and give its letters", "jouw ontvangstbewijs: alle {n} strookjes staan op het bord en geven de letters ervan"),
    "no_saved": ("You gave no checkpoint of your own. Without one from an e-mail, the minutes or the committee, nobody sees whether the whole board was written anew.", "Je gaf geen eigen controlepunt. Zonder controlepunt uit een e-mail, de notulen of van de commissie ziet niemand of het hele bord opnieuw geschreven is."),
    "tail": ("{n} lines stand after the last published checkpoint", "{n} regels staan na het laatste openbare controlepunt"),
    "not_counted": ("The vote was not counted yet: slips, roll and result are not public.", "De stemming is nog niet geteld: strookjes, kiezerslijst en uitslag zijn niet openbaar."),
    "recount": ("Whether the result follows from the slips: recount.py does that.", "Of de uitslag uit de strookjes volgt: dat doet recount.py."),
    "limits": ("Who got which code, and whether somebody stood beside a voter: no program can see that.", "Wie welke code kreeg, en of er iemand naast een kiezer stond: dat kan geen programma zien."),
    "few": ("line {line}: only {n} ballots went in together, fewer than {least}", "regel {line}: er gingen maar {n} stembiljetten samen in de bus, minder dan {least}"),
    "doubt": ("the books say themselves that roll and box do not agree; see books.json", "de boekhouding zegt zelf dat lijst en bus niet overeenkomen; zie books.json"),
    "unreadable": ("{name}: missing or not to be read ({why})", "{name}: ontbreekt of is niet te lezen ({why})"),
    "spelling": ("line {line}: not written in the one way, or not in the right form", "regel {line}: niet geschreven zoals het moet, of niet in de juiste vorm"),
    "link": ("line {line}: does not follow the line before it", "regel {line}: sluit niet aan op de regel ervoor"),
    "place": ("line {line}: “{kind}” cannot stand here", "regel {line}: “{kind}” kan hier niet staan"),
    "batch": ("line {line}: numbers or order of this batch are not right", "regel {line}: de aantallen of de volgorde van deze groep kloppen niet"),
    "twice": ("line {line}: a receipt or a slip stands on the board twice", "regel {line}: een ontvangstbewijs of strookje staat twee keer op het bord"),
    "too_many": ("{n} ballots, and only {size} codes", "{n} stembiljetten, en maar {size} codes"),
    "mark": ("{name}, checkpoint at {size} lines: not true of this board", "{name}, controlepunt bij {size} regels: klopt niet met dit bord"),
    "signature": ("{name}, checkpoint at {size} lines: not signed with the key of line 1", "{name}, controlepunt bij {size} regels: niet getekend met de sleutel van regel 1"),
    "replay": ("checkpoints.json: the checkpoints do not follow one another; an old one may pose as a new one", "checkpoints.json: de controlepunten volgen elkaar niet op; misschien doet een oud zich voor als nieuw"),
    "hidden": ("{name}: your checkpoint at {size} lines is not among the published ones", "{name}: jouw controlepunt bij {size} regels staat niet bij de openbare"),
    "slip": ("slips/{name}, row {row}: opens nothing on the board, or a second time", "slips/{name}, rij {row}: hoort bij niets op het bord, of voor de tweede keer"),
    "row": ("slips/{name}, row {row}: not in order, or not a possible answer", "slips/{name}, rij {row}: niet op volgorde, of geen mogelijk antwoord"),
    "number": ("slips/{name}: {n} slips instead of {wanted}", "slips/{name}: {n} strookjes in plaats van {wanted}"),
    "unopened": ("{n} commitments on the board have no slip; the first stands on line {line}", "{n} verzegelingen op het bord hebben geen strookje; de eerste staat op regel {line}"),
    "strange": ("{name}: this file does not belong here", "{name}: dit bestand hoort hier niet"),
    "other_roll": ("roll.txt: not the list that was fixed, with the codes that were replaced", "roll.txt: niet de lijst die is vastgelegd, met de codes die vervangen zijn"),
    "other": ("{name}: not what the board says", "{name}: niet wat het bord zegt"),
    "no_tracker": ("{tracker}: not on the board", "{tracker}: niet op het bord"),
    "lost": ("your receipt: the slip about {about} is not on the board with it, or not published", "jouw ontvangstbewijs: het strookje over {about} staat er niet bij op het bord, of is niet openbaar gemaakt"),
    "odd_receipt": ("your receipt: its slips do not give its letters, or it is of another vote", "jouw ontvangstbewijs: de strookjes geven niet de letters ervan, of het is van een andere stemming"),
    "good": ("IN ORDER", "IN ORDE"), "bad": ("NOT IN ORDER", "NIET IN ORDE"),
    "right:": ("Checked:", "Gecontroleerd:"), "open:": ("Not checked:", "Niet gecontroleerd:"), "wrong:": ("Wrong:", "Fout:"),
    "more": ("and {n} more like this", "en nog {n} van deze soort"),
}  # fmt: skip

TROUBLE = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


class Report:
    """What was found: (word, facts), as in SAYS."""

    def __init__(self) -> None:
        self.right: list[Any] = []
        self.open: list[Any] = []
        self.wrong: list[Any] = []

    def fault(self, word: str, **facts: Any) -> None:
        self.wrong.append((word, facts))

    def tried(self, name: str, check: Any, *given: Any) -> None:
        """What a check says is right, if it found nothing wrong; a file that cannot be read is wrong."""
        before = len(self.wrong)
        try:
            said = check(self, *given)
        except TROUBLE as why:
            return self.fault("unreadable", name=name, why=f"{type(why).__name__} {why}"[:120])
        if said and len(self.wrong) == before:
            self.right.append(said)
        return None

    def text(self, language: str) -> str:
        tongue, lines = int(language == "nl"), []
        for part in ("right", "open", "wrong"):
            found = getattr(self, part)
            lines += [SAYS[part + ":"][tongue]] if found else []
            for word in dict.fromkeys(word for word, _facts in found):
                alike = [facts for other, facts in found if other == word]
                lines += ["  - " + SAYS[word][tongue].format(**facts) for facts in alike[:5]]
                lines += ["    " + SAYS["more"][tongue].format(n=len(alike) - 5)] if len(alike) > 5 else []
        return "\n".join([*lines, SAYS["bad" if self.wrong else "good"][tongue]])


# Ed25519: RFC 8032, 5.1. Points as (X, Y, Z, T), x = X/Z, y = Y/Z, xy = T/Z.
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)


def plus(a: Any, b: Any) -> Any:
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Any) -> Any:
    total = (0, 1, 1, 0)
    while number:
        total, point, number = plus(total, point) if number & 1 else total, plus(point, point), number >> 1
    return total


def point_of(text: bytes) -> Any:
    number = int.from_bytes(text, "little")
    y, sign = number & (2**255 - 1), number >> 255
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * v**3 * pow(u * v**7, (P - 5) // 8, P) % P
    if (v * x * x + u) % P == 0 and u:
        x = x * ROOT % P
    if y >= P or (v * x * x - u) % P or (x == 0 and sign):
        raise ValueError("not a point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@lru_cache(maxsize=1000)
def is_signed(key: bytes, text: bytes, signature: bytes) -> bool:
    """SB = R + kA, with k = SHA-512(R, A, text)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    try:
        r, a, s = point_of(signature[:32]), point_of(key), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % ORDER
    left, right = times(s, BASE), plus(r, times(k, a))
    same = all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
    return s < ORDER and same


# Digests, as the first lines of each format say


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaves: list[bytes]) -> str:
    """Merkle root (RFC 9162, 2.1.1) over leaves SHA-256(0x00, entry)."""
    while len(leaves) > 1:
        pairs = [sha256(b"\x01", a, b) for a, b in zip(leaves[::2], leaves[1::2])]  # noqa: B905
        leaves = pairs + leaves[len(leaves) & ~1 :]
    return (leaves[0] if leaves else sha256()).hex()


def commitment(vote: str, about: str, value: str, nonce: str) -> str:
    return sha256("\n".join(["samenraad slip 1", vote, about, value, nonce]).encode()).hex()


def tracker_of(vote: str, secret: str, commitments: Iterable[str]) -> str:
    root = root_of([sha256(b"\x00", bytes.fromhex(one)) for one in sorted(commitments)])
    number = int.from_bytes(sha256("\n".join(["samenraad receipt 1", vote, secret, root]).encode()), "big")
    return "".join("23456789ABCDEFGHJKLMNPQRSTUVWXYZ"[number >> (256 - 5 * place) & 31] for place in range(1, 21))


def spelled(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def is_hex(text: Any, length: int) -> bool:
    return isinstance(text, str) and re.fullmatch(f"[0-9a-f]{{{length}}}", text) is not None


def sorted_once(items: list[Any]) -> bool:
    return items == sorted(set(items))


def answers(rules: Any) -> dict[str, Any]:
    """What a ballot of this kind is torn into: about -> (how many slips, possible answers)."""
    ids = [option["id"] for option in rules["options"]]
    grades = {"", "none", *map(str, range(len(rules["scale"])))}
    rated = {**{f"grade:{one}": (1, grades) for one in ids}, "priority": (rules["most"], {"", *ids})}
    kinds: dict[str, dict[str, Any]] = {
        "rate": rated, "choose": {"choice": (1, {"", *ids})},
        "approve": {f"mark:{one}": (1, {"", "1"}) for one in ids}, "rank": {"ranking": (1, None)},
    }  # fmt: skip
    return {about: parts for about, parts in kinds[rules["ballot"]].items() if parts[0]}


def possible(rules: Any, known: set[str] | None, value: str) -> bool:
    if known is not None:
        return value in known
    ranked = value.split(">") if value else []
    return len(set(ranked)) == len(ranked) and set(ranked) <= {option["id"] for option in rules["options"]}
