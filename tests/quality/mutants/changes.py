"""The mutants of a module: mutmut's operators, applied to the whole file, module constants included.

Left as they are: annotations and names of types, decorators, imports, what is logged and what a person reads (prose is
no behaviour; which message it is, is), and the values of closed sets, which are names.
"""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst import matchers as m
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

UNTOUCHED = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
LOGGED = m.Call(func=m.Attribute(value=m.Name("log")))
CLOSED_SET = m.ClassDef(bases=[m.Arg(m.Name("StrEnum"))])
TYPES_ONLY = m.If(test=m.Name("TYPE_CHECKING")) | m.Assign(
    value=m.Subscript(value=m.OneOf(*(m.Name(name) for name in ("tuple", "list", "dict", "Sequence", "Mapping"))))
)


@dataclass(frozen=True)
class Mutant:
    """One change. first, last: lines of the statement it stands in, counted from 1; is_loose: run on import."""

    file: Path
    first: int
    last: int
    is_loose: bool
    original: cst.CSTNode
    changed: cst.CSTNode
    key: str

    def code(self, module: cst.Module) -> str:
        """Return the module's text with the change."""
        return cst.ensure_type(module.deep_replace(self.original, self.changed), cst.Module).code


def mutants_of(file: Path) -> tuple[cst.Module, list[Mutant]]:
    """Return the module as parsed, and all its mutants in the order of the text."""
    wrapper = MetadataWrapper(cst.parse_module(file.read_text(encoding="utf-8")), unsafe_skip_copy=True)
    visitor = _Visitor(file)
    wrapper.visit(visitor)
    return wrapper.module, visitor.found


def lines_of(before: str, after: str) -> tuple[str, str]:
    """Return what the first line that differs was, and what it is."""
    old, new = before.splitlines(), after.splitlines()
    for was, now in zip(old, new, strict=False):
        if was != now:
            return was.strip(), now.strip()
    return "", ""


class _Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file, self.found = file, list[Mutant]()
        self._functions, self._is_in_head = 0, False
        self._statement: CodeRange | None = None

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.SimpleStatementLine):
            self._statement = self.get_metadata(PositionProvider, node)
        self._functions += isinstance(node, cst.FunctionDef)
        self._is_in_head = self._is_in_head or isinstance(node, cst.Parameters)
        if isinstance(node, UNTOUCHED) or m.matches(node, LOGGED | CLOSED_SET | TYPES_ONLY):
            return False
        self.found += self._changes(node)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        self._functions -= isinstance(original_node, cst.FunctionDef)
        self._is_in_head = self._is_in_head and not isinstance(original_node, cst.Parameters)
        if isinstance(original_node, cst.SimpleStatementLine):
            self._statement = None

    def _changes(self, node: cst.CSTNode) -> Iterator[Mutant]:
        if isinstance(node, cst.SimpleString) and _is_prose(node):
            return
        place = self.get_metadata(PositionProvider, node, None)
        if place is None:
            return
        around = self._statement or place
        for kind, operator in mutation_operators:
            if not isinstance(node, kind):
                continue
            for number, changed in enumerate(operator(node)):
                name = f"{self.file.name}:{place.start.line}:{place.start.column}:{operator.__name__}:{number}"
                yield Mutant(
                    file=self.file,
                    first=around.start.line,
                    last=around.end.line,
                    is_loose=not self._functions or self._is_in_head,
                    original=node,
                    changed=changed,
                    key=hashlib.sha256(name.encode()).hexdigest(),
                )


def _is_prose(node: cst.SimpleString) -> bool:
    """Words for a reader: with blanks or Chinese in them, and no expression."""
    if "r" in node.prefix:
        return False
    text = ast.literal_eval(node.value)
    return not isinstance(text, str) or " " in text.strip() or any("\u4e00" <= char <= "\u9fff" for char in text)
