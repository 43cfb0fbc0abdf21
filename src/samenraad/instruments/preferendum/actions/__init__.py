"""What changes in a preferendum."""
