"""Characters that look like another one, and the spellings of a word that a reader takes for it."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

VERSION = 3  # counts up with every change of what comes out, which is then done again (recipe.py)

TABLE = Path(__file__).with_name("look_alikes.yaml")


@cache
def look_alikes() -> Mapping[str, str]:
    """Return character → those that may stand for it, the most alike first."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ") for line in lines if not line.startswith("#"))


def disguises(word: str) -> Iterator[str]:
    """Yield the word with one of its characters replaced by one that looks like it."""
    alike = look_alikes()
    for place, character in enumerate(word):
        for other in alike.get(character, ""):
            yield word[:place] + other + word[place + 1 :]
