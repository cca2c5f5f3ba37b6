"""Parse a piece of HTML by the rules of the HTML standard (lexbor), and walk its tree without recursion."""

from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode


class Node:
    """One step of the walk: a text (`text`), the start of an element, or its end (`is_end`).

    tag: in lower case. attributes: name in lower case → value, None for one without a value.
    """

    __slots__ = ("_node", "is_end", "is_skipped")

    def __init__(self, node: LexborNode, *, is_end: bool = False) -> None:
        self._node, self.is_end, self.is_skipped = node, is_end, False

    @property
    def tag(self) -> str:
        """Name of the element."""
        return self._node.tag or ""

    @property
    def text(self) -> str | None:
        """The characters of a text; None for an element."""
        return (self._node.text_content or "") if self._node.is_text_node else None

    @property
    def attributes(self) -> Mapping[str, str | None]:
        """What the element's tag says; of an attribute given twice the first."""
        return self._node.attributes

    def first_source(self) -> str:
        """Return the address of the first `source` below a video or audio element; empty where it has none."""
        child = self._node.first_child
        while child is not None and child.tag != "source":
            child = child.next
        return (child.attributes.get("src") or "") if child is not None else ""

    def skip(self) -> None:
        """Pass over the element's inside and its end."""
        self.is_skipped = True


def read_html(text: str) -> Iterator[Node]:
    """Yield the steps of a piece as it stands inside a `div`. The time is linear only for a text that is `bounded`."""
    parser = LexborHTMLParser(text.encode("utf-8", errors="replace"), is_fragment=True, scripting=True)
    node = parser.root
    above: list[LexborNode] = []
    while node is not None:
        if node.is_text_node or node.is_element_node:
            step = Node(node)
            yield step
            if node.is_element_node and not step.is_skipped:
                if (child := node.first_child) is not None:
                    above.append(node)
                    node = child
                    continue
                yield Node(node, is_end=True)
        while node.next is None and above:
            node = above.pop()
            yield Node(node, is_end=True)
        node = node.next
