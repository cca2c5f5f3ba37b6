"""Check that the reason for a move is words that whoever is told it can read. Pure."""

import re
import unicodedata

# Of Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties, 16.0) those that are no control or format
# characters, and the blank of Braille: they are letters, marks or signs by their category, and nobody sees them.
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
BLANK = ("Zs", "Zl", "Zp", "Cc")
HIDDEN = ("Cf", "Cs")  # format signs, and lone surrogates, which no database takes
SEEN = ("L", "N")


def words_of(text: str) -> str:
    """Return what a reader sees of a text, in one line: blanks as one space, unseen characters left out."""
    seen = "".join(_shown(char) for char in UNSEEN.sub("", text))
    return " ".join(seen.split())


def is_reason(text: str) -> bool:
    """Tell whether a text holds a letter or a digit that a reader sees; stops and dashes alone explain nothing."""
    return any(unicodedata.category(char)[0] in SEEN for char in words_of(text))


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category in BLANK:
        return " "
    return "" if category in HIDDEN else char
