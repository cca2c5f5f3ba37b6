"""One status of Weibo, read from any of the shapes that its interfaces have in common."""

from dataclasses import dataclass
from datetime import datetime

from crawler.platforms.weibo.pictures import pictures_of, video_of
from crawler.platforms.weibo.texts import plain
from crawler.platforms.weibo.times import moment_of
from crawler.platforms.weibo.values import Json, flag_in, id_in, list_in, number_in, object_in, text_in
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
    status = object_in(value)
    id = id_in(status.get("id")) or id_in(status.get("idstr")) or id_in(status.get("mid"))
    if not id:
        raise NotAStatus("no status: it has no id")
    author = object_in(status.get("user"))
    text, is_whole = _text(status)
    is_long = flag_in(status.get("isLongText"))
    written = text_in(status.get("created_at"))
    moment = moment_of(written)
    is_deleted = flag_in(status.get("deleted")) or (not author and DELETED_WORDS in text)
    return Status(
        id=id,
        number=id_in(status.get("idstr")) or id,
        uid=id_in(author.get("idstr")) or id_in(author.get("id")),
        user=text_in(author.get("screen_name")) or text_in(author.get("name")),
        created_at=moment,
        created_at_raw="" if moment else written,
        text=text,
        pictures=pictures_of(status),
        video=video_of(status),
        place=_place(status),
        is_repost=bool(object_in(status.get("retweeted_status"))),
        reposted=_reposted(status, depth),
        is_long=is_long,
        is_cut=is_long and not is_whole,
        is_deleted=is_deleted,
        is_hidden=not author and not is_deleted,
        is_public=not number_in(object_in(status.get("visible")).get("type")),
        is_pinned=_is_pinned(status),
    )


def _text(status: Json) -> tuple[str, bool]:
    """The text, and whether it is a long one's whole, which some answers bring along."""
    whole = text_in(object_in(status.get("longText")).get("longTextContent"))
    written = whole or text_in(status.get("text_raw")) or text_in(status.get("text"))
    return plain(written), bool(whole)


def _reposted(status: Json, depth: int) -> Status | None:
    original = status.get("retweeted_status")
    if depth or not object_in(original):
        return None
    try:
        return read_status(original, depth=depth + 1)
    except NotAStatus:
        return None


def _place(status: Json) -> str:
    """The name of the place that the author gave, nothing of coordinates."""
    page = object_in(status.get("page_info"))
    if text_in(page.get("type")) == "place":
        return plain(text_in(page.get("page_title")))[:PLACE_CHARS]
    notes = (object_in(object_in(note).get("place")) for note in list_in(status.get("annotations")))
    return next((plain(title)[:PLACE_CHARS] for note in notes if (title := text_in(note.get("title")))), "")


def _is_pinned(status: Json) -> bool:
    """Whether it stands above newer ones because its author put it there."""
    words = text_in(object_in(status.get("title")).get("text"))
    return flag_in(status.get("isTop")) or words == PINNED_WORDS or number_in(status.get("mblogtype")) == PINNED_TYPE
