"""Articles that a WeChat account put into an album (合集) of its own (path A4, opt-in), each read by its own page."""

from collections.abc import Iterator

from config.units.options import WechatAlbumOptions
from crawler.exchange import Answer, Ask, Found, Note, Unreadable
from crawler.extract.page import read_page
from crawler.extract.state import PageState
from crawler.platforms.fields import NotAnAnswer
from crawler.platforms.troubles import refused_by, trouble_in
from crawler.platforms.wechat.albums import HOST, Album, AlbumWithheld, album_page, is_album, read_album
from crawler.reading.articles import article_ask
from crawler.reading.lists import ListSource, further
from indexer.base.times import BEIJING, Published
from indexer.catalogue.items import TITLE_CHARS, Proof
from indexer.catalogue.platform_words import PlatformCase
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel

REMEDY = "请登记合集页的网址：https://mp.weixin.qq.com/mp/appmsgalbum?__biz=…&action=getalbum&album_id=…"


class WechatAlbum(ListSource[WechatAlbumOptions]):
    """The newest pages of the album at the channel's address; whose an article is, its own page says."""

    kind = "wechat_album"
    options = WechatAlbumOptions
    hosts = frozenset({HOST})
    proof = Proof.ACCOUNT

    def start(self, channel: Channel, options: WechatAlbumOptions) -> Iterator[Ask]:
        """The first page of the album, as JSON."""
        address = channel.address or ""
        yield Ask(url=album_page(address) if is_album(address) else address)

    def read_list(self, channel: Channel, options: WechatAlbumOptions, answer: Answer) -> Iterator[Found]:
        """The album's articles, then its next page. Raises Unreadable."""
        album = _read(channel, answer)
        yield Note(why=f"合集的这一页有 {len(album.articles)} 篇文章")
        for one in album.articles:
            if is_inside(channel, one.url):
                day = Published(at=one.published.astimezone(BEIJING)) if one.published else None
                yield article_ask(one.url, title=one.title[:TITLE_CHARS], day=day)
        yield from further(channel, answer, pages=options.pages, target=lambda: _next(album, answer.url))


def _read(channel: Channel, answer: Answer) -> Album:
    try:
        album = read_album(answer.body)
    except AlbumWithheld as error:
        raise refused_by(channel, trouble_in(PlatformCase.CAPTCHA)) from error
    except NotAnAnswer as error:
        if read_page(answer.body, url=answer.url).state is PageState.CAPTCHA:
            raise refused_by(channel, trouble_in(PlatformCase.CAPTCHA)) from error
        raise Unreadable(channel, "登记的网址回答的不是合集的文章列表", do=REMEDY) from error
    if not album.articles:
        raise Unreadable(channel, "合集里没有文章", do="请确认合集没有删除、里面有文章；" + REMEDY)
    return album


def _next(album: Album, url: str) -> str | None:
    return album_page(url, after=album.articles[-1]) if album.is_more else None


SOURCE = WechatAlbum()
