"""What changes: the roll, ballots, the box, the board."""
