"""Tell in words why a page holds no list of articles: menus alone, files, other sites, a script's list, an article."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.lists.choice import FEWEST, Prospect
from crawler.lists.outline import SKIPPED, Outline
from crawler.lists.words import plain

NOTHING, DO = "列表页上没有找到文章链接", "请登记栏目列表页的网址，或为渠道填写 list 选择器"
OTHER_WAYS = "；网站有订阅源、站点地图或 JSON 列表的，可以改用那种方式"
PROSE_PIECE = 30  # characters of a piece of running text
PROSE_BESIDE_DAYS, PROSE_BESIDE_ROWS = 600, 250  # so much of it outside a list's rows, and the page is an article's
PROSE_ALONE = 120  # where nothing on the page looks like a list, and the words say no more than what it looks like
PROSE_DECLARED = 60  # where the page says that it is an article
_DECLARED = re.compile(r"og:type=article|article:published_time=.+|articletitle=.+|pubdate=\d.+", re.IGNORECASE)
CLEARLY = 2.0  # so much heavier is a list that hides what else looks like one


class NoList(Exception):
    """A page without a list of articles. what, do: words for the unit. is_article: it is an article itself."""

    def __init__(self, what: str, do: str, *, is_article: bool = False) -> None:
        self.what, self.do, self.is_article = what, do, is_article
        super().__init__(f"{what}。{do}")


def hides_another(prospects: Sequence[Prospect], best: Prospect) -> bool:
    """Tell whether the page's list leads to files or elsewhere as a whole, so that the best of the rest is none."""
    heaviest = next((each for each in prospects if not each.is_side and not each.is_menu), best)
    return not heaviest.taken and len(heaviest.titled) >= FEWEST and heaviest.weight > CLEARLY * best.weight


def is_article(outline: Outline, prospects: Sequence[Prospect], best: Prospect | None) -> bool:
    """Tell whether a page has more running text outside the rows of its lists than any list page has."""
    is_declared = any(_DECLARED.fullmatch(_named(meta)) for meta in outline.page.iter("meta"))
    if best is not None and best.ends_before_pager and not is_declared:
        return False
    rows = {
        row.element
        for each in prospects
        if each is best or len(each.titled) >= FEWEST
        for row in each.group.rows
        if each is best or row.element.tag != "p"
    }
    most = PROSE_BESIDE_ROWS
    if best is not None and best.dated >= FEWEST:
        most = PROSE_BESIDE_ROWS if best.is_another_column else PROSE_BESIDE_DAYS
        rows.update(each for each in best.group.containers if each.tag != "body")  # summaries beside their rows
    return _has_prose(outline.page, rows, PROSE_DECLARED if is_declared else most)


def no_list(outline: Outline, prospects: Sequence[Prospect]) -> NoList:
    """Return the words for a page without a list: what stands there instead."""
    if is_article(outline, prospects, None):
        return NoList(
            f"{NOTHING}：这个网页是一篇文章，没有栏目列表", "请登记栏目列表页的网址；单篇文章请用推送", is_article=True
        )
    lists = [each for each in prospects if not each.is_menu and len(each.titled) >= FEWEST]
    elsewhere = next((each for each in lists if not each.is_side), None)
    if elsewhere is not None and not elsewhere.taken:
        return _elsewhere(elsewhere)
    sides = [each.name for each in lists if each.is_side]
    if sides:
        what = f"{NOTHING}：只有旁栏（{'、'.join(sides[:2])}），列表本身可能由脚本另外载入"
        return NoList(what, DO + OTHER_WAYS)
    has_script = any(True for _ in outline.page.iter("script"))
    if _has_prose(outline.page, set(), PROSE_ALONE):
        perhaps = "（若是栏目页，列表可能由脚本另外载入）" if has_script else ""
        return NoList(f"{NOTHING}：这个网页像是一篇文章{perhaps}", "请登记栏目列表页的网址；单篇文章请用推送")
    if has_script:
        what = f"{NOTHING}：只看到菜单、页脚或翻页一类的链接，列表可能由脚本另外载入"
        return NoList(what, DO + OTHER_WAYS)
    return NoList(f"{NOTHING}：只看到菜单、页脚或翻页一类的链接" if prospects else NOTHING, DO)


def _elsewhere(prospect: Prospect) -> NoList:
    rows = prospect.titled
    if 2 * sum(entry.link.is_file for entry in rows) >= len(rows):
        return NoList(f"{NOTHING}：列表的 {len(rows)} 行都是文件（PDF、Word 等），不是网页", DO)
    host = rows[0].link.url.split("/")[2]
    what = f"{NOTHING}：列表的 {len(rows)} 行都不在渠道登记的范围内（{host} 等）"
    return NoList(what, "请为渠道补充登记这些网站或路径，或改登栏目列表页的网址")


def _has_prose(page: HtmlElement, rows: set[HtmlElement], most: int) -> bool:
    """Whether the page holds more than `most` characters of running text, rows, links and scripts left out."""
    chars = 0
    left_out: set[HtmlElement] = set()
    for element in page.iter():
        parent = element.getparent()
        if parent in left_out:
            left_out.add(element)
            continue
        if element in rows or element.tag == "a" or element.tag in SKIPPED:
            left_out.add(element)
        else:
            chars += _prose_in(element.text)
        chars += _prose_in(element.tail)
        if chars > most:
            return True
    return False


def _named(meta: HtmlElement) -> str:
    return f"{meta.get('property') or meta.get('name') or ''}={(meta.get('content') or '').strip()[:200]}"


def _prose_in(text: str | None) -> int:
    if not text or len(text) < PROSE_PIECE:
        return 0
    length = len(plain(text))
    return length if length >= PROSE_PIECE else 0
