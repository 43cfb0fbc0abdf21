"""samenraad: participation from the first question to the last answer."""

__version__ = "0.1.0"
