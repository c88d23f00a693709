"""Rules about weeknotes: what each one is, how notes are checked against them, and how findings are reported."""
