"""Find words that are written in pinyin, whole or in part: shua dan, 刷dan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from indexer.understanding.policies.normal import Span
from indexer.understanding.policies.sounds import LATIN, in_pinyin, sound

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)

# A word in Latin letters, also letter by letter, or a character that is no sign between syllables.
WORD = r"[a-z](?:[ '.·*_-][a-z]){2,}(?![a-z])|[a-z]+"
TOKEN = re.compile(rf"{WORD}|[^\s'.·*_-]")
LATIN_TOKEN = re.compile(WORD)  # the same tokens, without those of one character
NO_LETTER = re.compile("[^a-z]")
TAUGHT = re.compile("拼音|音节|声母|韵母|读作|读音|念作|发音|普通话")
TAUGHT_CHARS = 15  # before or behind: a lesson
BREAK = "\0"


@dataclass(slots=True)
class _Stream:
    """Syllables as characters; of each the span of its token, and whether it begins and ends one."""

    sounds: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    is_first: list[bool] = field(default_factory=list)
    is_last: list[bool] = field(default_factory=list)
    is_latin: list[bool] = field(default_factory=list)

    def add(self, sounds: str, span: Span, *, is_latin: bool) -> None:
        for at, one in enumerate(sounds):
            self.sounds.append(one)
            self.spans.append(span)
            self.is_first.append(at == 0)
            self.is_last.append(at == len(sounds) - 1)
            self.is_latin.append(is_latin)


class Pinyin:
    """Some words, looked for by their syllables."""

    def __init__(self, words: Sequence[str]) -> None:
        self._automaton = AhoCorasick([sound(word) for word in words])

    def spans(self, text: str) -> list[Span]:
        """Return where a word stands in a normalised text with a syllable in Latin letters at least."""
        if not any(map(_spelled, LATIN_TOKEN.findall(text))):
            return []
        stream = _stream(text)
        found = [
            (stream.spans[start][0], stream.spans[end - 1][1])
            for _, start, end in self._automaton.find_matches_as_indexes("".join(stream.sounds), overlapping=True)
            if stream.is_first[start] and stream.is_last[end - 1] and any(stream.is_latin[start:end])
        ]
        return [span for span in found if not _is_taught(text, span)]


def _stream(text: str) -> _Stream:
    stream, sounds = _Stream(), sound(text)
    for match in TOKEN.finditer(text):
        start, end = match.span()
        spelled = _spelled(match[0])
        stream.add(
            spelled or (BREAK if match[0].isascii() else sounds[start:end]), (start, end), is_latin=bool(spelled)
        )
    return stream


def _spelled(token: str) -> str | None:
    """Return the syllables of a token in Latin letters."""
    return in_pinyin(NO_LETTER.sub("", token)) if LATIN.match(token) else None


def _is_taught(text: str, span: Span) -> bool:
    around = text[max(0, span[0] - TAUGHT_CHARS) : span[1] + TAUGHT_CHARS]
    return TAUGHT.search(around) is not None
