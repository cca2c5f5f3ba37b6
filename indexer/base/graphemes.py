"""Where a text may be cut so that no written sign is torn: marks on a letter, joined emoji, flags stay whole."""

import re
import unicodedata

MOST = 32  # code points of one sign that are kept together; a letter with a thousand marks is cut all the same
HAN, HAN_LAST = "\u4e00", "\u9fff"
JOINER = "\u200d"
MODIFIERS = range(0x1F3FB, 0x1F400)  # of the colour of a skin
TAGS = range(0xE0020, 0xE0080)
FLAGS = range(0x1F1E6, 0x1F200)  # letters, two of which are a flag

# What no mark, joiner, flag or tag is among: Latin, its punctuation, Chinese and Japanese, full width.
_PLAIN = "\0-\u02ff\u2010-\u2027\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uff00-\uffef"
_RARE = re.compile(f"[^{_PLAIN}]")


def may_tear(text: str) -> bool:
    """Tell whether a cut may tear a sign: where not, as in most texts, many cuts need not be looked at one by one."""
    return _RARE.search(text) is not None


def cut_before(text: str, place: int) -> int:
    """Return the last place up to this one where the text may be cut."""
    if not _is_inside(text, place):  # nearly always
        return place
    return next((at for at in range(place, max(place - MOST, 0), -1) if not _is_inside(text, at)), max(place - MOST, 0))


def cut_after(text: str, place: int) -> int:
    """Return the first place from this one on where the text may be cut."""
    if not _is_inside(text, place):
        return min(place, len(text))
    last = min(place + MOST, len(text))
    return next((at for at in range(place, last) if not _is_inside(text, at)), last)


def _is_inside(text: str, place: int) -> bool:
    """Tell whether a place lies between two code points of one sign."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if before != JOINER and (after.isascii() or HAN <= after <= HAN_LAST):  # most of what is read here
        return False
    code = ord(after)
    if before == JOINER or after == JOINER or code in MODIFIERS or code in TAGS:
        return True
    if code in FLAGS:
        begin = place
        while begin > 0 and place - begin < MOST and ord(text[begin - 1]) in FLAGS:
            begin -= 1
        return (place - begin) % 2 == 1
    return unicodedata.category(after).startswith("M")
