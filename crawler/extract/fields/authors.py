"""Find who wrote an article: bylines as Chinese papers print them, declared authors, names beside the headline.

A responsible editor (责任编辑) is no author.
"""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import chain, islice, pairwise

from lxml.html import HtmlElement

from crawler.dates.search import find_dates
from crawler.extract.body.blocks import Block, inner_text, squeeze, tidy
from crawler.extract.body.boilerplate import is_hidden, is_sentence, words
from crawler.extract.fields.bylines import LINE_CHARS, NOT_A_NAME, others_of, writers_of
from crawler.extract.fields.meta import Declared

NAMES_CHARS, BYLINE_CHARS = 60, 48
WRITERS_CHARS, DECLARED_CHARS, NAME_CHARS = 60, 80, 40
LONG_CHARS = 2000
MAX_NODES, MAX_ABOVE = 100, 30
BEFORE, AFTER, TAIL, BELOW = 8, 12, 6, 4  # blocks around the headline, at the article's beginning, its end, below
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
INVISIBLE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
TOOK_IT = re.compile(r"[^文/／、](?:摄|摄影|供图)[）)]?$")
HAN = re.compile("[一-鿿]")

WRITER = r"(?:作\s?者|撰\s?[文稿](?:人)?|执\s?笔(?:人)?|供\s?稿|文)"
REPORTER = r"(?:特派|特约|本[报刊网台]|见习|实习|全媒体|首席)?(?:记\s?者|评论员|通讯员|撰稿人|撰稿|实习生)"
STOP = (
    r"(?=\s*(?:[|｜。；;）)】\]》]|[\s\d]*$|\d{2,4}[-年/]|作\s?者|记者|通讯员|责任|时间|"
    r"来源|出处|编辑|责编|审[核校稿]|评论|查看|人气|校对|摄影|图[/／]|发[布表]|日期|浏览|阅读|点击|字号|\s{2,}))"
)
LABELLED = re.compile(
    rf"(?:^|[\s（(【\[>|｜丨·]|(?=作\s?者\s?[:：]))(?:{WRITER}\s*[/／:：|｜丨︱]+|{REPORTER}\s*[/／:：|｜丨︱]+)\s*(?P<names>[^\n。；;]{{2,{NAMES_CHARS}}}?){STOP}"
)
BRACKETED = re.compile(
    rf"[（(【][^（）()【】]{{0,20}}?(?:{REPORTER}|作者)[\s:：/]*(?P<names>[^（）()【】。，；]{{2,40}})[）)】]"
)
SIGNED = re.compile(
    rf"^[（(]?[^。，；：:]{{0,16}}?(?:{REPORTER}|作者)[\s:：/|]+(?P<names>[^。，；：:（）()]{{2,40}})[）)]?$"
)
WITH_PAPER = re.compile(
    r"^(?P<names>[一-鿿·\s、]{2,16})\s?[/／]\s?[一-鿿]{2,12}(?:报|社|网|刊|新闻|杂志|周刊|台|评论)$"
)
ONLY_NAME = re.compile(
    r"^[（(](?P<names>[一-鿿]{2,4}(?:[\s、][一-鿿]{2,4}){0,4})[）)]$|[。！？”][（(](?P<last>[一-鿿]{2,3}(?:[\s、][一-鿿]{2,3}){0,4})(?<!摄)[）)]$"
)
SOURCE = re.compile(rf"(?:来\s?源|稿源|信息来源|文章来源|出处|转自)\s*[:：]\s*(?P<names>[^\n。；;]{{2,40}}?){STOP}")
BY = re.compile(r"^by\s*[:：]?\s*(?P<names>[一-鿿]{2,4})$", re.IGNORECASE)
ENGLISH = re.compile(
    r"^(?:by|von|par|por|di|door|oleh|text|autor(?:in)?|author|written by)\s*:?\s+(?P<names>\S.{1,80})$", re.IGNORECASE
)

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑"
    "薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季"
    "麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊於惠"
    "甄曲封储靳段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲邰从索咸籍赖卓屠蒙池乔阴胥能苍"
    "双闻党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄"
    "阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾沙养鞠须丰巢关相查游竺权盖益桓公肖闫覃代佟苟付"
)
NO_NAME = re.compile(
    r"来源|编辑|时间|日期|原创|网友|管理员|admin|本站|佚名|未知|匿名|不详|点击|浏览|阅读|评论|分享|字号|收藏|打印|关注|订阅|举报|首页|正文|转载|网络|互联网|综合|责任|"
    r"下载|登录|注册|客户端|公众号|微信|更多|扫码|http|@|[0-9]{3,}|[。！？!?]|^(?:作\s?者|记\s?者|供稿|审[核稿校]|发布[者人]|by|name|none|null|webmaster|editor|author|unknown)$",
    re.IGNORECASE,
)
LEADING = re.compile(r"^(?:由|by)\s+(?=[一-鿿])", re.IGNORECASE)
TRAILING = re.compile(r"(?:整合|报道|摄影报道|摄|文[/／]?图|图[/／]?文|整理|编译|综合|采写|撰|等|供图|/[文图])+$")
BETWEEN = re.compile(
    r"\s*[、，,;；/／&＆|]\s*|\s+(?:和|与|and|og|und|et|dan|y|e|en)\s+|\s{1,}(?=[一-鿿])|(?<=[一-鿿])\s+", re.IGNORECASE
)
AUTHOR_WORDS = frozenset(["author", "authors", "byline", "writer", "zuozhe", "bylines", "contributor"])
NAME_WORDS = frozenset(["name", "username", "nickname", "nick", "user", "authorname"])
ADDRESS = re.compile(r"://|@|\.(?:com|cn|net|org)\b")
EDITORIAL = re.compile(r"责任?编辑|责编|编辑[:：]")


def read_author(blocks: Sequence[Block], declared: Declared, *, title: int | None, start: int, end: int) -> str:
    """Return the writers of the byline, else nothing. end: place behind the article's last block."""
    first = title if title is not None else start
    around = blocks[max(0, first - BEFORE) : max(start, first) + AFTER]
    tail = blocks[max(start, end - TAIL) : end + BELOW]
    editors = _editors((*around, *tail), declared)
    around, tail = ([block for block in each if not _is_unseen(block.node)] for each in (around, tail))
    near = [block for block in _head(blocks, first, start) if not _is_unseen(block.node)]
    return (
        _first(_printed(around, is_chinese=declared.is_chinese), WRITERS_CHARS)
        or _first(_printed(tail, is_chinese=declared.is_chinese), WRITERS_CHARS)
        or _first((name for name in _marked(near, AUTHOR_WORDS) if squeeze(name) not in editors), NAME_CHARS)
        or _first(_declared(declared, editors), DECLARED_CHARS)
        or _first((name for name in _marked(near, NAME_WORDS) if squeeze(name) not in editors), NAME_CHARS)
        or _first(_signed(blocks[start:end], is_chinese=declared.is_chinese), NAME_CHARS)
    )


def read_account(blocks: Sequence[Block], declared: Declared, *, title: int | None, start: int, end: int) -> str:
    """Return who published: the declared or printed source, or the name beside the date at the headline."""
    first = title if title is not None and title <= start else start
    near = blocks[max(0, first - BEFORE) : max(start, first) + 4]
    printed = (match["names"] for block in near if (match := SOURCE.search(block.text)))
    beside = _beside_date(near, declared) if declared.is_chinese else iter(())
    editors = _editors((*near, *blocks[max(0, end - TAIL) : end + BELOW]), declared)
    first_author = (name for name in list(_of_this_writing(declared))[:1] if squeeze(name) not in editors)
    texts = chain(declared.sources, printed, beside, first_author)
    return next((name for text in texts if (name := _account(text))), "")


def _is_unseen(node: HtmlElement) -> bool:
    """Whether readers do not see the element: what spiders are told there names editors as authors."""
    return any(is_hidden(each) or INVISIBLE.search(each.get("style") or "") for each in _with_above(node))


def _with_above(node: HtmlElement) -> Iterator[HtmlElement]:
    yield node
    yield from islice(node.iterancestors(), MAX_ABOVE)


def _editors(blocks: Sequence[Block], declared: Declared) -> Set[str]:
    """The names of editors, declared and printed, squeezed."""
    printed = {squeeze(name) for block in blocks for name in others_of(block.spaced)} - {""}
    return printed | {squeeze(editor) for editor in declared.editors}


def _head(blocks: Sequence[Block], first: int, start: int) -> Iterator[Block]:
    """The blocks around the headline, up to the first one that is prose."""
    for place in range(max(0, first - BEFORE), min(len(blocks), max(start, first) + AFTER)):
        block = blocks[place]
        is_prose = block.chars > NAMES_CHARS and is_sentence(block) and block.node.tag not in HEADINGS
        if is_prose and place > max(start, first):
            return
        yield block


def _account(text: str) -> str:
    name = tidy(text).strip(" @:：/|｜-—·,，、")
    is_name = len(name) <= NAME_CHARS and re.search(r"[^\W\d_]{2}", name) and not re.search("[:：]", name)
    return name if is_name and not NO_NAME.search(name) else ""


def _printed(blocks: Sequence[Block], *, is_chinese: bool) -> Iterator[str]:
    if is_chinese:
        yield from (_joined(block) for block in blocks if block.chars <= LINE_CHARS)
    for pattern in (LABELLED, BRACKETED, SIGNED, WITH_PAPER, BY, ONLY_NAME) if is_chinese else (ENGLISH,):
        for block in blocks:
            text = (
                block.text if block.chars <= LONG_CHARS else f"{block.text[:LONG_CHARS]}\n{block.text[-NAMES_CHARS:]}"
            )
            short = pattern in (SIGNED, WITH_PAPER, ENGLISH)
            if (short and len(text) > BYLINE_CHARS + 40 * (pattern is ENGLISH)) or not (found := pattern.search(text)):
                continue
            if TOOK_IT.search(text[: found.end()]):
                continue  # who took the picture
            names = found["names"] or (found["last"] if pattern is ONLY_NAME else "")
            if pattern is not ONLY_NAME or all(name[0] in SURNAMES for name in re.split(r"[\s、]", names or "?")):
                yield names or ""


def _joined(block: Block) -> str:
    """The writers of one line: reporter and correspondent stand side by side."""
    found = writers_of(block.spaced, surnames=SURNAMES) or writers_of(block.text, surnames=SURNAMES)
    return "、".join(dict.fromkeys(names for text in found if (names := _names(text))))


def _signed(blocks: Sequence[Block], *, is_chinese: bool) -> Iterator[str]:
    """The line below the article's last sentence, where it is a short signature in italics."""
    if is_chinese:
        return
    for above, block in reversed(list(pairwise(blocks))):
        is_short = block.chars <= NAME_CHARS and not is_sentence(block) and not block.link_chars
        if is_short and is_sentence(above) and any(_is_slanted(child, block.text) for child in block.node):
            yield block.text


def _is_slanted(node: HtmlElement, text: str) -> bool:
    return node.tag in ("em", "i") and inner_text(node) == text


def _declared(declared: Declared, editors: Set[str]) -> Iterator[str]:
    """Declared authors that are no editor, no address and not the site itself."""
    sites = [squeeze(site).lower() for site in (*declared.sites, *declared.sources, declared.page_title) if site]
    for name in _of_this_writing(declared):
        plain = squeeze(name)
        if plain not in editors and not ADDRESS.search(name) and not any(plain.lower() in site for site in sites):
            yield name


def _of_this_writing(declared: Declared) -> Iterator[str]:
    """Declared authors; a name in Chinese on a page in another language is the publisher's."""
    is_foreign = not declared.is_chinese and not HAN.search(declared.page_title)
    yield from (name for name in declared.authors if not (is_foreign and HAN.search(name)))


def _marked(blocks: Sequence[Block], vocabulary: Set[str]) -> Iterator[str]:
    """Elements near the headline whose class or id says author, or name."""
    for block in blocks:
        for node in _lineage(block.node):
            if words(node) & vocabulary and len(text := inner_text(node, most=NAME_CHARS)) <= NAME_CHARS:
                found = ENGLISH.match(text)
                yield found["names"] if found else text


def _lineage(node: HtmlElement) -> Iterator[HtmlElement]:
    yield from (child for child in islice(node.iter(), MAX_NODES) if isinstance(child.tag, str) and child is not node)
    yield node
    if (parent := node.getparent()) is not None:
        yield parent


def _beside_date(blocks: Sequence[Block], declared: Declared) -> Iterator[str]:
    """Short texts in the same line as the date of publication: there accounts print their name."""
    for block in blocks:
        if len(block.text) > 120 or not any(find_dates(block.text, chinese=declared.is_chinese)):
            continue
        for node in islice(block.node.iter(), MAX_NODES):
            text = (
                tidy(node.text or "") if isinstance(node.tag, str) and node.tag in ("span", "a", "em", "b", "i") else ""
            )
            if (
                2 <= len(text) <= 24
                and text[-1] not in ":："
                and not any(find_dates(text, chinese=declared.is_chinese))
            ):
                yield text


def _first(found: Iterator[str], most: int) -> str:
    return next((names for text in found if 0 < len(names := _names(text)) <= most), "")


def _names(text: str) -> str:
    """Return the names of a byline joined by 、 or a comma; nothing where it holds something else."""
    text = LEADING.sub("", tidy(EDITORIAL.split(text)[0])).strip(" @:：/|｜-—·,，、")
    if not text or NO_NAME.search(text):
        return ""
    if not re.search("[一-鿿]", text):
        return re.sub(r"\s+(?:og|und|and|et|dan)\s+", ", ", text)
    parts = [TRAILING.sub("", part).strip() for part in BETWEEN.split(text) if part]
    if len(parts) == 2 and all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]  # 王 芳 is one name, spaced
    return "、".join(part for part in parts if part and part not in NOT_A_NAME)
