"""Pages of docs/ that are rendered from the code; a test compares each with what it renders."""
