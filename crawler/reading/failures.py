"""Why an address gave no page, as a reason with its facts: what happened, and what its unit can do about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.scrapy.hops import UNREACHABLE, Refused, RulesUnknown
from indexer.catalogue.troubles import CASE, WORDS, RefusalReason, Trouble

BUSY = frozenset({429, 502, 503, 504})  # the host says so of itself, not of the page

R = RefusalReason
RULES_UNKNOWN = "unknown"  # case of ROBOTS: they forbid nothing, they cannot be read
_BY_KIND: Mapping[type[Exception], tuple[RefusalReason, str]] = MappingProxyType(
    {
        CannotResolveHostError: (R.NO_SUCH_HOST, ""),
        DownloadCancelledError: (R.TOO_LARGE, ""),
        DownloadConnectionRefusedError: (R.HOST_REFUSES, ""),
        DownloadFailedError: (R.CONNECTION_LOST, "cut"),
        DownloadTimeoutError: (R.HOST_SILENT, ""),
        ResponseDataLossError: (R.CONNECTION_LOST, "part"),
        OSError: (R.CONNECTION_LOST, ""),
    }
)


class Unanswered(Exception):
    """An address that gave no page since its host did not answer; the trouble says why, in words for the unit.

    rests_until: the host asked to be left alone until then.
    """

    def __init__(self, url: str, reason: RefusalReason, *, case: str = "", **facts: str) -> None:
        self.url = url
        self.rests_until: datetime | None = None
        self.trouble = Trouble(reason=reason, facts={"url": url, **({CASE: case} if case else {}), **facts})
        super().__init__(str(self.trouble))


class BadPage(Unanswered):
    """An address whose host is there and whose page is what is wrong: says nothing of the pages beside it."""


def unanswered(url: str, error: Exception, *, sent: Sequence[str] = ()) -> Unanswered:
    """Return the trouble of whatever a download ended with; sent: the addresses that were asked, in their order."""
    if isinstance(error, RulesUnknown):
        return BadPage(url, R.ROBOTS, case=RULES_UNKNOWN, why=str(error))
    if isinstance(error, Refused):
        return BadPage(url, R.NOT_VISITED, why=str(error))
    reason, case = _reason(error)
    facts = {"error": _named(error)} if reason is R.PAGE_FAILED else {}
    is_elsewhere = bool(sent) and urlsplit(sent[-1]).netloc != urlsplit(url).netloc
    if isinstance(error, UNREACHABLE) and not isinstance(error, DownloadFailedError) and not is_elsewhere:
        return Unanswered(url, reason, case=case, **facts)
    return BadPage(url, reason, case=case, **facts)


def _reason(error: Exception) -> tuple[RefusalReason, str]:
    if isinstance(error, IgnoreRequest):
        if "robots.txt" in str(error):
            return R.ROBOTS, ""
        return (R.TOO_LARGE if "DOWNLOAD_MAXSIZE" in str(error) else R.REDIRECTS), ""
    return next((found for kind, found in _BY_KIND.items() if isinstance(error, kind)), (R.PAGE_FAILED, ""))


def _named(error: Exception) -> str:
    """The kind of an error that nobody foresaw, with its first words: what an administrator looks for in the log."""
    return f"{type(error).__name__}: {error}"[:120].rstrip(": ")


def bad_status(url: str, status: int, *, rests_until: datetime | None = None) -> Unanswered:
    """Return the trouble of an answer that is no page; rests_until: end of the pause that a busy host asks for."""
    own = str(status) if (R.BAD_STATUS, str(status)) in WORDS else ""
    case = own or ("5xx" if status >= 500 else "")
    if status not in BUSY:
        return BadPage(url, R.BAD_STATUS, case=case, status=str(status))
    busy = Unanswered(url, R.BAD_STATUS, case=case, status=str(status))
    busy.rests_until = rests_until
    return busy


def unreadable(url: str, *, what: str, do: str, trouble: Trouble | None = None) -> BadPage:
    """Return the trouble of a page that came and could not be read; what, do: a source's own words for the unit.

    trouble: what a platform said, which then stands in their place.
    """
    bad = BadPage(url, R.UNREADABLE, what=what, do=do)
    return bad if trouble is None else refused_by_platform(url, trouble)


def refused_by_platform(url: str, trouble: Trouble) -> BadPage:
    """Return the trouble of a call that a platform refused."""
    return BadPage(url, trouble.reason, **{"case": "", **trouble.facts})


def moved_outside(url: str, *, to: str) -> BadPage:
    """Return the trouble of a page of the channel whose answer came from outside of it."""
    return BadPage(url, R.MOVED_OUTSIDE, to=to)


def broken(url: str, error: Exception) -> BadPage:
    """Return the trouble of a page over which our own program stumbled."""
    return BadPage(url, R.PROGRAM_FAULT, error=_named(error))
