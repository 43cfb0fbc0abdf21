"""A ballot is torn into slips with one answer each; on the board stands a commitment to every slip.

    commitment = SHA-256("samenraad slip 1" vote about value nonce), a line each, without a line end at the end
    receipt    = the first 100 bits of SHA-256("samenraad receipt 1" vote secret root), likewise; root is the Merkle
                 root of the ballot's own commitments in alphabetical order

The nonces are random, so a commitment says nothing until the nonce is published, after the vote. The secret never is:
without the receipt file nobody can tell which slips belong to a receipt, not even when there is only one slip.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from samenraad.ballots.rules.codes import TRACKER, letters_of
from samenraad.ballots.rules.tree import root_of


@dataclass(frozen=True)
class Torn:
    """One slip: what it is about, the answer, and what hides it."""

    about: str
    value: str
    nonce: str

    def commitment(self, vote: str) -> str:
        return commitment(vote, self.about, self.value, self.nonce)


@dataclass(frozen=True)
class Sealed:
    """A ballot as it goes into the box: its slips and its receipt."""

    vote: str
    slips: tuple[Torn, ...]
    secret: str

    @cached_property
    def commitments(self) -> list[str]:
        return sorted(slip.commitment(self.vote) for slip in self.slips)

    @cached_property
    def tracker(self) -> str:
        return tracker(self.vote, self.secret, self.commitments)


def commitment(vote: str, about: str, value: str, nonce: str) -> str:
    return hashlib.sha256("\n".join(["samenraad slip 1", vote, about, value, nonce]).encode()).hexdigest()


def tracker(vote: str, secret: str, commitments: Iterable[str]) -> str:
    """The receipt: twenty letters that stand on the board."""
    root = root_of([bytes.fromhex(one) for one in sorted(commitments)]).hex()
    return letters_of(hashlib.sha256("\n".join(["samenraad receipt 1", vote, secret, root]).encode()).digest(), TRACKER)


def torn(vote: str, answers: Sequence[tuple[str, str]], seed: str) -> Sealed:
    """A ballot in slips. `answers` are (about, value); `seed` is 256 random bits in hexadecimal that only the voter's
    own browser holds: who sends the same ballot with the same seed again gets the same receipt."""
    slips = tuple(Torn(about, value, _drawn(seed, f"slip {n}")) for n, (about, value) in enumerate(answers))
    return Sealed(vote, slips, _drawn(seed, "receipt"))


def _drawn(seed: str, purpose: str) -> str:
    return hmac.new(bytes.fromhex(seed), purpose.encode(), hashlib.sha256).hexdigest()[:32]
