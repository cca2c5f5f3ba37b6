"""Find the campaign's marks that are written wrongly: a wrong character, one too many, some that changed places."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import rjieba
from ahocorasick_rs import AhoCorasick

from config.policy import MarkRule
from indexer.base.sought import Sought
from indexer.understanding.policies.borders import Borders
from indexer.understanding.policies.disguised import placed
from indexer.understanding.policies.look_alikes import disguises
from indexer.understanding.policies.near import Words
from indexer.understanding.policies.normal import Places, Span, plain, squeezed
from indexer.understanding.policies.parts import MOST_FINDINGS, Subject, apart, found_in, parts
from indexer.understanding.policies.pinyin import Pinyin
from indexer.understanding.policies.sounds import sound
from indexer.understanding.results import Finding

VERSION = 5  # counts up with every change of what comes out, which is then done again (recipe.py)

SIGNS = re.compile(r"[*_./~#@^&+=%$|\\·•‧・—☆★❤♥●○◆◇■□▲△-]+")  # no blank and no quotation mark: a line may be cut there
LEAST_TO_MIX = 5  # characters of a mark that is known by them in any order: 中国科普 is a phrase
LEAST_TO_LACK = 7  # characters of a mark that is known when one is missing or added: 科技之城 is no 科技馆之城
ADDED = "[\u4e00-\u9fff]"
PARTICLES = frozenset("的之大和与云")  # between the words of a mark they make a phrase of it


class MarkCheck:
    """One `mark` rule, its automata built once."""

    def __init__(self, rule: MarkRule) -> None:
        self._rule = rule
        self._marks = tuple(plain(mark) for mark in rule.marks)
        self._sounds = AhoCorasick([sound(mark) for mark in self._marks])
        right = {*self._marks, *map(plain, rule.right)}
        self._wrong = AhoCorasick(sorted({form for mark in self._marks for form in _misspelt(mark)} - right))
        self._right = Words(tuple(right))
        self._longer = Sought([re.compile(form) for mark in self._marks for form in _with_one_more(mark)])
        self._other = Sought([re.compile(form) for mark in self._marks for form in _with_another(mark)])
        self._mixing = tuple(mark for mark in self._marks if len(mark) >= LEAST_TO_MIX)
        self._same = [re.compile(_of_same(mark)) for mark in self._mixing]
        self._pinyin = Pinyin(self._marks)

    def findings(self, subject: Subject) -> list[Finding]:
        """Return a finding for each wrong writing; a right one, in traditional characters too, is left."""
        return [
            found_in(part, self._rule, span)
            for part in parts(subject, self._rule)
            for span in apart(self._spans(part.folded))[:MOST_FINDINGS]
        ]

    def _spans(self, text: str) -> Iterator[Span]:
        letters, places = squeezed(text)
        right, borders = self._right.spans(letters), Borders(letters)
        for span in self._candidates(letters):
            if (
                (self._is_doubled(letters[slice(*span)]) or not self._is_part_of_right(span, right))
                and (
                    span[1] - span[0] >= LEAST_TO_LACK  # so much of a mark is no chance
                    or borders.is_word(span)
                    or self._is_mixed(letters[slice(*span)])
                )
                and _is_together(text, places, span)
            ):
                yield placed(span, places)
        for start, end in right:
            if _is_parted(text, places, (start, end)):
                yield placed((start, end), places)
        yield from (span for span in self._pinyin.spans(text) if not text[span[0] : span[1]].isascii())

    def _candidates(self, letters: str) -> Iterator[Span]:
        for _, start, end in self._wrong.find_matches_as_indexes(letters, overlapping=True):
            yield start, end
        yield from (match.span() for match in self._longer.matches(letters) if _is_added(letters, match))
        others = ((match.span(), match.start("other")) for match in self._other.matches(letters))
        yield from (span for span, at in others if _is_no_word(letters, at))
        for pattern in self._same:
            yield from (match.span(1) for match in pattern.finditer(letters) if self._is_mixed(match[1]))
        for number, start, end in self._sounds.find_matches_as_indexes(sound(letters), overlapping=True):
            if not _is_another_word(letters[start:end], self._marks[number]):
                yield start, end

    def _is_doubled(self, form: str) -> bool:
        """科普中国国: a right mark, and its last character once more."""
        return form[:-1] in self._marks and form[-1] == form[-2]

    def _is_mixed(self, form: str) -> bool:
        """Tell whether a mark's characters are mixed up; 科普日全国 ends one phrase and begins the next."""
        return any(Counter(form) == Counter(mark) and form not in mark + mark for mark in self._mixing)

    def _is_part_of_right(self, span: Span, right: Sequence[Span]) -> bool:
        """A mark that is written right, with the character before or behind it, is none that is written wrongly."""
        around = self._right.between(right, *span)
        return any(start < span[1] and span[0] < end for start, end in around)


def _misspelt(mark: str) -> Iterator[str]:
    """Yield a mark with one character that looks like the right one, twice, missing, or in the next one's place."""
    for form in disguises(mark):
        yield form
        yield from disguises(form)  # two of its characters
    for at in range(len(mark) - 1):
        yield mark[:at] + mark[at + 1] + mark[at] + mark[at + 2 :]
        yield mark[: at + 1] + mark[at:]  # the last one twice: below
        if at and len(mark) >= LEAST_TO_LACK:
            yield mark[:at] + mark[at + 1 :]
    if len(mark) >= LEAST_TO_LACK:
        yield mark[:-1]
    yield mark + mark[-1]


def _with_one_more(mark: str) -> Iterator[str]:
    """Yield expressions of a mark with a character too many inside: 北京科学家嘉年华."""
    if len(mark) >= LEAST_TO_MIX:
        for at in range(1, len(mark)):
            yield f"{re.escape(mark[:at])}(?P<added>{ADDED}){re.escape(mark[at:])}"


def _is_added(letters: str, match: re.Match[str]) -> bool:
    """Tell whether the character too many is no word's: of a short mark, 科技馆之古城 is another phrase."""
    is_long = len(match[0]) > LEAST_TO_LACK
    return match["added"] not in PARTICLES and (is_long or _is_no_word(letters, match.start("added")))


def _with_another(mark: str) -> Iterator[str]:
    """Yield expressions of a mark with any other character in one place: 全国科苦日.

    Not in the last place of a short one, where a phrase goes on: 科普中心, 科技馆之友.
    """
    for at in range(len(mark) if len(mark) >= LEAST_TO_LACK else len(mark) - 1):
        before, behind = re.escape(mark[:at]), re.escape(mark[at + 1 :])
        others = f"[^{mark[at]}{''.join(sorted(PARTICLES))}]"
        yield f"(?={before}{ADDED}{behind}){before}(?P<other>{others}){behind}"


def _is_no_word(letters: str, at: int) -> bool:
    """Tell whether a character in a mark makes no word with those beside it, as in 科技中国 and 全市科普日."""
    windows = ((start, start + size) for size in (2, 3, 4) for start in range(at - size + 1, at + 1))
    return not any(start >= 0 and rjieba.has_word(letters[start:end]) for start, end in windows)


def _of_same(mark: str) -> str:
    """Return the expression of as many of a mark's characters, at every place."""
    return f"(?=([{re.escape(mark)}]{{{len(mark)}}}))"


def _is_another_word(form: str, mark: str) -> bool:
    """Tell whether the characters that differ are a word that only sounds like the mark's: 制成 for 之城."""
    differing = [at for at, (one, right) in enumerate(zip(form, mark, strict=True)) if one != right]
    if len(mark) >= LEAST_TO_LACK:
        return not differing
    return not differing or (len(differing) > 1 and rjieba.has_word(form[differing[0] : differing[-1] + 1]))


def _between(text: str, places: Places, span: Span) -> list[str]:
    return [text[places[at] + 1 : places[at + 1]] for at in range(span[0], span[1] - 1)]


def _is_together(text: str, places: Places, span: Span) -> bool:
    return all(not one or one.isspace() or SIGNS.fullmatch(one) for one in _between(text, places, span))


def _is_parted(text: str, places: Places, span: Span) -> bool:
    between = _between(text, places, span)
    return any(between) and all(not one or SIGNS.fullmatch(one) for one in between)
