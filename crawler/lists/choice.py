"""Choose the list among the groups of rows of a page: what menus, footers, pagers and side lists are told by."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from crawler.lists import embedded, records
from crawler.lists.days import are_sorted
from crawler.lists.entries import Entry, entries_of
from crawler.lists.links import text_of
from crawler.lists.marks import is_mark
from crawler.lists.outline import Outline
from crawler.lists.rows import Group, Row
from crawler.lists.words import (
    HEADINGS,
    MENU,
    MENU_HEADING,
    MENU_TAGS,
    NO_ROW,
    PERHAPS_SIDE,
    PERHAPS_SIDE_HEADING,
    SIDE,
    SIDE_HEADING,
    SIDE_TAGS,
    class_words,
    folded,
    plain,
    says_nothing,
)  # fmt: skip

TITLE_CHARS_COUNTED, DATED_WEIGHT = 30, 3
LONG_TITLE, SHORT_TITLE, UNNUMBERED_TITLE = 6.0, 4.5, 12.0  # characters on average, without days
FEWEST, FEWEST_SHORT = 3, 5  # rows
MOST_ANCESTORS, HEADING_LEVELS, HEADING_CHARS, NAME_CHARS = 60, 4, 20, 12
LEAD_DISTANCE = 2  # elements between a first row that is set apart and its list
ROW_CHARS, SENTENCE_CHARS = 400, 8  # of the row of a short list; before a link that stands in a sentence
TOLD_CHARS = 15  # of a sentence in each row
SIDE_FACTOR, COLUMN_FACTOR, PERHAPS_FACTOR, MENU_FACTOR, BEFORE_PAGER, NAMED_FACTOR, SORTED_FACTOR = (
    0.1,
    0.3,
    0.5,
    0.2,
    1.5,
    1.3,
    1.2,
)
# Elements that stand in a page only since its scripts were read.
MADE = {records.ROOM: "网页脚本所存的记录", embedded.ROOM: "网页脚本所存的数据"}
COUNTED = re.compile(r"\s?[(（]\d{1,5}[)）]$")  # 2026年9月（12）: of an archive
# Behind a heading. Each run has its bound: hostile ones are as long as the text that is read.
LEADS_ON = re.compile(r"[\s\[【(（+>》»]{0,4}(?:查看)?(?:更多|全部|more)[\s\]】)）+>》»…]{0,6}$", re.IGNORECASE)
NUMBERED = re.compile(r"\d{2,}|/\d+\.\w+$|[0-9a-f]{12,}|[=/]\d+$", re.IGNORECASE)


@dataclass(eq=False)
class Prospect:
    """A group that may be the list of its page, and what speaks for and against it."""

    outline: Outline
    group: Group
    entries: Sequence[Entry]
    page_title: str = ""
    ends_before_pager: bool = field(default=False)

    @cached_property
    def titled(self) -> list[Entry]:
        """Its rows with a title, each address once."""
        pairs = zip(self.entries, self.group.rows, strict=True)
        rows = [entry for entry, row in pairs if _is_title(folded(entry.title)) and not _is_no_row(entry, row)]
        first: dict[str, Entry] = {}
        for entry in rows:
            first.setdefault(entry.link.url, entry)
        is_dated = any(entry.is_dated for entry in first.values())
        return [each for each in first.values() if each.is_dated or not (is_dated and each.link.leads_to_section)]

    @cached_property
    def taken(self) -> list[Entry]:
        """Its articles: inside the channel, and no files."""
        return [entry for entry in self.titled if entry.link.is_ours and not entry.link.is_file]

    @cached_property
    def dated(self) -> int:
        """How many of its articles have a day."""
        return sum(entry.is_dated for entry in self.taken)

    @cached_property
    def heading(self) -> str:
        """The words right before it, where they are few."""
        return _inner_heading(self.group) or _heading(self.group.containers[0])

    @property
    def end(self) -> int:
        """The place of its last link on the page."""
        return self.group.rows[-1].link.place

    @property
    def place(self) -> str:
        """The container as people write it: tag, id or class; of what scripts held, where that was."""
        container = self.group.containers[0]
        if (made := MADE.get(container.get("class") or "")) is not None:
            return made
        name = container.get("id") or ""
        return f"#{name}" if name else ".".join([str(container.tag), *(container.get("class") or "").split()[:2]])

    @property
    def name(self) -> str:
        """By what people find it on the page: its heading, else its place; and how many rows it has."""
        heading = self.heading.strip("：:> ")
        return (
            f"“{heading}”{len(self.titled)} 行"
            if 0 < len(heading) <= NAME_CHARS
            else f"{self.place} {len(self.titled)} 行"
        )

    @cached_property
    def is_side(self) -> bool:
        """Whether it stands beside the list: a column of ranks, recommendations, related pieces."""
        said = SIDE_HEADING.search(self.heading) and not self._is_named
        return bool(said) or bool(self._words & SIDE) or bool(self._tags & SIDE_TAGS)

    @property
    def is_another_column(self) -> bool:
        """Whether the words before it are those of a column that stands on every page of a site."""
        return bool(PERHAPS_SIDE_HEADING.fullmatch(self.heading.strip("：:> "))) and not self._is_named

    @cached_property
    def is_menu(self) -> bool:
        """Whether it stands in a menu, header, footer or pager, or leads to friends."""
        if MENU_HEADING.fullmatch(self.heading.strip("：:> ")) and not self._is_named:
            return True
        return bool(self._words & MENU) or bool(self._tags & MENU_TAGS)

    @cached_property
    def weight(self) -> float:
        """How much it looks like the list of the page."""
        factor = SIDE_FACTOR if self.is_side else PERHAPS_FACTOR if self._words & PERHAPS_SIDE else 1.0
        factor *= COLUMN_FACTOR if self.is_another_column else 1.0
        factor *= MENU_FACTOR if self.is_menu else 1.0
        factor *= BEFORE_PAGER if self.ends_before_pager else 1.0
        factor *= NAMED_FACTOR if len(self.heading) > 1 and self.heading in self.page_title else 1.0
        days = [entry.day for entry in self.titled if entry.day]
        factor *= SORTED_FACTOR if len(days) >= FEWEST and are_sorted(days) else 1.0
        return factor * sum(
            min(len(entry.title), TITLE_CHARS_COUNTED) * (DATED_WEIGHT if entry.is_dated else 1)
            for entry in self.titled
        )

    @cached_property
    def is_list(self) -> bool:
        """Whether it may be taken for a list of articles at all, rather than for a menu, footer or pager."""
        if not self.taken or self.is_side:
            return False
        if self.dated >= FEWEST:
            return True
        if self.is_menu or self._is_prose:
            return False
        return self._is_short_list if self.dated and 2 * self.dated >= len(self.taken) else self._is_undated_list

    @property
    def _is_short_list(self) -> bool:
        """Of one or two rows with days: whether they are small and lead to articles."""
        rows = self.taken
        is_small = all(len(text_of(row.element)) <= ROW_CHARS for row in self.group.rows)
        chars = sum(len(entry.title) for entry in rows) / len(rows)
        return is_small and chars >= SHORT_TITLE and not any(entry.link.leads_to_section for entry in rows)

    @property
    def _is_undated_list(self) -> bool:
        """Of rows without days: whether they are many, their titles long, their addresses those of articles."""
        rows = [entry for entry in self.taken if not entry.link.leads_to_section]
        if len(rows) < FEWEST or 2 * len(rows) < len(self.taken):
            return False
        chars = sum(len(entry.title) for entry in rows) / len(rows)
        if 3 * sum(bool(NUMBERED.search(entry.link.url)) for entry in rows) >= 2 * len(rows):
            is_enough = chars >= SHORT_TITLE or self._is_told
            return chars >= LONG_TITLE or (is_enough and len(rows) >= FEWEST_SHORT)
        return chars >= UNNUMBERED_TITLE

    @property
    def _is_told(self) -> bool:
        """Whether each row tells a sentence beside its title: of an encyclopaedia (磁铁), no menu does."""
        rows = zip(self.entries, self.group.rows, strict=True)
        return all(len(plain(text_of(row.element))) >= len(entry.title) + TOLD_CHARS for entry, row in rows)

    @property
    def _is_prose(self) -> bool:
        """Whether most of its links stand in sentences."""
        inline = sum(_is_in_sentence(row.link.element) for row in self.group.rows)
        return 2 * inline > len(self.group.rows)

    @property
    def _is_named(self) -> bool:
        """Whether the page is called as the words before it."""
        return self.heading.strip("：:> ") in self.page_title

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset().union(*(class_words(each) for each in self._around))

    @cached_property
    def _tags(self) -> frozenset[str]:
        return frozenset(str(each.tag) for each in self._around)

    @cached_property
    def _around(self) -> list[HtmlElement]:
        """The containers and what is around them, the body left out."""
        first = self.group.containers[0]
        chain = [first, *islice(first.iterancestors(), MOST_ANCESTORS)]
        return [each for each in chain if each.tag not in ("body", "html", "form")]


def lead_of(prospects: Sequence[Prospect], best: Prospect) -> Prospect | None:
    """Return the one row with a day right before the list or its rows, set apart (头条), that leads where they do."""
    shapes = {entry.link.shape for entry in best.taken}
    starts = (best.group.containers[0], best.group.rows[0].element)
    before = {each for start in starts for each in islice(start.itersiblings(preceding=True), LEAD_DISTANCE)}
    for each in prospects:
        is_one = len(each.group.rows) == len(each.taken) == 1 and each.group.rows[0].element in before
        if is_one and each.taken[0].is_dated and each.taken[0].link.shape in shapes and not each.is_side:
            return each
    return None


def prospects_of(outline: Outline, groups: Sequence[Group]) -> list[Prospect]:
    """Return what may be the list, the likeliest first."""
    title = plain(next((text_of(each) for each in outline.page.iter("title")), ""))[:200]
    worth = [
        group for group in groups if len(group.rows) >= FEWEST or any(outline.days_in(r.element) for r in group.rows)
    ]
    found = [Prospect(outline, group, entries_of(outline, group), page_title=title) for group in worth]
    by_end = sorted((each for each in found if len(each.titled) >= FEWEST), key=lambda each: each.end)
    ends = [each.end for each in by_end]
    for pager in set(outline.pagers):
        if nearest := bisect_left(ends, pager):
            by_end[nearest - 1].ends_before_pager = True
    return sorted((each for each in found if each.titled), key=lambda each: -each.weight)


def _is_title(text: str) -> bool:
    return len(text) > 1 and not says_nothing(text) and not is_mark(COUNTED.sub("", text))


def _is_no_row(entry: Entry, row: Row) -> bool:
    """Whether a row leads to the next article, or is the foot of the site, which writes no day."""
    found = NO_ROW.search(plain(text_of(row.element)))
    return found is not None and (found.start() == 0 or not entry.is_dated)


def _is_in_sentence(link: HtmlElement) -> bool:
    earlier, parent = link.getprevious(), link.getparent()
    before = earlier.tail if earlier is not None else parent.text if parent is not None else ""
    return len(plain(before or "")) >= SENTENCE_CHARS


def _inner_heading(group: Group) -> str:
    """The heading that stands in the container itself, right before its first row."""
    before = group.rows[0].element.getprevious()
    if before is None or before.tag not in HEADINGS:
        return ""
    text = LEADS_ON.sub("", plain(text_of(before)))
    return text if len(text) <= HEADING_CHARS else ""


def _heading(container: HtmlElement) -> str:
    """The text of the nearest element before the container, or before what holds it, if it is short."""
    element = container
    for _ in range(HEADING_LEVELS if container.tag != "body" else 0):
        for earlier in islice(element.itersiblings(preceding=True), 3):
            text = LEADS_ON.sub("", plain(text_of(earlier)))
            if text and not says_nothing(folded(text)):
                return text if len(text) <= HEADING_CHARS or earlier.tag in HEADINGS else ""
        parent = element.getparent()
        if parent is None or parent.tag == "body":
            return ""
        element = parent
    return ""
