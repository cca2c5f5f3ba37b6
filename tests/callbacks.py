"""WeChat's side of a callback: what it sends, encrypted and signed, as tests and attacks have it send."""

import secrets
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from indexer.connections.crypto import CallbackKeys, Sealed, seal_message, sign

APPID, ORIGINAL_ID = "wx0123456789abcdef", "gh_0123456789ab"
COMPONENT = "wxfedcba9876543210"
ACCOUNT_KEYS = CallbackKeys(receiver=APPID, token="token-of-the-account", aes_key="aB3" * 14 + "x")
COMPONENT_KEYS = CallbackKeys(receiver=COMPONENT, token="token-of-the-component", aes_key="cD4" * 14 + "y")
ENVELOPE = "<xml><ToUserName><![CDATA[{to}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
EVENT = (
    "<xml><ToUserName><![CDATA[{to}]]></ToUserName><FromUserName><![CDATA[o-reader]]></FromUserName>"
    "<CreateTime>{at}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{event}]]></Event>{more}</xml>"
)
NOTICE = "<xml><AppId>{component}</AppId><CreateTime>{at}</CreateTime><InfoType>{kind}</InfoType>{more}</xml>"


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request to a callback address. query: with its question mark."""

    query: str
    body: bytes


def call(keys: CallbackKeys, text: str, *, at: float | None = None, **changed: str) -> Call:
    """Return what the platform sends; at: seconds since 1970. changed: fields of the query that are altered then."""
    timestamp, nonce = str(int(time.time() if at is None else at)), str(secrets.randbelow(10**10))
    sealed = seal_message(keys, text, random=secrets.token_bytes(16), timestamp=timestamp, nonce=nonce)
    return call_of(sealed, plain=sign(keys.token, timestamp, nonce), **changed)


def call_of(sealed: Sealed, *, plain: str = "", **changed: str) -> Call:
    """Return the request of a message that is sealed; plain: the signature that covers no body."""
    asked = {
        "signature": plain,
        "timestamp": sealed.timestamp,
        "nonce": sealed.nonce,
        "openid": "o-reader",
        "encrypt_type": "aes",
        "msg_signature": sealed.signature,
    }
    body = ENVELOPE.format(to=ORIGINAL_ID, encrypted=sealed.encrypted)
    return Call(query="?" + urlencode(asked | changed), body=body.encode())


def address_check(keys: CallbackKeys, echo: str, *, at: float | None = None, **changed: str) -> str:
    """Return the query by which the platform tries an address that was entered there."""
    timestamp, nonce = str(int(time.time() if at is None else at)), str(secrets.randbelow(10**10))
    signature = sign(keys.token, timestamp, nonce)
    asked = {"signature": signature, "echostr": echo, "timestamp": timestamp, "nonce": nonce}
    return "?" + urlencode(asked | changed)


def published(
    *urls: str, publish: str = "100", status: int = 0, article: str = "", to: str = ORIGINAL_ID, at: int = 1790000000
) -> str:
    """Return the event of a publication that ended."""
    items = "".join(
        f"<item><idx>{number}</idx><article_url><![CDATA[{url}]]></article_url></item>"
        for number, url in enumerate(urls, 1)
    )
    detail = f"<article_detail><count>{len(urls)}</count>{items}</article_detail>" if urls else ""
    info = f"<publish_id>{publish}</publish_id><publish_status>{status}</publish_status>"
    info += f"<article_id><![CDATA[{article}]]></article_id>" if article else ""
    more = f"<PublishEventInfo>{info}{detail}</PublishEventInfo>"
    return EVENT.format(to=to, at=at, event="PUBLISHJOBFINISH", more=more)


def mass_sent(*urls: str, message: str = "200", status: str = "send success", to: str = ORIGINAL_ID) -> str:
    """Return the event of a mass send that ended."""
    items = "".join(
        f"<item><ArticleIdx>{number}</ArticleIdx><ArticleUrl><![CDATA[{url}]]></ArticleUrl></item>"
        for number, url in enumerate(urls, 1)
    )
    listed = f"<ArticleUrlResult><Count>{len(urls)}</Count><ResultList>{items}</ResultList></ArticleUrlResult>"
    more = f"<MsgID>{message}</MsgID><Status><![CDATA[{status}]]></Status>{listed if urls else ''}"
    return EVENT.format(to=to, at=1790000000, event="MASSSENDJOBFINISH", more=more)


def notice(kind: str, *, at: int = 1790000000, component: str = COMPONENT, **fields: str) -> str:
    """Return a notice of the component."""
    more = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
    return NOTICE.format(component=component, at=at, kind=kind, more=more)


def ticket(value: str, *, at: int = 1790000000) -> str:
    """Return the notice that brings a ticket."""
    return notice("component_verify_ticket", at=at, ComponentVerifyTicket=value)
