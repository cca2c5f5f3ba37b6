"""What was typed, taken apart: words, what must stand as it is, what must not, and what carries no meaning.

A question's frame (怎么办, 什么是) weighs nothing: an article answers the question and does not repeat it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import rjieba

from indexer.base.folding import fold
from indexer.search.chinese import QUERY_CHARS, Asked, characters, clean
from indexer.search.engine import Needle, Part
from indexer.search.ranker.frames import EMPTY_WORDS, FRAMES
from indexer.search.terms import bigrams

# Meilisearch reads ten terms of a query; a phrase is one, and all that was typed, as one row, may be another.
MOST_NEEDLES, MOST_TOGETHER = 7, 9
MOST_PAIRS = 40  # of a longer question: each is asked for by itself
MOST_AGAIN = 12  # times that one to three characters come one after the other
AGAIN = re.compile(rf"(.{{1,3}}?)\1{{{MOST_AGAIN},}}", re.DOTALL)
# A word of two characters is a pair as well, and weighs for what it is; a longer one has weighed once, its pairs less.
WORD, PAIR, INNER_PAIR = 2.0, 1.0, 0.5
PARTS = {"单位": Part.NAMES, "unit": Part.NAMES, "标题": Part.TITLE, "title": Part.TITLE}
# Of folded text. An operator begins a word: 气温 -5 is a temperature, and 主办单位:某馆 a line of an invitation.
_PART, _VALUE = rf"(?:{'|'.join(PARTS)})\s?:\s?", r'"[^"]+"|[^\s"]+'
# Quotes as they are typed in Chinese are one where they stand apart; within a sentence they quote, and narrow nothing.
QUOTES = re.compile(rf'(?<!\S)(-?(?:{_PART})?)[“”„‟「『]([^“”„‟「『」』"]+)[“”„‟」』](?!\S)')
OPERATOR = re.compile(
    rf"(?<!\S)(?P<but>-?)(?P<part>{'|'.join(PARTS)})\s?:\s?(?P<value>{_VALUE})"
    r'|(?<!\S)-(?P<minus>"[^"]+"|(?!\d+(?:[cfkmv]|[ckm]m|db|k?pa)\b)\d*[^\W\d][^\s"]*)'  # -5g, no measure: -5c
    r'|"(?P<quoted>[^"]+)"'
)
RUN = re.compile(r"[a-z0-9]+|[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Term:
    """What is counted in a text. weight: beside a pair of characters that is no word. parts: what tells its rarity."""

    text: str
    weight: float
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """needles: the words, all of which an item that matches holds. strict: what nothing found may lack.

    whole: what was typed as one row of characters, literal: as it was typed. words: those that carry
    meaning. pairs: what an engine is asked for, to know how rare each term is. joints: pairs of characters that are
    none of the terms: where a word meets what carries no meaning. asked: what is marked in a hit. has_operators:
    something typed was read as one.
    """

    whole: str
    literal: str
    needles: tuple[Needle, ...]
    strict: tuple[Needle, ...]
    without: tuple[Needle, ...]
    words: tuple[str, ...]
    terms: tuple[Term, ...]
    pairs: tuple[str, ...]
    joints: tuple[str, ...]
    asked: Asked
    is_sentence: bool = False
    has_operators: bool = False


def read(text: str) -> Reading:
    """Take apart what was typed: quotes, minus words, 单位:… and 标题:…, with a minus too, are operators."""
    folded = _folded(text)
    strict, quoted, without = _operators(folded)
    # What is in quotes stays in the text, so that it is ranked and marked as all else is.
    reading = _reading(_apart(folded)[0])
    if not (reading.needles or strict):  # minus words alone ask for nothing
        return read_as_it_is(text)
    together = (*strict, *quoted)[: MOST_TOGETHER - 1]
    return Reading(
        whole=reading.whole,
        literal=clean(text),
        needles=_beside(together, reading.needles),
        strict=together,
        without=without,
        words=reading.words,
        terms=reading.terms,
        pairs=reading.pairs,
        joints=reading.joints,
        asked=Asked(phrases=(*(one.text for one in quoted), *reading.asked.phrases), words=reading.asked.words),
        is_sentence=reading.is_sentence,
        has_operators=bool(strict or without or quoted),
    )


def _folded(typed: str) -> str:
    """What was typed, folded, with the signs of operators in one form."""
    return QUOTES.sub(r'\1"\2"', _bounded(fold(typed[:QUERY_CHARS])).replace("−", "-"))


def _bounded(folded: str) -> str:
    """Without what comes again and again: an engine would compare every place of a text that is made of it with all.

    What holds the longer run holds this one.
    """
    return AGAIN.sub(lambda one: one[1] * MOST_AGAIN, folded)


def apart(typed: str) -> tuple[str, tuple[str, ...]]:
    """Return the words of what was typed, and beside them its filters and what must not stand; folded."""
    return _apart(_folded(typed))


def _apart(folded: str) -> tuple[str, tuple[str, ...]]:
    kept = tuple(one[0] for one in OPERATOR.finditer(folded) if not one["quoted"])
    return OPERATOR.sub(lambda one: one[0] if one["quoted"] else " ", folded), kept


def _operators(folded: str) -> tuple[tuple[Needle, ...], tuple[Needle, ...], tuple[Needle, ...]]:
    """The needles of filters in words, of what is in quotes, and of what must not stand."""
    strict: list[Needle] = []
    quoted: list[Needle] = []
    without: list[Needle] = []
    for one in OPERATOR.finditer(folded):
        chars = characters(one["value"] or one["minus"] or one["quoted"])
        needle = Needle(chars, PARTS[one["part"]] if one["part"] else Part.ANYWHERE)
        if chars:
            (without if one["but"] or one["minus"] else strict if one["part"] else quoted).append(needle)
    return tuple(strict), tuple(quoted), tuple(without)


def _beside(strict: tuple[Needle, ...], words: tuple[Needle, ...]) -> tuple[Needle, ...]:
    """The words that are asked for beside what must stand; where there are too many, none that stand in it."""
    if len(strict) + len(words) <= MOST_TOGETHER:
        return words
    others = tuple(word for word in words if not any(word.text in one.text for one in strict)) or words[:1]
    return others[: MOST_TOGETHER - len(strict)]


def read_as_it_is(text: str) -> Reading:
    """Take apart what was typed; nothing in it is an operator."""
    return _reading(text[:QUERY_CHARS])


def _reading(typed: str) -> Reading:
    folded = _bounded(fold(typed))
    rows = tuple(dict.fromkeys(row for phrase in folded.split() if (row := characters(phrase))))
    segments = _segments(folded) or [[row] for row in rows]
    words = tuple(dict.fromkeys(word for segment in segments for word in segment))
    terms = _terms(segments)
    pairs = _pairs(terms)
    is_whole = sum(map(len, words)) == sum(map(len, rows))  # nothing typed was left out, or came twice
    needles = words if len(words) <= MOST_NEEDLES else rows
    return Reading(
        whole=characters(folded),
        literal=clean(typed),
        needles=tuple(Needle(word) for word in needles[:MOST_NEEDLES]),
        strict=(),
        without=(),
        words=words,
        terms=tuple(term for term in terms if set(term.parts) <= set(pairs)),
        pairs=pairs,
        joints=_joints(rows, terms),
        asked=Asked(phrases=rows, words=words),
        is_sentence=len(words) >= len(rows) + 2 or (len(words) > 1 and not is_whole),
    )


def _segments(folded: str) -> list[list[str]]:
    """The words that carry meaning; those of a segment stand one after the other."""
    found: list[list[str]] = [[]]
    for piece in FRAMES.sub(" ", folded).split():
        for cut in rjieba.cut(piece):
            word = characters(cut)
            if word and word not in EMPTY_WORDS:
                found[-1].append(word)
            elif word:  # a sign between two words does not part them in what an engine holds
                found.append([])
        found.append([])
    return [segment for segment in found if segment]


def _terms(segments: list[list[str]]) -> tuple[Term, ...]:
    """Words and pairs of characters, each once; of Latin letters and digits the whole run."""
    found: dict[str, Term] = {}
    for segment in segments:
        for word in segment:
            if len(word) > 1:
                found.setdefault(word, Term(word, WORD, _parts(word)))
        inner = {part for word in segment if len(word) > 1 for part in _parts(word)}
        for part in _parts("".join(segment)):
            found.setdefault(part, Term(part, INNER_PAIR if part in inner else PAIR, (part,)))
    return tuple(found.values())


def _joints(rows: Iterable[str], terms: Iterable[Term]) -> tuple[str, ...]:
    """The pairs of characters of the rows that are no terms; of Latin letters and digits the whole run is one."""
    known = {term.text for term in terms}
    pairs = dict.fromkeys(pair for row in rows for pair in bigrams(row))
    return tuple(pair for pair in pairs if pair not in known and not pair.isascii())[:MOST_PAIRS]


def _pairs(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for term in terms for part in term.parts))[:MOST_PAIRS]


def _parts(run: str) -> tuple[str, ...]:
    """What an engine is asked for to know how rare a run is."""
    parts: list[str] = []
    for row in RUN.findall(run):
        parts += [row] if len(row) == 1 or row.isascii() else bigrams(row)
    return tuple(dict.fromkeys(parts))
