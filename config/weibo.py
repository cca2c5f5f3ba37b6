"""How Weibo numbers its accounts and posts, and the addresses that name them.

A post has a number (mid, decimal) and the same number in base 62 (bid), which its address on the web shows: the decimal
digits in groups of seven from the right, each group as four signs (WeiboUtil, captured pages of 2010 to 2024).
"""

import re
from urllib.parse import parse_qsl, urlsplit

HOST = "weibo.com"
HOSTS = frozenset({HOST, "www.weibo.com", "m.weibo.cn", "m.weibo.com", "weibo.cn", "www.weibo.cn", "api.weibo.com"})
SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
GROUP_DIGITS, GROUP_SIGNS = 7, 4
UID = re.compile(r"[1-9]\d{4,11}")
MID = re.compile(r"[1-9]\d{8,18}")
BID = re.compile(r"(?=[a-z]*[0-9A-Z])[0-9A-Za-z]{5,12}")  # not a word of an address: `profile`, `followers`
POST_WORDS = frozenset({"status", "detail", "statuses", "comment", "mblog"})  # /status/NUMBER names no account
ID_NAMES = ("id", "mid", "weibo_id")


def bid_of(mid: str) -> str:
    """Return the number of a post in base 62. Raises ValueError for what is no number."""
    if not mid.isdecimal() or not mid.isascii():
        raise ValueError(f"{mid[:40]!r} is no number of a post")
    groups = [mid[max(0, end - GROUP_DIGITS) : end] for end in range(len(mid), 0, -GROUP_DIGITS)][::-1]
    first, *rest = (_in_base_62(int(group)) for group in groups)
    return "".join([first, *(signs.rjust(GROUP_SIGNS, "0") for signs in rest)]).lstrip("0") or "0"


def mid_of(bid: str) -> str | None:
    """Return the decimal number of a post; None where the text is none in base 62."""
    groups = [bid[max(0, end - GROUP_SIGNS) : end] for end in range(len(bid), 0, -GROUP_SIGNS)][::-1]
    numbers = [_from_base_62(group) for group in groups]
    if not numbers or any(number is None or number >= 10**GROUP_DIGITS for number in numbers):
        return None
    return "".join(f"{number:0{GROUP_DIGITS}d}" for number in numbers).lstrip("0") or None


def post_address(uid: str, mid: str) -> str:
    """Return the one address under which a post is known here. Raises ValueError for what is no number of a post."""
    return f"https://{HOST}/{uid}/{bid_of(mid)}"


def post_of(url: str) -> tuple[str, str] | None:
    """Return (uid, mid) of the post that an address names, whichever form it has; None where it names none.

    uid: empty where the address does not say it.
    """
    try:
        parts = urlsplit(url.replace("&amp;", "&").strip())
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    if host not in HOSTS:
        return None
    match [step for step in parts.path.split("/") if step]:
        case ["2", "statuses", "go"]:
            return _by_query(parts.query)
        case ["statuses", "show"]:
            return _by_query(parts.query)
        case [first, second] if first in POST_WORDS or UID.fullmatch(first):
            mid = _number(second)
            return ("" if first in POST_WORDS else first, mid) if mid else None
    return None


def uid_of(url: str) -> str:
    """Return the number of the account that an address of Weibo names; empty where it names none.

    Of a page of the account (`/u/NUMBER`, `/NUMBER`, `/profile/NUMBER`) and of its posts.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    if host not in HOSTS:
        return ""
    match [step for step in parts.path.split("/") if step]:
        case [("u" | "profile"), number, *_] if UID.fullmatch(number):
            return number
        case [number, *_] if UID.fullmatch(number):
            return number
    return ""


def _by_query(query: str) -> tuple[str, str] | None:
    values = dict(parse_qsl(query))
    mid = next((number for name in ID_NAMES if (number := _number(values.get(name, "")))), None)
    uid = values.get("uid", "")
    return (uid if UID.fullmatch(uid) else "", mid) if mid else None


def _number(written: str) -> str | None:
    if MID.fullmatch(written):
        return written
    return mid_of(written) if BID.fullmatch(written) else None


def _in_base_62(number: int) -> str:
    signs = ""
    while number:
        number, rest = divmod(number, len(SIGNS))
        signs = SIGNS[rest] + signs
    return signs or "0"


def _from_base_62(signs: str) -> int | None:
    number = 0
    for sign in signs:
        place = SIGNS.find(sign)
        if place < 0:
            return None
        number = number * len(SIGNS) + place
    return number
