"""The signature under a checkpoint: Ed25519 (RFC 8032). The key lies outside the databases, in the settings."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def _private() -> Ed25519PrivateKey:
    seed = hashlib.sha256(f"samenraad board\n{settings.BOARD_KEY}".encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key() -> str:
    """In hexadecimal; printed in the rules, and the first thing on the board."""
    return _private().public_key().public_bytes_raw().hex()


def signed(text: str) -> str:
    return _private().sign(text.encode()).hex()
