"""What people fill in, by who does."""
