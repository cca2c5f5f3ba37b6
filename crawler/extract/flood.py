"""Find the first tag with more attributes than any honest one, in time that grows with the text and no faster.

A tag with so many attributes is an attack: to find one given twice, parsers compare each with all. Every `<x` is tried,
inside a value or a comment too, for parsers differ in where these end. What follows a place does not depend on which
tag led there: each place is looked at once, however many tags run over it.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

MOST_ATTRIBUTES = 99
# A tag that ends soon and has few attributes: nearly all of a page. Every piece of it is bounded, and what is longer
# than its bound is no plain tag; where a piece could be taken for a shorter one, the next character is looked at.
_PLAIN = (
    r"[^\s/>]{0,40}+"
    r"(?:[\s/]{1,40}+=?[^\s/>=]{1,40}+(?!\s{10})"
    r"""(?:\s{0,9}+=\s{0,9}+(?!\s)(?:"[^"]{0,300}+"|'[^']{0,300}+'|[^\s"'>][^\s>]{0,300}+(?=[\s>]))?+)?+){0,8}+"""
    r"[\s/]{0,40}+>"
)
# To the end of its name: what else begins in a name ends with it, and has the same attributes.
TAG = re.compile(rf"<[A-Za-z](?!{_PLAIN})[^\s/>]*+")
# One attribute up to the value without quotation marks, of which only the first is taken: many may share the others.
ATTRIBUTE = re.compile(r"""[\s/]++=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|([^\s"'>]))?+)?+""")
VALUE = re.compile(r"[^\s>]{0,200}+(?=[\s>])")
VALUE_END = re.compile(r"[\s>]")


def find_flood(text: str) -> int | None:
    """Return where the first tag with more than MOST_ATTRIBUTES attributes begins; None where there is none."""
    attributes: _Attributes | None = None
    for tag in TAG.finditer(text):
        attributes = attributes or _Attributes(text)
        if attributes.count(tag.end()) > MOST_ATTRIBUTES:
            return tag.start()
    return None


class _Attributes:
    """How many attributes follow one another at each place that was looked at."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known = bytearray(len(text) + 1)  # one more than their number; 0 is not known yet
        self._value_ends: Sequence[int] | None = None

    def count(self, place: int) -> int:
        """Return how many attributes follow, at most MOST_ATTRIBUTES + 1."""
        passed: list[int] = []
        while not self._known[place]:
            passed.append(place)
            if (after := self._after(place)) is None:
                self._known[place] = 1
                passed.pop()
                break
            if len(passed) > MOST_ATTRIBUTES:
                return len(passed)
            place = after
        known = self._known[place]
        for earlier in reversed(passed):
            known = min(known + 1, MOST_ATTRIBUTES + 2)
            self._known[earlier] = known
        return known - 1

    def _after(self, place: int) -> int | None:
        """Return where the attribute ends that begins at a place; None where none does."""
        found = ATTRIBUTE.match(self._text, place)
        if found is None:
            return None
        return self._value_end(found.end()) if found[1] else found.end()

    def _value_end(self, place: int) -> int:
        if found := VALUE.match(self._text, place):
            return found.end()
        # A long one, which thousands of tags may begin in: looking for its end from each would take for ever.
        if self._value_ends is None:
            self._value_ends = [end.start() for end in VALUE_END.finditer(self._text)]
        following = bisect_left(self._value_ends, place)
        return self._value_ends[following] if following < len(self._value_ends) else len(self._text)
