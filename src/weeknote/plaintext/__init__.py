"""The plain-text dialect."""
