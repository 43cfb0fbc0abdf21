"""Sentences: the board, receipts and checkpoints."""

from typing import Any

SENTENCES: dict[str, Any] = {}
