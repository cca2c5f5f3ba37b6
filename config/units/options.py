"""Options of a channel: a typed model for each kind of source, so that a wrong option is refused where it is written.

A source names its model (crawler/sources); whitelist files, imports and the desk's page read it here.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationError

from config.files.faults import Strict, fault, words
from config.weibo import UID
from config.words import ItemKind

# Keys in the recorded options of a channel: `parent` where its host is a parent body's …
BELONGS_TO = "belongs_to"
# … and, of a WeChat channel, the account that it is. biz: decimal digits.
ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME = "account_biz", "account_original_id", "account_name"
ACCOUNT = (ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME)
KEPT_BESIDE = (BELONGS_TO, *ACCOUNT)  # what the recorded options hold besides the source's own


def _selector(written: str) -> str:
    import soupsieve  # brings beautifulsoup4: 0.1 s of every start, for a check that few commands make

    try:
        soupsieve.compile(written)
    except soupsieve.SelectorSyntaxError as error:
        why = str(error).partition("\n")[0]
        do = "Write one, as `ul.list a` or `li:has(time)`."
        raise fault(f"`{written[:80]}` is no CSS selector: {why}", do) from error
    return written


def _count(written: object) -> object:
    if not (str(written).isdecimal() and int(str(written)) > 0):
        raise fault(f"`{str(written)[:20]}` is no count", "Write a whole number, as 3.")
    return written


def _path(written: str) -> str:
    if not PATH.fullmatch(written):
        raise fault(f"`{written[:80]}` is no path", "Write names joined by dots, as `data.list`.")
    return written


def _address(written: str) -> str:
    paths = HOLE.findall(written) if "{" in written or "}" in written else [written]
    left = HOLE.sub("", written)
    if not paths or ("{" in written and ("{" in left or "}" in left)) or not all(map(PATH.fullmatch, paths)):
        do = "Write names joined by dots, as `link`, or an address with such in braces, as `/a/{id}.html`."
        raise fault(f"`{written[:80]}` is no path and no address with paths", do)
    return written


def _uid(written: str) -> str:
    if not UID.fullmatch(written):
        raise fault(f"`{written[:40]}` is no number of a Weibo account", "Copy it from https://weibo.com/u/NUMBER.")
    return written


PATH = re.compile(r"[^\s./{}\[\]]+(?:\.[^\s./{}\[\]]+)*")
HOLE = re.compile(r"\{([^{}]*)\}")
Path = Annotated[str, StringConstraints(max_length=200), AfterValidator(_path)]
Address = Annotated[str, StringConstraints(max_length=500), AfterValidator(_address)]
Selector = Annotated[str, StringConstraints(max_length=500), AfterValidator(_selector)]
Uid = Annotated[str, AfterValidator(_uid)]
Count = Annotated[int, BeforeValidator(_count), Field(le=1000)]


class SourceOptions(Strict):
    """The options of one kind of source; those that a channel leaves out have their defaults."""


class ItemOptions(SourceOptions):
    """Options of every source whose items may all be of one kind."""

    item_kind: ItemKind | None = Field(None, description="all items are of this kind; else videos are told by content")


class SiteOptions(ItemOptions):
    """Options of `site`."""

    list: Selector | None = Field(None, description="CSS selector of the links, or of what holds them")
    title: Selector | None = Field(None, description="CSS selector of the title within a row")
    date: Selector | None = Field(None, description="CSS selector of the day within a row")
    next: Selector | None = Field(None, description="CSS selector of the link to the next page")
    pages: Count = Field(3, description="how many list pages at most")


class FeedOptions(ItemOptions):
    """Options of `feed`."""


class SitemapOptions(ItemOptions):
    """Options of `sitemap`."""

    most: Count = Field(200, description="how many pages of each sitemap at most, the newest first")


class JsonListOptions(ItemOptions):
    """Options of `json_list`. A path is names joined by dots, as `data.list`; a number counts in a list from 0."""

    items: Path | None = Field(None, description="path of the list; left out where the whole answer is one")
    url: Address = Field("url", description="path of an item's address, or one with paths in it: `/a/{id}.html`")
    title: Path = Field("title", description="path of an item's title")
    date: Path | None = Field(None, description="path of an item's day of publication")
    next: Path | None = Field(None, description="path of the next page's address")
    pages: Count = Field(3, description="how many pages at most")


class WechatPageOptions(ItemOptions):
    """Options of `wechat_page`."""


class WechatApiOptions(ItemOptions):
    """Options of `wechat_api`."""

    pages: Count = Field(5, description="how many pages of 20 publications at most, while they hold news")


class WechatAlbumOptions(ItemOptions):
    """Options of `wechat_album`."""

    pages: Count = Field(3, description="how many pages of 20 articles at most")


class WeiboOptions(ItemOptions):
    """Options of `weibo`."""

    uid: Uid | None = Field(None, description="number of the account, where the channel's address does not name it")
    pages: Count = Field(3, description="how many pages of 100 posts at most, while they hold nothing but news")


class BridgeOptions(ItemOptions):
    """Options of `bridge`."""

    uid: Uid | None = Field(None, description="of a Weibo channel the number of the account")
    stale_days: Count = Field(7, description="days without a newer entry after which the bridge is said to stand still")


OPTIONS: Mapping[str, type[SourceOptions]] = MappingProxyType(
    {
        "site": SiteOptions,
        "feed": FeedOptions,
        "sitemap": SitemapOptions,
        "json_list": JsonListOptions,
        "wechat_page": WechatPageOptions,
        "wechat_api": WechatApiOptions,
        "wechat_album": WechatAlbumOptions,
        "weibo": WeiboOptions,
        "bridge": BridgeOptions,
    }
)


def own_options(recorded: Mapping[str, str]) -> dict[str, str]:
    """Return the options of the source alone, of those that a channel's record holds."""
    return {name: value for name, value in recorded.items() if name not in KEPT_BESIDE}


def option_faults(source: str | None, written: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """Return (option, what is wrong, what to do) of each option that the source cannot use as it is written.

    source: None where a file leaves it as recorded: then what any kind takes is right, and an import, which knows the
    kind, asks again. Of an unknown kind nothing is said.
    """
    if source is not None:
        return _faults(OPTIONS[source], written) if source in OPTIONS else []
    return min((_faults(model, written) for model in OPTIONS.values()), key=len)


def kept_options(source: str | None, recorded: Mapping[str, str]) -> dict[str, str]:
    """Return the recorded options without those that this kind of source does not take: they were another's."""
    model = OPTIONS.get(source or "")
    return {
        name: value
        for name, value in recorded.items()
        if model is None or name in KEPT_BESIDE or name in model.model_fields
    }


def _faults(model: type[SourceOptions], written: Mapping[str, object]) -> list[tuple[str, str, str]]:
    try:
        model.model_validate(dict(written))
    except ValidationError as error:
        known = tuple(model.model_fields)
        return [(str(entry["loc"][0]), *words(entry, known=known)) for entry in error.errors(include_url=False)]
    return []
