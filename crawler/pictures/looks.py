"""Tell how a picture looks, by its coarsest waves (a cosine transform): encoding and size leave those as they are.

Pure Python and in a worker alone, beside the decoder: 32 × 32 points take a few milliseconds and no library's memory.
"""

import math
from statistics import median, pstdev

from PIL import Image

from indexer.base.looks import LOOK_DIGITS

POINTS, WAVES = 32, 8  # of either side
LEAST_CONTRAST = 6.0  # of 255: a plain ground, or a line of text on one, is like any other
WAVE = tuple(
    tuple(math.cos(math.pi * (2 * place + 1) * wave / (2 * POINTS)) for place in range(POINTS)) for wave in range(WAVES)
)


def look_of(image: Image.Image) -> str:
    """Return the look of a picture (base/looks.py); empty where it shows too little to be told by."""
    grey = image.convert("RGB").convert("L").resize((POINTS, POINTS), Image.Resampling.BOX, reducing_gap=3.0)
    points = grey.tobytes()
    if pstdev(points) < LEAST_CONTRAST:
        return ""
    rows = [points[first : first + POINTS] for first in range(0, POINTS * POINTS, POINTS)]
    across = [[_share(row, wave) for wave in range(WAVES)] for row in rows]
    waves = [_share([row[x] for row in across], y) for y in range(WAVES) for x in range(WAVES)]
    middle = median(waves[1:])  # the first is how bright it is, and no wave
    bits = "".join("1" if wave > middle else "0" for wave in (middle, *waves[1:]))
    return f"{int(bits, 2):0{LOOK_DIGITS}x}"


def _share(values: "bytes | list[float]", wave: int) -> float:
    return sum(value * part for value, part in zip(values, WAVE[wave], strict=True))
