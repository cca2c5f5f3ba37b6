"""Check whether SQLite's write-ahead log is whole: SQLite silently drops all that follows a damaged frame.

Formats: sqlite.org/fileformat2.html (the write-ahead log) and sqlite.org/walformat.html (its index), read 2026-11.
"""

import operator
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

HEADER, FRAME_HEADER = struct.Struct(">8I"), struct.Struct(">6I")
MAGIC, WORDS_ARE_BIG_ENDIAN = 0x377F0682, 1
INDEX_HEADER, INDEX_CHECKED = 48, 40
PAGE_BYTES = frozenset(2**power for power in range(9, 17))
MASK = 0xFFFFFFFF
Sum = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One page of the log. number: from 1. is_commit: ends a transaction. is_ours: of the log's present generation
    (what stands behind it is left over from earlier ones). is_whole: its checksum, and all before it, are right."""

    number: int
    is_commit: bool
    is_ours: bool
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LogState:
    """What a log holds, counted in frames.

    kept: up to the last commit that SQLite will read. committed: what was committed at least, by the log itself and by
    the index beside it. torn: frames of a transaction that a crash cut off. in_database: copied into the file already.
    """

    kept: int = 0
    committed: int = 0
    torn: int = 0
    in_database: int = 0

    @property
    def is_damaged(self) -> bool:
        """True where SQLite would lose what was committed."""
        return self.kept < self.committed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """The log's index in shared memory: a crash of the program leaves it, a crash of the machine may not."""

    committed: int
    in_database: int
    salts: bytes


def examine(database: Path) -> LogState:
    """Return the state of the log beside a database file that no process has open. Raises OSError."""
    index = _index(database.with_name(f"{database.name}-shm"))
    frames, salts = _read(database.with_name(f"{database.name}-wal"))
    kept = max((frame.number for frame in frames if frame.is_whole and frame.is_commit), default=0)
    ours = [frame for frame in frames if frame.is_ours]
    # The log is written to the disk with each commit: whatever stands behind a commit was begun after it was safe.
    safe = max((one.number for one in ours if one.is_commit and one.number < ours[-1].number), default=0)
    torn = max(0, len(ours) - kept)
    if index is None or (index.salts != salts and not index.committed):
        return LogState(kept=kept, committed=max(kept, safe), torn=torn)
    if index.salts != salts:  # the log that the index speaks of is gone, or another one lies in its place
        return LogState(kept=0, committed=index.committed, in_database=index.in_database)
    return LogState(kept=kept, committed=max(kept, safe, index.committed), torn=torn, in_database=index.in_database)


def byte_length(database: Path, frames: int) -> int:
    """Return where the log ends after so many frames."""
    with database.with_name(f"{database.name}-wal").open("rb") as log:
        fields = HEADER.unpack(log.read(HEADER.size))
    return HEADER.size + frames * (FRAME_HEADER.size + int(fields[2]))


def _read(path: Path) -> tuple[list[Frame], bytes]:
    """All frames of a log, and the salts of its present generation; nothing where it has no right header."""
    try:
        log = path.open("rb")
    except FileNotFoundError:
        return [], b""
    with log:
        raw = log.read(HEADER.size)
        if len(raw) < HEADER.size:
            return [], b""
        magic, _, page_bytes, _, _, _, *stored = HEADER.unpack(raw)
        if magic & ~WORDS_ARE_BIG_ENDIAN != MAGIC or page_bytes not in PAGE_BYTES:
            return _headless(path)
        order = ">" if magic & WORDS_ARE_BIG_ENDIAN else "<"
        begin = _checksum(raw[:24], (0, 0), order)
        if begin != tuple(stored):
            return _headless(path)
        return list(_frames(log, page_bytes, raw[16:24], begin, order)), raw[16:24]


def _headless(path: Path) -> tuple[list[Frame], bytes]:
    """A log whose header is destroyed: SQLite takes it for empty, so every frame behind it would be lost."""
    behind = path.stat().st_size - HEADER.size
    if behind <= FRAME_HEADER.size:
        return [], b""
    return [Frame(number=number, is_commit=True, is_ours=True, is_whole=False) for number in (1, 2)], b""


def _frames(log: BinaryIO, page_bytes: int, salts: bytes, begin: Sum, order: str) -> Iterator[Frame]:
    number, chain, is_whole = 0, begin, True
    while True:
        head, page = log.read(FRAME_HEADER.size), log.read(page_bytes)
        if len(head) < FRAME_HEADER.size or len(page) < page_bytes:
            return
        number += 1
        page_number, size_after, _, _, *stored = FRAME_HEADER.unpack(head)
        is_ours = head[8:16] == salts
        if is_whole:
            chain = _checksum(head[:8] + page, chain, order)
            is_whole = is_ours and page_number > 0 and chain == tuple(stored)
        yield Frame(number=number, is_commit=size_after > 0, is_ours=is_ours, is_whole=is_whole)


def _index(path: Path) -> _Index | None:
    """The index's header, None where it says nothing sure: two equal copies with a right checksum."""
    try:
        with path.open("rb") as file:
            raw = file.read(2 * INDEX_HEADER + 4)
    except FileNotFoundError:
        return None
    first, second = raw[:INDEX_HEADER], raw[INDEX_HEADER : 2 * INDEX_HEADER]
    if len(raw) < 2 * INDEX_HEADER + 4 or first != second:
        return None
    # Shared memory holds numbers in the order of the machine; the salts are bytes of the log's header.
    stored = struct.unpack("=2I", first[INDEX_CHECKED:])
    if not first[12] or _checksum(first[:INDEX_CHECKED], (0, 0), "=") != stored:
        return None
    (committed,) = struct.unpack("=I", first[16:20])
    (in_database,) = struct.unpack("=I", raw[2 * INDEX_HEADER :])
    return _Index(committed=committed, in_database=in_database, salts=first[32:40])


def _checksum(data: bytes, start: Sum, order: str) -> Sum:
    """SQLite's running sum over words of 32 bits, `a += word + b; b += word + a`: Fibonacci's numbers weigh the words,
    so that it is two sums of products instead of a loop in Python (4 MB of log: 0.1 s)."""
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    count, (a, b) = len(words), start
    weights = _weights(count + 3)
    last = sum(map(operator.mul, words, weights[count:0:-1])) + weights[count + 1] * b + weights[count] * a
    before = sum(map(operator.mul, words, weights[count - 1 : 0 : -1])) + weights[count] * b + weights[count - 1] * a
    return before & MASK, last & MASK


@cache
def _weights(count: int) -> tuple[int, ...]:
    numbers = [0, 1]
    while len(numbers) < count:
        numbers.append((numbers[-1] + numbers[-2]) & MASK)
    return tuple(numbers)
