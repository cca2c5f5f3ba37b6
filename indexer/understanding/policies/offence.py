"""Find sentences that read like offensive comments. It only ever says "look": the model knows comments, not law."""

import re
from collections.abc import Iterator, Sequence

from config.policy import OffenceRule
from indexer.understanding.policies.near import Words
from indexer.understanding.policies.normal import Span
from indexer.understanding.policies.offence_model import ModelBroken, offence_model
from indexer.understanding.policies.parts import MOST_FINDINGS, Subject, found_in, parts, unchecked
from indexer.understanding.results import Finding

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)

SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]*")
LEAST_LETTERS = 8  # below it a sentence says too little
READ_CHARS = 100_000  # of a part: the model takes its time, and who hides an insult behind a book is not read
LONGEST = 400  # characters of a sentence that are weighed


class OffenceCheck:
    """One `offence` rule."""

    def __init__(self, rule: OffenceRule) -> None:
        self._rule, self._unless = rule, Words(rule.unless)

    def findings(self, subject: Subject) -> list[Finding]:
        """Return a finding for each sentence; where the model cannot be read, one that says so."""
        read = parts(subject, self._rule)
        try:
            every = self._spans([part.folded for part in read])
        except ModelBroken as broken:
            return unchecked(subject, self._rule, str(broken))
        return [found_in(part, self._rule, span) for part, spans in zip(read, every, strict=True) for span in spans]

    def _spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text; the sentences of all of them are read in one go."""
        every = [(place, span) for place, text in enumerate(texts) for span in _sentences(text[:READ_CHARS])]
        sentences = [texts[place][slice(*span)][:LONGEST] for place, span in every]
        chances = offence_model().probabilities(sentences) if sentences else ()
        found: list[list[Span]] = [[] for _ in texts]
        for (place, span), sentence, chance in zip(every, sentences, chances, strict=True):
            is_likely = chance >= self._rule.least and len(found[place]) < MOST_FINDINGS
            if is_likely and not self._unless.spans(sentence):
                found[place].append(span)
        return found


def _sentences(text: str) -> Iterator[Span]:
    for match in SENTENCE.finditer(text):
        if sum(map(str.isalnum, match[0])) >= LEAST_LETTERS:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield start, match.end()
