"""The formats were written twice: for the town, and in verify_tools.py for who checks it. Both must say the same."""

from __future__ import annotations

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenraad.ballots.actions.signing import public_key, signed
from samenraad.ballots.rules import board, slips, tree
from samenraad.ballots.tests.checking import program

TOOLS = program("verify_tools")
HEX = st.binary(min_size=32, max_size=32).map(bytes.hex)
#: a busy machine is no fault
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORD = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30)


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


A, B, C, D, E = (sha256(b"\x00" + letter).digest() for letter in (b"a", b"b", b"c", b"d", b"e"))


@pytest.mark.parametrize(
    ("entries", "root"),
    [
        ([], sha256(b"").digest()),
        ([b"a"], A),
        ([b"a", b"b"], node(A, B)),
        ([b"a", b"b", b"c"], node(node(A, B), C)),
        ([b"a", b"b", b"c", b"d", b"e"], node(node(node(A, B), node(C, D)), E)),
    ],
)
def test_trees_are_those_of_rfc_9162_by_hand(entries, root):
    """Section 2.1.1: the left side is the largest power of two that is smaller than the list."""
    assert tree.root_of(entries) == root
    assert TOOLS.root_of([TOOLS.sha256(b"\x00", one) for one in entries]) == root.hex()


@CALM
@given(st.lists(st.binary(max_size=12), max_size=40))
def test_both_make_the_same_tree(entries):
    assert TOOLS.root_of([TOOLS.sha256(b"\x00", one) for one in entries]) == tree.root_of(entries).hex()


@CALM
@given(WORD, WORD, WORD, WORD)
def test_both_make_the_same_commitment(vote, about, value, nonce):
    assert TOOLS.commitment(vote, about, value, nonce) == slips.commitment(vote, about, value, nonce)


@CALM
@given(WORD, WORD, st.lists(HEX, min_size=1, max_size=20))
def test_both_make_the_same_receipt(vote, secret, commitments):
    assert TOOLS.tracker_of(vote, secret, commitments) == slips.tracker(vote, secret, commitments)


@CALM
@given(st.dictionaries(WORD, st.one_of(WORD, st.integers(), st.lists(WORD, max_size=3)), max_size=5))
def test_both_write_a_line_in_the_same_way(facts):
    assert TOOLS.spelled(facts) == board.canonical(facts)


def test_the_first_signature_of_rfc_8032_is_good():
    """Section 7.1, test 1: an empty message."""
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert TOOLS.is_signed(key, b"", signature)
    assert not TOOLS.is_signed(key, b"x", signature)


@CALM
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_signatures_of_another_library_are_good_and_one_bit_makes_them_bad(seed, text, bit):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key().public_bytes_raw(), bytearray(private.sign(text))
    assert TOOLS.is_signed(key, text, bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not TOOLS.is_signed(key, text, bytes(signature))


def test_a_signature_whose_number_was_raised_by_the_order_is_refused():
    """RFC 8032, 5.1.7: S must be smaller than the order, else one signature could be written in two ways."""
    key, text, signature = bytes.fromhex(public_key()), b"text", bytes.fromhex(signed("text"))
    raised = (int.from_bytes(signature[32:], "little") + TOOLS.ORDER).to_bytes(32, "little")
    assert TOOLS.is_signed(key, text, signature)
    assert not TOOLS.is_signed(key, text, signature[:32] + raised)


@pytest.mark.parametrize("key", [b"", b"\x00" * 31, b"\xff" * 32, (2).to_bytes(32, "little")])
def test_what_is_no_key_signs_nothing(key):
    assert not TOOLS.is_signed(key, b"", bytes(64))
