"""Take the parts of an item that a rule reads (title, text, its tail), and make findings in them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from config.policy import Rule, TextRule
from config.rule_fields import Where
from config.words import Severity
from indexer.catalogue.items import CleanHtml
from indexer.understanding.policies.normal import Span, cased, normal
from indexer.understanding.results import Finding

VERSION = 3  # counts up with every change of what comes out, which is then done again (recipe.py)

NO_HTML = CleanHtml("")
READ_CHARS = 1_000_000  # of a body; more than a deployment can set as the limit of an article
MOST_FINDINGS = 20  # of one rule in one part: an editor has seen enough
EXCERPT_CHARS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is checked: one version's words. hosts: the registered hosts of its unit, lower case.

    is_dated: the piece names a date; has_media: it has a picture, a sound or a video. codes: what the QR codes in its
    pictures say. vector: of its meaning, unit length; None where nobody embedded it.
    """

    title: str
    text: str
    html: CleanHtml = NO_HTML
    hosts: frozenset[str] = frozenset()
    is_dated: bool = True
    has_media: bool = False
    codes: tuple[str, ...] = ()
    vector: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a title or body. offset: where it begins. Spans are those of the normalised text (normal.py)."""

    field: str
    shown: str
    offset: int = 0

    @property
    def folded(self) -> str:
        """Half width, lower case, simplified, nothing invisible: what word lists read."""
        return normal(self.shown).text

    @property
    def cased(self) -> str:
        """The same characters with capitals and punctuation as they are: what expressions read."""
        return cased(self.shown)


def parts(subject: Subject, rule: TextRule) -> list[Part]:
    """Return what the rule reads; the body once, whole, where the rule names it and its tail."""
    found = []
    if Where.TITLE in rule.where:
        found.append(Part(field="title", shown=subject.title))
    if Where.TEXT in rule.where:
        found.append(Part(field="text", shown=subject.text[:READ_CHARS]))
    elif Where.TAIL in rule.where:
        offset = max(0, len(subject.text) - rule.tail_characters)
        found.append(Part(field="text", shown=subject.text[offset:], offset=offset))
    return found


def found_in(part: Part, rule: Rule, span: Span, *, severity: Severity | None = None) -> Finding:
    """Return the rule's finding for a span of the normalised part; severity: another one than the rule's."""
    return found_at(part, rule, normal(part.shown).shown(span), severity=severity)


def found_at(part: Part, rule: Rule, span: Span, *, severity: Severity | None = None) -> Finding:
    """Return the rule's finding for a span of the part as it is shown."""
    start, end = span
    return Finding(
        rule=rule.id,
        rule_version=rule.version,
        severity=severity or rule.severity,
        where=part.field,
        start=part.offset + start,
        end=part.offset + end,
        excerpt=part.shown[start:end][:EXCERPT_CHARS],
        message=rule.message,
    )


def linked(rule: Rule, said: str) -> Finding:
    """Return the rule's finding of what no text shows: an address that is only linked, what a code says."""
    return Finding(
        rule=rule.id,
        rule_version=rule.version,
        severity=rule.severity,
        where="links",
        start=0,
        end=len(said),
        excerpt=said[:EXCERPT_CHARS],
        message=rule.message,
    )


def unchecked(subject: Subject, rule: Rule, why: str) -> list[Finding]:
    """Return a finding that says that a rule could not be asked: the piece reaches the queue, marked."""
    said = Part(field="title", shown=subject.title) if subject.title else Part(field="text", shown=subject.text)
    found = found_at(said, rule, (0, len(said.shown[:EXCERPT_CHARS])))
    return [replace(found, message=f"这条规则没有检查：{why}")]


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in their order, of those that overlap the first and longest."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one[0], -one[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
