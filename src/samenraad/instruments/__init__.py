"""How people take part: one folder for each instrument. They do not know one another."""
