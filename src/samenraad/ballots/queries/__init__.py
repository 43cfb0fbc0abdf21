"""What can be read of a vote."""
