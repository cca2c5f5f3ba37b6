"""Text as it is compared: what a copy keeps whatever site sets it."""

import unicodedata


def letters(text: str) -> str:
    """Return letters and numbers only, full width folded, lower case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))
