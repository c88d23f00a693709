"""Benchmarks of weeknote against its peers: run `python -m tests.benchmarks` from the root of the repository."""
