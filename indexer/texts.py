"""Text as the records can hold it: what a page says may hold characters that no database takes."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

# Halves of a character that stand alone (JSON may write them) have no UTF-8; PostgreSQL takes no null character.
UNSTORABLE = re.compile("[\ud800-\udfff\0]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

Record = TypeVar("Record")


def storable(text: str) -> str:
    """Return the text with a replacement character for each that cannot be stored; most texts come back as they are."""
    return UNSTORABLE.sub(REPLACEMENT, text)


def storable_record(record: Record) -> Record:
    """Return the frozen dataclass with all of its plain texts storable, those of the records in its tuples too."""
    changed = {field.name: _storable(value) for field in fields(record) if (value := getattr(record, field.name))}  # type: ignore[arg-type]  # any dataclass
    return replace(record, **changed)  # type: ignore[type-var]  # any dataclass


def _storable(value: object) -> object:
    if type(value) is str:  # not a word of a closed set, which is a text of ours
        return storable(value)
    if isinstance(value, tuple):
        return tuple(storable_record(each) if is_dataclass(each) else _storable(each) for each in value)
    return value
