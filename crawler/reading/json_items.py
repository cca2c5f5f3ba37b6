"""What stands in the JSON that a site's script draws its list from: items by their paths, or words why none."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, urldefrag, urljoin

from config.units.options import HOLE, JsonListOptions
from crawler.dates.read import read_stamp
from crawler.exchange import Answer, Ask, Unreadable
from crawler.extract.charset import decode
from crawler.extract.document import CONTROL
from crawler.feeds.wording import title_of
from crawler.lists.links import is_file
from crawler.reading.articles import article_ask
from indexer.base.text import storable
from indexer.base.times import Published
from indexer.catalogue.items import TITLE_CHARS, URL_CHARS
from indexer.whitelist.records import Channel

MOST_ITEMS = 5000
NAMES_SHOWN = 12
CALLBACK = re.compile(r"^[\w$.]{1,100}\s*\(")  # JSONP

Json = object  # foreign data, every value is checked where it is taken


def parsed(channel: Channel, answer: Answer) -> Json:
    """Return the data of an answer, JSON or JSONP. Raises Unreadable."""
    text = decode(answer.body, answer.headers.get("content-type")).lstrip("\ufeff \t\r\n")
    if called := CALLBACK.match(text):
        text = text[called.end() :].rstrip(" \t\r\n;").removesuffix(")")
    try:
        data: Json = json.loads(text, strict=False)  # sites write line ends within texts
    except (ValueError, RecursionError) as error:
        do = "请登记网页脚本取列表的 JSON 网址；列表写在网页里的，请改用 site 方式"
        raise Unreadable(channel, "登记的网址回答的不是 JSON", do=do) from error
    return data


def value_at(data: Json, path: str) -> Json:
    """Return what stands at a path: names of objects, numbers in lists, joined by dots; None where nothing does."""
    for step in path.split(".") if path else ():
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def items_at(channel: Channel, data: Json, path: str) -> Sequence[Json]:
    """Return the list at a path, MOST_ITEMS of it. Raises Unreadable, with the paths at which lists stand."""
    found = value_at(data, path)
    if isinstance(found, list) and found:
        return found[:MOST_ITEMS]
    there = f"JSON 里 {path}" if path else "JSON 的最外层"
    if isinstance(found, list):
        raise Unreadable(channel, f"{there} 是空的列表", do="请检查网址里的栏目编号和页码")
    what = f"{there} 没有列表" if found is None else f"{there} 不是列表"
    lists = list(_lists(data))
    do = f"请为渠道填写 items 选项，例如 {'、'.join(lists)}" if lists else "请检查登记的网址是不是列表的网址"
    raise Unreadable(channel, what, do=do)


def _lists(data: Json, path: str = "", depth: int = 4) -> Iterator[str]:
    """Paths at which lists of objects stand, for words."""
    if not isinstance(data, Mapping) or not depth:
        return
    for name, value in list(data.items())[:NAMES_SHOWN]:
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{path}{name}"[:80]
        yield from _lists(value, f"{path}{name}.", depth - 1)


def article_of(options: JsonListOptions, item: Json, base: str) -> Ask | None:
    """Return the request for the page of an item; None where it names none. base: what its address is relative to."""
    written = _address(options.url, item)
    try:
        url = urldefrag(urljoin(base, written)).url if written else ""
    except ValueError:
        return None
    if not url.startswith(("http://", "https://")) or len(url) > URL_CHARS:
        return None
    title = title_of(_text(value_at(item, options.title)))[:TITLE_CHARS]
    day = _day(_text(value_at(item, options.date))) if options.date else None
    return article_ask(url, title=title, day=day)


def _address(form: str, item: Json) -> str:
    """The address at a path; or the form with the item's values in the place of its paths, all of them or none."""
    if "{" not in form:
        return _text(value_at(item, form))
    values = {path: _text(value_at(item, path)) for path in HOLE.findall(form)}
    return HOLE.sub(lambda hole: quote(values[hole[1]], safe=""), form) if all(values.values()) else ""


def _text(value: Json) -> str:
    """The text of a value, without what no page holds and no record takes; empty where it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return storable(CONTROL.sub("", str(value))).strip()


def _day(written: str) -> Published | None:
    """The time that an item names: in any written form, or in seconds or milliseconds since 1970."""
    return read_stamp(written, chinese=True) if written else None


def none_inside(channel: Channel, options: JsonListOptions, items: Sequence[Json], urls: Sequence[str]) -> Unreadable:
    """Return why nothing of a list is taken. urls: the addresses that its items name."""
    if urls and all(map(is_file, urls)):
        what = f"列表的 {len(urls)} 个网址都是文件（PDF、视频等），不是网页"
        return Unreadable(channel, what, do="请登记列出文章网页的列表")
    if urls:
        what = f"列表的 {len(urls)} 个网址都不在渠道登记的范围内（{urls[0][:80]} 等）"
        return Unreadable(channel, what, do="请为渠道补充登记这些网站或路径")
    first = items[0]
    names = "、".join(str(name)[:40] for name in list(first)[:NAMES_SHOWN]) if isinstance(first, Mapping) else "没有"
    what = f"列表的 {len(items)} 项里没有网址（{options.url}）；第一项有的是：{names}"
    return Unreadable(channel, what, do="请为渠道填写 url 选项：网址所在的项，或带编号的网址，如 /a/{id}.html")


def why_taken(options: JsonListOptions, items: Sequence[Json], *, urls: int, pages: int, inside: int) -> str:
    """Return in words how many of the items were taken, and why the others were not."""
    where = f"JSON 里 {options.items}" if options.items else "JSON 的最外层"
    without = f"，{len(items) - urls} 项没有网址或重复" if len(items) > urls else ""
    files = f"，{urls - pages} 项是文件" if urls > pages else ""
    outside = f"，{pages - inside} 项不在渠道登记的范围内" if pages > inside else ""
    return f"{where} 的列表有 {len(items)} 项，取 {inside} 项{without}{files}{outside}"


def next_page(options: JsonListOptions, data: Json, base: str) -> str | None:
    """Return the address of the next page; None where the list names none."""
    written = _text(value_at(data, options.next)) if options.next else ""
    try:
        return urljoin(base, written) if written else None
    except ValueError:
        return None
