"""Read the QR codes in a picture: they lead readers where no link does. Run in a worker alone, beside the decoder."""

from collections.abc import Iterator
from itertools import islice

from PIL import Image

MOST_CODES, CODE_CHARS = 5, 500
WIDEST, HIGHEST, OVERLAP = 1080, 2000, 500  # pixels of a piece, and what two of them share
MOST_PIECES = 8  # of a strip; what stands further down is an editor's to see
LEAST = 40  # pixels of either side: no code that a telephone reads is smaller


def codes_of(image: Image.Image) -> tuple[str, ...]:
    """Return what the picture's QR codes say, each once, from above, cut at CODE_CHARS."""
    if min(image.size) < LEAST:
        return ()
    found = (text for piece in _pieces(image) for text in _read(piece))
    said = (" ".join("".join(filter(_is_shown, text)).split())[:CODE_CHARS] for text in found)
    return tuple(islice(dict.fromkeys(filter(None, said)), MOST_CODES))


def _read(piece: Image.Image) -> Iterator[str]:
    import zxingcpp  # where it is used alone, in the worker: a process that ends in order is told of leaks by it

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for one in zxingcpp.read_barcodes(piece, formats=wanted, text_mode=zxingcpp.TextMode.Plain, try_invert=False):
        yield one.text


def _pieces(image: Image.Image) -> Iterator[Image.Image]:
    """The picture in grey, no wider than WIDEST, a long one piece by piece: what is looked at stays bounded."""
    grey = image.convert("L")
    if grey.width > WIDEST:
        grey = grey.resize((WIDEST, max(1, grey.height * WIDEST // grey.width)), reducing_gap=2.0)
    tops = range(0, max(grey.height - OVERLAP, 1), HIGHEST - OVERLAP)
    for top in islice(tops, MOST_PIECES):
        yield grey.crop((0, top, grey.width, min(top + HIGHEST, grey.height)))


def _is_shown(char: str) -> bool:
    """Neither database nor page takes lone surrogates, NUL and other control signs."""
    return char.isprintable() or char.isspace()
