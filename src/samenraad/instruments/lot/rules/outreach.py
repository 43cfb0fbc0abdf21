"""What an extra person who said yes costs (R037), and what stands in the link on a flyer."""

from __future__ import annotations

import hashlib


def flyer_code(token: str) -> str:
    """What the link on a flyer carries: it follows from the ambassador's secret and does not give it away, so that
    who has a flyer cannot look at the ambassador's page.

    >>> flyer_code("0123456789abcdef")
    '7afd43580f34de2d'
    """
    return hashlib.sha256(f"samenraad\nflyer\n{token}".encode()).hexdigest()[:16]
