"""Take the parts of an item that a rule reads (title, text, its tail), and make findings in them."""

from dataclasses import dataclass

from config.policy import Rule, TextRule, Where
from config.words import Severity
from indexer.base.text import half_width
from indexer.catalogue.items import CleanHtml
from indexer.understanding.results import Finding

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

NO_HTML = CleanHtml("")
READ_CHARS = 200_000  # of a body; a longer one is no article
MOST_FINDINGS = 20  # of one rule in one part: an editor has seen enough
EXCERPT_CHARS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is checked: one version's words. hosts: the registered hosts of its unit, lower case."""

    title: str
    text: str
    html: CleanHtml = NO_HTML
    hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a title or body. folded: half width, lower case, as long as shown; offset: where it begins."""

    field: str
    shown: str
    folded: str
    offset: int = 0


def parts(subject: Subject, rule: TextRule) -> list[Part]:
    """Return what the rule reads; the body once, whole, where the rule names it and its tail."""
    found = []
    if Where.TITLE in rule.where:
        found.append(Part(field="title", shown=subject.title, folded=half_width(subject.title)))
    text = subject.text[:READ_CHARS]
    if Where.TEXT in rule.where:
        found.append(Part(field="text", shown=text, folded=half_width(text)))
    elif Where.TAIL in rule.where:
        offset = max(0, len(text) - rule.tail_characters)
        found.append(Part(field="text", shown=text[offset:], folded=half_width(text[offset:]), offset=offset))
    return found


def found_in(part: Part, rule: Rule, start: int, end: int) -> Finding:
    """Return the rule's finding for a span of the part."""
    return Finding(
        rule=rule.id,
        rule_version=rule.version,
        severity=Severity(rule.severity.value),
        where=part.field,
        start=part.offset + start,
        end=part.offset + end,
        excerpt=part.shown[start:end][:EXCERPT_CHARS],
        message=rule.message,
    )
