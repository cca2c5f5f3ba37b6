"""`freepublish` and `datacube`: what an account published, as the API tells it (WeChat docs, read 2026-11)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape
from itertools import groupby
from typing import Any

from indexer.base.times import BEIJING
from tests.simulators.wechat.addresses import article_id, article_url, picture_url
from tests.simulators.wechat.refusals import Refusal
from tests.simulators.world.accounts import WechatAccount
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Post, Standing
from tests.simulators.world.world import World

MOST, DIGEST_CHARS, LONGEST = 20, 54, timedelta(days=30)
Json = dict[str, Any]


def batchget(world: World, account: WechatAccount, asked: Mapping[str, Any]) -> Json:
    """Return messages that were published without telling anybody. Raises Refusal 40097."""
    offset, count = asked.get("offset"), asked.get("count")
    if not isinstance(offset, int) or not isinstance(count, int) or not 1 <= count <= MOST or offset < 0:
        raise Refusal(40097)
    frozen = world.faults.met(Fault.FROZEN, account.id)
    posts = world.posts(account.id, until=frozen.since if frozen else None)
    messages = [] if world.faults.met(Fault.EMPTY_LIST, account.id) else _messages(posts)
    with_content = asked.get("no_content") != 1
    items = [_item(account, message, with_content=with_content) for message in messages[offset : offset + count]]
    return {"total_count": len(messages), "item_count": len(items), "item": items}


def getarticle(world: World, account: WechatAccount, asked: Mapping[str, Any]) -> Json:
    """Return the articles of one message. Raises Refusal 53600 where there is none."""
    message = _message(world, account, str(asked.get("article_id", "")))
    return {"news_item": [_news(account, post, with_content=True) for post in message], "errcode": 0, "errmsg": "ok"}


def publication(world: World, account: WechatAccount, asked: Mapping[str, Any]) -> Json:
    """Return how the publication of a message went; its number is the message's."""
    number = str(asked.get("publish_id", ""))
    message = [post for post in world.posts(account.id) if str(post.number) == number]
    if not message:
        raise Refusal(40097)
    items = [{"idx": post.idx, "article_url": article_url(account, post)} for post in reversed(message)]
    status = 0 if any(post.standing is Standing.STANDS for post in message) else 5
    found: Json = {"publish_id": number, "publish_status": status, "fail_idx": []}
    detail = {"count": len(items), "item": items}
    return found | ({} if status else {"article_id": article_id(message[0]), "article_detail": detail})


def totals(world: World, account: WechatAccount, asked: Mapping[str, Any]) -> Json:
    """Return the statistics of all that was published in a span of days. Raises Refusal 61500, 61501."""
    try:
        first, last = (date.fromisoformat(str(asked.get(name, ""))) for name in ("begin_date", "end_date"))
    except ValueError as error:
        raise Refusal(61500) from error
    if last < first or last >= world.today() or last - first > LONGEST:
        raise Refusal(61501)
    days = [(post, post.at.astimezone(BEIJING).date()) for post in reversed(world.posts(account.id))]
    rows = [_total(post, day, last) for post, day in days if first <= day <= last]
    return {"list": rows, "is_delay": False}


def _messages(posts: Sequence[Post]) -> list[list[Post]]:
    """The messages that nobody was told of, the newest first, the articles of each in their order."""
    unnoticed = [post for post in posts if not post.draft.is_notified]
    return [sorted(message, key=lambda post: post.idx) for _, message in groupby(unnoticed, lambda post: post.number)]


def _message(world: World, account: WechatAccount, id: str) -> list[Post]:
    for message in _messages(world.posts(account.id)):
        if article_id(message[0]) == id:
            return message
    raise Refusal(53600)


def _item(account: WechatAccount, message: Sequence[Post], *, with_content: bool) -> Json:
    changed = int(max(post.changed_at for post in message).timestamp())
    made = int(message[0].at.timestamp())
    news = [_news(account, post, with_content=with_content) for post in message]
    content = {"news_item": news, "create_time": made, "update_time": changed}
    return {"article_id": article_id(message[0]), "content": content, "update_time": changed}


def _news(account: WechatAccount, post: Post, *, with_content: bool) -> Json:
    is_gone = post.standing is not Standing.STANDS
    found = {
        "title": post.title,
        "author": account.name,
        "digest": "".join(post.paragraphs)[:DIGEST_CHARS],
        "content_source_url": "",
        "thumb_media_id": f"thumb-{post.id}",
        "show_cover_pic": 0,
        "need_open_comment": 0,
        "only_fans_can_comment": 0,
        "url": article_url(account, post, scheme="http") + "&chksm=cf0a#rd",
        "thumb_url": picture_url(post, 1).replace("https://", "http://"),
        "is_deleted": is_gone,
    }
    return found | ({"content": "" if is_gone else content_of(post)} if with_content else {})


def content_of(post: Post) -> str:
    """Return the body as the editor of the platform writes it: pictures load late."""
    urls = (escape(picture_url(post, each + 1)) for each in range(post.draft.pictures))
    pictures = (f'<p><img class="rich_pages" data-src="{url}" data-type="jpeg" data-w="320"></p>' for url in urls)
    words = (f'<p style="text-align: left;"><span>{escape(paragraph)}</span></p>' for paragraph in post.paragraphs)
    return "".join([*pictures, *words])


def _total(post: Post, day: date, last: date) -> Json:
    kind = 0 if post.draft.is_notified else 1
    detail = {"stat_date": last.isoformat(), "read_user": 0, "read_user_source": [], "share_user": 0}
    return {"ref_date": day.isoformat(), "msgid": post.id, "publish_type": kind, "detail_list": [detail]}
