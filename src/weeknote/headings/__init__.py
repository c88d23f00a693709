"""What a heading says: weeks, dates, numbers, titles and roles. Strings only, no nodes."""
