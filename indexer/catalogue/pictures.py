"""Pictures as they are kept: our own copies of what a source shows, or the reason why there is none."""

import re
from dataclasses import dataclass
from enum import StrEnum

from indexer.base.ids import ItemId

NAME = re.compile(r"(?P<hash>[0-9a-f]{64})-(?P<width>[1-9][0-9]{0,4})\.(?P<format>webp|jpg)")
TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}  # media type by format; the last is what every browser shows


class PictureRefusal(StrEnum):
    """Why there is no copy of a picture."""

    FOREIGN_HOST = "picture_foreign_host"  # neither registered for the channel nor a platform's picture host
    GONE = "picture_gone"
    FORBIDDEN = "picture_forbidden"
    ADDRESS = "picture_address"  # none that a picture is fetched from: malformed, inward, redirects without an end
    UNREACHABLE = "picture_unreachable"  # after all tries
    TOO_LARGE = "picture_too_large"  # in bytes
    TOO_MANY_PIXELS = "picture_too_many_pixels"
    TOO_SMALL = "picture_too_small"  # a dot or a line: nothing to be looked at
    TOO_SLOW = "picture_too_slow"  # decoding it took too long, or too much memory
    UNREADABLE = "picture_unreadable"  # no picture, a drawing (SVG), or a damaged one
    TOO_MANY = "picture_too_many"  # the item has more than are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture that is kept. hash: SHA-256 of the bytes as they were received, 64 hex digits.

    width, height: of its widest copy, in pixels. widths: of all copies, narrowest first; formats: keys of TYPES, each
    at every width. bytes: of all copies together. ai_label: words, where the file itself says that a machine made it.
    codes: what the QR codes in it say. look: how it looks (base/looks.py), empty where that tells nothing.
    """

    hash: str
    width: int
    height: int
    widths: tuple[int, ...]
    formats: tuple[str, ...]
    bytes: int
    ai_label: str = ""
    codes: tuple[str, ...] = ()
    look: str = ""

    def name(self, width: int, format: str) -> str:
        """Return the file name of one copy, which is also the end of its address."""
        return f"{self.hash}-{width}.{format}"

    @property
    def names(self) -> list[str]:
        """The file names of all copies."""
        return [self.name(width, format) for format in self.formats for width in self.widths]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureUse:
    """The picture of one medium of a version. position: of the medium among those of its version.

    picture, refused: both None while it has not been fetched yet. tries: begun so far.
    """

    item: ItemId
    version: int
    position: int
    url: str
    picture: Picture | None = None
    refused: PictureRefusal | None = None
    tries: int = 0
