"""Find when an article was published: metadata, the lines above and below it, address and scripts vote on the day."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.dates.pieces import MOST_PIECES, PIECE_CHARS, day_of_pieces
from crawler.dates.read import read_stamp
from crawler.dates.search import date_in_address, find_dates
from crawler.extract.body.blocks import Block
from crawler.extract.body.boilerplate import COMMENT_HEADS, FOOT_TEXT, NEIGHBOUR, RELATED_HEADS
from crawler.extract.fields.bylines import names_unit
from crawler.extract.fields.date_lines import Dated, Role, dates_of, is_fact_line, is_text, label_of
from crawler.extract.fields.meta import Declared
from indexer.base.times import Published

ABOVE, BELOW, LAST = 25, 8, 3  # blocks above the article's first one, below its last one, and its last ones
SIGNATURE = 12  # last blocks, where a signature may stand above a list of enclosures
HEAD_BLOCKS = 12  # of the article, among which its headline and date line may stand
TEXT_BLOCKS = 40  # of its text, in which a day shows that the page names days
LINK_CHARS = 12  # a longer link below the article leads to another one
SIGNER_CHARS = 40  # of a line that names who signed
DAY_AT_END = re.compile(r"[\s　]*[（(]?[\d〇○零一二三四五六七八九十]{2,4}\s?[-/.年][^一-鿿]*.{0,12}$")
BRACKETS = ("(", "（")
BOX_CHARS = 40  # of a box that shows a day in parts
# How much a place's word counts for a day; a second and third declared field count less than the first.
DECLARED, FALLOFF, LABELLED, AT_HEADLINE, IN_ADDRESS, IN_SCRIPT, CHANGED = 3.0, 0.6, 2.5, 2.0, 1.5, 0.8, 0.4
MARKED = 1.5
FAR_LABELLED, FAR = 1.4, 0.7  # above the headline
BELOW_LABELLED, SIGNED, FIRST_LINE = 2.0, 0.9, 1.2  # below the article, with a label and without; as its first line
TIED = 0.95  # a second day with more than this share of the first one's votes: nobody knows which it is
NOTICE = re.compile(
    r"^\W{0,3}[一二三四五六七八九十\d]{0,2}\W{0,2}(?:地\s*点|场\s*所|主讲|报告人|嘉宾|对\s*象|主办|承办|会场|形\s*式|内\s*容)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """When an article was published. is_uncertain: the page names days, but none that is surely it."""

    published: Published | None
    is_uncertain: bool = False


@dataclass(frozen=True, slots=True)
class _Vote:
    published: Published
    weight: float


def read_published(
    blocks: Sequence[Block],
    declared: Declared,
    *,
    title: int | None,
    start: int,
    end: int,
    scripts: Sequence[str],
    url: str | None,
) -> Day:
    """Return the time of publication, none where nothing surely names it; the time of reading never stands in.

    title, start, end: places of the headline, of the article's first block and behind its last one.
    scripts: see `times_in_scripts`.
    """
    chinese = declared.is_chinese
    votes = [
        *_declared(declared),
        *_Lines(blocks, title, start, end, chinese=chinese).votes(),
    ]
    if url and (day := date_in_address(url, chinese=chinese)):
        votes.append(_Vote(day, IN_ADDRESS))
    told = list(_from_scripts(scripts, chinese=chinese))
    if len({_day(vote) for vote in told}) > 1:
        # A list of articles: its days may bear one out that the page names, no more.
        named = {_day(vote) for vote in votes if vote.weight > 0}
        told = [vote if _day(vote) in named else _Vote(vote.published, 0.0) for vote in told]
    return _counted([*votes, *told])


def _day(vote: _Vote) -> date:
    """The day as its source writes it."""
    return vote.published.at.date()


def _counted(votes: Sequence[_Vote]) -> Day:
    days: defaultdict[date, float] = defaultdict(float)
    for vote in votes:
        days[_day(vote)] += vote.weight
    best = sorted(days, key=lambda day: -days[day])[:2]
    if not best or days[best[0]] <= 0:
        return Day(None, is_uncertain=bool(votes))
    if len(best) > 1 and days[best[1]] > TIED * days[best[0]]:
        return Day(None, is_uncertain=True)
    of_day = [vote for vote in votes if _day(vote) == best[0] and vote.weight > 0]
    return Day(max(of_day, key=lambda vote: (not vote.published.is_day, vote.weight)).published)


def _declared(declared: Declared) -> Iterator[_Vote]:
    weight = DECLARED
    for text in declared.times:
        if moment := _read(text, chinese=declared.is_chinese):
            yield _Vote(moment, weight)
            weight *= FALLOFF
    for texts, weight in ((declared.marked, MARKED), (declared.changed, CHANGED)):
        for text in texts:
            if moment := _read(text, chinese=declared.is_chinese):
                yield _Vote(moment, weight)


def _read(text: str, *, chinese: bool) -> Published | None:
    if moment := read_stamp(text, chinese=chinese):
        return moment
    return next((found for _, found in find_dates(text, chinese=chinese)), None)


def _from_scripts(texts: Sequence[str], *, chinese: bool) -> Iterator[_Vote]:
    for place, text in enumerate(texts):
        if found := _read(text, chinese=chinese):
            yield _Vote(found, IN_SCRIPT / (place + 1))


class _Lines:
    """The lines above an article's text and below it; the days in the text are its subject and count nothing."""

    def __init__(self, blocks: Sequence[Block], title: int | None, start: int, end: int, *, chinese: bool) -> None:
        self.blocks, self.start, self.end, self.chinese = blocks, start, end, chinese
        self.title = title if title is not None and abs(title - start) <= ABOVE else None
        self.text = self._first_of_text(start if self.title is None else max(start, self.title + 1))

    def votes(self) -> Iterator[_Vote]:
        """Yield what each line says; 0 for a day that is not of publication."""
        self.is_dated = False  # a line between headline and text has named the day
        first = self.start if self.title is None else min(self.start, self.title)
        for place in range(max(0, first - ABOVE), self.text):
            if place != self.title:
                yield from self._above(place)
        yield from self._below()
        for place in range(self.text, min(self.end, self.text + TEXT_BLOCKS)):
            yield from (_Vote(dated.published, 0.0) for dated in self._dates(place))

    def _dates(self, place: int) -> Sequence[Dated]:
        before = label_of(self.blocks[place - 1].text) if place else ""
        block = self.blocks[place]
        found = list(dates_of(block.spaced, before=before, chinese=self.chinese))
        if not found and block.spaced != block.text:
            found = list(dates_of(block.text, before=before, chinese=self.chinese))
        return found

    def _first_of_text(self, place: int) -> int:
        """Where the first block stands that is no line of facts."""
        most = min(len(self.blocks), place + HEAD_BLOCKS)
        for at in range(place, most):
            if is_text(self.blocks[at], chinese=self.chinese):
                return at
            roles = [dated.role for dated in self._dates(at)]
            if Role.OTHER in roles and roles[0] not in (Role.PUBLISHED, Role.PLAIN):
                return at
        return most

    def _above(self, place: int) -> Iterator[_Vote]:
        is_near = place >= (self.start - 6 if self.title is None else self.title - 2)
        found = self._dates(place)
        for dated in found:
            if not dated.is_fact and dated.role is not Role.PUBLISHED:
                continue
            weight = self._weight_above(dated, place) if is_near else self._weight_far(dated)
            self.is_dated = self.is_dated or (weight >= AT_HEADLINE and place > (self.title or 0))
            yield _Vote(dated.published, weight)
        if not found and place >= (self.start if self.title is None else self.title) - 4:
            yield from (_Vote(day, AT_HEADLINE) for day in self._in_parts(place))

    def _weight_above(self, dated: Dated, place: int) -> float:
        # Inside the article's own element, with the headline outside of it, only a day that stands alone is no subject.
        is_inside = place >= self.start and self.title is not None and self.title < self.start
        match dated.role:
            case Role.PUBLISHED:
                return LABELLED
            case Role.TIME:
                is_of_event = is_inside or self.is_dated or self._is_notice(place)
                return LABELLED if dated.has_others or not is_of_event else 0.0
            case Role.PLAIN if place >= self.start and dated.weekday[:1] in BRACKETS:
                return 0.0  # of an activity: 2026年9月20日（周日）14:00
            case Role.PLAIN if is_inside:
                return FIRST_LINE if dated.is_alone and self._is_first(place) else 0.0
            case Role.PLAIN if dated.weekday and self.title is not None and place < self.title:
                return FAR  # it may be the day on which the page is looked at
            case Role.PLAIN:
                return AT_HEADLINE
            case Role.CHANGED:
                return CHANGED
            case _:
                return 0.0

    def _weight_far(self, dated: Dated) -> float:
        weights = {Role.PUBLISHED: FAR_LABELLED, Role.TIME: FAR, Role.PLAIN: FAR, Role.CHANGED: CHANGED}
        return weights.get(dated.role, 0.0)

    def _is_notice(self, place: int) -> bool:
        """Whether the next lines say where, and for whom: then 时间 is that of an activity."""
        return any(NOTICE.search(block.text) for block in self.blocks[place + 1 : place + 3])

    def _in_parts(self, place: int) -> Iterator[Published]:
        """A day whose parts stand in elements of one block, or in blocks that follow each other."""
        block = self.blocks[place]
        following = [each.text for each in self.blocks[place : place + 3]]
        if block.chars > BOX_CHARS or not any(char.isdecimal() for char in "".join(following)):
            return
        for texts in (block.pieces[: 3 * MOST_PIECES], following):
            short = [text if len(text) <= PIECE_CHARS else "" for text in texts]
            for many in (3, 2):
                for at in range(1 if texts is following else max(0, len(short) - many + 1)):
                    if (day := day_of_pieces(short[at : at + many])) is not None:
                        yield day
                        return

    def _below(self) -> Iterator[_Vote]:
        is_behind_others = False
        for place in range(
            max(self.text, min(self.end - LAST, self._signed())), min(len(self.blocks), self.end + BELOW)
        ):
            block = self.blocks[place]
            is_outside = place >= self.end
            if is_outside and NEIGHBOUR.match(block.text):
                is_behind_others = True  # 上一篇; of the lines that follow, only one that says so has the day
                continue
            if is_outside and _ends_foot(block):
                return
            if FOOT_TEXT.search(block.text):
                return  # of the site, which may say when it was last changed
            for dated in self._dates(place):
                if not is_behind_others or dated.role is Role.PUBLISHED:
                    yield _Vote(dated.published, self._weight_below(dated, place, is_outside=is_outside))

    def _weight_below(self, dated: Dated, place: int, *, is_outside: bool) -> float:
        if not dated.is_fact:
            return 0.0
        match dated.role:
            case Role.PUBLISHED:
                return BELOW_LABELLED
            case Role.TIME:
                return BELOW_LABELLED if is_outside or dated.has_others else 0.0
            case Role.CHANGED:
                return CHANGED
            case Role.PLAIN if is_outside and place == self.end and dated.weekday[:1] not in BRACKETS:
                return SIGNED
            case Role.PLAIN if not is_outside and self._is_signature(dated, place):
                return SIGNED
            case Role.PLAIN if dated.has_others and place == self.end - 1:
                return SIGNED  # of the page: 2026年9月17日 责任编辑：某某
            case _:
                return 0.0

    def _is_first(self, place: int) -> bool:
        """Whether nothing but facts about the article stands in its element before this line."""
        return all(is_fact_line(block.text, chinese=self.chinese) for block in self.blocks[self.start : place])

    def _is_signature(self, dated: Dated, place: int) -> bool:
        """Whether the article ends with this day: behind the name of a unit, or alone behind its last sentence."""
        if dated.weekday or not dated.published.is_day:
            return False  # of an activity
        text, above = self.blocks[place].text, self.blocks[place - 1] if place else None
        if not dated.is_alone:
            return names_unit(DAY_AT_END.sub("", text))
        if above is None or above.chars > SIGNER_CHARS or is_text(above, chinese=self.chinese):
            return place == self.end - 1
        return names_unit(above.text)

    def _signed(self) -> int:
        """Place of the day under a signature that lists of enclosures follow; behind the last block where none is."""
        for place in range(self.end - 1, max(self.text, self.end - SIGNATURE), -1):
            found = self._dates(place)
            if found and found[0].is_alone and names_unit(self.blocks[place - 1].text):
                return place
        return self.end


def _ends_foot(block: Block) -> bool:
    """Whether what follows below the article is about others."""
    is_link = block.link_chars > LINK_CHARS and block.link_chars * 2 >= block.chars
    return is_link or bool(RELATED_HEADS.match(block.text[:60]) or COMMENT_HEADS.match(block.text[:60]))
