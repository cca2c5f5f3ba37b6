"""What text is: what records and engines take, its normal forms, and the foldings under which two texts are the same.

Search folds once more for itself (`indexer/search/chinese.py`): there characters are simplified and cut into words.
"""

import html
import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Literal, TypeVar

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Halves of a character that stand alone (JSON may write them) have no UTF-8, and no engine in C or Rust takes them.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
ENDLESS_NUMBER = re.compile("&#[0-9]{1000,};?")  # beyond 4,300 digits Python refuses to read one
UNSTORABLE = re.compile("[\ud800-\udfff\0]")  # nor does PostgreSQL take a null character

MOST_MARKS = 30  # on one letter, as in Unicode's stream-safe format (UAX 15): no language has more
COMBINING = range(0x300, 0x1F000)  # beyond it no character combines

# Full width to half width and capitals to small letters, one character each: places in the folded text are the shown's.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: ord(" ")}
_CAPITALS = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_FOLDING = _HALF_WIDTH | _CAPITALS | {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}

Record = TypeVar("Record")


def encodable(text: str) -> str:
    """Return the text, as long as before, with a replacement character for each half character."""
    return LONE_SURROGATE.sub(REPLACEMENT, text)


def unescaped(text: str) -> str:
    """Return the text with HTML's character references read. Of any text: a number too long for Python is none."""
    return html.unescape(ENDLESS_NUMBER.sub(REPLACEMENT, text))


def storable(text: str) -> str:
    """Return the text with a replacement character for each that cannot be stored; most texts come back as they are."""
    return UNSTORABLE.sub(REPLACEMENT, text)


def fitting(text: str, most: int) -> str:
    """Return the text, of a longer one its beginning, in at most so many bytes of UTF-8."""
    return text if len(text) * 4 <= most else text.encode()[:most].decode("utf-8", "ignore")


def storable_record(record: Record) -> Record:
    """Return the frozen dataclass with all of its plain texts storable, those of the records in it too.

    Most come back as they are: nothing is copied then.
    """
    changed = {}
    for field in fields(record):  # type: ignore[arg-type]  # any dataclass
        value = getattr(record, field.name)
        if value and (kept := _storable(value)) is not value:
            changed[field.name] = kept
    return replace(record, **changed) if changed else record  # type: ignore[type-var]  # any dataclass


def normalized(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Return the text in a normal form; of marks stacked on one letter the first 30.

    Normalisation sorts the marks of a letter in quadratic time: a text of nothing else would take hours.
    """
    return unicodedata.normalize(form, _stacks().sub(r"\1", text) if _may_hold_a_stack(text) else text)


def half_width(text: str) -> str:
    """Return the text in half width and lower case, character by character, as long as before, and encodable."""
    return encodable(text.translate(_FOLDING))


def letters(text: str) -> str:
    """Return the text as copies are compared: letters and digits only, half width, lower case."""
    return "".join(filter(str.isalnum, normalized("NFKC", text).lower()))


def name_key(name: str) -> str:
    """Return what is the same of two spellings of one name: half width, without case and white space."""
    return "".join(normalized("NFKC", name).casefold().split())


def _storable(value: object) -> object:
    if type(value) is str:  # not a word of a closed set, which is a text of ours
        return storable(value)
    if isinstance(value, tuple):
        kept = tuple(_storable(each) for each in value)
        return kept if any(new is not old for new, old in zip(kept, value, strict=True)) else value
    return storable_record(value) if is_dataclass(value) else value


def _may_hold_a_stack(text: str) -> bool:
    """Tell whether marks may stand so close: of so many in a row one stands where every 31st character is looked at."""
    return not text.isascii() and _mark().search(text[:: MOST_MARKS + 1]) is not None


@cache
def _stacks() -> re.Pattern[str]:
    """More marks in a row than any letter has."""
    mark = _mark().pattern
    return re.compile(f"({mark}{{{MOST_MARKS}}}){mark}+")


@cache
def _mark() -> re.Pattern[str]:
    """One mark; a few characters become marks only when they are taken apart."""
    marks = [char for char in map(chr, COMBINING) if unicodedata.combining(unicodedata.normalize("NFKD", char)[0])]
    return re.compile(f"[{''.join(marks)}]")
