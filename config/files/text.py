"""Read a file as bytes or as text, bounded in size and refused in plain words."""

from pathlib import Path

from config.errors import ConfigRefused, Problem

LARGEST_BYTES = 5 * 1024 * 1024


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file of at most LARGEST_BYTES. Raises ConfigRefused."""
    raw = read_bytes(path, largest=LARGEST_BYTES)
    if b"\0" in raw:
        raise ConfigRefused([whole(str(path), "is a binary file, not text", "Give a text file in UTF-8.")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        do = "Save the file as UTF-8 (in most editors: Save as, encoding UTF-8)."
        raise ConfigRefused(
            [Problem(file=str(path), line=line, field="", what="is not in UTF-8 from this line on", do=do)]
        ) from error


def read_bytes(path: Path, *, largest: int) -> bytes:
    """Return the file's bytes. Raises ConfigRefused where it is missing, no file, or larger than `largest`."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(largest + 1)
    except OSError as error:
        raise ConfigRefused([whole(file, f"cannot be read: {error.strerror}", "Check the path.")]) from error
    if len(raw) > largest:
        raise ConfigRefused([whole(file, f"is larger than {largest:,} bytes", "Split it, or give the right file.")])
    return raw


def whole(file: str, what: str, do: str) -> Problem:
    """Return a Problem of the file as a whole."""
    return Problem(file=file, line=0, field="", what=what, do=do)
