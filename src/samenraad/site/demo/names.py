"""Invented people for an invented town: the same ones on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from django.utils.text import slugify

from samenraad.site.demo.content import read


def names(chance: Random) -> Iterator[str]:
    """First name and last name, never the same pair twice."""
    known = read("names")
    pairs = [f"{first} {last}" for first in known["first"] for last in known["last"]]
    chance.shuffle(pairs)
    yield from pairs


def children() -> list[str]:
    found: list[str] = read("names")["children"]
    return found


def email_of(name: str) -> str:
    return f"{slugify(name).replace('-', '.')}@example.org"


def street(chance: Random) -> str:
    return f"{chance.choice(read('names')['streets'])} {chance.randrange(1, 160)}"


def postcode(chance: Random) -> str:
    return f"12{chance.randrange(30, 40)} {chance.choice('ABCDEFGH')}{chance.choice('ABCDEFGH')}"
