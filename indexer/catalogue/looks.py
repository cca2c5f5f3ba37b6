"""Looking again at what was collected: when, and what follows from what is seen there. Pure.

Each link is looked at daily for a week, then weekly to the campaign's end. What is missing twice, or says that it was
deleted, is gone: a piece that is public comes down. Whatever else goes wrong is an alarm, and the piece stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from indexer.base.ids import ItemId
from indexer.base.jitter import shortened
from indexer.base.times import BEIJING
from indexer.catalogue.items import Edition

DAILY, WEEKLY = timedelta(days=1), timedelta(days=7)
DAILY_FOR = timedelta(days=7)
SECOND_LOOK = timedelta(minutes=20)  # after the first time that a page was missing
MISSES = 2


class Sight(StrEnum):
    """What was seen where a piece was published."""

    THERE = "there"
    MISSING = "missing"  # 404, 410, or a page of the site that says there is nothing: it must be seen twice
    DELETED = "deleted"  # a platform's page says that the author took it down
    VIOLATION = "violation"  # … that the platform did
    CAPTCHA = "captcha"
    REFUSED = "refused"
    BUSY = "busy"
    BROKEN = "broken"
    SILENT = "silent"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"
    RETURNED = "returned"  # there again, after it was gone


SAID = frozenset({Sight.DELETED, Sight.VIOLATION})
GONE = SAID | {Sight.MISSING}
# Why a piece came down, as its decision says it: the unit reads it beside the item.
WHY = {
    Sight.MISSING: "来源网页已不存在（两次查看都没有找到）",
    Sight.DELETED: "来源已被发布者删除",
    Sight.VIOLATION: "来源被平台屏蔽（投诉或违规）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How an item's link stands. is_page: its text was read from the page there, so that an edit is seen there.

    due_at: of the next look, None after the last. misses: in a row. gone: what was last seen of one that is gone.
    alarm: what is wrong since `alarm_since`, seen `alarms` times in a row; alarm_words: Chinese, for unit and editor.
    """

    item: ItemId
    host: str
    is_page: bool
    due_at: datetime | None
    looked_at: datetime | None = None
    misses: int = 0
    gone: Sight | None = None
    alarm: Sight | None = None
    alarm_words: str = ""
    alarm_since: datetime | None = None
    alarms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one look brought; words: Chinese, of what is no piece."""

    sight: Sight
    words: str = ""


def first_look(item: ItemId, *, host: str, is_page: bool, now: datetime) -> Look:
    """Return the row of a link that was collected now."""
    return Look(item=item, host=host, is_page=is_page, due_at=now + shortened(DAILY, item, now))


def after(look: Look, seen: Seen, *, since: datetime, ends: date | None, now: datetime) -> Look:
    """Return how the link stands after a look. since: when the item was collected; ends: the campaign's last day."""
    looked = replace(look, looked_at=now, due_at=_next(look.item, since=since, ends=ends, now=now))
    if seen.sight in GONE:
        return _missed(looked, seen, now)
    looked = replace(looked, misses=0)
    if seen.sight is not Sight.THERE:
        return _alarmed(looked, seen, now)
    if look.gone is None:
        return looked if look.alarm is Sight.RETURNED else quiet(looked)  # that stays until a person has decided
    return _alarmed(replace(looked, gone=None), replace(seen, sight=Sight.RETURNED), now)


def quiet(look: Look) -> Look:
    """Return the link without its alarm."""
    return replace(look, alarm=None, alarm_words="", alarm_since=None, alarms=0)


def campaign_end(editions: Sequence[Edition], *, since: datetime) -> date | None:
    """Return the last day of the campaign that a piece collected then is part of: the first that was not over yet."""
    day = since.astimezone(BEIJING).date()
    return min((edition.ends for edition in editions if edition.ends >= day), default=None)


def _missed(look: Look, seen: Seen, now: datetime) -> Look:
    missed = replace(look, misses=look.misses + 1)
    if look.gone is not None:  # known already; a person who approved it again outweighs another look
        return missed
    if seen.sight not in SAID and missed.misses < MISSES:
        return replace(missed, due_at=now + SECOND_LOOK)
    return _alarmed(replace(missed, gone=seen.sight), seen, now)


def _alarmed(look: Look, seen: Seen, now: datetime) -> Look:
    is_same = look.alarm is seen.sight
    return replace(
        look,
        alarm=seen.sight,
        alarm_words=seen.words,
        alarm_since=look.alarm_since if is_same else now,
        alarms=look.alarms + 1 if is_same else 1,
    )


def _next(item: ItemId, *, since: datetime, ends: date | None, now: datetime) -> datetime | None:
    """The time of the next regular look; None where it would come after the last day."""
    at = now + shortened(DAILY if now - since < DAILY_FOR else WEEKLY, item, now)
    campaign = datetime.combine(ends + timedelta(days=1), time(), BEIJING) if ends else since
    return at if at <= max(since + DAILY_FOR, campaign) else None
