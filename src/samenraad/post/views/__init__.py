"""The pages of the post: the desk, letters in piles, and phone calls."""
