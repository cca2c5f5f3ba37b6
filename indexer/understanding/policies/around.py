"""What stands around a match: whether it counts there, and how much of it an editor sees marked."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from config.policy import SearchRule
from config.rule_fields import Marked
from indexer.understanding.policies.near import Nearness, Words
from indexer.understanding.policies.normal import Span
from indexer.understanding.policies.parts import MOST_FINDINGS, Part

VERSION = 4  # counts up with every change of what comes out, which is then done again (recipe.py)

SENTENCE_END = re.compile(r"[。!?;\n]")
PARAGRAPH_END = re.compile(r"\n")
CLAUSE_END = re.compile(r"[,，。!！?？;；:：、\n]")
# Chinese characters that go on to a sign; 的 leads over to what is sold.
PHRASE_END = re.compile(r"(?:(?!的)[一-龥]){1,8}(?=[,，。!！;；、\n]|$)")
LONGEST_CLAUSE = 14  # characters; of a longer one, what was found says more


class Around:
    """What one rule asks of the surroundings."""

    def __init__(self, rule: SearchRule) -> None:
        self._rule = rule
        self._near = Nearness(rule.near, distance=rule.distance)
        self._unless = Words(rule.unless)

    def is_possible(self, part: Part) -> bool:
        """Tell whether a span of the part could count: most texts hold no word that the rule asks for nearby."""
        return self._near.is_possible(part.folded)

    def kept(self, part: Part, spans: Iterable[Span]) -> list[Span]:
        """Return those of the spans, in their order, that count; as wide as the rule marks, each once."""
        first = next(found := iter(spans), None)
        if first is None or (self._rule.unless_found and self._rule.unless_found.search(part.cased)):
            return []
        text = part.folded
        near, unless = self._near.spans(text), self._unless.spans(text)
        sentence = _bounds(text, SENTENCE_END)
        widened = self._widened(text, sentence)
        counting = (
            widened(span)
            for span in (first, *found)
            if self._near.has(span, near) and not self._is_harmless(span, unless, sentence)
        )
        kept = _once(counting, sentence) if self._rule.once else counting
        return list(islice(dict.fromkeys(kept), MOST_FINDINGS))

    def _is_harmless(self, span: Span, unless: Sequence[Span], sentence: Callable[[Span], Span]) -> bool:
        if not unless:
            return False
        start, end = sentence(span)
        around = self._unless.between(unless, start, end)
        return any(start <= place[0] and place[1] <= end for place in around)

    def _widened(self, text: str, sentence: Callable[[Span], Span]) -> Callable[[Span], Span]:
        match self._rule.marked:
            case Marked.FOUND:
                return lambda span: span
            case Marked.PHRASE:
                return lambda span: (span[0], rest.end() if (rest := PHRASE_END.match(text, span[1])) else span[1])
            case Marked.SENTENCE:
                return sentence
            case Marked.CLAUSE:
                return _short(text)
            case Marked.PARAGRAPH:
                return _bounds(text, PARAGRAPH_END)


def _once(spans: Iterable[Span], sentence: Callable[[Span], Span]) -> Iterator[Span]:
    seen: set[Span] = set()
    for span in spans:
        if (stretch := sentence(span)) not in seen:
            seen.add(stretch)
            yield span


def _short(text: str) -> Callable[[Span], Span]:
    """Return what gives the clauses in which a span lies, without the sign behind them; of long ones the span."""
    clause = _bounds(text, CLAUSE_END)

    def widened(span: Span) -> Span:
        start, end = clause(span)
        end = end - 1 if CLAUSE_END.match(text, end - 1) else end
        return (start, end) if end - start <= LONGEST_CLAUSE and end >= span[1] and start <= span[0] else span

    return widened


def _bounds(text: str, end: re.Pattern[str]) -> Callable[[Span], Span]:
    """Return what gives the stretch, from one end to the next, in which a span lies; its own end belongs to it."""
    ends = [0, *(match.end() for match in end.finditer(text)), len(text)]

    def stretch(span: Span) -> Span:
        last = bisect_right(ends, span[1] - 1)
        return ends[bisect_right(ends, span[0]) - 1], ends[min(last, len(ends) - 1)]

    return stretch
