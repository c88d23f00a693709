"""A note in another form: the other dialect, its normal form, JSON."""
