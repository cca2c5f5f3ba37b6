"""Find the sources that a piece itself credits: 来源：北京日报, （转自“示例馆”）, 原载《科普时报》."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from indexer.base.text import letters

UNNAMED = "转载"  # the piece says that it is a repost, and not of whom
# Credits stand where an article begins or ends; a line in between speaks of something else.
EDGE_CHARS, TITLE_CHARS, MOST_CREDITS = 800, 200, 10
NAME = r"(?P<name>[^\n，,。；;！!？?（）()【】\[\]|｜丨︱<>]{2,60})"
BEGIN = r"(?:^|[（(【\[|｜丨︱\s])[ \t　]*"
LABELLED = re.compile(
    rf"{BEGIN}(?:文章|本文|稿件|内容|信息|文字|新闻|原文|资讯)?(?:来[ 　]?源|出处|稿源)"
    rf"[ \t　]?[:：|｜丨︱/／][ \t　]*\n?[ \t　]*{NAME}",
    re.MULTILINE,
)
REPOSTED = re.compile(
    rf"{BEGIN}(?:本文|文章|内容|全文)?(?:系)?"
    rf"(?:转载自|转自|转发自|转载于|摘编自|摘自|选自|节选自|编译自|原载于?|原刊于?|首发于|(?:转载|转发)(?=[ 　]?[:：]))"
    rf"[ \t　]?[:：|｜丨︱]?[ \t　]*{NAME}",
    re.MULTILINE,
)
TITLE = re.compile(r"^\s*(?:[【\[（(〔]\s*(?:转载|转发|转)\s*[】\]）)〕]|(?:转载|转发|转)\s*[:：|｜丨])")
QUOTED = re.compile(r"[《「『“\"](?P<name>[^》」』”\"\n]{2,40})[》」』”\"]")
# What follows the name in the same line.
AFTER = re.compile(
    r"(?:\s{2,}|[\s　](?=作者|记者|编辑|责编|责任|时间|日期|发布|浏览|阅读|撰文|图|审核)|\s*\d{4}[-年./]).*$"
)
BETWEEN = re.compile(r"[、/／&＆+＋]|\s+(?:和|与)\s*|\s+")
INSTRUCTION = re.compile(r"^(?:请|须|需|注明|时|必须|应|联系|授权|务必)")
OURSELVES = re.compile(
    r"^(?:本[站网馆刊报号会院所校园台社区局司]|我[们馆会院所校园局]|本单位|本中心|本公众号|原创|自编|自撰|作者原创)"
)
OUTLET = re.compile(r"(?:官方|官网|网站|网|微信|公众号|公众平台|微博|视频号|客户端|订阅号|服务号|融媒体|新媒体|号)+$")
DEPARTMENT = re.compile(r"^.{0,8}(?:部|处|室|组|科|团队|小编|供稿|整理|综合|原创)$")
ORGANISATION = re.compile(
    r"(?:[日晚时周学早]报|报|网|社|刊|杂志|新闻|[视电]台|馆|[物乐林湿]园|局|委|协会|学会|科协|基金会|中心|委员会|"
    r"大学|学院|研究[所院]|医院|公司|集团|公众号|发布|平台|客户端)$"
)


def credited(*, title: str, text: str) -> tuple[str, ...]:
    """Return the sources that a piece names as its own, as written; `转载` where it says so and names none. Pure."""
    edges = text if len(text) <= 2 * EDGE_CHARS else f"{text[:EDGE_CHARS]}\n{text[-EDGE_CHARS:]}"
    found = list(dict.fromkeys(_named(unicodedata.normalize("NFC", edges))))[:MOST_CREDITS]
    if not found and TITLE.match(title[:TITLE_CHARS]):
        return (UNNAMED,)
    return tuple(found)


def credits_another(credits: Iterable[str], *, own: Iterable[str]) -> bool:
    """Tell whether one of the credits is of somebody else. own: all names of the unit and of its channels."""
    ours = {name for one in own if (name := _plain(one))}
    return any(not _is_ours(credit, ours) for credit in credits)


def is_organisation(name: str) -> bool:
    """Tell whether a name is one of a body or an outlet, and not of a person or a department."""
    return bool(ORGANISATION.search(name.strip()))


def _named(text: str) -> Iterator[str]:
    for pattern in (LABELLED, REPOSTED):
        for match in pattern.finditer(text):
            quoted = QUOTED.match(match["name"].strip())
            name = quoted["name"] if quoted else AFTER.sub("", match["name"].strip()).strip(" 　:：“”\"'《》")
            if len(name) > 1 and not INSTRUCTION.match(name):
                yield name


def _is_ours(credit: str, ours: set[str]) -> bool:
    """A joint credit is ours where one of its parts is: 示例馆、北京日报."""
    parts = [part.strip() for part in (credit, *BETWEEN.split(credit)) if part.strip()]
    return any(OURSELVES.match(part) or _is_our_name(_plain(part), ours) for part in parts)


def _is_our_name(name: str, ours: set[str]) -> bool:
    if name in ours:
        return True
    return any(name.startswith(one) and DEPARTMENT.match(name[len(one) :]) for one in ours)


def _plain(name: str) -> str:
    """The name without 官网, 公众号 and the like at its end, unless it is nothing else."""
    whole = letters(name)
    return OUTLET.sub("", whole) or whole
