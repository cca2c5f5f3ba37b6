"""Kinds of ids, new ids, canonical keys of addresses, content hashes."""

import hashlib
from base64 import b32hexencode
from collections.abc import Iterable
from typing import NewType
from urllib.parse import parse_qsl, urlencode, urlsplit

from ulid import ULID
from w3lib.url import canonicalize_url

from config import weibo
from config.wechat import biz_number

UnitId = NewType("UnitId", str)
ChannelId = NewType("ChannelId", str)
ItemId = NewType("ItemId", str)
ClusterId = NewType("ClusterId", str)

# Crockford's base 32 (no i, l, o, u) in place of RFC 4648's, digit for digit.
CROCKFORD = str.maketrans("ijklmnopqrstuv", "jkmnpqrstvwxyz")
WECHAT_HOST = "mp.weixin.qq.com"
WECHAT_ARTICLE = ("__biz", "mid", "idx", "sn")
KEY_BYTES = 2048
TRACKING = frozenset({"spm", "from", "isappinstalled", "scene", "share_token", "gclid", "fbclid"})


def new_id() -> str:
    """Return 26 characters of opaque text (a ULID); later ids sort after earlier ones, in one process always.

    Aligned as the 20 characters of before were, so that these sort before them.
    """
    return b32hexencode(ULID().bytes).rstrip(b"=").lower().decode("ascii").translate(CROCKFORD)


def canonical_key(url: str) -> str:
    """Return the key under which one article is one item, whatever address it was reached by.

    WeChat: `/s/<id>` without its query; `/s?…` by the decoded biz number, mid, idx and sn (RSSHub's rule, ACCESS.md).
    Weibo: by the number of the post, whichever of its addresses and writings names it (config/weibo.py).
    Elsewhere: no scheme, host in lower case, sorted query without tracking parameters, no fragment.
    """
    parts = urlsplit(url.replace("&amp;", "&").strip())
    host = (parts.hostname or "").lower().rstrip(".")
    if host == WECHAT_HOST and (key := _wechat_key(parts.path, parts.query)):
        return _indexable(key)
    if host in weibo.HOSTS and (post := weibo.post_of(url)):
        return f"weibo/{post[1]}"
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(k)]
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    plain = canonicalize_url(f"http://{host}{port}{parts.path or '/'}?{urlencode(query)}")
    return _indexable(plain.removeprefix("http://").removesuffix("?"))


def content_hash(*, title: str, text: str, media: Iterable[str]) -> str:
    """Return the SHA-256 (64 hex digits) of what a reader would notice; white space does not count."""
    digest = hashlib.sha256()
    for part in (title, text, *media):
        digest.update("".join(part.split()).encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _indexable(key: str) -> str:
    """The key, of a longer one its beginning and its hash: an index of PostgreSQL takes at most 2,704 bytes."""
    raw = key.encode("utf-8", "surrogatepass")
    if len(raw) <= KEY_BYTES:
        return key
    return f"{raw[: KEY_BYTES // 2].decode('utf-8', 'ignore')}#{hashlib.sha256(raw).hexdigest()}"


def _is_tracking(name: str) -> bool:
    return name.lower() in TRACKING or name.lower().startswith("utm_")


def _wechat_key(path: str, query: str) -> str | None:
    if path.startswith("/s/") and len(path) > len("/s/"):
        return f"wechat/s/{path.removeprefix('/s/').strip('/')}"
    values = dict(parse_qsl(query))
    if path != "/s" or not all(name in values for name in WECHAT_ARTICLE):
        return None
    biz, mid, idx, sn = (values[name] for name in WECHAT_ARTICLE)
    return f"wechat/{biz_number(biz) or biz}/{mid}/{idx}/{sn}"
