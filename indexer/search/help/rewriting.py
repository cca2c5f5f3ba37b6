"""Help with a query: what else may have been meant, and what may follow while it is typed. No person is followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from indexer.search.chinese import QUERY_CHARS, characters
from indexer.search.help.alike import LIKE_SOUND, SAME_SOUND
from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.matches import Match
from indexer.search.help.mistyped import SWAPPED, Typing
from indexer.search.help.spelled import Spelling, is_spelled
from indexer.search.help.synonyms import Synonyms

WINDOW = (4, 3, 2)  # characters around one that stands nowhere beside its neighbours
PAIR = (2,)  # around a little word, which may stand there rightly
SURE = max(LIKE_SOUND, SWAPPED)  # the cost up to which a part of a longer query is put right
MEANT = 4  # strings that letters may stand for, of which suggestions are made
STRANGE = 3  # characters of a query that are put right in their surroundings
PARTS = 8  # between white space; a pasted page is no query that was mistyped
ANYWHERE = frozenset("的了着过是在有和与及也都就不很吗呢吧啊呀么")  # beside any word: new neighbours tell no error
PLACES = 200  # of what is typed so far that are looked at


class Why(StrEnum):
    """How a query came to another one."""

    SPELLED = "spelled"
    MISTYPED = "mistyped"
    SYNONYM = "synonym"


@dataclass(frozen=True, slots=True)
class Correction:
    """A query that may have been meant."""

    text: str
    why: Why


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant by the letters so far. key: of a topic, unit or item its id."""

    text: str
    kind: Kind
    key: str = ""


class Help:
    """Helps with queries by what is known. Not changed once made: any number of threads may ask it."""

    def __init__(self, known: Known, synonyms: Synonyms) -> None:
        self._known, self._synonyms = known, synonyms
        self._spelling, self._typing = Spelling(known), Typing(known)

    def rewrite(self, typed: str, *, limit: int = 5) -> list[Correction]:
        """Return what may have been meant by a query, the likeliest first; empty where it needs no help.

        A string of the catalogue as a whole comes before one that is put right in parts, synonyms come last.
        """
        found = [Correction(one, Why.SYNONYM) for one in self._synonyms.instead_of(typed)]
        if is_spelled(typed):
            spelled = [Correction(one.text, Why.SPELLED) for one in self._spelling.meant(typed, limit=limit)]
            found = (spelled or self._in_parts(typed, Why.SPELLED)) + found
        else:
            mistyped = [Correction(one.text, Why.MISTYPED) for one in self._typing.meant(typed, limit=limit)]
            found = (mistyped or self._in_parts(typed, Why.MISTYPED)) + found
        as_typed, each = characters(typed), dict[str, Correction]()
        for one in found:
            if characters(one.text) != as_typed:
                each.setdefault(one.text, one)
        return list(each.values())[:limit]

    def suggest(self, typed: str, *, limit: int = 8) -> list[Suggestion]:
        """Return what begins with what is typed so far, or holds it, whatever it is typed in: pinyin, or an error."""
        chars = characters(typed[:QUERY_CHARS])
        if not chars:
            return []
        found = self._holding(chars)
        if len(found) < limit and is_spelled(typed):
            found += self._behind(self._spelling.meant(typed, limit=MEANT, is_open=True))
        if not found:
            found = self._behind(self._typing.meant(typed, limit=MEANT))
        each: dict[str, Suggestion] = {}
        for one in found:
            each.setdefault(one.text, one)
        return list(each.values())[:limit]

    def _behind(self, meant: Sequence[Match]) -> list[Suggestion]:
        """First the strings themselves, where they are no name of anything, then what holds them."""
        holding = [self._holding(one.text) for one in meant]
        held = [one for ones in holding for one in ones]
        names = {characters(one.text) for one in held}
        return [Suggestion(one.text, Kind.WORD) for one in meant[:2] if one.text not in names] + held

    def _holding(self, chars: str) -> list[Suggestion]:
        """The phrases that hold these characters: those that begin with them first, then at the beginning of a word."""
        places = self._known.places_of(chars, most=PLACES)
        told = [(*self._known.phrase_at(place), place) for place in places]
        ranked = sorted(told, key=lambda one: (one[1] > 0, not self._known.starts[one[2]], _order(one[0])))
        return [Suggestion(one.text, one.kind, one.key) for one, _, _ in ranked]

    def _in_parts(self, typed: str, why: Why) -> list[Correction]:
        """The query with those parts put right that stand nowhere; none where there are no such parts."""
        parts = typed[:QUERY_CHARS].split()
        if len(parts) > PARTS:
            return []
        righted = [self._righted(part) for part in parts]
        return [] if righted == parts else [Correction(" ".join(righted), why)]

    def _righted(self, part: str) -> str:
        chars = characters(part)
        if not chars or self._known.holds(chars):
            return part
        if is_spelled(part):
            return next((one.text for one in self._spelling.meant(part, limit=1)), part)
        whole = [one for one in self._typing.meant(part, limit=1) if one.cost <= SURE]
        return whole[0].text if whole else self._with_windows(chars) or part

    def _with_windows(self, chars: str) -> str:
        """Within a longer string: a character that never stands beside its neighbours, put right; all else is kept."""
        lone = self._lone(chars)
        strange = [place for place in lone if chars[place] not in ANYWHERE]
        # Between two of these a little word may be what a keyboard put in the place of another of its sound: 近是眼.
        little = [
            place for place in lone if place not in strange and {place - 1, place + 1} <= {-1, *strange, len(chars)}
        ]
        tried = self._tried(chars, strange, WINDOW, SURE) or self._tried(chars, little, PAIR, SAME_SOUND)
        return max(tried)[1] if tried else ""

    def _tried(self, chars: str, places: Sequence[int], lengths: Sequence[int], most: float) -> list[tuple[float, str]]:
        """The string with one of these places put right, and how likely it is. most: what that may cost."""
        return [
            (match.score, chars[:start] + match.text + chars[start + length :])
            for place in places[:STRANGE]
            for length in lengths
            for start in range(max(place - length + 1, 0), min(place, len(chars) - length) + 1)
            for match in self._typing.meant(chars[start : start + length], limit=1)
            if match.cost <= most and _changed(chars, match.text, start) <= {*places}
        ]

    def _lone(self, chars: str) -> list[int]:
        """The characters that stand beside neither neighbour anywhere."""
        met = [bool(self._known.pair_count(one, other)) for one, other in pairwise(chars)]
        before, after = [False, *met], [*met, False]
        return [place for place in range(len(chars)) if not before[place] and not after[place]]


def _changed(chars: str, meant: str, start: int) -> set[int]:
    """Where a string that is put in place of a part of another one differs from it; all of it at another length."""
    pairs = zip(chars[start:], meant, strict=False)
    return {start + place for place, (one, other) in enumerate(pairs) if one != other}


def _order(phrase: Phrase) -> int:
    return list(Kind).index(phrase.kind)
