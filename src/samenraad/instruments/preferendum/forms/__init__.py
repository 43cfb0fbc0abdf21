"""The forms of a preferendum."""
