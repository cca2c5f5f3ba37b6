"""Pictures as files of their kinds, drawn here: nothing is read from a disk."""

import io
from random import Random

from PIL import Image, ImageDraw


def picture(width: int = 1200, height: int = 800, *, kind: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    """Return a picture that is red at its left and blue at its right."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (width // 2, 0, width, height))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def drawn(seed: int, size: tuple[int, int] = (960, 540)) -> Image.Image:
    """Return a picture of coloured shapes, another for each seed."""
    chance, image = Random(seed), Image.new("RGB", size, (235, 235, 235))  # noqa: S311 - pictures, not secrets
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, side = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(60, 320)
        colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        draw.ellipse((x - side, y - side, x + side, y + side), fill=colour)
    return image


def in_bytes(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return the picture as a file of its kind."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(body: bytes) -> Image.Image:
    """Return the pixels of a file."""
    image = Image.open(io.BytesIO(body))
    image.load()
    return image
