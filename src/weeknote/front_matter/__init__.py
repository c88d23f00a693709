"""Front matter: read, and written one key at a time."""
