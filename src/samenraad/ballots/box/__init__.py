"""The ballot box: what was voted. A database of its own; nothing in it says who voted."""
