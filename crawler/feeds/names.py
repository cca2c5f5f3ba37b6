"""Elements of feeds by plain names, whatever prefixes and namespaces a feed writes them with."""

from collections.abc import Iterable, Iterator

from lxml import etree

NAMESPACES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns": "atom",
    "http://purl.org/rss/1.0": "rss",
    "http://my.netscape.com/rdf/simple/0.9": "rss",
    "http://channel.netscape.com/rdf/simple/0.9": "rss",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-video/1.1": "video",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
}
KNOWN = frozenset(NAMESPACES.values())
XML = "{http://www.w3.org/XML/1998/namespace}"


class Names:
    """Names of one document: `title` for its own elements, `dc:title` for those of a known extension."""

    def __init__(self, root: etree._Element) -> None:
        self._cache: dict[tuple[str, str | None], str] = {}
        space, _, local = str(root.tag).rpartition("}")
        self._own = "atom" if local.rpartition(":")[2].lower() in ("feed", "entry") else "rss"
        # RDF's root is of no feed's vocabulary; any other root's is the feed's own, known or not.
        self._own_space = "" if local.lower() == "rdf" else space.lstrip("{")

    def of(self, element: etree._Element) -> str:
        """Return the name; `?` for an element of nobody's known vocabulary."""
        tag = element.tag
        if not isinstance(tag, str):
            return "?"
        key = (tag, element.prefix)
        if key not in self._cache:
            self._cache[key] = self._name(tag, element.prefix)
        return self._cache[key]

    def children(self, element: etree._Element) -> dict[str, list[etree._Element]]:
        """Return the direct children by name, each name's in the document's order."""
        found: dict[str, list[etree._Element]] = {}
        for child in element:
            found.setdefault(self.of(child), []).append(child)
        return found

    def below(self, element: etree._Element, wanted: Iterable[str]) -> Iterator[etree._Element]:
        """Yield descendants of these names in the document's order."""
        names = frozenset(wanted)
        return (node for node in element.iterdescendants() if self.of(node) in names)

    def _name(self, tag: str, prefix: str | None) -> str:
        space, _, local = tag.rpartition("}")
        space, local = space.lstrip("{"), local.lower()
        if not space and ":" in local:  # a prefix that the document never declares
            prefix, _, local = local.partition(":")
            space = "undeclared"
        known = NAMESPACES.get(space.lower().rstrip("/#"))
        if known is None and prefix is not None and prefix.lower() in KNOWN:
            known = prefix.lower()
        is_own = known == self._own or (known is None and (prefix is None or space == self._own_space))
        if is_own:
            return local
        return f"{known}:{local}" if known else "?"
