"""What both dialects share: building trees, lines to write, style, and a site’s boilerplate."""
