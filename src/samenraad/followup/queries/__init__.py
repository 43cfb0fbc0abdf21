"""Reading what came back, by subject: answers, one story, my part, what is late, who is untold, the figures."""
