"""A post of Weibo as a piece of the catalogue: with a title of its own, credit to whom it reposts, and one address."""

import html
from collections.abc import Iterable, Iterator, Sequence

from config.weibo import post_address
from crawler.extract.clean import clean
from crawler.platforms.weibo.statuses import Status
from crawler.platforms.weibo.texts import LINK, own_words, title_of_post, without_cut
from indexer.base.text import storable
from indexer.base.times import BEIJING, Published
from indexer.catalogue.items import TITLE_CHARS, Candidate, ItemKind, Media, MediaKind
from indexer.whitelist.records import Channel

VIDEO_TEXT_CHARS = 120  # a post with a video and less text than this is a video
ORIGINAL_GONE = "（转发的原微博已删除或不可见）"


def is_content(status: Status) -> bool:
    """Tell whether a status is a post that everybody may see: not deleted, not hidden, of a named author."""
    return bool(status.uid) and status.is_public and not status.is_notice


def in_order(statuses: Iterable[Status]) -> Sequence[Status]:
    """Return the posts that are content, each once, the newest first: one that is pinned stands where it belongs."""
    found = {status.number: status for status in statuses if is_content(status)}
    return sorted(found.values(), key=lambda status: int(status.number), reverse=True)


def address_of(status: Status) -> str:
    """Return the one address under which the post is known."""
    return post_address(status.uid, status.number)


def candidate_of(channel: Channel, status: Status, *, kind: ItemKind | None = None) -> Candidate:
    """Return the candidate of a post that is content. kind: what the channel's items all are; None: told by the post.

    Of a repost it holds the words of its own author and who is reposted; words and pictures of the original are theirs.
    """
    said = own_words(status.text) if status.is_repost else status.text
    text = storable("\n".join(line for line in (without_cut(said), *_beside(status)) if line))
    url = address_of(status)
    return Candidate(
        channel=channel.id,
        url=url,
        title=storable(_title(status, said))[:TITLE_CHARS],
        text=text,
        html=clean("".join(_written(text, status)), url),
        account=storable(status.user),
        published=Published(at=status.created_at) if status.created_at else None,
        kind=kind or (ItemKind.VIDEO if status.video and len(text) < VIDEO_TEXT_CHARS else ItemKind.ARTICLE),
        media=_media(status),
    )


def _title(status: Status, said: str) -> str:
    """The title that the words begin with; where they hold none, what the post is and of which day. Never empty."""
    if title := title_of_post(said):
        return title
    if status.is_repost:
        of = f" @{status.reposted.user} " if status.reposted and status.reposted.user else ""
        return f"转发{of}的微博" if of else "转发的微博"
    if status.video and status.video.title:
        return status.video.title
    what = "视频微博" if status.video else "图片微博" if status.pictures else "微博"
    day = f"（{status.created_at.astimezone(BEIJING):%Y-%m-%d}）" if status.created_at else ""
    return f"{status.user}{what}{day}"


def _beside(status: Status) -> Iterator[str]:
    """What the record of the post says and its words may not: the place, and who is reposted."""
    if status.place and status.place not in status.text:
        yield f"地点：{status.place}"
    if not status.is_repost:
        return
    original = status.reposted
    if original is None or not is_content(original):
        yield ORIGINAL_GONE
    else:
        yield f"转自：{original.user}（微博）{address_of(original)}"


def _media(status: Status) -> tuple[Media, ...]:
    """Video and pictures of the post. A repost has none of its own but those that its author added."""
    videos = (status.video,) if status.video and status.video.url else ()
    return (*videos, *(Media(kind=MediaKind.IMAGE, url=url) for url in status.pictures))


def _written(text: str, status: Status) -> Iterator[str]:
    for line in text.splitlines():
        yield f"<p>{_linked(line)}</p>"
    if status.video and status.video.url:
        yield f'<p><video src="{html.escape(status.video.url)}"></video></p>'
    for url in status.pictures:
        yield f'<p><img src="{html.escape(url)}"></p>'


def _linked(line: str) -> str:
    place, pieces = 0, list[str]()
    for link in LINK.finditer(line):
        address = html.escape(link[0])
        pieces += [html.escape(line[place : link.start()]), f'<a href="{address}">{address}</a>']
        place = link.end()
    return "".join([*pieces, html.escape(line[place:])])
