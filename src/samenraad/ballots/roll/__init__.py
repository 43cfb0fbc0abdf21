"""The roll: who may vote. A database of its own; nothing in it says what anybody voted."""
