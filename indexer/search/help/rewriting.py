"""Help with a query: what else may have been meant, and what may follow while it is typed. No person is followed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import takewhile

from indexer.search.chinese import QUERY_CHARS, characters
from indexer.search.help.alike import LIKE_SOUND
from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.matches import Match
from indexer.search.help.mistyped import SWAPPED, Typing
from indexer.search.help.righting import Change, Righted, Righting
from indexer.search.help.spelled import Spelling, is_spelled
from indexer.search.help.synonyms import Synonyms
from indexer.search.ranker.reading import apart

SURE = max(LIKE_SOUND, SWAPPED)  # the cost up to which a part of a longer query is put right
MEANT = 4  # strings that letters may stand for, of which suggestions are made
STRANGE = 3  # parts of a query that are put right, each of which takes as long as a query of its own
PARTS = 8  # between white space; a pasted page is no query that was mistyped
MOST_ASKED = 3  # searches of many among what is suggested
PLACES = 200  # of what is typed so far that are looked at


class Why(StrEnum):
    """How a query came to another one."""

    SPELLED = "spelled"
    MISTYPED = "mistyped"
    SYNONYM = "synonym"


@dataclass(frozen=True, slots=True)
class Correction:
    """A query that may have been meant.

    changes: where only parts of it were put right. is_sure: what was typed can hardly have been meant.
    """

    text: str
    why: Why
    changes: tuple[Change, ...] = field(default=(), compare=False)
    is_sure: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant by the letters so far. key: of a topic, unit or item its id."""

    text: str
    kind: Kind
    key: str = ""


class Help:
    """Helps with queries by what is known. Not changed once made: any number of threads may ask it."""

    def __init__(self, known: Known, synonyms: Synonyms, popular: Sequence[str] = ()) -> None:
        """popular: what many search for, the most often first; what stands nowhere any more is left out."""
        self._known, self._synonyms = known, synonyms
        self.popular = [one for one in popular if self.is_of_words(one)]
        self._popular = [(characters(one), one) for one in self.popular]
        self._spelling, self._typing, self._righting = Spelling(known), Typing(known), Righting(known)

    def rewrite(self, typed: str, *, limit: int = 5) -> list[Correction]:
        """Return what may have been meant by a query, the likeliest first; empty where it needs no help.

        A string of the catalogue as a whole comes before one that is put right in parts, synonyms come last. Filters
        in words, and what must not stand, stay as they were typed.
        """
        words, operators = apart(typed)
        if operators:
            return [replace(one, text=" ".join((one.text, *operators))) for one in self._rewritten(words, limit)]
        return self._rewritten(typed, limit)

    def _rewritten(self, typed: str, limit: int) -> list[Correction]:
        found = self._as_spelled(typed, limit) or self._as_mistyped(typed, limit)
        found = found or self._in_parts(typed)
        found = found or [Correction(one.text, Why.SPELLED) for one in self._by_ear(typed, limit)]
        found += [Correction(one, Why.SYNONYM) for one in self._synonyms.instead_of(typed)]
        as_typed, each = characters(typed), dict[str, Correction]()
        for one in found:
            if characters(one.text) != as_typed:
                each.setdefault(one.text, one)
        return list(each.values())[:limit]

    def _as_spelled(self, typed: str, limit: int) -> list[Correction]:
        found = self._spelling.meant(typed, limit=limit) or self._spelling.meant(typed, limit=limit, is_open=True)
        return [Correction(one.text, Why.SPELLED) for one in found]

    def _as_mistyped(self, typed: str, limit: int) -> list[Correction]:
        return [Correction(one.text, Why.MISTYPED) for one in self._typing.meant(typed, limit=limit)]

    def _by_ear(self, typed: str, limit: int) -> list[Match]:
        return self._spelling.meant(typed, limit=limit, by_ear=True)

    def suggest(self, typed: str, *, limit: int = 8) -> list[Suggestion]:
        """Return what begins with what is typed so far, or holds it, whatever it is typed in: pinyin, or an error."""
        chars = characters(typed[:QUERY_CHARS])
        if not chars:
            return []
        found = self._holding(chars)
        if len(found) < limit and is_spelled(typed):
            found += self._behind(self._spelling.meant(typed, limit=MEANT, is_open=True))
        if not found:
            found = self._behind(self._typing.meant(typed, limit=MEANT) or self._by_ear(typed, MEANT))
        each: dict[str, Suggestion] = {}
        for one in found:
            each.setdefault(one.text, one)
        return list(each.values())[:limit]

    def _behind(self, meant: Sequence[Match]) -> list[Suggestion]:
        """First the strings themselves, where they are no name of anything, then what holds them."""
        holding = [self._holding(one.text) for one in meant]
        held = [one for ones in holding for one in ones]
        names = {characters(one.text) for one in held}
        words = [one.text for one in meant[:2] if one.text not in names and self._is_of_words(one.text)]
        return [Suggestion(one, Kind.WORD) for one in words] + held

    def is_of_words(self, text: str) -> bool:
        """Tell whether it stands somewhere in what is public, as words of it."""
        chars = characters(text)
        return bool(chars) and self._is_of_words(chars)

    def _is_of_words(self, chars: str) -> bool:
        """Tell whether words begin and end with it somewhere: who types on is not offered half of one."""
        starts = self._known.starts
        return any(starts[at] and starts[at + len(chars)] for at in self._known.places_of(chars, most=PLACES))

    def _holding(self, chars: str) -> list[Suggestion]:
        """The phrases that hold these characters: those that begin with them first, then at the beginning of a word."""
        places = self._known.places_of(chars, most=PLACES)
        told = [(*self._known.phrase_at(place), place) for place in places]
        # A word that stands in one piece alone helps with errors; as a suggestion the piece's own title is more.
        told = [one for one in told if one[0].kind is not Kind.WORD or one[0].count > 1]
        ranked = sorted(told, key=lambda one: (one[1] > 0, not self._known.starts[one[2]], _order(one[0])))
        named = [Suggestion(one.text, one.kind, one.key) for one, _, _ in ranked]
        first = list(takewhile(lambda one: one.kind in (Kind.TOPIC, Kind.UNIT), named))
        return [*first, *self._asked_often(chars, named), *named[len(first) :]]

    def _asked_often(self, chars: str, named: Sequence[Suggestion]) -> list[Suggestion]:
        """Searches of many that go on from what is typed, but for those that are the name of something."""
        longer = [(folded, one) for folded, one in self._popular if folded.startswith(chars) and folded != chars]
        names = {characters(one.text) for one in named if one.kind is not Kind.WORD} if longer else set()
        return [Suggestion(one, Kind.POPULAR) for folded, one in longer if folded not in names][:MOST_ASKED]

    def _in_parts(self, typed: str) -> list[Correction]:
        """The query with those parts put right that stand nowhere; none where there are no such parts."""
        parts = typed[:QUERY_CHARS].split()
        if len(parts) > PARTS:
            return []
        each = [part for part in dict.fromkeys(parts) if (chars := characters(part)) and not self._known.holds(chars)]
        righted = {part: self._righted(part) for part in each[:STRANGE]}
        ways = [righted.get(part) or [Righted(part, ())] for part in parts]
        # The first way of each part; of what is one part the others too.
        told = [[way[0] for way in ways], *([way] for way in ways[0][1:] if len(ways) == 1)] if parts else []
        return [one for way in told if (one := _joined(way)).changes]

    def _righted(self, part: str) -> list[Righted]:
        chars = characters(part)
        spelled = self._spelling.meant(part, limit=1)
        meant = [one.text for one in spelled or self._typing.meant(part, limit=1) if spelled or one.cost <= SURE]
        whole = [Righted(one, (Change(chars, one, chars),)) for one in meant]
        return whole or self._righting.righted(chars) or [Righted(part, ())]


def _joined(parts: Sequence[Righted]) -> Correction:
    changes = tuple(change for part in parts for change in part.changes)
    text = " ".join(part.text for part in parts)
    why = Why.SPELLED if any(is_spelled(change.typed) for change in changes) else Why.MISTYPED
    return Correction(text, why, changes, is_sure=all(part.is_sure for part in parts))


def _order(phrase: Phrase) -> int:
    return list(Kind).index(phrase.kind)
