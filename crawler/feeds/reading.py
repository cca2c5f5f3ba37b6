"""Read the bytes of a feed or sitemap: RSS, RDF, Atom, JSON Feed, sitemaps, compressed or not."""

import zlib

from crawler.feeds.encoding import decode_feed
from crawler.feeds.entries import MAX_BYTES, Feed, NotAFeed
from crawler.feeds.jsonfeed import read_json_feed
from crawler.feeds.markup import parse_xml
from crawler.feeds.sitemap import cut_incomplete, read_address_list, read_sitemap
from crawler.feeds.xml import read_xml_feed

GZIP = b"\x1f\x8b"
SITEMAP_ROOTS = ("urlset", "sitemapindex")


def read_feed(body: bytes, *, content_type: str | None = None, url: str | None = None) -> Feed:
    """Return what the feed or sitemap says. Pure: nothing is fetched, whatever the document asks for.

    content_type: the HTTP header; of it only the charset counts, since feeds come under every type. url: where it was
    fetched, for relative addresses. Raises NotAFeed.
    """
    plain = _unpacked(body) if body.startswith(GZIP) else body
    if len(plain) > MAX_BYTES:
        raise NotAFeed(f"内容超过 {MAX_BYTES // 2**20} MB，不予读取")
    text = decode_feed(plain, content_type)
    start = text.lstrip("\ufeff\t\n\r ")
    if start.startswith(("{", "[")):
        return read_json_feed(start, url=url)
    if start.startswith(("http://", "https://")) and (feed := read_address_list(start)):
        return feed
    root = parse_xml(start, url=url)
    local = str(root.tag).rpartition("}")[2].rpartition(":")[2].lower()
    if local not in SITEMAP_ROOTS:
        return read_xml_feed(root, url=url)
    return read_sitemap(parse_xml(cut_incomplete(start), url=url))


def _unpacked(body: bytes) -> bytes:
    """Unpack gzip, to one byte beyond the limit at most."""
    try:
        return zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise NotAFeed("压缩文件（gzip）已损坏") from error
