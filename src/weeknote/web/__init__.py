"""Notes from the web and back: pages and feeds in, HTML and feeds out."""
