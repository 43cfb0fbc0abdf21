"""The preferendum (S27, S28): all residents rate and prioritise, choose or rank; in secret, and countable by all."""
