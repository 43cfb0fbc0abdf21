"""Pure decisions about ballots and rules. No database."""
