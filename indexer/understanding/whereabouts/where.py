"""Tell where the event or the subject of a text is, by the places that it names and the words around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.catalogue.items import ItemKind
from indexer.understanding.whereabouts.gazetteer import Gazetteer, Mention

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

READ_CHARS = 4000  # of a text; what comes after tells of other things
NEAR_BEFORE, NEAR_AFTER = 8, 16  # characters of the same clause that say what a name is there for
MOST_NAMED = 4  # a text that is about more lists the city

# Points of one mention. By the labelled texts of TAGGING.md a name alone is the place in nine of ten.
NAMED, IN_TITLE, FIRST, OF_VENUE, LED_TO, ON_PLACE_LINE = 1.0, 1.0, 0.5, 1.5, 1.0, 3.0
OF_GUESTS, IN_PASSING = -2.0, -1.0
AGAIN, MOST_AGAIN = 0.25, 1.0  # for each further mention
LEAST, LEAST_ONLINE, OF_BEST = 1.0, 2.5, 0.55  # below these, and below this part of the best, it is in passing
SURE = 4.0  # points from which the confidence is highest

_CLAUSE = re.compile(r"[，。；！？!?;\n—…|｜（）()“”]")
_PLACE_LINE = re.compile(
    r"(?:地\s*点|地\s*址|集合地|会\s*场|场\s*地|活动地|举办地)[^\n：:]{0,4}[：:]\s*[^\n。；]{0,40}$"
)
_VENUE = re.compile(
    r"示例|馆|院|校|园|广场|剧场|剧院|影院|社区|街道|胡同|镇|乡|村|基地|中心|车站|站|厅|楼|书店|分馆|大集|集市|合作社|工地|医院|小区"
    r"|举办|举行|开幕|落幕|开讲|开放|召开|启动|区|县|山|河|湖|库|湿地|水库|林场|景区|洞|川|沟"
)
_LEADING = re.compile(
    r"(?:在|到|来到|来了|走进|走到|位于|落户|进驻|赴|于|进了|驶入|开进|开到|搬到|坐落|地处|面向)[^，。]{0,4}$"
)
_GUESTS_AFTER = re.compile(
    r"^[^，。]{0,6}?(?:过来|赶来|以外|之外|的(?:家庭|朋友|游客|观众|专家|代表|选手|队员|学员|读者)|(?:专家|教授|选手|代表队|游客)"
    r"|带来|赛区|口音|的[^，。、]{1,6}(?:讲|说|看))"
)
_GUESTS_BEFORE = re.compile(r"(?:来自|从|送往|运往|运到|移进|移到|发往|销往|调往|比|不像|相当于)[^，。]{0,5}$")
_SETTING_OUT = re.compile(r"^[^，。]{0,14}?(?:出发|启程|开始|集合)")
_PASSING_BEFORE = re.compile(r"(?:去年|前年|往年|曾|上一?届)[^，。]{0,3}$")
_PASSING_AFTER = re.compile(r"^(?:[、和与][^，。、]{1,4}){0,2}(?:一带|等地|方向|往[东南西北]|以[东南西北])")
_GOING = re.compile(r"^[^。！？\n]{0,40}(?:来到|走进|走到|前往|奔赴|赴|去往)[^，。]{0,6}$")
_LISTED = ("、", "和", "与", "及")
_ONLINE = re.compile(r"线上|云游|直播间?|网络(?:初赛|答题|竞答)|网页版|小程序|连线")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A district where the event or the subject is. confidence: 0 to 1. words: the name that tells it, with its place.

    in_title: start and end are characters of the title, else of the text.
    """

    district: str
    confidence: float
    words: str
    start: int
    end: int
    in_title: bool


@dataclass(slots=True)
class _Standing:
    best: float
    again: int
    where: Mention
    in_title: bool

    @property
    def points(self) -> float:
        return self.best + min(self.again * AGAIN, MOST_AGAIN)


def where(gazetteer: Gazetteer, title: str, text: str, kind: ItemKind) -> tuple[Where, ...]:
    """Return the districts of the event or subject, the surest first; none where none is named. Pure.

    What only takes place online is nowhere, but where a place is named for what is seen there.
    """
    standing: dict[str, _Standing] = {}
    for part, in_title in ((title, True), (text[:READ_CHARS], False)):
        mentions = list(gazetteer.mentions(part))
        for mention, points in zip(mentions, _points(part, mentions, in_title=in_title), strict=True):
            worth = points + (0.0 if standing else FIRST)
            told = [district for district in mention.districts if district in standing]
            for district in told or mention.districts:  # a place on a border is where the rest of the text is
                _note(standing, district, mention, worth, in_title=in_title)
    is_online = kind is ItemKind.LIVE or bool(_ONLINE.search(title))
    return _chosen(standing, least=LEAST_ONLINE if is_online else LEAST)


def _note(standing: dict[str, _Standing], district: str, mention: Mention, worth: float, *, in_title: bool) -> None:
    known = standing.get(district)
    if known is None:
        standing[district] = _Standing(worth, 0, mention, in_title)
        return
    known.again += worth > 0
    if worth > known.best:
        known.best, known.where, known.in_title = worth, mention, in_title


def _chosen(standing: dict[str, _Standing], *, least: float) -> tuple[Where, ...]:
    best = max((one.points for one in standing.values()), default=0.0)
    chosen = [(id, one) for id, one in standing.items() if one.points >= max(least, best * OF_BEST)]
    if len(chosen) > MOST_NAMED:
        return ()
    found = (
        Where(
            district=id,
            confidence=round(0.5 + min(one.points, SURE) / SURE * 0.45, 3),
            words=one.where.words,
            start=one.where.start,
            end=one.where.end,
            in_title=one.in_title,
        )
        for id, one in chosen
    )
    return tuple(sorted(found, key=lambda one: -one.confidence))


def _points(part: str, mentions: Sequence[Mention], *, in_title: bool) -> list[float]:
    """Return what each mention is worth; those of one list (海淀、昌平两区) are worth what the best of them is."""
    points = [NAMED + IN_TITLE * in_title + _around(part, one) for one in mentions]
    for (left, one), (right, other) in pairwise(enumerate(mentions)):
        if part[one.end : other.start].strip("区市 ") in _LISTED and points[left] > 0:
            points[right] = max(points[left], points[right])
    for (left, one), other in zip(enumerate(mentions), mentions[1:], strict=False):
        if _GOING.search(part[one.end : other.start]):
            points[left] = OF_GUESTS
    return points


def _around(part: str, one: Mention) -> float:
    before = _CLAUSE.split(part[max(0, one.start - 60) : one.start])[-1]
    after = _CLAUSE.split(part[one.end : one.end + NEAR_AFTER])[0]
    if _PLACE_LINE.search(part[max(0, one.start - 60) : one.start]):
        return ON_PLACE_LINE
    near = before[-NEAR_BEFORE:]
    is_from = _GUESTS_BEFORE.search(near) and not _SETTING_OUT.search(after)
    if is_from or _GUESTS_AFTER.search(after):
        return OF_GUESTS
    if _PASSING_BEFORE.search(near) or _PASSING_AFTER.search(after):
        return IN_PASSING
    return OF_VENUE * bool(_VENUE.search(one.words[-1:] + after)) + LED_TO * bool(_LEADING.search(near))
