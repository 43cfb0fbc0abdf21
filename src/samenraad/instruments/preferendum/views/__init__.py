"""The pages of a preferendum."""
