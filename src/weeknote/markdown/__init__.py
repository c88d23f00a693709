"""The Markdown dialect."""
