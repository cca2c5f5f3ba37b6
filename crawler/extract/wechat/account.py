"""Find the account of a WeChat page: its biz number and its original id, as the page's scripts name them.

Facts: captured pages of 2019 to 2026: `var biz = "" || "MjM5…=="`, `window.biz = ''||'…'`, `biz: "…"`, and
`user_name: JsDecode('gh_…')`. What an article's own text says counts for nothing.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from config.wechat import biz_number
from crawler.extract.charset import decode

SCRIPTS = 400  # looked at, of one page; real ones have about 100
BIZ = re.compile(
    r"""(?<![\w$.-])(?:window\.)?(?:__)?biz["']?\s{0,20}[:=]\s{0,20}((?:(?:"[\w+/=]{0,64}"|'[\w+/=]{0,64}')[\s|]{0,20}){1,4})"""
)
QUOTED = re.compile(r"""["']([\w+/=]+)["']""")
# Names in the order of trust: articles carry a stranger's `user_name: 'gh_…'` (WeChat's own helper) beside their own.
USER_NAMES = tuple(
    re.compile(rf"""(?<![\w$.-]){name}\s{{0,20}}[:=]\s{{0,20}}(?:JsDecode\()?["'](gh_\w{{4,60}})["']""")
    for name in (r"var\s{1,9}user_name", "selfUserName", r"user_name(?=[\s:=]{1,20}JsDecode)", r"""user_name["']?""")
)


def read_identity(body: bytes, *, content_type: str | None = None) -> tuple[str, str]:
    """Return the account's biz number (decimal digits) and original id (`gh_…`), each empty where the page has none."""
    biz, named = "", [""] * len(USER_NAMES)
    for script in islice(_scripts(decode(body, content_type)), SCRIPTS):
        biz = biz or _biz(script)
        for place, pattern in enumerate(USER_NAMES):
            if not named[place] and (found := pattern.search(script)):
                named[place] = found[1]
    return biz, next(filter(None, named), "")


def biz_of_address(url: str) -> str:
    """Return the biz number that an article's long address names; empty for a short one."""
    return biz_number(parse_qs(urlsplit(url).query).get("__biz", [""])[0]) or ""


def _biz(script: str) -> str:
    for found in BIZ.finditer(script):
        for quoted in QUOTED.finditer(found[1]):
            if number := biz_number(quoted[1]):
                return number
    return ""


def _scripts(text: str) -> Iterator[str]:
    """What stands in script elements, found from end to end in one pass."""
    place, lower = 0, text.lower()
    while (start := lower.find("<script", place)) >= 0:
        end = lower.find("</script", start)
        yield text[start : end if end >= 0 else len(text)]
        if end < 0:
            return
        place = end + 1
