"""The `carnival` command, and `carnival up`, which keeps the parts running."""
