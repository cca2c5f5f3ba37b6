"""Answers of Weibo's interface: errors, timelines, whole texts, limits, in one record, whatever was asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.platforms.fields import Object, number, parse, within
from crawler.platforms.weibo.errors import WeiboError, error_of
from crawler.platforms.weibo.statuses import NotAStatus, Status, read_status
from crawler.platforms.weibo.values import line_in, list_in

MOST_STATUSES = 500
LISTS = ("statuses", "list")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many calls are left; reset_seconds: until they are counted anew."""

    user_limit: int | None
    remaining_user_hits: int | None
    reset_seconds: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeiboAnswer:
    """What an answer holds; None or empty: it does not. ok: of answers that say how they went.

    statuses: as they stand. unread: entries of the list that are no statuses. since_id, max_id: as text.
    whole_text: of a cut status, as delivered (it may be HTML).
    """

    error: WeiboError | None = None
    ok: int | None = None
    statuses: tuple[Status, ...] = ()
    unread: int = 0
    total_number: int | None = None
    since_id: str = ""
    max_id: str = ""
    whole_text: str = ""
    limits: Limits | None = None


def read_answer(body: bytes) -> WeiboAnswer:
    """Return what an answer holds. Raises NotAnAnswer."""
    answer = parse(body)
    data = within(answer.get("data")) or answer
    listing, whole = within(data.get("cardlistInfo")), data.get("longTextContent")
    entries = list(_entries(data))[:MOST_STATUSES]
    statuses = tuple(status for entry in entries if (status := _status(entry)) is not None)
    return WeiboAnswer(
        error=error_of(answer),
        ok=number(answer.get("ok")),
        statuses=statuses,
        unread=len(entries) - len(statuses),
        total_number=number(data.get("total_number")),
        since_id=line_in(data.get("since_id")) or line_in(listing.get("since_id")),
        max_id=line_in(data.get("max_id")),
        whole_text=whole if isinstance(whole, str) else "",
        limits=_limits(data),
    )


def _entries(data: Object) -> Iterator[object]:
    """The statuses of a timeline; of a mobile answer those on its cards and in groups of them; or the one status."""
    for name in LISTS:
        if isinstance(data.get(name), list):
            yield from list_in(data[name])
            return
    if isinstance(data.get("cards"), list):
        yield from _of_cards(list_in(data["cards"]))
    elif ("text" in data or "text_raw" in data) and ("id" in data or "idstr" in data):
        yield data


def _of_cards(cards: object) -> Iterator[object]:
    for card in map(within, cards if isinstance(cards, list | tuple) else ()):
        if "mblog" in card:
            yield card["mblog"]
        for inner in map(within, list_in(card.get("card_group"))):
            if "mblog" in inner:
                yield inner["mblog"]


def _status(entry: object) -> Status | None:
    try:
        return read_status(entry)
    except NotAStatus:
        return None


def _limits(data: Object) -> Limits | None:
    names = ("user_limit", "remaining_user_hits", "reset_time_in_seconds")
    user, left, reset = (number(data.get(name)) for name in names)
    if user is None and left is None and reset is None:
        return None
    return Limits(user_limit=user, remaining_user_hits=left, reset_seconds=reset)
