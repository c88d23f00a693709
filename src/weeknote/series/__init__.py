"""Notes that belong together: the week each is about, and what the series shows of its habits."""
