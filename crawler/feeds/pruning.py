"""Prune the tree of a feed to what feedparser needs: each text once, values cut to length.

feedparser takes a second summary for the full text and an id for a link; some elements cost it quadratic time, and what
is not well-formed goes to its second, looser parser.
"""

from lxml import etree

from crawler.feeds.names import Names, local_name
from crawler.feeds.wording import flatten

# Of each the first that says anything becomes the field.
TEXTS = {
    "title": ("title", "dc:title", "media:title", "itunes:title", "dcterms:title"),
    "content": ("content:encoded", "content", "xhtml:body", "xhtml:div", "body", "fullitem"),
    "description": ("description", "summary", "dc:description", "dcterms:abstract", "media:description",
                    "itunes:summary", "itunes:subtitle"),
}  # fmt: skip
FIELDS = frozenset(name for names in TEXTS.values() for name in names)
ADDRESSES = ("link", "guid", "id", "enclosure")
MEDIA = "{http://search.yahoo.com/mrss/}"
# Values, and the names under which feedparser tells them apart.
VALUES = {name: name for name in (*ADDRESSES, "language", "author", "published", "pubdate", "issued", "created",
                                  "updated", "modified", "lastbuilddate")} | {
    "media:content": "enclosure", "media:player": f"{MEDIA}player", "media:thumbnail": f"{MEDIA}thumbnail",
    "itunes:duration": "{http://www.itunes.com/dtds/podcast-1.0.dtd}duration", "dc:language": "language",
    "dc:creator": "author", "itunes:author": "author", "dcterms:issued": "issued", "dc:date": "created",
    "date": "created", "dcterms:date": "created", "dcterms:created": "created", "dcterms:modified": "modified",
}  # fmt: skip
FEED = frozenset(("rss", "rdf", "rdf:rdf", "feed", "channel"))  # of all others around entries only these are read
XML = "{http://www.w3.org/XML/1998/namespace}"
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
ATTRIBUTES = ("href", "rel", "type", "url", "medium", "duration", "mode", f"{XML}base", ABOUT)
ADDRESS_CHARS, VALUE_CHARS = 4096, 300
OWN_PAGE = "own-page"  # the relation of RSS's link, which is a text: it goes before the links of Atom
WEB = ("http://", "https://")
Texts = list[tuple[str, etree._Element]]


def prune(root: etree._Element) -> etree._Element:
    """Return the feed, with the root in it; the tree is changed. Each entry is an `item`."""
    names = Names(root)
    feed = etree.Element("feed", {f"{XML}lang": root.get(f"{XML}lang") or ""})
    feed.append(root)
    _choose(_prune(feed, names, in_entry=False, is_read=True))
    etree.cleanup_namespaces(feed)
    return feed


def _prune(parent: etree._Element, names: Names, *, in_entry: bool, is_read: bool) -> Texts:
    """Leave what is read, under names that feedparser knows; return the texts, which Media RSS puts into groups.

    is_read: whether texts and values here are the feed's or an entry's; a picture beside them has its own.
    """
    texts: Texts = []
    for node in list(parent):
        name = names.of(node)
        is_media = name.startswith("media:")
        claim = (node.get("isPermaLink") or node.get("ispermalink") or "").strip().lower()
        attributes = {key: value.strip()[:ADDRESS_CHARS] for key in ATTRIBUTES if (value := node.get(key))}
        node.attrib.clear()
        node.attrib.update(attributes)
        if name in ("item", "entry"):
            node.tag = "item"
            _choose(_prune(node, names, in_entry=True, is_read=True))
        elif is_read and name in FIELDS and flatten(node, is_html=name == "description"):
            texts.append((name, node))
        elif is_read and name in VALUES and not (len(node) and name == "media:content"):
            _shorten(node, name, claim)
        elif len(node) and (is_media or not in_entry):
            texts += _prune(node, names, in_entry=in_entry, is_read=is_read and (is_media or name in FEED))
            node.tag = VALUES.get(name, "group")
        else:
            parent.remove(node)
    return texts


def _choose(texts: Texts) -> None:
    """Give the best of each field its name, and drop the others."""
    for field, names in TEXTS.items():
        held = [(names.index(name), number, node) for number, (name, node) in enumerate(texts) if name in names]
        for place, (*_, node) in enumerate(sorted(held)):
            if place:
                node.getparent().remove(node)
            else:
                node.tag = field


def _shorten(node: etree._Element, name: str, claim: str) -> None:
    inside = next((child for child in node if local_name(child) == "name"), node)  # Atom's author
    text = "".join(inside.itertext()).strip()
    del node[:]
    node.tag, node.text = VALUES[name], text[: ADDRESS_CHARS if name in ADDRESSES else VALUE_CHARS]
    if node.tag == "author":  # feedparser looks for mail in the text of an author, not in its name
        etree.SubElement(node, "name").text, node.text = node.text, None
    elif name == "link" and (node.get("rel") or "").lower() == "enclosure":
        node.tag = "enclosure"
    elif name == "link" and not node.get("href"):
        if node.text:
            node.set("rel", OWN_PAGE)
        else:
            node.tag = "group"  # an empty link would bar the guid from being one
    elif name in ("guid", "id"):
        is_link = name == "guid" and (claim == "true" or (claim != "false" and text.lower().startswith(WEB)))
        node.set("isPermaLink", str(is_link).lower())
