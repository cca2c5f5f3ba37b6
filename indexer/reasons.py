"""What counts as a reason that a person gave."""

import unicodedata

UNSEEN = ("C", "Z")  # Unicode's categories of controls, formats, halves and unassigned ones; of spaces and separators
# Letters, marks and symbols that show nothing (Unicode's Default_Ignorable_Code_Point, and the blank of braille).
BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
SELECTORS = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
BLANK = frozenset(BLANKS) | {chr(code) for first, last in SELECTORS for code in range(first, last + 1)}


def is_reason(text: str) -> bool:
    """Tell whether at least one visible character is left: white space and zero-width characters are no reason."""
    return any(unicodedata.category(sign)[0] not in UNSEEN and sign not in BLANK for sign in text)
