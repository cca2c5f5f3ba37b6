"""When an article was published: declared fields, the line at its headline, address and scripts vote on the day."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from crawler.extract.blocks import Block
from crawler.extract.date_search import date_in_address, find_dates
from crawler.extract.furniture import is_sentence
from crawler.extract.meta import Declared
from indexer.times import BEIJING, Published, read_time

LINE_CHARS, LABELLED_CHARS = 160, 400
BEFORE, AFTER = 25, 12  # blocks around the article's first one in which its date line stands
# How much a place's word counts for a day; a second and third declared field count less than the first.
DECLARED, FALLOFF, LABELLED, AT_HEADLINE, NEAR, IN_ADDRESS, IN_SCRIPT, CHANGED = 3.0, 0.6, 2.5, 2.0, 0.7, 1.5, 0.8, 0.4
MARKED = 1.5
LABEL = re.compile(r"发[布表稿]|刊[发登]|日期|时间|来源|published|posted|erstellt|veröffentlicht", re.IGNORECASE)
NOT_PUBLISHED = re.compile(
    r"更新|修改|修订|生成|访问|今天是|当前|截[至止]|有效期|开幕|报名|活动时间|updated|modified|aktualisiert|copyright|©|版权",
    re.IGNORECASE,
)
LINE_WORDS = re.compile(r"作者|记者|编辑|出处|浏览|阅读|点击|人气|评论|字号|责编")  # others that stand in a date line
LABEL_CHARS = 14  # a label stands right before its date
EPOCH = re.compile(r"1\d{9}(?:\d{3})?")


@dataclass(frozen=True, slots=True)
class _Vote:
    published: Published
    weight: float


def read_published(
    blocks: Sequence[Block],
    declared: Declared,
    *,
    title: int | None,
    start: int,
    scripts: Sequence[str],
    url: str | None,
) -> Published | None:
    """Return the time of publication, None where nothing names it; the time of reading never stands in.

    title, start: places of the headline and of the article's first block. scripts: see `times_in_scripts`.
    """
    chinese = declared.is_chinese
    votes = [
        *_declared(declared),
        *_visible(blocks, title, start, chinese=chinese),
        *_from_scripts(scripts, chinese=chinese),
    ]
    if url and (day := date_in_address(url, chinese=chinese)):
        votes.append(_Vote(day, IN_ADDRESS))
    if not votes:
        return None
    days: defaultdict[date, float] = defaultdict(float)
    for vote in votes:
        days[vote.published.at.date()] += vote.weight
    best = max(days, key=lambda day: days[day])
    of_day = [vote for vote in votes if vote.published.at.date() == best]
    return max(of_day, key=lambda vote: (not vote.published.is_day, vote.weight)).published


def _declared(declared: Declared) -> Iterator[_Vote]:
    weight = DECLARED
    for text in declared.times:
        if moment := _read(text, chinese=declared.is_chinese):
            yield _Vote(moment, weight)
            weight *= FALLOFF
    for text in declared.marked:
        if moment := _read(text, chinese=declared.is_chinese):
            yield _Vote(moment, MARKED)
    for text in declared.changed:
        if moment := _read(text, chinese=declared.is_chinese):
            yield _Vote(moment, CHANGED)


def _read(text: str, *, chinese: bool) -> Published | None:
    if moment := read_time(text, chinese=chinese):
        return moment
    return next((found for _, found in find_dates(text, chinese=chinese)), None)


def _from_scripts(texts: Sequence[str], *, chinese: bool) -> Iterator[_Vote]:
    for place, text in enumerate(texts):
        if EPOCH.fullmatch(text):
            moment = datetime.fromtimestamp(int(text[:10]), BEIJING if chinese else UTC)
            yield _Vote(Published(at=moment), IN_SCRIPT / (place + 1))
        elif found := _read(text, chinese=chinese):
            yield _Vote(found, IN_SCRIPT / (place + 1))


def _visible(blocks: Sequence[Block], title: int | None, start: int, *, chinese: bool) -> Iterator[_Vote]:
    """Dates in the short lines around the article's beginning; best between headline and text."""
    headline = title if title is not None and abs(title - start) <= BEFORE else None
    anchor = start if headline is None else max(start, headline)
    for place in range(max(0, min(start, anchor) - BEFORE), min(len(blocks), anchor + AFTER)):
        text = blocks[place].text
        labelled = (LABEL.search(text) or LINE_WORDS.search(text)) and len(text) <= LABELLED_CHARS
        if place > anchor and is_sentence(blocks[place]) and not labelled:
            return  # what follows is the article: dates in it are its subject
        if len(text) > LINE_CHARS and not labelled:
            continue
        between = place >= (start - 6 if headline is None else headline - 2)
        yield from _in_line(text, between=between, chinese=chinese)


def _in_line(text: str, *, between: bool, chinese: bool) -> Iterator[_Vote]:
    for at, moment in find_dates(text, chinese=chinese):
        label = text[max(0, at - LABEL_CHARS) : at]
        if NOT_PUBLISHED.search(label):
            yield _Vote(moment, CHANGED)
        elif LABEL.search(label):
            yield _Vote(moment, LABELLED if between else NEAR * 2)
        else:
            yield _Vote(moment, AT_HEADLINE if between else NEAR)
