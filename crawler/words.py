"""Tell the operator of a command why a page was not taken: the reason in English, then the unit's words.

Refusals and unreadable pages are recorded in Chinese, for the unit that must act on them. The operator's line says why
in the operator's language and quotes what the unit reads, so that both can speak of the same thing.
"""

from collections.abc import Mapping
from types import MappingProxyType

from indexer.catalogue.troubles import RefusalReason

REASONS: Mapping[RefusalReason, str] = MappingProxyType(
    {
        RefusalReason.CHANNEL_UNKNOWN: "the channel is not on the whitelist",
        RefusalReason.CHANNEL_NOT_APPROVED: "the channel is not approved: see `carnival units list`, `units approve`",
        RefusalReason.FOREIGN_HOST: "the address lies outside the hosts and the path registered for the channel",
        RefusalReason.NO_BODY: "no text, picture or video was read from the page",
    }
)


def quoted(words: str) -> str:
    """Return a unit's words as the commands quote them, on one line."""
    return f"the unit reads: “{' '.join(words.split())}”"


def not_taken(page: str, reason: RefusalReason, words: str) -> str:
    """Return one line: why this page was refused, and what its unit is told."""
    return f"{page}: refused: {REASONS.get(reason, reason.value)}; {quoted(words)}"


def not_read(page: str, words: str) -> str:
    """Return one line for a page that could not be fetched, or does not hold what it should."""
    return f"{page}: could not be read; {quoted(words)}"
