"""What a browser makes of a piece of HTML: the tree by an HTML5 parser that the project itself does not use."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import html5lib

Tree = tuple[str, tuple[tuple[str, str], ...], tuple["Tree | str", ...]]
VOID = frozenset(["br", "col", "hr", "img"])


def as_browsers_read(piece: str, *, before: str = "<!doctype html><body><div>", after: str = "</div>") -> list[Tree]:
    """Return the elements of the body that hold a piece put between `before` and `after`."""
    document = html5lib.parse(f"{before}{piece}{after}", treebuilder="etree", namespaceHTMLElements=False)
    return [_tree(child) for child in document.find("body")]


def as_written(piece: str) -> Tree:
    """Return a `div` that holds the piece, read tag by tag; AssertionError where one is not closed in its order."""
    reader = _Strict()
    reader.feed(piece)
    reader.close()
    assert len(reader.open) == 1, f"not closed: {reader.open}"
    return _joined(reader.open[0])


def _tree(node: Any) -> Tree:  # noqa: ANN401 - ElementTree, of which html5lib has no types
    children: list[Tree | str] = [node.text or ""]
    for child in node:
        children += [_tree(child) if isinstance(child.tag, str) else "", child.tail or ""]
    return _joined((node.tag, tuple(sorted(node.attrib.items())), children))


def _joined(found: tuple[str, tuple[tuple[str, str], ...], list[Tree | str]]) -> Tree:
    name, attributes, children = found
    return name, attributes, tuple(_merged(children))


def _merged(children: list[Tree | str]) -> Iterator[Tree | str]:
    text = ""
    for child in children:
        if isinstance(child, str):
            text += child
            continue
        if text:
            yield text
        text = ""
        yield child
    if text:
        yield text


class _Strict(HTMLParser):
    """No mending: what is opened is closed, in its order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, tuple[tuple[str, str], ...], list[Tree | str]]] = [("div", (), [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, tuple(sorted((name, value or "") for name, value in attrs)), list[Tree | str]())
        if tag in VOID:
            self.open[-1][2].append(_joined(element))
        else:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        element = self.open.pop()
        assert self.open, f"</{tag}> closes what it did not open"
        assert element[0] == tag, f"</{tag}> closes {element[0]}"
        self.open[-1][2].append(_joined(element))

    def handle_data(self, data: str) -> None:
        self.open[-1][2].append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")
