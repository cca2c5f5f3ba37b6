"""What the checks said, as editors read it: each finding once, with its places and the law it stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from config.policy import Policy
from config.words import Severity
from indexer.understanding.results import Finding
from web.shown.labels import label
from web.shown.marking import parts

MOST_PLACES = 20
UNPLACED = "links"  # an address stands in the mark-up, not in the text that is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a field; anchor: its id on the page where a finding marks it, else empty."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding stands. at: the character, counted from 1. anchor: of the piece that holds it, may be empty."""

    field: str
    at: int
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding. basis: the law or plan the rule rests on, or that it is not known. more: places left out."""

    severity: Severity
    message: str
    rule: str
    rule_version: int
    fields: Sequence[str]
    excerpt: str
    basis: str
    places: Sequence[Place]
    more: int


def found(findings: Sequence[Finding], policy: Policy) -> list[Found]:
    """Return each finding once, in the order of the first of its places."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        alike.setdefault((one.rule, one.rule_version, one.severity, one.message, one.excerpt), []).append(one)
    anchored = {where: _anchored(_spans(findings, where)) for where in {one.where for one in findings}}
    return [_found(group, policy, anchored) for group in alike.values()]


def pieces(text: str, where: str, findings: Sequence[Finding]) -> list[Piece]:
    """Return a field cut at its findings."""
    at, cut = 0, []
    for part in parts(text, _spans(findings, where)):
        cut.append(Piece(text=part.text, anchor=_anchor(where, at) if part.marked else ""))
        at += len(part.text)
    return cut


def basis(rule: str, version: int, policy: Policy) -> str:
    """Return what the rule stands on by the policy that is loaded; it says so where that is not the rule that found."""
    known = next((one for one in policy.rules if one.id == rule), None)
    if known is None:
        return str(_("not known: this rule is no longer in the policy"))
    if known.version != version:
        return str(_("%(basis)s (as of version %(version)s of the rule)", basis=known.basis, version=known.version))
    return known.basis


def _found(group: Sequence[Finding], policy: Policy, anchored: Mapping[str, set[int]]) -> Found:
    first = group[0]
    placed = [one for one in group if one.where != UNPLACED]
    return Found(
        severity=first.severity,
        message=first.message,
        rule=first.rule,
        rule_version=first.rule_version,
        fields=list(dict.fromkeys(label(one.where) for one in group)),
        excerpt=first.excerpt,
        basis=basis(first.rule, first.rule_version, policy),
        places=[
            Place(
                field=label(one.where),
                at=one.start + 1,
                anchor=_anchor(one.where, one.start) if one.start in anchored[one.where] else "",
            )
            for one in placed[:MOST_PLACES]
        ],
        more=max(len(placed) - MOST_PLACES, 0),
    )


def _spans(findings: Sequence[Finding], where: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in findings if one.where == where]


def _anchored(spans: Sequence[tuple[int, int]]) -> set[int]:
    """Return where a marked piece begins: of spans that overlap, the later ones lie in the piece of the first."""
    at, starts = 0, set()
    for start, end in sorted(spans):
        if start >= at:
            starts.add(start)
        at = max(at, end)
    return starts


def _anchor(where: str, start: int) -> str:
    return f"found-{where}-{start}"
