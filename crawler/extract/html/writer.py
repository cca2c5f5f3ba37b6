"""Write a tree as HTML that every HTML5 parser reads back as the same tree.

The parser of the HTML standard mends as it reads: a `p` ends where a table begins, an `a` where another begins, a `li`
where another follows. What is written here leaves it nothing to mend: elements that could not stand are closed or left
out, and each one that was opened is closed. So the text cannot end an element of the page that shows it.
"""

import re
from collections.abc import Mapping
from html import escape

MOST_DEPTH = 100  # deeper elements are left out, their text stays; browsers themselves stop at 512
TABLE_DEPTH = 4  # table, tbody, tr, td: a table begins only where all of it fits
VOID = frozenset(["br", "col", "hr", "img"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# Where one of these begins, an open `p` ends.
ENDS_PARAGRAPH_TEXT = """
    blockquote dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table ul
"""
ENDS_PARAGRAPH = frozenset(ENDS_PARAGRAPH_TEXT.split())
CELLS = frozenset(["td", "th", "caption"])  # what is open outside of one does not concern what stands in it
PARENTS: Mapping[str, frozenset[str]] = {
    "caption": frozenset(["table"]),
    "colgroup": frozenset(["table"]),
    "col": frozenset(["colgroup"]),
    "thead": frozenset(["table"]),
    "tbody": frozenset(["table"]),
    "tfoot": frozenset(["table"]),
    "tr": frozenset(["thead", "tbody", "tfoot"]),
    "td": frozenset(["tr"]),
    "th": frozenset(["tr"]),
    "li": frozenset(["ul", "ol"]),
    "dt": frozenset(["dl"]),
    "dd": frozenset(["dl"]),
    "rt": frozenset(["ruby"]),
    "rp": frozenset(["ruby"]),
}
IN_PLACE_OF: Mapping[str, str] = {"li": "div", "dt": "div", "dd": "div"}  # outside of a list they still part lines
TABLE_PARTS = frozenset(["table", "colgroup", "thead", "tbody", "tfoot", "tr"])  # hold no text themselves
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LINE_END = re.compile(r"\r\n?")


class Opened:
    """One element that was opened; in the stack of its writer until it is closed."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class HtmlWriter:
    """Text and elements in reading order. Names and attributes are the caller's allow-list; values are escaped here."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open: list[Opened] = []
        self._is_after_pre = False

    def has_open(self, *names: str) -> bool:
        """Tell whether one of these elements is open, outside of table cells too."""
        return any(each.name in names for each in self._open)

    def text(self, text: str) -> None:
        """Write characters of text."""
        text = plain(text)
        if self._is_after_pre:
            text = text.lstrip("\n")  # a parser drops the first one there
        if not text or (self._open and self._open[-1].name in TABLE_PARTS and not text.isspace()):
            return
        self._write(escape(text, quote=False))

    def start(self, name: str, attributes: Mapping[str, str] | None = None) -> Opened | None:
        """Open an element, or write one that has no inside. Return what `end` takes; None where there is no inside
        or the element cannot stand here: what is in it is then written without it."""
        if self._open and self._open[-1].name in TABLE_PARTS and name not in PARENTS:
            return None
        if name in PARENTS and not self._is_inside(PARENTS[name]):
            if name not in IN_PLACE_OF:
                return None
            name = IN_PLACE_OF[name]
        if not self._fits(name):
            return None
        if name in ENDS_PARAGRAPH:
            self._end_paragraph()
        written = "".join(f' {key}="{escape(plain(value))}"' for key, value in (attributes or {}).items())
        self._write(f"<{name}{written}>")
        if name in VOID:
            return None
        self._is_after_pre = name == "pre"
        opened = Opened(name)
        self._open.append(opened)
        return opened

    def end(self, opened: Opened | None) -> None:
        """Close an element and all that is still open in it; nothing where it is closed already."""
        if opened is not None and any(each is opened for each in reversed(self._open)):
            while self._close() is not opened:
                pass

    def html(self) -> str:
        """Return what was written; white space around it is left out. All elements must have been closed."""
        return "".join(self._pieces).strip()

    def _fits(self, name: str) -> bool:
        if name in HEADINGS and self.has_open(*HEADINGS):
            return False
        if name == "a" and self.has_open("a"):
            return False
        if name in VOID or (name in PARENTS and name not in IN_PLACE_OF):
            return True  # of a table that fits as a whole
        return len(self._open) < MOST_DEPTH - (TABLE_DEPTH if name == "table" else 0)

    def _is_inside(self, parents: frozenset[str]) -> bool:
        return bool(self._open) and self._open[-1].name in parents

    def _end_paragraph(self) -> None:
        for opened in reversed(self._open):
            if opened.name in CELLS:
                return
            if opened.name == "p":
                self.end(opened)
                return

    def _close(self) -> Opened:
        opened = self._open.pop()
        self._write(f"</{opened.name}>")
        return opened

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._is_after_pre = False


def plain(text: str) -> str:
    """Return the text without control characters, which no two parsers treat alike; line ends are `\\n`."""
    return CONTROL.sub("", LINE_END.sub("\n", text))
