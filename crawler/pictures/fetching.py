"""Fetch one picture through the guard, within its limits, or say why not and whether to try again."""

from datetime import datetime

from config.settings import Settings
from crawler.exchange import OK, Answer, Ask
from crawler.guard import ElsewhereRefused, FetchRefused, send
from crawler.pictures.hosts import referer_of
from crawler.reading.conditional import rests_until
from crawler.wire import HostSilent, NeverFetched, TooLong
from indexer.catalogue.pictures import PictureRefusal
from indexer.whitelist.picture_hosts import AllowedHosts, is_foreign
from indexer.whitelist.records import Channel

ACCEPT = "image/webp,image/png,image/jpeg,image/gif,image/*;q=0.8"
GONE = frozenset({404, 410})
LATER = frozenset({408, 425, 429})  # and all of 500 and above


class PictureRefused(Exception):
    """There is no picture to be had. may_come: it may be there at another time. is_silent: its host did not answer.

    rests_until: until when its host asks to be left alone; None where it does not.
    """

    def __init__(
        self,
        why: PictureRefusal,
        *,
        may_come: bool = False,
        is_silent: bool = False,
        rests_until: datetime | None = None,
        words: str = "",
    ) -> None:
        self.why, self.may_come, self.is_silent, self.rests_until = why, may_come, is_silent, rests_until
        super().__init__(words or why.value)


def fetch_picture(url: str, *, page: str, channel: Channel, settings: Settings, now: datetime) -> bytes:
    """Return what the address answers, not looked at yet. page: the article that shows it. Raises PictureRefused."""
    hosts = AllowedHosts(channel)
    limits = settings.model_copy(
        update={"page_bytes": settings.picture_bytes, "fetch_seconds": settings.picture_seconds}
    )
    try:
        if is_foreign(url, hosts):
            raise PictureRefused(PictureRefusal.FOREIGN_HOST)
        headers = {"Accept": ACCEPT} | ({"Referer": referer} if (referer := referer_of(url, page)) else {})
        answer = send(Ask(url=url, headers=headers, takes_any_answer=True), limits, hosts=hosts)
    except ElsewhereRefused as error:
        raise PictureRefused(PictureRefusal.FOREIGN_HOST, words=str(error)) from error
    except TooLong as error:
        raise PictureRefused(PictureRefusal.TOO_LARGE, words=str(error)) from error
    except NeverFetched as error:
        raise PictureRefused(PictureRefusal.ADDRESS, words=str(error)) from error
    except FetchRefused as error:
        is_silent = isinstance(error, HostSilent)
        why = PictureRefusal.UNREACHABLE
        raise PictureRefused(why, may_come=True, is_silent=is_silent, words=str(error)) from error
    if answer.status != OK:
        raise _of_status(answer, now=now)
    return answer.body


def _of_status(answer: Answer, *, now: datetime) -> PictureRefused:
    status, words = answer.status, f"status {answer.status}"
    if status in GONE:
        return PictureRefused(PictureRefusal.GONE)
    if status in LATER or status >= 500:
        until = rests_until(answer.headers.get("retry-after", ""), now=now)
        return PictureRefused(PictureRefusal.UNREACHABLE, may_come=True, rests_until=until, words=words)
    return PictureRefused(PictureRefusal.FORBIDDEN, words=words)
