"""Read a YAML file as plain data and keep the line of every part.

The subset taken is what a configuration needs: no anchors, aliases or tags (so no alias bomb), no key twice, one
document. Plain scalars become null, true/false and decimal numbers, as in YAML 1.2; a number that begins with 0, or a
date, stays text.
"""

import re
from pathlib import Path
from typing import NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from config.document import Document, Spot
from config.errors import ConfigRefused, Problem

LARGEST_BYTES = 5 * 1024 * 1024
DEEPEST = 20
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}\Z")
WORDS = {"": None, "~": None, "null": None, "Null": None, "true": True, "True": True, "false": False, "False": False}


def read_yaml(path: Path) -> Document:
    """Return the file's data. Raises ConfigRefused where it cannot be read, is no YAML mapping, or uses an alias."""
    file = str(path)
    text = read_text(path)
    try:
        builder = _Builder(file)
        for event in YAML(typ="rt", pure=True).parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        raise ConfigRefused([_syntax(error, file=file, text=text)]) from error
    except YAMLError as error:
        raise ConfigRefused([whole(file, f"is no YAML ({error})", "Mend it.")]) from error
    if not isinstance(builder.root, dict):
        what = "is empty" if builder.root is None else "is no mapping of keys to values"
        raise ConfigRefused([whole(file, what, "Begin with a key, as in `version: 1`.")])
    return Document(file=file, data=builder.root, lines=builder.lines)


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file of bounded size. Raises ConfigRefused."""
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


class _Builder:
    """Builds data from events, so that nothing of the file is trusted before it was looked at."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: object = None
        self.lines: dict[Spot, int] = {}
        self._open: list[tuple[Spot, dict[str, object] | list[object]]] = []
        self._key: list[str | None] = []
        self._documents = 0

    def take(self, event: Event) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(line, "a second document begins", "Keep one document a file: remove the line `---`.")
        self._refuse_indirection(event, line)
        if isinstance(event, MappingStartEvent):
            self._begin({}, line)
        elif isinstance(event, SequenceStartEvent):
            self._begin([], line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._open.pop()
            self._key.pop()
        elif isinstance(event, ScalarEvent):
            self._scalar(event, line)

    def _refuse_indirection(self, event: Event, line: int) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._refuse(line, "an anchor or alias (& or *) is used", "Write the value out in each place.")
        if getattr(event, "tag", None) not in (None, "!"):
            self._refuse(line, "a tag (!) is used", "Remove it: plain values are enough.")

    def _begin(self, container: dict[str, object] | list[object], line: int) -> None:
        if len(self._open) >= DEEPEST:
            self._refuse(line, f"more than {DEEPEST} levels are nested", "Check the brackets and the indentation.")
        spot = self._place(container, line)
        self._open.append((spot, container))
        self._key.append(None)

    def _scalar(self, event: ScalarEvent, line: int) -> None:
        awaiting_key = bool(self._open) and isinstance(self._open[-1][1], dict) and self._key[-1] is None
        if not awaiting_key:
            self._place(plain(event.value) if event.implicit[0] else event.value, line)
            return
        spot, container = self._open[-1]
        if event.value in container:
            first = self.lines[(*spot, event.value)]
            self._refuse(line, f"the key `{event.value[:60]}` stands twice (first on line {first})", "Remove one.")
        self._key[-1] = event.value
        self.lines[(*spot, event.value)] = line

    def _place(self, value: object, line: int) -> Spot:
        if not self._open:
            self.root = value
            self.lines[()] = line
            return ()
        spot, container = self._open[-1]
        if isinstance(container, list):
            here = (*spot, len(container))
            container.append(value)
            self.lines[here] = line
            return here
        key = self._key[-1]
        if key is None:
            self._refuse(line, "a key is a list or a mapping", "Write a word before the colon.")
        container[key] = value
        self._key[-1] = None
        return (*spot, key)

    def _refuse(self, line: int, what: str, do: str) -> NoReturn:
        raise ConfigRefused([Problem(file=self.file, line=line, field="", what=what, do=do)])


def plain(text: str) -> object:
    """Return what an unquoted scalar means."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.match(text):
        return int(text)
    return float(text) if FLOAT.match(text) else text


def _syntax(error: MarkedYAMLError, *, file: str, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    lines = text.splitlines()
    own = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in own[: len(own) - len(own.lstrip())] or "'\\t'" in str(error.problem):
        return Problem(file=file, line=line, field="", what="a tab stands in the indentation", do="Indent by spaces.")
    what = " ".join(f"{error.problem or error.context or 'is no YAML'}".split())
    return Problem(file=file, line=line, field="", what=what, do="Mend the YAML there: indentation, colon, quotes.")
