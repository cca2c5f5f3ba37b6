"""Names of feed elements, whatever prefixes and namespaces a feed writes: `title`, `dc:title`, `media:title`."""

from feedparser.api import StrictFeedParser
from lxml import etree

KNOWN = {space.lower().rstrip("/#"): name for space, name in StrictFeedParser.namespaces.items()}
PREFIXES = frozenset(KNOWN.values()) - {""}
OWN = frozenset(("", "atom", "rss"))


def local_name(element: etree._Element) -> str:
    """Return the name without namespace or prefix, in lower case."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


class Names:
    """Names of one document: bare in its own vocabulary, with a prefix in one that feedparser knows, else `?`."""

    def __init__(self, root: etree._Element) -> None:
        self._cache: dict[tuple[str, str | None], str] = {}
        self._own = "" if local_name(root) == "rdf" else str(root.tag).rpartition("}")[0].lstrip("{")

    def of(self, element: etree._Element) -> str:
        """Return the element's name."""
        key = (str(element.tag), element.prefix)
        if key not in self._cache:
            self._cache[key] = self._name(*key)
        return self._cache[key]

    def _name(self, tag: str, prefix: str | None) -> str:
        space, _, local = tag.rpartition("}")
        space, local = space.lstrip("{"), local.lower()
        if not space and ":" in local:  # a prefix that the document never declares
            prefix, _, local = local.partition(":")
            space = "undeclared"
        known = KNOWN.get(space.lower().rstrip("/#"))
        if known is None:
            usual = prefix.lower() if prefix else ""
            known = usual if usual in PREFIXES or usual in OWN else "" if space == self._own else "?"
        if known == "?" or known in OWN:
            return "?" if known == "?" else local
        return f"{known}:{local}"
