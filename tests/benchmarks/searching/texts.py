"""Two kinds of text that search is measured on, and what people type to find them; the same in every run of a seed.

Made: fourteen subjects over all pieces, so that every word stands in thousands of them: the hard case. Ordinary:
sentences of the captured sets of articles (kind `corpus`), put together anew, so that words are as rare as they are.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import rjieba

from tests.real.datasets import read_lines
from tests.real.rows import read_rows

KINDS = ("keyword", "two words", "question", "rare phrase", "filter")
CHARS = 450  # of a text, about
PHRASE = 8  # characters of a rare phrase
SENTENCE = re.compile(r"[^。！？!?\n]{8,}[。！？!?]?")
WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
TOPICS = ("it", "health", "emergency", "rural", "food-safety")
SUBJECTS = (
    "月球车",
    "土星环",
    "候鸟",
    "再生水",
    "滴灌",
    "芯片",
    "机器人",
    "疫苗",
    "地震",
    "化石",
    "湿地",
    "古树",
    "食品标签",
    "燃气",
)
VERBS = ("怎样工作", "如何过冬", "从哪里来", "为什么重要", "有什么用", "能不能吃", "怎样保护", "走了多远", "被谁发现")
PLACES = ("示例科技馆", "示例天文馆", "示例植物园", "示例街道", "示例学会", "示例实验室")
LINKS = ("，专家说，", "。其实", "；在2026年，", "：从Saturn V到PM2.5，", "，孩子们发现", "。数据表明")


def texts(chance: random.Random) -> tuple[str, str]:
    """Return a title and a body of about 450 characters."""
    title = f"{chance.choice(SUBJECTS)}{chance.choice(VERBS)}"
    clauses = (
        f"{chance.choice(PLACES)}的{chance.choice(SUBJECTS)}{chance.choice(VERBS)}{chance.choice(LINKS)}"
        f"{chance.choice(SUBJECTS)}第{chance.randrange(10_000)}号"
        for _ in range(18)
    )
    return title, "".join(clauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What is looked for. needles: its parts, all of which stand in what is found; of a question none need to."""

    kind: str
    text: str
    needles: tuple[str, ...] = ()
    topic: str = ""


class Texts(Protocol):
    """A kind of text."""

    def piece(self, chance: random.Random) -> tuple[str, str]:
        """Return a title and a body of about CHARS characters."""
        ...

    def typed(self, kind: str, chance: random.Random) -> Typed:
        """Return what somebody types, of one of KINDS."""
        ...


class Made:
    """A few subjects in every piece."""

    def piece(self, chance: random.Random) -> tuple[str, str]:
        """Return a title and a body."""
        return texts(chance)

    def typed(self, kind: str, chance: random.Random) -> Typed:
        """Return what somebody types."""
        subject, place = chance.choice(SUBJECTS), chance.choice(PLACES)
        match kind:
            case "two words":
                return Typed(kind=kind, text=f"{subject} {place}", needles=(subject, place))
            case "question":
                return Typed(kind=kind, text=texts(chance)[0] + "吗")
            case "rare phrase":
                phrase = f"{subject}第{chance.randrange(10_000)}号"
                return Typed(kind=kind, text=phrase, needles=(phrase,))
            case "filter":
                return Typed(kind=kind, text=subject, needles=(subject,), topic=chance.choice(TOPICS))
        return Typed(kind=kind, text=subject, needles=(subject,))


class Ordinary:
    """Sentences of captured articles. Raises LookupError where none are there."""

    def __init__(self) -> None:
        rows = read_rows()
        lines = [line for row in rows if row.kind == "corpus" for line in read_lines(row.path)]
        self._sentences: Sequence[str] = sorted({one for line in lines for one in SENTENCE.findall(line["text"])})
        asked = [line for row in rows if row.kind == "queries" for line in read_lines(row.path)]
        self._questions: Sequence[str] = sorted({one["text"] for one in asked if one.get("type") == "question"})
        if not self._sentences or not self._questions:
            raise LookupError("no captured sets of the kinds corpus and queries: set CARNIVAL_FIXTURES")

    def piece(self, chance: random.Random) -> tuple[str, str]:
        """Return a title and a body."""
        body, length = [], 0
        while length < CHARS:
            body.append(chance.choice(self._sentences))
            length += len(body[-1])
        return body[0][:20], "".join(body)

    def typed(self, kind: str, chance: random.Random) -> Typed:
        """Return what somebody types."""
        if kind == "question":
            return Typed(kind=kind, text=chance.choice(self._questions))
        sentence, words = "", list[str]()
        while len(words) < 2:  # as the kind that wants most
            sentence = chance.choice(self._sentences)
            words = [word for word in rjieba.cut(sentence) if WORD.fullmatch(word)]
        match kind:
            case "two words":
                pair = chance.sample(words, 2)
                return Typed(kind=kind, text=" ".join(pair), needles=tuple(pair))
            case "rare phrase":
                start = chance.randrange(max(len(sentence) - PHRASE, 1))
                phrase = sentence[start : start + PHRASE]
                return Typed(kind=kind, text=phrase, needles=(phrase,))
        word = chance.choice(words)
        topic = chance.choice(TOPICS) if kind == "filter" else ""
        return Typed(kind=kind, text=word, needles=(word,), topic=topic)
