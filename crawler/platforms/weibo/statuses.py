"""One status of Weibo, read from any of the shapes that its interfaces have in common."""

from dataclasses import dataclass
from datetime import datetime

from crawler.platforms.fields import Object, number, truth, within
from crawler.platforms.weibo.pictures import pictures_of, video_of
from crawler.platforms.weibo.texts import plain
from crawler.platforms.weibo.times import moment_of
from crawler.platforms.weibo.values import id_in, line_in, list_in
from indexer.catalogue.items import Media

DELETED_WORDS = "删除"
PINNED_WORDS, PINNED_TYPE = "置顶", 2
PLACE_CHARS = 80


class NotAStatus(ValueError):
    """A value that is no status: not an object, or without an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A status. id: the field `id`. number: by which its address is made, `idstr` where that differs.

    uid, user: empty where the platform names no author. created_at: aware; None where no year or no time is named:
    then created_at_raw has the words. text: plain, the beginning alone where is_cut; is_long: the platform keeps it in
    two parts. pictures: its own, largest size. reposted: the original, None where nothing of it is told. is_notice: the
    text is the platform's, since the post is deleted or hidden; is_public: everybody may see it.
    """

    id: str
    number: str
    uid: str
    user: str
    created_at: datetime | None
    created_at_raw: str
    text: str
    pictures: tuple[str, ...]
    video: Media | None
    place: str
    is_repost: bool
    reposted: "Status | None"
    is_long: bool
    is_cut: bool
    is_deleted: bool
    is_hidden: bool
    is_public: bool
    is_pinned: bool

    @property
    def is_notice(self) -> bool:
        """Tell whether the text is no content, but the platform's words in its place."""
        return self.is_deleted or self.is_hidden


def read_status(value: object, *, depth: int = 0) -> Status:
    """Return the status. Raises NotAStatus. depth: how many statuses it is reposted by; beyond one none is read."""
    status = within(value)
    id = id_in(status.get("id")) or id_in(status.get("idstr")) or id_in(status.get("mid"))
    if not id:
        raise NotAStatus("no status: it has no id")
    author = within(status.get("user"))
    text, is_whole = _text(status)
    is_long = truth(status.get("isLongText"))
    written = line_in(status.get("created_at"))
    moment = moment_of(written)
    is_deleted = truth(status.get("deleted")) or (not author and DELETED_WORDS in text)
    return Status(
        id=id,
        number=id_in(status.get("idstr")) or id,
        uid=id_in(author.get("idstr")) or id_in(author.get("id")),
        user=line_in(author.get("screen_name")) or line_in(author.get("name")),
        created_at=moment,
        created_at_raw="" if moment else written,
        text=text,
        pictures=pictures_of(status),
        video=video_of(status),
        place=_place(status),
        is_repost=bool(within(status.get("retweeted_status"))),
        reposted=_reposted(status, depth),
        is_long=is_long,
        is_cut=is_long and not is_whole,
        is_deleted=is_deleted,
        is_hidden=not author and not is_deleted,
        is_public=not number(within(status.get("visible")).get("type")),
        is_pinned=_is_pinned(status),
    )


def _text(status: Object) -> tuple[str, bool]:
    """The text, and whether it is a long one's whole, which some answers bring along."""
    whole = line_in(within(status.get("longText")).get("longTextContent"))
    written = whole or line_in(status.get("text_raw")) or line_in(status.get("text"))
    return plain(written), bool(whole)


def _reposted(status: Object, depth: int) -> Status | None:
    original = status.get("retweeted_status")
    if depth or not within(original):
        return None
    try:
        return read_status(original, depth=depth + 1)
    except NotAStatus:
        return None


def _place(status: Object) -> str:
    """The name of the place that the author gave, nothing of coordinates."""
    page = within(status.get("page_info"))
    if line_in(page.get("type")) == "place":
        return plain(line_in(page.get("page_title")))[:PLACE_CHARS]
    notes = (within(within(note).get("place")) for note in list_in(status.get("annotations")))
    return next((plain(title)[:PLACE_CHARS] for note in notes if (title := line_in(note.get("title")))), "")


def _is_pinned(status: Object) -> bool:
    """Whether it stands above newer ones because its author put it there."""
    words = line_in(within(status.get("title")).get("text"))
    return truth(status.get("isTop")) or words == PINNED_WORDS or number(status.get("mblogtype")) == PINNED_TYPE
