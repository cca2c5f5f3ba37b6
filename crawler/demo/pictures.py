"""Drawings for the demo's articles: a JPEG made from a name, the same every time."""

import colorsys
import hashlib
import io
from collections.abc import Callable, Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 540
DRAWN_KEPT = 64  # of some 40 kB each: names are chosen by whoever asks
SMOOTH = 2  # drawn so many times as large, so that edges come out smooth
Colour = tuple[int, int, int, int]
Canvas = ImageDraw.ImageDraw


@lru_cache(DRAWN_KEPT)
def draw(name: str) -> bytes:
    """Return a calm abstract picture; the name chooses colours, motif and places."""
    numbers = list(hashlib.sha256(name.encode()).digest())
    hue = numbers[0] * 360 // 256
    picture = _ground(hue)
    shapes = Image.new("RGBA", (WIDTH * SMOOTH, HEIGHT * SMOOTH))
    MOTIFS[numbers[1] % len(MOTIFS)](ImageDraw.Draw(shapes, "RGBA"), numbers[2:], (hue + 150) % 360)
    shapes = shapes.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    picture.paste(shapes, mask=shapes)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _ground(hue: int) -> Image.Image:
    dark, light = _colour(hue, 48, 30, 1.0), _colour((hue + 50) % 360, 55, 62, 1.0)
    down = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    across = Image.linear_gradient("L").rotate(90).resize((WIDTH, HEIGHT))
    slope = Image.blend(down, across, 0.4)
    return Image.composite(
        Image.new("RGB", (WIDTH, HEIGHT), light[:3]), Image.new("RGB", (WIDTH, HEIGHT), dark[:3]), slope
    )


def _discs(canvas: Canvas, numbers: Sequence[int], hue: int) -> None:
    for n, number in enumerate(numbers[:9]):
        at = number * WIDTH // 256, numbers[n + 9] * HEIGHT // 256
        _disc(canvas, at, 20 + numbers[n + 18] // 3, _colour(hue, 70, 75, 0.35))


def _waves(canvas: Canvas, numbers: Sequence[int], hue: int) -> None:
    for n in range(6):
        y, lift = 180 + n * 60, numbers[n] // 3
        line = [(x, y - lift * _swing(x / WIDTH)) for x in range(0, WIDTH + 1, 8)]
        shape = [(x * SMOOTH, at * SMOOTH) for x, at in [*line, (WIDTH, HEIGHT), (0, HEIGHT)]]
        canvas.polygon(shape, fill=_colour(hue + n * 6, 60, 70 - n * 6, 0.35))


def _rings(canvas: Canvas, numbers: Sequence[int], hue: int) -> None:
    x, y = WIDTH // 4 + numbers[0] * 2, HEIGHT // 3 + numbers[1] // 2
    for n in range(9):
        _disc(canvas, (x, y), 40 + n * 42, _colour(hue, 70, 80, 0.75 - n * 0.07), line=4 + numbers[n + 2] // 32)


def _stars(canvas: Canvas, numbers: Sequence[int], hue: int) -> None:
    for n in range(60):
        at = numbers[n % 30] * (n + 7) * 37 % WIDTH, numbers[(n * 7) % 30] * (n + 3) * 53 % HEIGHT
        _disc(canvas, at, 1 + n % 4, _colour(hue, 90, 90, 0.8))
    _disc(canvas, (WIDTH - 220, 170), 60 + numbers[0] // 6, _colour(hue, 80, 85, 0.9))


def _swing(share: float) -> float:
    """From 0 up to 1, down to -1 and back to 0: one wave over the picture's width."""
    return 6 * share * (1 - share) * (1 - 2 * share) * 1.7


def _disc(canvas: Canvas, at: tuple[int, int], radius: int, colour: Colour, *, line: int = 0) -> None:
    x, y, r = at[0] * SMOOTH, at[1] * SMOOTH, radius * SMOOTH
    box = (x - r, y - r, x + r, y + r)
    if line:
        canvas.ellipse(box, outline=colour, width=line * SMOOTH)
    else:
        canvas.ellipse(box, fill=colour)


def _colour(hue: int, saturation: int, lightness: int, opacity: float) -> Colour:
    red, green, blue = colorsys.hls_to_rgb(hue % 360 / 360, lightness / 100, saturation / 100)
    return round(red * 255), round(green * 255), round(blue * 255), round(opacity * 255)


MOTIFS: Sequence[Callable[[Canvas, Sequence[int], int], None]] = (_discs, _waves, _rings, _stars)
