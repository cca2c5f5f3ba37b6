"""A piece laid out to be read: its marked text, its pictures, its findings. The list and the item's page share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from config.words import Severity
from indexer.catalogue.items import Media, MediaKind, Version
from indexer.catalogue.pictures import PictureUse
from indexer.records.review_queue import QueueEntry
from web.app.site import site
from web.review.findings import Found, Piece, found, pieces
from web.shown.pictures import IN_GRID, Shown, body, shown
from web.shown.players import Player, players

SHORT_CHARS = 300  # what stands in a row of the list without pushing the others out of sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that there is to read of one version. html: as the public would see it. players: films, sounds and streams.

    kept: how many of its pictures there are copies of, of how many. is_on_hold: a finding asks for it.
    """

    title: Sequence[Piece]
    text: Sequence[Piece]
    html: Markup
    pictures: Sequence[Shown]
    players: Sequence[Player]
    kept: tuple[int, int]
    findings: Sequence[Found]
    is_on_hold: bool


def reading(entry: QueueEntry, uses: Mapping[int, PictureUse]) -> Reading:
    """Return what an editor has to see before an approval. uses: its pictures by the position of the medium."""
    version, findings = entry.version, entry.findings
    media = list(enumerate(version.media))
    pictures = [_picture(medium, uses.get(position)) for position, medium in media if medium.kind is MediaKind.IMAGE]
    return Reading(
        title=pieces(version.title, "title", findings),
        text=pieces(version.text, "text", findings),
        html=body(version, uses, is_for_editors=True).html,
        pictures=pictures,
        players=players(version, uses, is_for_editors=True),
        kept=(sum(use.picture is not None for use in uses.values()), len(uses)),
        findings=found(findings, site().policy),
        is_on_hold=any(one.severity is Severity.HOLD for one in findings),
    )


def _picture(medium: Media, use: PictureUse | None) -> Shown:
    return shown(medium, use, sizes=IN_GRID, is_for_editors=True)


def is_short(version: Version) -> bool:
    """Tell whether a row of the list shows the whole piece as it is."""
    return len(version.text) <= SHORT_CHARS and not version.media
