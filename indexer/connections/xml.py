"""Read the small XML of a platform's callback: elements and text; a document type refuses the whole. Pure.

Callbacks declare nothing: where a document type begins, reading ends, before any entity is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_DEEP, MOST_ELEMENTS = 12, 2000  # the deepest callback known has 5


class XmlRefused(Exception):
    """A body that is not well formed, or declares a document type, or nests as no callback does."""


@dataclass(slots=True)
class Element:
    """One element: its own text, without that of its children, and its children in order."""

    name: str
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, *path: str) -> list["Element"]:
        """Return the elements at the end of a path of names, in order."""
        found = [self]
        for name in path:
            found = [child for one in found for child in one.children if child.name == name]
        return found

    def says(self, *path: str) -> str:
        """Return the text of the first element of a path, blanks around it removed; empty where there is none."""
        return next(self._texts(path), "")

    def number(self, *path: str) -> int | None:
        """Return the number that an element holds; None where it holds none."""
        said = self.says(*path)
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 20 else None

    def _texts(self, path: tuple[str, ...]) -> Iterator[str]:
        return (one.text.strip() for one in self.all(*path))


class _Tree:
    """What the parser builds, without recursion."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.pieces: list[list[str]] = []
        self.count = 0

    def begin(self, name: str, _attributes: object) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= MOST_DEEP:
            raise XmlRefused("more elements than a callback has")
        made = Element(name)
        if self.open:
            self.open[-1].children.append(made)
        else:
            self.root = made
        self.open.append(made)
        self.pieces.append([])

    def end(self, _name: str) -> None:
        self.open.pop().text = "".join(self.pieces.pop())

    def say(self, text: str) -> None:
        self.pieces[-1].append(text)

    def refuse(self, *_declared: object) -> None:
        raise XmlRefused("a document type is declared")


def read_xml(body: bytes) -> Element:
    """Return the root of a body in UTF-8, whatever else it declares. Raises XmlRefused."""
    tree, parser = _Tree(), expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = tree.begin, tree.end
    parser.CharacterDataHandler = tree.say
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = tree.refuse
    try:
        parser.Parse(body.decode(), True)  # noqa: FBT003  (expat names none)
    except (expat.ExpatError, ValueError) as error:
        raise XmlRefused(str(error)) from error
    if tree.root is None:
        raise XmlRefused("there is no element")
    return tree.root
