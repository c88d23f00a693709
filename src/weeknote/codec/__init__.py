"""Text to notes and back."""
