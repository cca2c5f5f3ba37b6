"""The parts of an item that rules read, and the findings made in them."""

import re
from dataclasses import dataclass

from config.policy import Rule, Where
from indexer.items import CleanHtml, Finding, Severity

NO_HTML = CleanHtml("")
READ_CHARS = 200_000  # of a body; a longer one is no article
MOST_FINDINGS = 20  # of one rule in one part: an editor has seen enough
EXCERPT_CHARS = 80
LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # what the automata, in Rust, do not take

# Full width to half width, one character each, so that places in the folded text are places in the shown one.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: ord(" ")}
_CAPITALS = {code: code + 32 for code in (*range(ord("A"), ord("Z") + 1),)}
_FOLDING = _HALF_WIDTH | _CAPITALS | {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}


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


def fold(text: str) -> str:
    """Return the text in half width and lower case, character by character, as long as before."""
    return LONE_SURROGATE.sub("\ufffd", text.translate(_FOLDING))


def parts(subject: Subject, rule: Rule) -> list[Part]:
    """Return what the rule reads; the body once, whole, where the rule names it and its tail."""
    found = []
    if Where.TITLE in rule.where:
        found.append(Part(field="title", shown=subject.title, folded=fold(subject.title)))
    text = subject.text[:READ_CHARS]
    if Where.TEXT in rule.where:
        found.append(Part(field="text", shown=text, folded=fold(text)))
    elif Where.TAIL in rule.where:
        offset = max(0, len(text) - rule.tail_characters)
        found.append(Part(field="text", shown=text[offset:], folded=fold(text[offset:]), offset=offset))
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
