"""Read a list page: its articles with title and day, why these, and the selector that chooses them. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from lxml.html import HtmlElement

from crawler.lists.absence import NoList, hides_another, is_article, no_list
from crawler.lists.choice import FEWEST, Prospect, lead_of, prospects_of
from crawler.lists.chosen import group_of, links_in
from crawler.lists.css import selector_of
from crawler.lists.days import whole_day
from crawler.lists.entries import Entry, entries_of
from crawler.lists.links import Accepts, text_of
from crawler.lists.outline import Outline
from crawler.lists.rows import Group, groups_of
from crawler.lists.words import plain

Select = Callable[[str], Sequence[HtmlElement]]
"""Returns the elements of the page that a CSS selector chooses."""
Correct = Callable[[tuple[Entry, ...]], tuple[Entry, ...]]
"""Gives entries the title and day that selectors choose."""
PASSED_OVER = 3  # other groups that are named
ANCESTORS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """The articles of a list page in its order. why: words. selector: CSS of the same links, or empty."""

    entries: tuple[Entry, ...]
    why: str
    selector: str


def read_list(
    page: HtmlElement,
    url: str,
    accepts: Accepts,
    *,
    select: Select,
    chosen: str = "",
    title: str = "",
    date: str = "",
    wants_selector: bool = False,
) -> ListPage:
    """Return the list of a page. Raises NoList.

    accepts: which addresses are the channel's. chosen: CSS of the links, or of what holds them; without it the list is
    found, and with wants_selector CSS that chooses it is looked for. title, date: CSS of the title and of the day
    within a row.
    """
    titles, dates = (select(css) if css else None for css in (title, date))
    outline = Outline(page, url, accepts)
    correct = partial(_corrected, outline, titles=titles, dates=dates)
    if chosen:
        return _by_selector(outline, select(chosen), chosen, correct)
    return _found(outline, correct, wants_selector=wants_selector)


def _by_selector(outline: Outline, elements: Sequence[HtmlElement], css: str, correct: Correct) -> ListPage:
    links = links_in(outline, elements)
    if not links:
        what = "没有选中任何元素" if not elements else "选中的元素里没有属于这个渠道的文章链接"
        raise NoList(f"列表页上没有找到文章链接：选择器 {css[:80]} {what}", "请改正 list 选择器")
    entries = {entry.link.url: entry for entry in reversed(entries_of(outline, group_of(outline, links)))}
    ordered = correct(tuple(reversed(entries.values())))
    return ListPage(entries=ordered, why=f"按选择器 {css[:80]} 读取：{_counted(ordered)}", selector=css)


def _found(outline: Outline, correct: Correct, *, wants_selector: bool) -> ListPage:
    prospects = prospects_of(outline, groups_of(outline))
    best = next((each for each in prospects if each.is_list), None)
    if best is None or hides_another(prospects, best) or is_article(outline, prospects, best):
        raise no_list(outline, prospects)
    lead = lead_of(prospects, best)
    entries = correct((*(lead.taken if lead else ()), *best.taken))
    group = Group(lead.group.containers, [*lead.group.rows, *best.group.rows]) if lead else best.group
    why = f"选了 {best.place} 里的列表：{_counted(entries)}{_left_out(best)}{_passed_over(prospects, best)}"
    selector = selector_of(outline, group, [entry.link for entry in entries]) if wants_selector else ""
    return ListPage(entries=entries, why=why, selector=selector)


def _passed_over(prospects: Sequence[Prospect], best: Prospect) -> str:
    others = [each for each in prospects if each is not best and len(each.titled) >= FEWEST]
    if not others:
        return ""
    more = f"等 {len(others)} 组" if len(others) > PASSED_OVER else ""
    return f"。没有选：{'、'.join(each.name for each in others[:PASSED_OVER])}{more}"


def _counted(entries: Sequence[Entry]) -> str:
    days = sum(entry.day is not None for entry in entries)
    dated = sum(entry.is_dated for entry in entries) - days
    words = f"{len(entries)} 篇，{days} 篇有日期" if days else f"{len(entries)} 篇，都没有写明年月日"
    return f"{words}，{dated} 篇的日期不完整" if dated > 0 else words


def _left_out(best: Prospect) -> str:
    files = sum(entry.link.is_file for entry in best.titled)
    foreign = sum(not entry.link.is_ours and not entry.link.is_file for entry in best.titled)
    parts = [f"{files} 行是文件" if files else "", f"{foreign} 行不在渠道登记的范围内" if foreign else ""]
    return f"（另有 {'、'.join(filter(None, parts))}）" if any(parts) else ""


def _corrected(
    outline: Outline,
    entries: tuple[Entry, ...],
    *,
    titles: Sequence[HtmlElement] | None,
    dates: Sequence[HtmlElement] | None,
) -> tuple[Entry, ...]:
    """The entries with title and day from the elements that selectors chose within their rows; None: no selector."""
    if titles is None and dates is None:
        return entries
    group = group_of(outline, sorted((entry.link for entry in entries), key=lambda link: link.place))
    rows = {row.element: row.link.url for row in group.rows}
    title_by, date_by = (_by_row(rows, elements or ()) for elements in (titles, dates))
    corrected = []
    for entry in entries:
        title = title_by.get(entry.link.url) or entry.title
        day, is_dated = entry.day, entry.is_dated
        if dates is not None:
            written = date_by.get(entry.link.url, "")
            day, is_dated = whole_day(written), bool(written)
        corrected.append(replace(entry, title=title, day=day, is_dated=is_dated))
    return tuple(corrected)


def _by_row(rows: dict[HtmlElement, str], elements: Sequence[HtmlElement]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in elements:
        around = element
        for _ in range(ANCESTORS):
            if around in rows:
                found.setdefault(rows[around], plain(text_of(element)))
                break
            parent = around.getparent()
            if parent is None:
                break
            around = parent
    return found
