"""Sentences: setup."""

from typing import Any

SENTENCES: dict[str, Any] = {}
