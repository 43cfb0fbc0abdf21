"""What must hold, as sums: codes, commitments, the board. No database."""
