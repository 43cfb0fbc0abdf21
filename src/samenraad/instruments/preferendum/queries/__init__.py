"""What can be read of a preferendum."""
