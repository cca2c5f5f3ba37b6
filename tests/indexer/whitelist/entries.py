"""Entries of a whitelist file as a test wants them: read elsewhere, so nothing is checked here."""

from collections.abc import Callable
from typing import Any, TypeVar

from config.units.entries import ChannelEntry, UnitEntry
from config.words import ChannelKind, System, WhitelistStatus

Entry = TypeVar("Entry", ChannelEntry, UnitEntry)
WORDS: dict[str, Callable[[Any], object]] = {"kind": ChannelKind, "status": WhitelistStatus, "system": System}


def changed(entry: Entry, *, line: int | None = None, **fields: object) -> Entry:
    """Return the entry with other fields; words of closed sets may be given as texts."""
    whole = {name: WORDS[name](value) if name in WORDS and value else value for name, value in fields.items()}
    return entry.placed(entry.line if line is None else line, **whole)


def channel_entry(*, line: int, **fields: object) -> ChannelEntry:
    """Return what a file says of a channel: these fields alone."""
    return changed(ChannelEntry.model_construct(kind=ChannelKind.SITE), line=line, **fields)


def unit_entry(*, line: int, **fields: object) -> UnitEntry:
    """Return what a file says of a unit: these fields alone."""
    return changed(UnitEntry.model_construct(name="", system=System.DISTRICTS, district=""), line=line, **fields)
