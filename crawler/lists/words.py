"""Words by which parts of a list page are known: what leads on, what stands beside a list, what classes say."""

import re
import unicodedata

from lxml.html import HtmlElement

# The text of links that lead to an article, or on, and are no title.
MORE = re.compile(
    r"(?:(?:点击)?(?:查看|阅读|浏览|了解|进入|展开|显示|加载)?(?:全文|详情|详细|更多|原文|详情页|详细信息|全部|内容)"
    r"|(?:点击)?(?:查看|阅读|进入|(?:附件)?下载|报名|播放)|继续阅读|阅读更多|更多内容|我要报名|立即报名|返回\w{0,8}"
    r"|read ?more|more|view ?(?:all|more)?|details?|continue reading)[\s>》»…\.\+＋→]*",
    re.IGNORECASE,
)
BADGE = re.compile(
    r"(?:new|hot|top|热|新|图|荐|顶|精|急|置顶|热门|推荐|最新|头条|原创|图文|视频|附件|未读|已读|进行中|已结束|报名中|未开始)[!！]*",
    re.IGNORECASE,
)
PAGING = re.compile(
    r"(?:首页|尾页|末页|第一页|最后一页|上一?页|下一?页|前一?页|后一?页|上一頁|下一頁|跳转|转到|确定|go|first|last|prev(?:ious)?|next"
    r"|共?\s*\d*\s*页|第?\s*\d+\s*页|\d{1,4}|[.…]+|[«‹<]{1,2}|[»›>]{1,2})[\s»›>«‹<]*",
    re.IGNORECASE,
)
PAGER = re.compile(r"下一?[页頁]|后一?页|尾页|末页|共\s*\d+\s*页|^next(?: page)?\W*$", re.IGNORECASE)
BRACKETED = re.compile(r"[\[【(（<〈《「{][^\[\]【】()（）<>《》「」{}]{1,14}[\]】)）>〉》」}]")
COUNT = re.compile(r"[\d,，.\s]+(?:次|人|条|个|阅读|浏览|评论|点赞|k|w|万)?", re.IGNORECASE)
# In the rows of a list: the way to the next article, and the foot of the site.
NO_ROW = re.compile(
    r"^\W{0,3}(?:上|下|前|后)一?[篇条则个页]|ICP备|ICP证|公网安备|版权所有|copyright|技术支持|网站标识码", re.IGNORECASE
)
DURATION = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d{2}|\d{1,3}['′]\d{1,2}[\"″]?")  # of a video
BULLETS = "·•●○◦■□▪▫◆◇▶►▸>»›・‧∙★☆※◎○－—–-|｜、 \t\r\n\xa0\u3000"

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")

# Of classes and ids, each a word of its own: `left-nav`, `navBar`, `nav_2`; `navigator` too.
_WORD = re.compile(r"[a-z]+|[\u4e00-\u9fff]+")
MENU = frozenset(
    [
        "nav",
        "navbar",
        "navi",
        "navigation",
        "navigator",
        "menu",
        "submenu",
        "mainmenu",
        "topnav",
        "subnav",
        "leftnav",
        "sidenav",
        "footer",
        "foot",
        "bottom",
        "copyright",
        "crumb",
        "crumbs",
        "breadcrumb",
        "breadcrumbs",
        "dqwz",
        "weizhi",
        "pager",
        "pagination",
        "paging",
        "pagebar",
        "fanye",
        "fenye",
        "friend",
        "friendlink",
        "friendlinks",
        "flink",
        "yqlj",
        "toolbar",
        "topbar",
        "tagcloud",
        "login",
        "search",
        "sitemap",
        "header",
        "banner",
        "dh",
        "daohang",
        "caidan",
    ]
)
SIDE = frozenset(
    [
        "side",
        "sidebar",
        "aside",
        "rank",
        "ranking",
        "ranklist",
        "paihang",
        "related",
        "relate",
        "relevant",
        "hotlist",
        "remen",
        "popular",
        "rightbar",
        "leftbar",
    ]
)
PERHAPS_SIDE = frozenset(["hot", "recommend", "recommended", "tuijian"])
MENU_TAGS, SIDE_TAGS = frozenset(("nav", "footer", "header", "menu")), frozenset(("aside",))
SIDE_HEADING = re.compile(
    r"热门|热点排行|排行|排名|热榜|热读|热文|点击榜|榜单|推荐|相关(?:阅读|文章|新闻|链接|内容|信息|推荐)|猜你喜欢|看过|随机|最热|本周热|本月热|热评|你可能"
    r"|popular|related|recommend|trending|most read",
    re.IGNORECASE,
)
# Of columns that stand on every page of a site, beside the list or as its own page, then named in that page's title.
PERHAPS_SIDE_HEADING = re.compile(
    r"(?:热点|热门|图片|图文|视频|头条|最新|近期|精彩|重点|专题)\w{0,6}|(?:通知|新闻|工作|媒体|信息)?(?:公告|公示|通知|动态|新闻|要闻|资讯|快讯|报道)(?:栏|中心)?",
    re.IGNORECASE,
)
MENU_HEADING = re.compile(
    r"(?:友情|相关|常用|快速|网站|合作|外部)?(?:链接|友链|导航)|合作(?:单位|伙伴|媒体)|links", re.IGNORECASE
)
TITLE_CLASS = re.compile(
    r"(?:^|[^a-z])(?:title|tit|titl|bt|biaoti|name|subject|headline|caption|tt)(?:$|[^a-z])|title$|tit$|^title"
)
SUMMARY_CLASS = re.compile(
    r"desc|summary|intro|abstract|zhaiyao|jianjie|excerpt|brief|content|info$|(?:^|[^a-z])(?:zy|jj|con|txt|text)(?:$|[^a-z])"
)
FIELD_CLASS = re.compile(
    r"date|time|day|month|year|rq|sj|cat|type|tag|label|badge|icon|new|hot|num|index|count|view|source|author|desc|summary|intro",
    re.IGNORECASE,
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# Of what has a side column, and is none.
WITH_SIDEBAR = re.compile(r"\b(?:no|has|have|with|without)[-_]?sidebar\b|\bsidebar[-_](?:layout|page|main|container)\b")


def plain(text: str) -> str:
    """Return the text with its white space made single blanks, and without characters that nobody sees."""
    return " ".join(INVISIBLE.sub("", text).split())


def folded(text: str) -> str:
    """Return the plain text in NFKC: figures and signs of half width."""
    return plain(unicodedata.normalize("NFKC", text))


def class_words(element: HtmlElement) -> frozenset[str]:
    """Return the words of an element's class and id, in lower case, parted at case, digits and signs."""
    written = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", written).lower()
    parted = WITH_SIDEBAR.sub(" ", parted)
    return frozenset(_WORD.findall(parted))


def says_nothing(text: str) -> bool:
    """Tell whether the text of a link is no title: leads on, turns pages, counts, is a mark."""
    return bool(
        not text
        or MORE.fullmatch(text)
        or PAGING.fullmatch(text)
        or BADGE.fullmatch(text)
        or COUNT.fullmatch(text)
        or DURATION.fullmatch(text)
        or not any(sign.isalnum() for sign in text)
    )
