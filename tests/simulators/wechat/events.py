"""What the platform tells of an account or a component, as XML (WeChat docs, read 2026-11)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from tests.simulators.wechat.addresses import article_id, article_url
from tests.simulators.world.accounts import WechatAccount
from tests.simulators.world.posts import Post

SENDER = "oSimulatorOfTheCampaign00001"


def published(account: WechatAccount, message: Sequence[Post], *, at: datetime, with_urls: bool = True) -> str:
    """Return PUBLISHJOBFINISH: a message was published without telling anybody."""
    items = "".join(
        f"<item><idx>{post.idx}</idx><article_url><![CDATA[{article_url(account, post)}]]></article_url></item>"
        for post in message
    )
    detail = f"<article_detail><count>{len(message)}</count>{items}</article_detail>" if with_urls else ""
    info = (
        f"<PublishEventInfo><publish_id>{message[0].number}</publish_id><publish_status>0</publish_status>"
        f"<article_id><![CDATA[{article_id(message[0])}]]></article_id>{detail}</PublishEventInfo>"
    )
    return _event(account, "PUBLISHJOBFINISH", at, info)


def mass_sent(account: WechatAccount, message: Sequence[Post], *, at: datetime, with_urls: bool = True) -> str:
    """Return MASSSENDJOBFINISH: a message was sent to readers."""
    urls = [(post.idx, article_url(account, post)) for post in message if with_urls]
    items = "".join(
        f"<item><ArticleIdx>{idx}</ArticleIdx><ArticleUrl><![CDATA[{url}]]></ArticleUrl></item>" for idx, url in urls
    )
    count = len(message) if with_urls else 0
    counts = "<TotalCount>100</TotalCount><FilterCount>100</FilterCount><SentCount>100</SentCount>"
    checked = "<CopyrightCheckResult><Count>0</Count><ResultList></ResultList><CheckState>1</CheckState>"
    info = (
        f"<MsgID>{message[0].number}</MsgID><Status><![CDATA[send success]]></Status>{counts}<ErrorCount>0</ErrorCount>"
        f"{checked}</CopyrightCheckResult>"
        f"<ArticleUrlResult><Count>{count}</Count><ResultList>{items}</ResultList></ArticleUrlResult>"
    )
    return _event(account, "MASSSENDJOBFINISH", at, info)


def component(appid: str, kind: str, *, at: datetime, **fields: str) -> str:
    """Return what a component is told: InfoType, and the fields beside it."""
    rest = "".join(f"<{name}><![CDATA[{escape(value)}]]></{name}>" for name, value in fields.items())
    head = f"<AppId><![CDATA[{appid}]]></AppId><CreateTime>{int(at.timestamp())}</CreateTime>"
    return f"<xml>{head}<InfoType><![CDATA[{kind}]]></InfoType>{rest}</xml>"


def envelope(encrypted: str, heads: Mapping[str, str]) -> str:
    """Return what is sent: the encrypted text, and to whom it goes."""
    rest = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in heads.items())
    return f"<xml>{rest}<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"


def _event(account: WechatAccount, kind: str, at: datetime, info: str) -> str:
    head = (
        f"<ToUserName><![CDATA[{account.original_id}]]></ToUserName><FromUserName><![CDATA[{SENDER}]]></FromUserName>"
        f"<CreateTime>{int(at.timestamp())}</CreateTime><MsgType><![CDATA[event]]></MsgType>"
    )
    return f"<xml>{head}<Event><![CDATA[{kind}]]></Event>{info}</xml>"
