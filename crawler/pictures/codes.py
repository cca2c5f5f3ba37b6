"""Read the QR codes in a picture: they lead readers where no link does. Run in a worker alone, beside the decoder."""

from collections.abc import Sequence

import zxingcpp
from PIL import Image

MOST_CODES, CODE_CHARS = 5, 500
LEAST = 40  # pixels of either side: no code that a telephone reads is smaller


def codes_of(image: Image.Image) -> tuple[str, ...]:
    """Return what the picture's QR codes say, each once, in their order, cut at CODE_CHARS; codes of bytes are left."""
    if min(image.size) < LEAST:
        return ()
    found: Sequence[zxingcpp.Barcode] = zxingcpp.read_barcodes(
        image.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode
    )
    said = (" ".join("".join(filter(_is_shown, one.text)).split())[:CODE_CHARS] for one in found)
    return tuple(dict.fromkeys(filter(None, said)))[:MOST_CODES]


def _is_shown(char: str) -> bool:
    """Neither database nor page takes lone surrogates, NUL and other control signs."""
    return char.isprintable() or char.isspace()
