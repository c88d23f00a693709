"""The command line. Every function here raises `CommandError` for what it cannot read, write or do."""
