"""What Weibo's answers hold, as what a source hands on: posts that are named, candidates, requests, words. Pure."""

from collections.abc import Iterator

from config.weibo import post_address
from config.words import ItemKind
from crawler.exchange import OK, Answer, Ask, Found, Named, Span, Unreadable
from crawler.platforms.fields import NotAnAnswer
from crawler.platforms.troubles import refused_by, trouble_in
from crawler.platforms.weibo import calls
from crawler.platforms.weibo.answers import WeiboAnswer, read_answer
from crawler.platforms.weibo.errors import trouble_of
from crawler.platforms.weibo.posts import address_of, candidate_of, in_order, is_content
from crawler.platforms.weibo.statuses import Status
from indexer.base.times import BEIJING
from indexer.catalogue.items import TITLE_CHARS, Candidate
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import Trouble
from indexer.whitelist.records import Channel
from indexer.whitelist.weibo_accounts import uid_of


def listed(channel: Channel, answer: Answer, *, pages: int, kind: ItemKind | None) -> Iterator[Found]:
    """Yield what a page of the timeline names, its posts, a request for each long one, and one for the next page.

    Raises Unreadable.
    """
    said = _said(channel, answer, call=calls.TIMELINE)
    posts = in_order(said.statuses)
    candidates = {post.number: candidate_of(channel, post, kind=kind) for post in posts}
    for post in posts:
        yield _named(post, candidates[post.number])
    yield from _gone(channel, said)
    yield from _span(said)
    for post in posts:
        yield calls.whole_ask(channel.id, post) if post.is_cut else candidates[post.number]
    yield from _next(channel, answer, said, pages=pages)


def shown(channel: Channel, answer: Answer, *, kind: ItemKind | None) -> Iterator[Candidate]:
    """Yield the post of an answer with its whole text. Raises Unreadable."""
    for post in _said(channel, answer, call=calls.SHOW).statuses:
        if is_content(post):
            yield candidate_of(channel, post, kind=kind)


def _said(channel: Channel, answer: Answer, *, call: str) -> WeiboAnswer:
    """Return what a call answered. Raises Unreadable with the platform's trouble, or where it is no answer at all."""
    try:
        said = read_answer(answer.body)
    except NotAnAnswer as error:
        if answer.status != OK:
            raise refused_by(channel, _busy(answer.status, call=call)) from error
        do = "请在白名单里核对渠道的采集方式；下一轮会再试"
        raise Unreadable(channel, "微博的回答不是约定的格式（JSON）", do=do) from error
    if said.error is not None:
        raise refused_by(channel, trouble_of(said.error, call=call))
    if answer.status != OK and not said.statuses:
        raise refused_by(channel, _busy(answer.status, call=call))
    return said


def _busy(status: int, *, call: str) -> Trouble:
    return trouble_in(PlatformCase.BUSY, code=f"HTTP {status}", call=call)


def _named(post: Status, candidate: Candidate) -> Named:
    day = post.created_at.astimezone(BEIJING).date() if post.created_at else None
    return Named(number=post.number, url=address_of(post), title=candidate.title[:TITLE_CHARS], day=day)


def _gone(channel: Channel, said: WeiboAnswer) -> Iterator[Named]:
    """Those that are no more for everybody: what is held of them comes down. Nothing that they say is kept."""
    uid = uid_of(channel)
    for status in said.statuses:
        if uid and not is_content(status):
            yield Named(number=status.number, url=post_address(uid, status.number), is_gone=True)


def _span(said: WeiboAnswer) -> Iterator[Span]:
    """What the page names all of: from its oldest post to its newest, but for pinned ones, which stand out of order."""
    numbers = [int(status.number) for status in said.statuses if not status.is_pinned]
    if numbers and not said.unread:
        yield Span(lowest=min(numbers), highest=max(numbers))


def _next(channel: Channel, answer: Answer, said: WeiboAnswer, *, pages: int) -> Iterator[Ask]:
    """The next page, below the oldest post of this one: each page lies wholly below the one before, so paging ends.

    A pinned post is older than its neighbours; it does not say where the page ends.
    """
    number = int(answer.about.get("number", "1"))
    ids = [int(status.id) for status in said.statuses if not status.is_pinned]
    is_full = len(said.statuses) + said.unread >= calls.PAGE // 2  # Weibo leaves hidden ones out of a full page
    if number < pages and ids and is_full:
        yield calls.timeline_ask(channel.id, uid=uid_of(channel), before=str(min(ids) - 1), number=number + 1)
