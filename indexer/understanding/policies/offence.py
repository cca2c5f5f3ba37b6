"""Find sentences that read like offensive comments. It only ever says "look": the model knows comments, not law."""

import re
from collections.abc import Iterator
from itertools import islice

from config.policy import OffenceRule
from indexer.understanding.policies.near import Words
from indexer.understanding.policies.normal import Span
from indexer.understanding.policies.offence_model import ModelBroken, offence_model
from indexer.understanding.policies.parts import MOST_FINDINGS, Part, Subject, found_in, parts, unchecked
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
        try:
            return [
                found_in(part, self._rule, span) for part in parts(subject, self._rule) for span in self._spans(part)
            ]
        except ModelBroken as broken:
            return unchecked(subject, self._rule, str(broken))

    def _spans(self, part: Part) -> list[Span]:
        text = part.folded
        spans = list(_sentences(text[:READ_CHARS]))
        sentences = [text[start:end][:LONGEST] for start, end in spans]
        chances = offence_model().probabilities(sentences) if spans else ()
        found = (
            span
            for span, sentence, chance in zip(spans, sentences, chances, strict=True)
            if chance >= self._rule.least and not self._unless.spans(sentence)
        )
        return list(islice(found, MOST_FINDINGS))


def _sentences(text: str) -> Iterator[Span]:
    for match in SENTENCE.finditer(text):
        if sum(map(str.isalnum, match[0])) >= LEAST_LETTERS:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield start, match.end()
