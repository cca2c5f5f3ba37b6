"""Text as it is compared: what a copy keeps whatever site sets it."""

from indexer.normal_forms import normalized


def letters(text: str) -> str:
    """Return letters and numbers only, full width folded, lower case."""
    return "".join(filter(str.isalnum, normalized("NFKC", text).lower()))
