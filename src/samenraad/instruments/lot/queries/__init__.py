"""Reading a lot. `pool` is what the mathematics gets; the other modules are for one page or one table each."""
