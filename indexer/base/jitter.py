"""Waits of what was done together, each shortened by another part, so that it is not done together for ever."""

import hashlib
from datetime import datetime, timedelta

JITTER = 0.1  # by which part a wait may be shortened


def shortened(wait: timedelta, thing: str, since: datetime) -> timedelta:
    """Return the wait less up to JITTER of it: the same thing and moment give the same, whoever asks."""
    digest = hashlib.sha256(f"{thing} {since.timestamp()}".encode()).digest()
    return wait * (1 - JITTER * int.from_bytes(digest[:4]) / 0xFFFFFFFF)
