"""Drawings for the demo's articles: SVG made from a name, the same every time."""

import hashlib
from collections.abc import Callable, Iterator, Sequence

WIDTH, HEIGHT = 960, 540


def draw(name: str) -> str:
    """Return a calm abstract picture; the name chooses colours, motif and places."""
    numbers = list(hashlib.sha256(name.encode()).digest())
    hue = numbers[0] * 360 // 256
    motif = MOTIFS[numbers[1] % len(MOTIFS)]
    shapes = "".join(motif(numbers[2:], (hue + 150) % 360))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<defs><linearGradient id="g" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="hsl({hue},48%,30%)"/>'
        f'<stop offset="1" stop-color="hsl({(hue + 50) % 360},55%,62%)"/></linearGradient></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#g)"/>{shapes}</svg>'
    )


def _discs(numbers: Sequence[int], hue: int) -> Iterator[str]:
    for n, number in enumerate(numbers[:9]):
        x, y = number * WIDTH // 256, numbers[n + 9] * HEIGHT // 256
        yield f'<circle cx="{x}" cy="{y}" r="{20 + numbers[n + 18] // 3}" fill="hsl({hue},70%,75%)" opacity="0.35"/>'


def _waves(numbers: Sequence[int], hue: int) -> Iterator[str]:
    for n in range(6):
        y, lift = 180 + n * 60, numbers[n] // 3
        line = f"M0 {y} C {WIDTH // 3} {y - lift}, {WIDTH * 2 // 3} {y + lift}, {WIDTH} {y} V {HEIGHT} H 0 Z"
        yield f'<path d="{line}" fill="hsl({hue + n * 6},60%,{70 - n * 6}%)" opacity="0.35"/>'


def _rings(numbers: Sequence[int], hue: int) -> Iterator[str]:
    x, y = WIDTH // 4 + numbers[0] * 2, HEIGHT // 3 + numbers[1] // 2
    for n in range(9):
        width = 4 + numbers[n + 2] // 32
        yield (
            f'<circle cx="{x}" cy="{y}" r="{40 + n * 42}" fill="none" stroke="hsl({hue},70%,80%)" '
            f'stroke-width="{width}" opacity="{0.75 - n * 0.07:.2f}"/>'
        )


def _stars(numbers: Sequence[int], hue: int) -> Iterator[str]:
    for n in range(60):
        x, y = numbers[n % 30] * (n + 7) * 37 % WIDTH, numbers[(n * 7) % 30] * (n + 3) * 53 % HEIGHT
        yield f'<circle cx="{x}" cy="{y}" r="{1 + n % 4}" fill="hsl({hue},90%,90%)" opacity="0.8"/>'
    yield f'<circle cx="{WIDTH - 220}" cy="170" r="{60 + numbers[0] // 6}" fill="hsl({hue},80%,85%)" opacity="0.9"/>'


MOTIFS: Sequence[Callable[[Sequence[int], int], Iterator[str]]] = (_discs, _waves, _rings, _stars)
