"""A search for texts that break the package: `python -m tests.fuzz` in a clone, with the extra `fuzz`."""
