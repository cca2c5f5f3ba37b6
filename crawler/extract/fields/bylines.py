"""Take a line of facts apart by its labels: who wrote (作者, 记者, 通讯员, 供稿, 文/图), who did something else."""

import re
from collections.abc import Iterator, Sequence

LINE_CHARS, VALUE_CHARS = 160, 60
REPORTER = r"(?:本[报刊网台]|特[派约]|见习|实习|全媒体|融媒体?|首席|科普)?(?:记\s?者|评论员|撰稿人|通讯员|实习生)"
WRITER = (
    rf"(?:作\s?者(?!\s?(?:单位|简介|介绍|信息))|撰\s?[文稿](?:人)?|撰写(?:人)?|[执主]\s?笔(?:人)?|"
    rf"采写|整理|投稿|供\s?稿(?:单位|人|者)?|文字|图文|文图|{REPORTER})"
)
PICTURE = r"(?:图\s?片|配图|供图|图|摄\s?影|摄|视频|编译|编辑)"
AND = r"\s?[/／、&＆+＋·•和与]\s?"
# What else a line names: its value is nobody who wrote, and ends the value before it.
OTHER = (
    rf"(?:责任|网络|本[期版]|执行|值班|美术|视觉)?\s?编\s?辑|责编|美编|主编|排\s?版|校\s?对|[审校]\s?核|审\s?[校定阅稿]|"
    rf"作者(?:单位|简介|介绍|信息)|[终初复]审|监\s?制|策\s?划|制\s?作|设\s?计|"
    rf"图\s?源|图片来源|翻\s?译|编\s?译|讲述|口述|来\s?源|稿\s?源|出\s?处|转自|原标题|时\s?间|日\s?期|发\s?布|发\s?表|更\s?新|刊发|浏\s?览|阅\s?读|点\s?击|访问|人气|"
    rf"评论|字\s?[号体]|分享|打\s?印|关闭|收藏|栏目|分类|标签|电话|地点|联系|{PICTURE}"
)
SEPARATOR = r"(?:\s*[】\]］]?\s*[:：/／|｜丨︱·]\s*|\s*[】\]］]\s*|\s+)"
# `文` alone is a word of many: it is a label only before a separator, or with 图 beside it.
LABEL = re.compile(
    rf"(?P<writer>(?:{WRITER}(?:{AND}(?:{PICTURE}|{WRITER}|文))*|{PICTURE}{AND}(?:撰?文|{WRITER})|文{AND}{PICTURE}|"
    rf"(?<![一-鿿])文(?=\s*[:：/／|｜丨︱·]|[\s　]+[一-鿿]{{2,4}}(?:\s|$))))(?:单位|人|者)?|(?P<other>{OTHER})"
)
TOOK = re.compile(r"摄|摄\s?影|供图|配图|图|视频|翻\s?译|编\s?译|制\s?作")
# Before a value that follows its label without anything between: 作者张三.
BARE_NAMES = re.compile(r"[一-鿿]{2,4}(?:[、，\s][一-鿿]{2,4}){0,3}")
UNIT = re.compile(
    r"(?:[学协社][会团]|科协|[馆部局厅处室组所站园院校台报网办]|中心|[大中小]学|公司|支部|[党团]委|政府|委员会|基金会|联盟)$"
)
VALUE_END = re.compile(r"[\n。；;|｜丨︱()（）【】\[\]<>《》]|\s{3,}|\d{2,}|https?:|[，,]\s*(?:责任|编辑|审核)")
# The name before the word: 张三/文, 张三 文/图, （示例学会供稿）.
NAME_FIRST = re.compile(
    rf"(?:^|[（(\s])(?P<names>[一-鿿·]{{2,4}}(?:[、\s][一-鿿·]{{2,4}}){{0,4}})\s?[/／\s]\s?(?:撰?文|图文|文图|供稿|采写|撰稿)"
    rf"(?:{AND}{PICTURE})*(?=$|[）)\s|｜])"
)
# 由 张三 发表于 2026-09-17
BY = re.compile(r"(?:^|[|｜])\s*由\s?(?P<names>[一-鿿·]{2,12})\s?(?:发表|发布|撰写|上传)[于在]?\s?(?=\d|$|[|｜])")
CREDITED = re.compile(r"[（(](?P<names>[^（）()。，；：:]{2,30}?)\s?(?:供\s?稿|撰\s?[文稿])[）)]")
# Characters of which every label of a writer, and of an editor, has one: most lines are passed over for want of them.
WRITING, EDITING = frozenset("作撰执主采整投供文图记评通实写由"), frozenset("编审校")
NOT_A_NAME_TEXT = "图 文 摄 图片 摄影 文字 视频 图文 文图 编辑 供图 供稿 记者 通讯员 单位"
NOT_A_NAME = frozenset(NOT_A_NAME_TEXT.split())


def writers_of(text: str, *, surnames: frozenset[str]) -> Sequence[str]:
    """Return what stands behind each label of a writer, in order; nothing where the line has none.

    surnames: by which a name is known that follows its label directly.
    """
    line = text[:LINE_CHARS]
    if WRITING.isdisjoint(line):
        return []
    found = list(LABEL.finditer(line))
    values = [value for place, label in enumerate(found) if (value := _value(line, found, place, label, surnames))]
    if values:
        return values
    return [match["names"] for pattern in (NAME_FIRST, CREDITED, BY) if (match := pattern.search(line))][:1]


def names_unit(text: str) -> bool:
    """Whether a line ends with what a unit is called by: …学会, …办公室."""
    return bool(UNIT.search(text.strip(" 　（）()")))


def others_of(text: str) -> Iterator[str]:
    """Yield what stands behind the labels of editors: those names wrote nothing."""
    line = text[:LINE_CHARS]
    found = [] if EDITING.isdisjoint(line) else list(LABEL.finditer(line))
    for place, label in enumerate(found):
        if label["other"] and re.search(r"编\s?辑|责编|主编|审|校", label[0]):
            yield _between(line, found, place, label).strip(" :：/／|｜")


def _value(
    line: str, found: Sequence[re.Match[str]], place: int, label: re.Match[str], surnames: frozenset[str]
) -> str:
    if not label["writer"] or _took_the_picture(line, found, place):
        return ""
    inside = _between(line, found, place, label)
    separator = re.match(SEPARATOR, inside)
    value = inside[separator.end() :] if separator else inside
    value = value[: end.start()] if (end := VALUE_END.search(value)) else value
    value = value.strip(" \u3000，,、:：/／")
    if separator is None:
        names = BARE_NAMES.fullmatch(value)
        is_first = label.start() == 0 or not line[label.start() - 1].isalnum()
        return value if names and is_first and value[0] in surnames else ""
    is_sure = not separator[0].isspace() or UNIT.search(value) or (BARE_NAMES.fullmatch(value) and value[0] in surnames)
    return value if value and is_sure and len(value) <= VALUE_CHARS else ""


def _took_the_picture(line: str, found: Sequence[re.Match[str]], place: int) -> bool:
    """Whether the name is followed by what its bearer did: `记者 张三 摄`."""
    following = found[place + 1] if place + 1 < len(found) else None
    return (
        following is not None
        and bool(TOOK.fullmatch(following[0]))
        and bool(re.match(r"\s*(?:$|[）)。，,|｜])", line[following.end() :]))
    )


def _between(line: str, found: Sequence[re.Match[str]], place: int, label: re.Match[str]) -> str:
    """The text from a label's end to the next label."""
    return line[label.end() : found[place + 1].start() if place + 1 < len(found) else len(line)]
