"""Find listed words that are hidden from machines: signs between, characters that look or sound like the right ones."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import rjieba
from ahocorasick_rs import AhoCorasick

from config.policy import WordsRule
from config.rule_fields import Disguise
from indexer.understanding.policies.borders import Borders
from indexer.understanding.policies.look_alikes import disguises
from indexer.understanding.policies.near import Nearness
from indexer.understanding.policies.normal import Places, Span, plain, squeezed
from indexer.understanding.policies.pinyin import Pinyin
from indexer.understanding.policies.sounds import sound

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

MOST_SIGNS = 3  # between two characters of a word that is meant to be read
ENDS = re.compile(r"[,。、:;!?()\[\]{}“”‘’\"《》〈〉「」『』【】…\n]")  # between two phrases, not inside a word
MOST_CANDIDATES = 2000  # looked at in one part
WINDOW = 12  # characters before and behind that say where words begin


class Disguised:
    """The words of one rule in the disguises that it asks for, their automata built once."""

    def __init__(self, rule: WordsRule) -> None:
        self._kinds, self._context = rule.disguised, Nearness(rule.context, distance=rule.distance)
        self._has_context = bool(rule.context)
        words = tuple(dict.fromkeys(squeezed(plain(word))[0] for word in rule.words))
        forms = [(word, word) for word in words if Disguise.SPACED in self._kinds]
        if Disguise.LOOK in self._kinds:
            forms += [(form, word) for word in words for form in disguises(word)]
        self._meant = [word for _, word in forms]
        self._forms = AhoCorasick([form for form, _ in forms]) if forms else None
        self._words = words
        is_by_sound = Disguise.SOUND in self._kinds
        self._sounds = AhoCorasick([sound(word) for word in words]) if is_by_sound else None
        self._pinyin = Pinyin(words) if is_by_sound else None

    def spans(self, text: str) -> list[Span]:
        """Return where the words stand disguised in a normalised text; where they stand plainly is left out."""
        letters, places = squeezed(text)
        context = self._context.spans(text) if self._has_context else ()
        found: dict[Span, None] = {}  # a character may both look and sound like the right one
        for span, word in islice(self._candidates(letters), MOST_CANDIDATES):
            form, shown = letters[slice(*span)], placed(span, places)
            if (
                self._is_hidden(text, places, span, is_changed=form != word)
                and (_is_meant(form, word) or (bool(context) and self._context.has(shown, context)))
                and _is_word(text, shown, form)
            ):
                found[shown] = None
        return [*found, *(self._pinyin.spans(text) if self._pinyin else ())]

    def _candidates(self, letters: str) -> Iterator[tuple[Span, str]]:
        for number, start, end in _matches(self._forms, letters):
            yield (start, end), self._meant[number]
        for number, start, end in _matches(self._sounds, sound(letters)) if self._sounds else ():
            if letters[start:end] != self._words[number]:
                yield (start, end), self._words[number]

    def _is_hidden(self, text: str, places: Places, span: Span, *, is_changed: bool) -> bool:
        """Tell whether signs stand between as they do to hide a word, or a character is another one."""
        between = [text[places[at] + 1 : places[at + 1]] for at in range(span[0], span[1] - 1)]
        if not any(between):
            return is_changed
        if Disguise.SPACED not in self._kinds or max(map(len, between)) > MOST_SIGNS:
            return False
        is_regular = len(between) > 1 and len(set(between)) == 1
        return is_regular or not any(map(ENDS.search, between))


def _matches(automaton: AhoCorasick | None, text: str) -> Sequence[tuple[int, int, int]]:
    return automaton.find_matches_as_indexes(text, overlapping=True) if automaton else ()


def placed(span: Span, places: Places) -> Span:
    """Return the span of the text from which `squeezed` took the letters, for one of the letters."""
    return int(places[span[0]]), int(places[span[1] - 1]) + 1


def _is_word(text: str, shown: Span, form: str) -> bool:
    """Tell whether the characters are words of their own once the signs between them are gone.

    A sign that is no blank is set there on purpose: what follows then belongs to no word that began before it.
    """
    before, behind = text[max(0, shown[0] - WINDOW) : shown[0]], text[shown[1] : shown[1] + WINDOW]
    is_on_purpose = any(not (char.isalnum() or char.isspace()) for char in text[slice(*shown)])
    window = f"{before}{form}{' ' if is_on_purpose else behind}"
    return Borders(window).is_word((len(before), len(before) + len(form)))


def _is_meant(form: str, word: str) -> bool:
    """Tell whether characters stand for a word without more around them: half of them, or rare ones for the others."""
    if form == word:
        return True
    changed = [one for one, other in zip(form, word, strict=True) if one != other]
    is_rare = not any(map(_is_common, changed))
    return (is_rare or len(changed) * 2 < len(word)) and not _is_ordinary(form)


def _is_common(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) > 0
    except UnicodeEncodeError:
        return False


def _is_ordinary(form: str) -> bool:
    """Tell whether the characters are words of a dictionary (徽商), not single ones in a row."""
    return all(len(word) > 1 for word in rjieba.cut(form, False))  # noqa: FBT003 - it knows no names
