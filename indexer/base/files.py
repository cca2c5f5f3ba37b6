"""Files that are there whole or not at all, after a power cut too: written under another name, then moved."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO

PART = ".part-"
FOLDER_OWNER_ONLY = 0o700


def write_part(folder: Path, content: bytes) -> Path:
    """Write a new file in a folder, which is made, and return it once it lies on the disk; its owner alone reads it.

    Raises OSError; then nothing is left.
    """
    (part,) = write_parts([(folder, content)])
    return part


def write_parts(wanted: Iterable[tuple[Path, bytes]]) -> Sequence[Path]:
    """Write many such files, each in its folder: the disk is waited for when all are written, which is faster.

    Raises OSError; then nothing is left of any.
    """
    made: list[Path] = []
    try:
        with ExitStack() as files:
            written = [files.enter_context(_written(folder, content, made)) for folder, content in wanted]
            for out in written:
                os.fsync(out.fileno())
    except OSError:
        for part in made:
            with suppress(OSError):
                part.unlink()
        raise
    return made


def _written(folder: Path, content: bytes, made: list[Path]) -> BinaryIO:
    """Write a new file and give it open; made: gets its name."""
    folder.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=PART, dir=folder)
    made.append(Path(name))
    with ExitStack() as on_error:
        out = on_error.enter_context(os.fdopen(handle, "wb"))
        out.write(content)
        out.flush()
        on_error.pop_all()
    return out


def sync(folder: Path) -> None:
    """Wait until the names in a folder lie on the disk. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def parts(folder: Path) -> Iterator[Path]:
    """Yield what somebody is writing in a folder or in one below it, or was when they were killed."""
    yield from folder.glob(f"{PART}*")
    yield from folder.glob(f"*/{PART}*")


def remove_old_parts(folder: Path, *, before: float) -> int:
    """Remove the parts that nobody wrote to since a time (seconds since 1970); return how many those are."""
    removed = 0
    for part in parts(folder):
        with suppress(FileNotFoundError):  # whoever wrote it has moved it just now
            if part.stat().st_mtime < before:
                part.unlink()
                removed += 1
    return removed
