"""Read the place of an event as its text says it: the hall, the park, the street."""

import re
from dataclasses import dataclass

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

READ_CHARS = 4000
MOST_SITES = 3
MOST_CHARS = 40  # of a place's words

_LINE = re.compile(rf"(?:地\s*点|地\s*址)[^\n：:]{{0,4}}[：:]\s*(?P<site>[^\n。；;]{{2,{MOST_CHARS}}})")
_HELD = re.compile(
    r"(?<![存现内正自所潜])(?:在|来到|走进)(?P<site>[^，。；！？\n“”、]{2,24}?)(?:内|里)?(?:隆重|正式|顺利|成功|如期)?"
    r"(?:举行|举办|开幕|开课|开讲|启动|展出|开放|召开|集合|上演|落幕|开门|坐诊)"
)
_ONLINE = re.compile(r"^(?:线上|腾讯会议|网络|直播间|微信|小程序|公众号|官网|各平台|平台)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where it takes place, in the text's words. start, end: their characters in the text, end excluded."""

    words: str
    start: int
    end: int


def sites(text: str) -> tuple[Site, ...]:
    """Return the places of the event: those on lines `地点：`, else those where something is said to be held. Pure.

    What takes place on the net alone has none.
    """
    for pattern in (_LINE, _HELD):
        found = []
        for match in pattern.finditer(text[:READ_CHARS]):
            words = match["site"].rstrip(" ，,、")
            if len(words) > 1 and not _ONLINE.search(words):
                found.append(Site(words=words, start=match.start("site"), end=match.start("site") + len(words)))
        if found:
            return tuple(found[:MOST_SITES])
    return ()
