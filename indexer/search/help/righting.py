"""An error in the middle of a longer query, a question above all: found by what stands around it, in what is known.

A dictionary leaves the characters around an error alone (近是眼 → 近, 是, 眼): there a character is exchanged, added,
left out, or two are turned round, where the known phrases then hold what stands on both sides, or a word of two.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import rjieba
from numpy.typing import NDArray

from indexer.search.help.alike import LIKE_SOUND, SAME_SOUND, UNLIKE, exchanged
from indexer.search.help.known import END, Known
from indexer.search.help.mistyped import ADDED, MISSING, SWAPPED

MOST_CHARS = 40
ANYWHERE = frozenset("的了着过是在有和与及也都就不很吗呢吧啊呀么")  # beside any word: new neighbours tell no error
# Words of one character that any text has: one of them between two words is no error. (Of two that stand side by side
# one may be.)
_PLAIN = """
这那哪谁何几多少每各某另其此该本前后左右上下里外内中间旁边东西南北年月日时分秒天周号点半岁元个只条件家种次位名张篇部
台辆块米斤届所座架艘头匹棵朵层倍副套场遍趟回些双对吃喝看听说讲读写学做干用买卖拿放打开关走跑飞坐站住睡来去到出进起想
要会能可应让叫使给把被将向从往跟同比按为以因于由至自当随经如若则即便又再还就才只已正更最太真好挺没非无未别勿莫什怎么吗
嘛哦嗯呀吧啦哇者们地得之而且但或虽然我你他她它咱您人水火车船书花草树鸟鱼虫猫狗牛羊马鸡猪鸭肉菜米面饭茶酒油盐糖奶蛋果药
病手脚头眼耳口鼻牙心血骨皮毛脸腿山河海湖江路桥城村市区县省国风雨雪雷电光声色味气冰土石金木铁铜银星球云雾新旧老小大高低长
短快慢坏假早晚远近深浅冷热轻重强弱软硬干湿红黄蓝绿白黑紫灰一二三四五六七八九十百千万亿两零第仅约近超达满含带装加减乘除换
改变成算像似叫称属姓活死生长养治防查测试修补洗擦切煮炒烤晒掉落升降涨跌增减停留等找见问答教懂知信怕爱恨送收借还花挣赚玩唱
跳画拍照存取发派选投赢输爬游骑开驾乘穿戴脱吸吹咬摸抓提举推拉背抱扔
"""
PLAIN = frozenset(_PLAIN) - {"\n"} | ANYWHERE
AROUND = 3  # characters on either side that are compared
WORD, COST, OFTEN = 0.75, 2.0, 0.1  # of a score, where one character that agrees counts 1
LEAST_SCORE = 1.5
EDITS, LOOKED_AT = 24, 400  # in one string, and in how many places of the known phrases
TOLD = 3  # ways to put a string right
TWICE = 0.2  # the cost of a character that was typed twice
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Change:
    """What was typed around an error, and what was meant there; folded. whole: what was typed, with its neighbours."""

    typed: str
    meant: str
    whole: str


@dataclass(frozen=True, slots=True)
class Righted:
    """A string with an error put right, or several: which. is_sure: what was typed can hardly have been meant."""

    text: str
    changes: tuple[Change, ...]
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Edit:
    """What stands from start to end may have been so many other characters, if these are given, just these."""

    start: int
    end: int
    length: int
    given: str = ""
    most: float = UNLIKE
    is_sure: bool = False

    @property
    def is_exchange(self) -> bool:
        """One character in another one's place."""
        return self.length == 1 == self.end - self.start


@dataclass(frozen=True, slots=True)
class _Way:
    """An edit as some places of the known phrases have it. left, right: how many characters around agree."""

    start: int
    end: int
    meant: str
    left: int
    right: int
    score: float
    is_sure: bool


class Righting:
    """Puts strings right by what is known. Any number of threads may ask it."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def righted(self, chars: str) -> list[Righted]:
        """Return the string put right, the likeliest way first: its one error, or two of them."""
        if not 1 < len(chars) <= MOST_CHARS:
            return []
        found = [_put(Righted(chars, ()), way) for way in self._ways(chars)[:TOLD]]
        both = [_put(found[0], way) for way in self._ways(found[0].text)[:1]] if found else []
        return sorted([*both, *found], key=lambda one: not one.is_sure)

    def _ways(self, chars: str) -> list[_Way]:
        """Each once, the likeliest first."""
        numbers = np.array([-1 if (one := self._known.number(char)) is None else one for char in chars])
        each: dict[tuple[int, int, str], _Way] = {}
        met = [self._known.pair_count(one, other) > 0 for one, other in pairwise(chars)]
        for edit in sorted(_edits(chars, met), key=lambda one: not one.is_sure)[:EDITS]:
            for way in self._as_known(chars, numbers, edit):
                key = (way.start, way.end, way.meant)
                if way.score >= LEAST_SCORE and (key not in each or _rank(way) > _rank(each[key])):
                    each[key] = way
        alone = len(_lone(chars))
        told = [one for one in each.values() if len(_lone(_with(chars, one))) < alone]
        return sorted(told, key=lambda one: (not one.is_sure, -one.score, one.meant))

    def _as_known(self, chars: str, numbers: Places, edit: _Edit) -> Iterator[_Way]:
        """The ways in which known phrases have an edit, each by the place that agrees best."""
        known, at = self._known, self._where(chars, edit)
        left = self._agreeing(at - 1, numbers[: edit.start][::-1], -1)
        right = self._agreeing(at + edit.length, numbers[edit.end :], 1)
        starts = known.starts
        bounds = starts[at - left].astype(np.int64) + starts[at + edit.length + right]
        # What agrees on one side alone must be of one word with what was meant, what was parted by an error of one too.
        is_inner = ~starts[np.where(left > 0, at, at + edit.length)]
        agree = left + right + (left > 0) * (right > 0) + WORD * bounds
        likely = np.flatnonzero(_are_likely(edit, left, right, bounds, is_inner=is_inner))
        best: dict[str, _Way] = {}
        times: dict[str, int] = {}
        for place in likely[np.argsort(-agree[likely], kind="stable")][:LOOKED_AT].tolist():
            meant = known.text[int(at[place]) : int(at[place]) + edit.length]
            times[meant] = times.get(meant, 0) + 1
            sides, words = (int(left[place]), int(right[place])), int(bounds[place])
            if meant in best or END in meant:
                continue
            cost = _cost(chars, edit, meant)
            if cost <= edit.most and (cost < UNLIKE or _is_sure(sides, words)):
                score = float(agree[place]) + len(edit.given) - COST * cost
                best[meant] = _Way(edit.start, edit.end, meant, *sides, score, edit.is_sure)
        for meant, way in best.items():
            often = OFTEN * float(np.log2(times[meant]))
            yield replace(way, score=way.score + often)

    def _where(self, chars: str, edit: _Edit) -> Places:
        """Where what was meant may begin in the known phrases."""
        known, codes = self._known, self._known.codes
        if edit.given:
            found = known.positions(edit.given[0]).astype(np.int64)
            return found[codes[found + 1] == known.number(edit.given[1])] if known.holds(edit.given) else found[:0]
        before = known.positions(chars[edit.start - 1]).astype(np.int64) + 1 if edit.start else np.zeros(0, np.int64)
        is_last = edit.end == len(chars)
        after = np.zeros(0, np.int64) if is_last else known.positions(chars[edit.end]).astype(np.int64) - edit.length
        if not edit.is_exchange:
            return np.intersect1d(before, after, assume_unique=True)
        found = np.unique(np.concatenate([before, after]))
        return found[(found > 0) & (found < len(codes) - 1)]

    def _agreeing(self, begin: Places, numbers: Places, step: int) -> Places:
        """How many characters agree from these places on, one after the other; at most AROUND."""
        agrees, codes = np.ones(len(begin), dtype=np.bool_), self._known.codes
        count = np.zeros(len(begin), dtype=np.int64)
        for further, number in enumerate(numbers[:AROUND]):
            # Behind the END of the first and the last phrase nothing agrees, and nothing is looked at.
            agrees &= codes[np.clip(begin + step * further, 0, len(codes) - 1)] == number
            count += agrees
        return count


def _edits(chars: str, met: list[bool]) -> Iterator[_Edit]:
    """What may be wrong: where a character stands alone, and beside one that it is known beside nowhere."""
    lone = set(_lone(chars))
    for place in sorted(lone):
        before, after = place > 0 and met[place - 1], place < len(chars) - 1 and met[place]
        around = {place - 1, place, place + 1} & lone
        is_odd = any(chars[one] not in PLAIN for one in around)
        if before and after:
            continue
        if chars[place] not in ANYWHERE:
            yield _Edit(place, place + 1, 1, most=UNLIKE if chars[place] not in PLAIN else LIKE_SOUND, is_sure=is_odd)
            yield from _further(chars, place, met, is_sure=is_odd)
        elif {place - 1, place, place + 1} <= {-1, *lone, len(chars)} and not (before or after):
            # Between two of these a little word may be what a keyboard put in for another of its sound: 近是眼.
            yield _Edit(place, place + 1, 1, most=SAME_SOUND, is_sure=is_odd)


def _further(chars: str, place: int, met: list[bool], *, is_sure: bool) -> Iterator[_Edit]:
    """A character may be one too many, one may be missing beside it, or it was exchanged with its neighbour."""
    yield _Edit(place, place + 1, 0, is_sure=is_sure)
    if chars[place] == chars[place + 1 : place + 2]:  # typed twice: what follows belongs to the first
        yield _Edit(place + 1, place + 2, 0, is_sure=is_sure)
    if chars[place] in PLAIN:
        yield _Edit(place, place + 1, 1)
    for first in (place - 1, place):
        if first >= 0 and first + 1 < len(chars) and not met[first]:
            yield _Edit(first + 1, first + 1, 1, is_sure=is_sure)
        if first >= 0 and first + 1 < len(chars) and chars[first] != chars[first + 1]:
            yield _Edit(first, first + 2, 2, given=chars[first + 1] + chars[first], is_sure=is_sure)


def _lone(chars: str) -> list[int]:
    """The characters that a dictionary puts in no word."""
    place, found = 0, []
    for word in rjieba.cut(chars, False):  # noqa: FBT003 - without guessing at words that it does not hold
        if len(word) == 1 and not word.isascii():
            found.append(place)
        place += len(word)
    return found


def _are_likely(
    edit: _Edit, left: Places, right: Places, words: Places, *, is_inner: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell of places whether enough agrees around an edit. words: of its two ends, those where a known word ends."""
    agree, has_both = left + right, (left > 0) & (right > 0)
    likely: NDArray[np.bool_]
    if edit.given:
        likely = (words == 2) | ((agree > 0) & (words > 0))
    elif edit.is_exchange:
        likely = (has_both | is_inner) & ((agree > 1) | (words == 2))
    elif edit.length:
        likely = has_both & (agree > 2) & (words > 0)
    else:
        likely = has_both & ((agree > 3) | (is_inner & ((agree > 2) | (words == 2))))
    return likely


def _is_sure(sides: tuple[int, int], words: int) -> bool:
    """Tell whether so much agrees that any character may stand between."""
    return min(sides) > 0 and (sum(sides) > 2 or words == 2)


def _cost(chars: str, edit: _Edit, meant: str) -> float:
    if edit.given:
        return SWAPPED
    if edit.is_exchange:
        return exchanged(chars[edit.start], meant) or edit.most + 1  # the same is no change
    if edit.length:
        return MISSING
    return TWICE if chars[edit.start] in chars[max(edit.start - 1, 0) : edit.start] else ADDED


def _with(chars: str, way: _Way) -> str:
    return chars[: way.start] + way.meant + chars[way.end :]


def _rank(way: _Way) -> tuple[bool, float]:
    return way.is_sure, way.score


def _put(before: Righted, way: _Way) -> Righted:
    chars = before.text
    start, end = way.start - min(way.left, 1), way.end + min(way.right, 1)
    meant = chars[start : way.start] + way.meant + chars[way.end : end]
    whole = chars[max(way.start - 1, 0) : way.end + 1]
    changes = (*before.changes, Change(chars[start:end], meant, whole))
    return Righted(_with(chars, way), changes, before.is_sure and way.is_sure)
