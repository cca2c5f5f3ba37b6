"""Make the tables of `indexer/search/help` anew: how characters are read, and which look alike.

`python tests/quality/character_tables.py PINYIN_DICT.json FONT.ttc`: the readings are those of pypinyin's
`pinyin_dict.json` (MIT), without tones; what looks alike is told by the pictures of the characters in a font (Noto
Serif CJK). Only characters as `fold` leaves them are named: everything else is folded before it is looked up.
"""

import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a file: tests are not installed

from indexer.base.folding import fold

HELP = Path(__file__).resolve().parents[2] / "indexer" / "search" / "help"
VOWELS = frozenset("aeiouv")  # an exclamation (hm, ng) is no syllable that anyone types
IDEOGRAPHS = range(0x4E00, 0xA000)
SIZE, BLUR = 40, 1.2  # of a picture in pixels; a stroke that lies a pixel off is still the same stroke
MOST, LEAST = 8, 0.4  # look-alikes of a character; cosine of their pictures


def toneless(reading: str) -> str:
    """Return a reading as it is typed: without its tone, ü as v."""
    typed = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(char for char in typed if "a" <= char <= "z")


def readings(known: Mapping[str, str]) -> dict[str, list[str]]:
    """Return of each folded character its readings, the commonest first."""
    found: dict[str, list[str]] = {}
    for code, listed in known.items():
        char = chr(int(code))
        if int(code) in IDEOGRAPHS and fold(char) == char:
            found[char] = [one for one in dict.fromkeys(map(toneless, listed.split(","))) if VOWELS & set(one)]
    return found


def by_syllable(found: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """Yield the lines of the table: a syllable, the characters of which it is the first reading, then the others."""
    first: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for char, listed in sorted(found.items()):
        for place, one in enumerate(listed):
            (others if place else first)[one].append(char)
    for syllable in sorted({*first, *others}):
        yield f"{syllable}\t{''.join(first[syllable])}\t{''.join(others[syllable])}"


def pictures(chars: Sequence[str], font: ImageFont.FreeTypeFont) -> NDArray[np.float32]:
    """Return a picture of each character, (n, pixels), unit length, their mean taken away."""
    drawn = np.empty((len(chars), SIZE * SIZE), dtype=np.float32)
    for place, char in enumerate(chars):
        image = Image.new("L", (SIZE, SIZE))
        ImageDraw.Draw(image).text((SIZE // 2, SIZE // 2), char, fill=255, font=font, anchor="mm")
        drawn[place] = np.asarray(image.filter(ImageFilter.GaussianBlur(BLUR)), dtype=np.float32).ravel()
    drawn -= drawn.mean(axis=0)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn


def look_alikes(chars: Sequence[str], font: ImageFont.FreeTypeFont) -> Iterable[str]:
    """Yield the lines of the table: a character and those that look like it, the likest first."""
    drawn = pictures(chars, font)
    for place, char in enumerate(chars):
        likeness = drawn @ drawn[place]
        likeness[place] = -1
        nearest = np.argsort(-likeness)[:MOST]
        if near := "".join(chars[one] for one in nearest if likeness[one] >= LEAST):
            yield f"{char}\t{near}"


def is_common(char: str) -> bool:
    """Tell whether the character is one of the 6,763 of GB 2312."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@click.command()
@click.argument("pinyin", type=click.Path(path_type=Path, exists=True))
@click.argument("font", type=click.Path(path_type=Path, exists=True))
def main(pinyin: Path, font: Path) -> None:
    """Write both tables."""
    found = readings(json.loads(pinyin.read_text(encoding="utf-8")))
    (HELP / "readings.txt").write_text("\n".join(by_syllable(found)) + "\n", encoding="utf-8")
    common = sorted(filter(is_common, found))
    opened = ImageFont.truetype(str(font), SIZE - 4, index=2)  # of the collection's faces the simplified one
    (HELP / "look_alikes.txt").write_text("\n".join(look_alikes(common, opened)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
