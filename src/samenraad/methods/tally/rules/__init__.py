"""The rules for one winner and for several, by name. Each module is one rule, or one family."""
