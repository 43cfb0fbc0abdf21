"""The pages of a process: for everybody, and for who organises it."""
