"""The one way in which this house says no.

A rule or an action that cannot do what was asked raises a `Refusal` with a code and the facts. It does not
know the reader's language: the sentence is made where it is read, by `samenraad.texts.explain`.
"""

from __future__ import annotations


class Refusal(Exception):
    """Something may not be done. `code` says what (``room.word``), `facts` fill the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in sorted(self.facts.items()))
        return f"{self.code}({details})" if details else self.code
