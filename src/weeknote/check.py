"""The old home of `weeknote.judging`, until nothing imports it: a module of this name hides the function `check`."""

from weeknote.judging import Facts, InvalidNote, check, check_series, facts_of, fix, validate

__all__ = ["Facts", "InvalidNote", "check", "check_series", "facts_of", "fix", "validate"]
