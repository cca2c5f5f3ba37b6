"""Read a YAML file as plain data, with the line of every part.

The subset taken is what a configuration needs: no anchors, aliases or tags (so no alias bomb), no key twice, one
document. Plain scalars become null, true/false and decimal numbers, as in YAML 1.2; a number that begins with 0, or a
date, stays text.
"""

import re
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import Composer, ComposerError, MaxDepthExceededError
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import Node
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import ScalarString

from config.errors import ConfigRefused, Problem
from config.files.document import Document, Spot
from config.files.text import read_text, whole

DEEPEST = 20
KEPT = 8  # documents as they were read last; nobody changes the data of one
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}\Z")
WORDS = {"": None, "~": None, "null": None, "Null": None, "true": True, "True": True, "false": False, "False": False}


def read_yaml(path: Path) -> Document:
    """Return the file's data. Raises ConfigRefused where it cannot be read, is no YAML mapping, or uses an alias."""
    return _document(str(path), read_text(path))


@lru_cache(maxsize=KEPT)
def _document(file: str, text: str) -> Document:
    """Parse it, once as long as it stays as it is: the shipped policy takes a fifth of a second."""
    lines: dict[Spot, int] = {}
    try:
        data = _plain_data(_loader().load(text), (), lines)
    except MarkedYAMLError as error:
        raise ConfigRefused([_problem(error, file=file, text=text)]) from error
    except YAMLError as error:
        raise ConfigRefused([whole(file, f"is no YAML ({error})", "Mend it.")]) from error
    if not isinstance(data, dict):
        what = "is empty" if data is None else "is no mapping of keys to values"
        raise ConfigRefused([whole(file, what, "Begin with a key, as in `version: 1`.")])
    return Document(file=file, data=data, lines=lines)


def plain(text: str) -> object:
    """Return what an unquoted scalar means."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.match(text):
        return int(text)
    return float(text) if FLOAT.match(text) else text


class _NotTaken(MarkedYAMLError):
    """Good YAML that a configuration does without."""

    def __init__(self, mark: StreamMark, what: str, do: str) -> None:
        super().__init__(problem=what, problem_mark=mark)
        self.do = do


class _Composer(Composer):
    """Looks at each part before anything is made of it."""

    def compose_node(self, parent: Node | None, index: object) -> Node:
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent) or event.anchor:
            what = "an anchor or alias (& or *) is used"
            raise _NotTaken(event.start_mark, what, "Write the value out in each place.")
        if event.tag not in (None, "!"):
            raise _NotTaken(event.start_mark, "a tag (!) is used", "Remove it: plain values are enough.")
        node: Node = super().compose_node(parent, index)
        return node


class _Resolver(VersionedResolver):
    """Leaves every scalar text: `plain` says what it means."""

    @property
    def versioned_resolver(self) -> dict[object, list[object]]:
        return {}


class _Constructor(RoundTripConstructor):
    """Says of a key that stands twice where it stood first."""

    def check_mapping_key(self, node: Node, key_node: Node, mapping: CommentedMap, key: object, value: object) -> bool:
        if not isinstance(key, str):
            raise _NotTaken(key_node.start_mark, "a key is a list or a mapping", "Write a word before the colon.")
        if key in mapping:
            what = f"the key `{key[:60]}` stands twice (first on line {mapping.lc.key(key)[0] + 1})"
            raise _NotTaken(key_node.start_mark, what, "Remove one.")
        return True


def _loader() -> YAML:
    loader = YAML(typ="rt", pure=True)  # the kind that keeps line numbers
    loader.Composer, loader.Resolver, loader.Constructor = _Composer, _Resolver, _Constructor
    loader.preserve_quotes = True  # so that a quoted scalar can be told from a plain one
    loader.max_depth = DEEPEST + 1  # of a scalar in the deepest list
    return loader


def _plain_data(part: object, spot: Spot, lines: dict[Spot, int]) -> object:
    """Return the part as dicts, lists and plain values; `lines` is filled with ruamel's line of each."""
    if isinstance(part, CommentedMap | CommentedSeq):
        lines.setdefault(spot, part.lc.line + 1)
    if isinstance(part, CommentedMap):
        lines.update({(*spot, str(key)): part.lc.key(key)[0] + 1 for key in part})
        return {str(key): _plain_data(value, (*spot, str(key)), lines) for key, value in part.items()}
    if isinstance(part, CommentedSeq):
        lines.update({(*spot, index): part.lc.item(index)[0] + 1 for index in range(len(part))})
        return [_plain_data(value, (*spot, index), lines) for index, value in enumerate(part)]
    if isinstance(part, ScalarString):  # it stood in quotation marks, or as a block
        return str(part)
    return plain(part) if isinstance(part, str) else None


def _problem(error: MarkedYAMLError, *, file: str, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    lines = text.splitlines()
    own = lines[line - 1] if 0 < line <= len(lines) else ""
    what = " ".join(f"{error.problem or error.context or 'is no YAML'}".split())
    do = "Mend the YAML there: indentation, colon, quotes."
    if isinstance(error, _NotTaken):
        do = error.do
    elif isinstance(error, MaxDepthExceededError):
        what, do = f"more than {DEEPEST} levels are nested", "Check the brackets and the indentation."
    elif isinstance(error, ComposerError):  # the one that is left: "but found another document"
        what, do = "a second document begins", "Keep one document a file: remove the line `---`."
    elif "\t" in own[: len(own) - len(own.lstrip())] or "'\\t'" in what:
        what, do = "a tab stands in the indentation", "Indent by spaces."
    return Problem(file=file, line=line, field="", what=what, do=do)
