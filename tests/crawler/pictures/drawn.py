"""Pictures as files of their kinds, drawn here: nothing is read from a disk."""

import io

from PIL import Image


def picture(width: int = 1200, height: int = 800, *, kind: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    """Return a picture that is red at its left and blue at its right."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (width // 2, 0, width, height))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def opened(body: bytes) -> Image.Image:
    """Return the pixels of a file."""
    image = Image.open(io.BytesIO(body))
    image.load()
    return image
