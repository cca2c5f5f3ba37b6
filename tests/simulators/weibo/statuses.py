"""Statuses as Weibo's API writes them: pictures as a list, long text cut, reposts whole (its wiki, read 2026-11)."""

from typing import Any

from indexer.base.times import BEIJING
from tests.simulators.world.accounts import WeiboAccount
from tests.simulators.world.posts import Post, Standing

CUT_CHARS = 140
WRITTEN = "%a %b %d %H:%M:%S +0800 %Y"
GONE = "抱歉，此微博已被作者删除。查看帮助：http://t.cn/zWSudZc"
Json = dict[str, Any]


def status(account: WeiboAccount, post: Post, owners: dict[str, WeiboAccount]) -> Json:
    """Return one status; owners: by uid, for what it reposts."""
    if post.standing is not Standing.STANDS:
        return _gone(post)
    text = text_of(post)
    found: Json = _head(post) | {
        "text": f"{text[:CUT_CHARS]}...全文： https://m.weibo.cn/{account.id}/{post.number}"
        if post.draft.is_long
        else text,
        "textLength": len(text) * 2,
        "source": '<a href="http://weibo.com/" rel="nofollow">微博网页版</a>',
        "favorited": False,
        "truncated": False,
        "isLongText": post.draft.is_long,
        "pic_urls": [{"thumbnail_pic": url} for url in picture_urls(post)],
        "geo": None,
        "user": _user(account),
        "reposts_count": 0,
        "comments_count": 0,
        "attitudes_count": 0,
        "visible": {"type": 0, "list_id": 0},
    }
    if post.draft.place:
        found["region_name"] = f"发布于 {post.draft.place}"
    if post.draft.is_pinned:
        found["isTop"] = 1
    if post.draft.has_video:
        found["page_info"] = _video(post)
    if (repost := post.draft.repost) is not None:
        found["retweeted_status"] = status(owners[repost.account], repost, owners)
    return found


def text_of(post: Post) -> str:
    """Return the whole text: the title as Weibo's people write one, then the paragraphs."""
    return f"【{post.title}】" + "\n".join(post.paragraphs)


def picture_urls(post: Post) -> list[str]:
    """Return the addresses of a status's pictures, small ones."""
    count = 0 if post.draft.repost else post.draft.pictures
    return [f"https://wx1.sinaimg.cn/thumbnail/{post.number}-{each + 1}.jpg" for each in range(count)]


def _head(post: Post) -> Json:
    id = {"id": post.number, "idstr": str(post.number), "mid": str(post.number)}
    return {"created_at": post.at.astimezone(BEIJING).strftime(WRITTEN), **id}


def _gone(post: Post) -> Json:
    return _head(post) | {"text": GONE, "deleted": "1"}


def _user(account: WeiboAccount) -> Json:
    return {
        "id": int(account.id),
        "idstr": account.id,
        "screen_name": account.name,
        "name": account.name,
        "location": account.place,
        "profile_url": f"u/{account.id}",
        "verified": True,
        "verified_type": 1,
        "verified_reason": account.name,
    }


def _video(post: Post) -> Json:
    page = f"https://video.weibo.com/show?fid=1034:{post.number}"
    return {
        "type": "video",
        "page_url": page,
        "page_title": post.title,
        "page_pic": {"url": f"https://wx1.sinaimg.cn/large/{post.number}-v.jpg"},
    }
