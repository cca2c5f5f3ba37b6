"""Recognise boilerplate (menus, sidebars, footers) by the words that page makers use in class, id and role.

The words are those of content systems and themes in general (English, pinyin); none belongs to one publisher.
"""

import re
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.extract.body.blocks import Block

BOILERPLATE_TAGS = frozenset(["nav", "footer", "aside", "form", "dialog"])
BOILERPLATE_ROLES = frozenset(["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu"])
# Whole words of class and id.
BOILERPLATE_WORDS_TEXT = """
    ad ads adv advert advertisement banner bottombar breadcrumb breadcrumbs copyright crumb crumbs crumbnav dropdown
    editor-pick foot footer ft guess hidden hot hotlist hotnews location login links mbx menu modal more morenews
    nav navbar navi navigation newsletter next pager pagination pages pagenav popular popup position prev prevnext
    promo promotion qrcode erweima rank ranking rec recom recommend recommended recommendation recommendations
    register relate related relatednews relation search share sharebar shares sidebar side sitemap social sponsor
    statement subscribe subscription tag taglist tags toolbar top10 topbar tuijian trending widget xgnews xgxw
    xiangguan recommendlist relatedposts related-posts readmore read-more yarpp outbrain taboola disclaimer mianze
    author-card bio user-card toplist hidden-print noprint screen-reader-text skip donate cookie cookies consent
    gdpr
"""
BOILERPLATE_WORDS = frozenset(BOILERPLATE_WORDS_TEXT.split())
COMMENT_WORDS_TEXT = """
    comment comments commentlist comment-list cmt cmts reply replies respond pinglun discuss discussion disqus tie
    gentie feedback guestbook liuyan message-board post-comments user-comment hotcomment comment-box
"""
COMMENT_WORDS = frozenset(COMMENT_WORDS_TEXT.split())
STEMS = re.compile(
    r"(comment|pinglun|recommend|related|relevant|sidebar|footer|copyright|breadcrumb|tuijian|xiangguan)"
)
COMMENT_STEMS = ("comment", "pinglun")
# Words that make a container the article's own, whatever else stands beside them.
BODY_WORDS_TEXT = """
    article articlebody article-body article-content article_content articlecontent artical article-text articletext
    content-article detail detail-content detailcontent entry entry-content entrycontent post post-content
    postcontent post-body postbody post_body news-content newscontent news_content newstext news-text
    rich_media_content trs_editor trs_ueb_editor ucapcontent zoom vsb_content v_news_content wp_articlecontent story
    storybody story-body main-content maincontent body-content body-text bodytext text-content textcontent con-text
    cont content contents neirong zhengwen wenzhang art_content art-content articulo
"""
BODY_WORDS = frozenset(BODY_WORDS_TEXT.split())
NAME_CHARS = 300  # of a class or an id that is looked at
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
COMMENT_HEADS = re.compile(
    r"^(?:(?:最新|最热|热门|精彩|全部|网友|用户|更多|我要)?(?:评论|跟[贴帖]|留言|热评)(?:区|列表)?[（(\s\d条）):：]*|"
    r"(?:\d+\s*)?(?:comments?|replies|responses|kommentare?|leave a (?:comment|reply))\b.{0,20})$",
    re.IGNORECASE,
)
RELATED_HEADS = re.compile(
    r"^(?:相关(?:阅读|新闻|文章|推荐|报道|资讯|链接|内容|稿件|专题)|推荐(?:阅读|新闻|文章|资讯)|延伸阅读|热门(?:推荐|文章|新闻|资讯)|"
    r"猜你喜欢|为[您你]推荐|更多(?:新闻|精彩|文章|推荐|阅读)|大家都(?:爱看|在看)|新闻推荐|精彩推荐|编辑推荐|往期(?:回顾|推荐|精彩)|"
    r"最新(?:文章|新闻|资讯)|热点(?:推荐|新闻|排行)|点击排行|上一篇|下一篇|新闻排行|"
    r"related(?: (?:articles?|posts?|stories|news))?|read (?:more|also|next)|"
    r"more (?:from|stories|on)\b.{0,30}|most (?:popular|read)|"
    r"you may also like.{0,20}|"
    r"recommended.{0,20}|mehr zum thema|das könnte sie .{0,30}|lesen sie auch.{0,60}|baca juga.{0,60})\s*[:：>》]*$",
    re.IGNORECASE,
)
NEIGHBOUR = re.compile(r"^\W{0,3}[上下前后]一?[篇条页则个]")  # 上一篇, 下一条
FOOT_TEXT = re.compile(
    r"copyright\s*[©(]|©|版权所有|all rights reserved|ICP[备证]|公网安备|不良信息举报|"
    r"互联网新闻信息服务许可|许可证[编]?号?[:：]",
    re.IGNORECASE,
)

# Who runs the site and where: beside the copyright in its foot. A notice's own text has such lines too.
CONTACT = re.compile(
    r"^\W{0,3}(?:主办|承办|协办|主管|运维|维护|制作|技术支持|(?:单位|办公|通讯|联系)?地\s*址|邮\s*编|邮政编码|"
    r"(?:联系|咨询|服务|值班|办公)?电\s*话|传\s*真|邮\s*箱|电子邮[箱件]|e-?mail|网站标识码|网站地图|访问量|您是第|tel|add)",
    re.IGNORECASE,
)


def words(node: HtmlElement) -> frozenset[str]:
    """Return the words of class and id, in lower case: each name whole, and its parts."""
    return _words((node.get("class") or "")[:NAME_CHARS], (node.get("id") or "")[:NAME_CHARS])


# Pages of one site repeat their names thousands of times.
@lru_cache(maxsize=4096)
def _words(classes: str, identity: str) -> frozenset[str]:
    found: set[str] = set()
    for name in f"{classes} {identity}".split():
        found.add(name.lower())
        found.update(part.lower() for part in WORD.findall(name))
    return frozenset(found)


def is_comment(node: HtmlElement) -> bool:
    """Whether the element is named as a place for readers' comments."""
    own = words(node)
    return bool(own) and _names_comments(own)


@lru_cache(maxsize=4096)
def _names_comments(own: frozenset[str]) -> bool:
    return bool(own & COMMENT_WORDS) or any(stem in word for word in own for stem in COMMENT_STEMS)


def is_boilerplate(node: HtmlElement) -> bool:
    """Whether tag, role, class or id name the element as boilerplate (and not as the article)."""
    if node.tag in BOILERPLATE_TAGS or (node.get("role") or "").lower() in BOILERPLATE_ROLES:
        return True
    own = words(node)
    return bool(own) and _names_boilerplate(own)


@lru_cache(maxsize=4096)
def _names_boilerplate(own: frozenset[str]) -> bool:
    if own & BODY_WORDS and not own & COMMENT_WORDS:
        return False
    return bool(own & BOILERPLATE_WORDS) or any(STEMS.search(word) for word in own)


def is_hidden(node: HtmlElement) -> bool:
    """Whether the page hides the element from its readers."""
    style = (node.get("style") or "").replace(" ", "").lower()
    return node.get("hidden") is not None or node.get("aria-hidden") == "true" or "display:none" in style


SHORTEST, SHORTEST_LATIN = 12, 40  # characters of a sentence
REMEMBERED_CHARS = 1000
WIDE = re.compile("[\u2e81-\U0010ffff]+")
SENTENCE_MARKS = re.compile(r"[。！？；，：…]|[.,!?;:](?=\s|$)|[.!?][\"”’]")


def is_sentence(block: Block) -> bool:
    """Whether the block reads like prose: long enough, punctuated, not a link."""
    if block.chars < SHORTEST or block.link_chars * 2 >= block.chars:
        return False
    return (
        _reads_like_prose(block.text) if block.chars <= REMEMBERED_CHARS else _reads_like_prose.__wrapped__(block.text)
    )


@lru_cache(maxsize=4096)
def _reads_like_prose(text: str) -> bool:
    begins = text[:200]
    wide = 0 if begins.isascii() else sum(map(len, WIDE.findall(begins)))
    enough = len(text) >= SHORTEST if wide * 2 >= len(begins) else len(text) >= SHORTEST_LATIN
    return enough and bool(SENTENCE_MARKS.search(text)) and not FOOT_TEXT.search(text[:400])
