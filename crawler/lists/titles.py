"""The title of a row: the link's text, or its attribute where the text is cut, without day, category and summary."""

import re
from collections.abc import Collection, Iterable, Sequence

from lxml.html import HtmlElement

from crawler.lists.fields import Field
from crawler.lists.links import Link
from crawler.lists.rows import SHORT
from crawler.lists.words import BRACKETED, BULLETS, folded, plain, says_nothing

LABEL = re.compile(r"^(?:文章|新闻|信息)?(?:标题|题目|名称)\s*[:：]\s*")
BROWSERS_OWN = re.compile(
    r"新窗口|新标签|点击(?:查看|进入|打开|阅读)|查看(?:详情|全文|更多)|permalink|read more|open in|阅读全文",
    re.IGNORECASE,
)
LEADING = re.compile(r"^(?:\[[^\[\]]{1,14}\]|［[^［］]{1,14}］)\s*")
TAIL = re.compile(r"(?<=[^\x00-\x7f])\s*(?:new!?|hot!?)$", re.IGNORECASE)


def title_of(link: Link, own: Sequence[Field], others: Iterable[Field], *, repeated: Collection[str]) -> str:
    """Return the title of a row.

    own: the fields within links to the article; others: the row's other fields. repeated: texts that more than one row
    of the list has: no title.
    """
    candidates = [field for field in own if _may_be_title(field, repeated)]
    chosen = _first_of(candidates, repeated)
    if chosen is None and not attribute_of(link.element):
        chosen = _first_of([field for field in others if _may_be_title(field, repeated)], repeated)
    text = chosen.text if chosen is not None else ""
    written = (attribute_of(link.element), attribute_of(chosen.element) if chosen is not None else "")
    title = _whole(text, next(filter(None, written), ""), [field.text for field in own])
    return tidy(title or plain(_alternative(link)), repeated)


def tidy(title: str, repeated: Collection[str] = ()) -> str:
    """Return a title without bullets, and a category in brackets that other rows have too."""
    title = LABEL.sub("", title.lstrip(BULLETS).rstrip() or title.strip())
    if (found := LEADING.match(title)) and found[0].strip() in repeated:
        title = title[found.end() :]
    return TAIL.sub("", title) or title


def leading_brackets(text: str) -> str:
    """Return what stands in square brackets before a title, with them; empty where nothing does."""
    found = LEADING.match(text.lstrip(BULLETS))
    return found[0].strip() if found else ""


def attribute_of(element: HtmlElement) -> str:
    """Return what an element's `title` says, its first line, where that may be a headline."""
    lines = [line for line in re.split(r"[\r\n]+|<br */?>|&#1[03];", element.get("title") or "") if line.strip()]
    text = LABEL.sub("", plain(lines[0])) if lines else ""
    return "" if BROWSERS_OWN.search(text) or says_nothing(folded(text)) else text[:500]


def _may_be_title(field: Field, repeated: Collection[str]) -> bool:
    return not (field.is_day or field.text in repeated or says_nothing(field.folded) or BRACKETED.fullmatch(field.text))


def _first_of(candidates: Sequence[Field], repeated: Collection[str]) -> Field | None:
    """The field that is the title: marked as one, else the first that is no category."""
    marked = next((field for field in candidates if field.is_heading and field.text not in repeated), None)
    if marked is not None:
        return marked
    told = [field for field in candidates if not field.is_summary] or list(candidates)
    first = next(iter(told), None)
    if first is None:
        return None
    longer = next((field for field in told[1:3] if len(field.text) >= 2 * len(first.text)), None)
    is_category = len(first.text) <= SHORT - 2 and longer is not None and len(longer.text) <= 60
    return longer if is_category else first


def _whole(text: str, attribute: str, shown: Sequence[str]) -> str:
    """Text or attribute, whichever is the headline whole and alone."""
    if not attribute or not text:
        return text or attribute
    start = _before_dots(text)
    short, long = _bare(start), _bare(attribute)
    if start != text and long.startswith(short[: max(4, len(short) - 2)]):
        return attribute
    if long == short:
        return text
    if long in short or any(_bare(piece) == long for piece in shown):
        return attribute  # the text goes on with a day or summary
    if long.startswith(short) and re.match(
        r"[\w“”《》「」（(、，：:！!？?]", attribute[len(start) : len(start) + 1] or "."
    ):
        return attribute  # cut without a sign
    return attribute if long.endswith(short) and len(short) >= 4 else text


def _before_dots(text: str) -> str:
    """The text without the dots that say it was cut; with one full stop as it is."""
    left = text.rstrip(" .…。")
    return left if len(text.rstrip()) - len(left) > 1 or text.rstrip().endswith("…") else text


def _bare(text: str) -> str:
    return "".join(text.split())


def _alternative(link: Link) -> str:
    return link.text if not says_nothing(folded(link.text)) else ""
