"""Edits: every one returns a new note."""
