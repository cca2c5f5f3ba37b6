"""The one order in which every engine lists: the latest publication first."""

import hashlib

from indexer.search.port import Entry

BITS = 20  # what tells items of one publication apart; 33 are left for its number, in what a 64-bit float holds exactly
MOST_PUBLICATION = 2**33 - 1


def order_of(entry: Entry) -> int:
    """Return the number by which an entry is listed, the greatest first."""
    digest = hashlib.blake2b(entry.item.encode("utf-8", "replace"), digest_size=4).digest()
    apart = int.from_bytes(digest) >> (32 - BITS)
    return (min(max(entry.publication, 0), MOST_PUBLICATION) << BITS) | apart
