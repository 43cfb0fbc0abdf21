"""Who lives together: addresses that are written alike, and a keyed digest that says so without saying where."""

from __future__ import annotations

import hashlib
import hmac


def normal(street: str, postcode: str, city: str) -> str:
    """Whatever the capitals and spaces. As `methods/sortition/letters` writes an address on its ticket.

    >>> normal("Dorpsstraat 1 a", "1234 AB", "Lindenveld") == normal("dorpsstraat 1A", "1234ab", "LINDENVELD")
    True
    """
    return "".join("\0".join((street, postcode, city)).casefold().split())


def home_of(street: str, postcode: str, city: str, key: str) -> str:
    """HMAC-SHA-256 of the address: equal for who lives together, and nobody can look an address up without the key."""
    address = normal(street, postcode, city)
    if not address.strip("\0"):
        return ""
    return hmac.new(key.encode(), address.encode(), hashlib.sha256).hexdigest()
