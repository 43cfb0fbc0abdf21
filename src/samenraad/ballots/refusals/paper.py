"""Sentences: paper."""

from typing import Any

SENTENCES: dict[str, Any] = {}
