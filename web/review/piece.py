"""A piece laid out to be read: its marked text, its pictures, its findings. The list and the item's page share it."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.items import Media, MediaKind, Version
from indexer.records.listings import QueueEntry
from web.review.findings import Found, Piece, found, pieces
from web.site import site

SHORT_CHARS = 300  # what stands in a row of the list without pushing the others out of sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that there is to read of one version. others: films and sounds, which stay with their player."""

    title: Sequence[Piece]
    text: Sequence[Piece]
    pictures: Sequence[str]
    others: Sequence[Media]
    findings: Sequence[Found]


def reading(entry: QueueEntry) -> Reading:
    """Return what an editor has to see before an approval."""
    version, findings = entry.version, entry.findings
    return Reading(
        title=pieces(version.title, "title", findings),
        text=pieces(version.text, "text", findings),
        pictures=[medium.url for medium in version.media if medium.kind is MediaKind.IMAGE],
        others=[medium for medium in version.media if medium.kind is not MediaKind.IMAGE],
        findings=found(findings, site().policy),
    )


def is_short(version: Version) -> bool:
    """Tell whether a row of the list shows the whole piece as it is."""
    return len(version.text) <= SHORT_CHARS and not version.media
