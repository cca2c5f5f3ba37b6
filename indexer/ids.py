"""New ids, canonical keys of addresses, content hashes."""

import hashlib
import secrets
import time
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from w3lib.url import canonicalize_url

from config.wechat import biz_number

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
WECHAT_HOST = "mp.weixin.qq.com"
WECHAT_ARTICLE = ("__biz", "mid", "idx", "sn")
TRACKING = frozenset({"spm", "from", "isappinstalled", "scene", "share_token", "gclid", "fbclid"})


def new_id() -> str:
    """Return 20 characters of opaque text; later ids sort after earlier ones (48 bits of milliseconds, 52 random)."""
    number = (int(time.time() * 1000) << 52) | secrets.randbits(52)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(95, -1, -5))


def canonical_key(url: str) -> str:
    """Return the key under which one article is one item, whatever address it was reached by.

    WeChat: `/s/<id>` without its query; `/s?…` by the decoded biz number, mid, idx and sn (RSSHub's rule, ACCESS.md).
    Elsewhere: no scheme, host in lower case, sorted query without tracking parameters, no fragment.
    """
    parts = urlsplit(url.replace("&amp;", "&").strip())
    host = (parts.hostname or "").lower()
    if host == WECHAT_HOST and (key := _wechat_key(parts.path, parts.query)):
        return key
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(k)]
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    plain = canonicalize_url(f"http://{host}{port}{parts.path or '/'}?{urlencode(query)}")
    return plain.removeprefix("http://").removesuffix("?")


def content_hash(*, title: str, text: str, media: Iterable[str]) -> str:
    """Return the SHA-256 (64 hex digits) of what a reader would notice; white space does not count."""
    digest = hashlib.sha256()
    for part in (title, text, *media):
        digest.update("".join(part.split()).encode())
        digest.update(b"\0")
    return digest.hexdigest()


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
