"""Tell what a date in a line of a page is: the day of publication, one of a change, or of what the article is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from crawler.dates.search import Found, dates_in
from crawler.extract.body.blocks import Block
from crawler.extract.body.boilerplate import is_sentence
from indexer.base.times import Published

LABEL_CHARS = 16  # a label stands right before its date
SHORT_CHARS, FACTS_CHARS = 60, 400  # of a line with nothing but facts about the article: without labels, with them
LEFT_CHARS = 20  # of other words in such a line: who published, how many read it
WEEKDAY_CHARS = 6  # behind a date, where its weekday stands


class Role(Enum):
    """What a line says of its date. PLAIN: nothing. TIME: no more than 时间, which a lecture has too."""

    PUBLISHED = auto()
    PLAIN = auto()
    TIME = auto()
    CHANGED = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a line. is_fact: the line holds facts about the article (source, author, readers) and no prose.

    is_alone: the line holds nothing else. has_others: facts that no activity has, who wrote it, how many read it.
    weekday: as it is written beside it, in brackets or without.
    """

    role: Role
    published: Published
    is_fact: bool
    is_alone: bool
    has_others: bool
    weekday: str = ""


ISSUED = (
    r"发\s?布(?!会[^于]|厅)|发\s?表|发稿|刊发|刊登|刊载|上传|录入|添加|上线|推送|首发|播发|见报|"
    r"出版|入库|撰写|创建|编发|来源|稿源|出处"
)
CHANGED = (
    r"更新|修改|修订|生成|成文|发文|印发|收稿|接收|录用|修回|"
    r"updated|modified|aktualisiert|received|accepted|revised|submitted"
)
WHEN = r"时\s*间|日\s*期"
# What a book, a film or a result has as well as an article has it.
OF_BOTH = r"出版|上线|首发|公布"
# Whose 发布时间 it is, where that is said: the page's own. Any other word names another thing: 作品上传时间.
OWN = re.compile(
    r"(?:信息|文章|本文|新闻|稿件|内容|资讯|消息|公告|通知|网站|页面|网页|原文|首次|最[后新初]|图文|微信|视频|来源|编辑)$"
)
# 时间 and 日期 of anything else: 讲座时间, 报名日期. What else comes before a day on which something happens.
OTHER = (
    rf"(?:(?!{ISSUED}|{CHANGED}|{WHEN})[一-鿿])+(?:{WHEN}|时段|期限|期间|日程)|"
    r"截[至止稿]|有效期|[展会赛工]期|开幕|闭幕|报名|举[办行]|召开|[自从至到于在]\s?$|今天是|当前|现在|最后访问|"
    r"copyright|©|版权|(?:网站|本站|全站|系统)\s?(?:最[后近新])?(?:更新|维护|改版)(?:时间|日期|于)?|"
    r"\b(?:event|when|deadline|until|from|starts?|ends?|opens?)\b"
)
LABEL = re.compile(
    rf"(?P<published>(?!(?:{OF_BOTH})\s?(?:{WHEN}))(?:(?:文章|新闻|稿件|信息|资讯|加入|公开)(?={WHEN})|{ISSUED}|published|posted|publication|erstellt|veröffentlicht)\s?(?:{WHEN}|[于在人者])?)|"
    rf"(?P<changed>(?:{CHANGED})(?:{WHEN}|于)?)|(?P<time>(?:北京|{OF_BOTH})?(?:{WHEN})|\b(?:date|time)\b)|(?P<other>{OTHER})",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?:^|\s)(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[●◆▲■★※·•▪☆◎➤▶])\s*[^\d\s]{0,6}$")
AFTER_PUBLISHED = re.compile(
    rf"^[\s）)]{{0,3}}(?:发布|发表|刊发|上传|首发|播发)(?!\s?(?:{WHEN}|[于在人者:：]|单位|机构))"
)
AFTER_CHANGED = re.compile(rf"^[\s）)]{{0,3}}(?:更新|修改|编辑过?|访问|印发)(?!\s?(?:{WHEN}|[于在人者:：]))")
# A span of time, or what happens then.
AFTER_OTHER = re.compile(
    r"^\s*(?:[（(][^）)]{1,8}[）)])?\s*(?:[上下]午|晚上|[起止前]|之前|以前|截止|开始|举[行办]|召开|开[幕讲课馆放]|"
    r"[-–—~～－至到]{1,3}\s*(?:\d{1,2}\s?[:：时点月日/.-]|\d{1,2}日|(?:19|20)\d\d|上午|下午|晚上|次日|当日))"
)
# 初赛：, 开课：. What names an issue of a text in a word unknown here has one of these characters: 发布日：, 刊登：
OF_SOMETHING = re.compile(r"(?<![一-鿿])(?![一-鿿]*[发布刊登载稿更新传录公])[一-鿿]{2,8}\s?[:：]\s*$")
NEWSPAPER = re.compile(r"^\s*[（(]?\s*第?\s?[A-Z]?\d{1,3}\s?版")  # the paper from which the piece is taken
FACT = re.compile(
    rf"(?:(?:{ISSUED}|{CHANGED})(?:{WHEN}|[于在])?|{WHEN}|(?:信息|文章|稿件|新闻|内容)?(?:来源|稿源|出处)|作\s?者|撰\s?[稿文]|记\s?者|通讯员|"
    r"供\s?稿|(?:责任|网络|本期|本版)?\s?编\s?辑|责编|审\s?[核校]|校对|[终初复]审|摄影|发布[人者单位机构]*|浏览|阅读|点击|访问|人气|评论|"
    r"字\s?[号体]|分享(?:到)?|打\s?印|关闭|收藏|转发|点赞|栏目|分类|标签|\b(?:views?|reads?|source|author|by|posted|published|updated)\b)"
    r"(?:次数|量|率|数|单位)?(?:\s*[:：|｜]\s*|\s+|$)[^\s|｜丨/：:，,。；;]{0,24}",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"来源|稿源|出处|作\s?者|记\s?者|编\s?辑|责编|发布|浏览|阅读|点击|访问|人气|字\s?[号体]|打\s?印|关闭|source|author|views?",
    re.I,
)
WORD = re.compile(r"[^\W_]")
WEEKDAY = re.compile(r"[（(]?\s?(?:星期|周)[一二三四五六日天]")
HAN_AT_END = re.compile(r"(?P<value>[:：]\s?)?(?P<words>[一-鿿]+)$")
GOES_ON = re.compile(r"(?:[上下]午|当日|当天)?[，,][一-鿿]{2}")  # a sentence that begins with its day
PROSE = re.compile(r"[。！？!?]|\w[，,；;]\s*\w")


def dates_of(text: str, *, before: str = "", chinese: bool) -> Iterator[Dated]:
    """Yield the dates of a line in their order. before: the line above, whose label may stand apart from its date."""
    end = 0
    is_fact, has_others = is_fact_line(text, chinese=chinese), bool(OTHERS.search(text))
    for found in sorted(dates_in(text, chinese=chinese), key=lambda each: each.start):
        if found.start < end:
            continue  # the same figures, read in another form
        label = text[end : found.start]
        label = label if WORD.search(label) or end else before
        role, behind = _role(label, text[found.end :], is_first=end == 0)
        end = found.end + behind
        weekday = WEEKDAY.search(text, found.start, found.end + WEEKDAY_CHARS)
        is_alone = not WORD.search(text[: found.start] + text[found.end :])
        yield Dated(role, found.published, is_fact, is_alone, has_others, weekday[0] if weekday else "")


def is_fact_line(text: str, *, chinese: bool) -> bool:
    """Whether a line holds nothing but facts about the article: a date, labels with short values, few other words."""
    if len(text) > FACTS_CHARS or (len(text) > SHORT_CHARS and not FACT.search(text)):
        return False
    dates = sorted(dates_in(text, chinese=chinese), key=lambda each: each.start)
    if any(GOES_ON.match(text, found.end) for found in dates):
        return False
    left = _without(text, dates)
    bare = FACT.sub(" ", left)
    return bare != text and not PROSE.search(bare) and sum(char.isalnum() for char in bare) <= LEFT_CHARS


def label_of(text: str) -> str:
    """Return the line where it is nothing but a label, whose date then stands in the next one; else nothing."""
    bare = text.strip(" 　:：|｜【】[]")
    return text if len(bare) <= LABEL_CHARS and LABEL.fullmatch(bare) else ""


def role_before(text: str) -> Role:
    """Return what the words right before a date say of it."""
    return _role(text, "", is_first=True)[0]


def is_text(block: Block, *, chinese: bool) -> bool:
    """Whether a block is prose of an article, not a line of facts."""
    return is_sentence(block) and not is_fact_line(block.text, chinese=chinese)


def _role(label: str, after: str, *, is_first: bool) -> tuple[Role, int]:
    """What the words around a date say of it, and how many characters behind it say so."""
    if AFTER_OTHER.search(after):
        return Role.OTHER, 0
    label = label[-LABEL_CHARS:]
    last = next(reversed(list(LABEL.finditer(label))), None)
    if last is not None and last["published"] and _is_of_another(label, last):
        return Role.OTHER, 0
    if last is not None and (last["published"] or last["changed"]):
        if NEWSPAPER.search(after):
            return Role.CHANGED, 0  # it counts only where nothing else names a day
        return Role.PUBLISHED if last["published"] else Role.CHANGED, 0
    for pattern, role in ((AFTER_PUBLISHED, Role.PUBLISHED), (AFTER_CHANGED, Role.CHANGED)):
        if behind := pattern.search(after):
            return role, behind.end()
    if last is None:
        return Role.OTHER if OF_SOMETHING.search(label) else Role.PLAIN, 0
    is_numbered = is_first and NUMBERED.search(label[: last.end()])
    return Role.OTHER if last["other"] or is_numbered else Role.TIME, 0


def _is_of_another(label: str, published: re.Match[str]) -> bool:
    """Whether the words before 发布时间 say that it is not the page's: 成果发布时间, but 来源：示例学会发布时间."""
    if not re.search(WHEN, published[0]):
        return False
    before = HAN_AT_END.search(label[: published.start()])
    return before is not None and not before["value"] and not OWN.search(before["words"])


def _without(text: str, dates: list[Found]) -> str:
    for found in reversed(dates):
        text = f"{text[: found.start]} {text[found.end :]}"
    return text
