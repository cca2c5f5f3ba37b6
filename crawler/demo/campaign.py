"""What the demo campaign publishes: the outlets and articles of `content/`, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from indexer.review.records import Move

CONTENT = Path(__file__).parent / "content"
UNITS_FILE = Path(__file__).parent / "units.yaml"
HOST, PORT = "127.0.0.1", 8790
SIGN_INS = "demo-sign-ins.json"  # file in the data folder: the accounts' names and passwords
LEFT = "none"
CHANNEL_PREFIX = "demo-channel-"


class Form(StrEnum):
    """How an outlet publishes."""

    SITE = "site"
    RSS = "rss"
    RSS_SUMMARY = "rss-summary"
    ATOM = "atom"
    JSON = "json"
    WECHAT = "wechat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece; at: `2026-09-02 08:30` or a bare day, Beijing time. video: name of its film.

    move, why: what the demo's policy decides on it. is_left: the policy leaves it to the editor.
    ."""

    id: str
    title: str
    at: str
    author: str
    picture: str
    paragraphs: tuple[str, ...]
    video: str | None = None
    move: Move | None = None
    why: str = ""
    is_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One channel's site, feed or account; prefix: its path on the simulator, with slashes at both ends.

    biz, original_id: of an account, its numbers as its pages write them (biz in digits).
    """

    name: str
    form: Form
    prefix: str
    title: str
    encoding: str
    articles: tuple[Article, ...]
    biz: str = ""
    original_id: str = ""

    @property
    def channel(self) -> str:
        """Id of the outlet's channel in units.yaml beside this file."""
        return CHANNEL_PREFIX + self.name

    def path_of(self, article: Article) -> str:
        """Path of an article's page on the simulator."""
        return f"{self.prefix}s/{article.id}" if self.form is Form.WECHAT else f"{self.prefix}{article.id}.html"


@cache
def outlets() -> Mapping[str, Outlet]:
    """Return all outlets by name, each with its articles newest first."""
    given = {
        file.stem: YAML(typ="safe").load(file.read_text(encoding="utf-8")) for file in sorted(CONTENT.glob("*.yaml"))
    }
    return MappingProxyType({name: _outlet(name, data, given) for name, data in given.items()})


def _outlet(name: str, data: Mapping[str, Any], given: Mapping[str, Any]) -> Outlet:
    articles = (_article(each, given) for each in data["articles"])
    return Outlet(
        name=name,
        form=Form(data["form"]),
        prefix=data["prefix"],
        title=data["title"],
        encoding=data.get("encoding", "utf-8"),
        articles=tuple(sorted(articles, key=lambda article: article.at, reverse=True)),
        **data.get("account", {}),
    )


def _article(each: Mapping[str, Any], given: Mapping[str, Any]) -> Article:
    decision = each.get("decision", {})
    move = decision.get("move")
    around = [each["head"]] if "head" in each else [], [each["tail"]] if "tail" in each else []
    return Article(
        id=each["id"],
        title=each["title"],
        at=str(each["at"]),
        author=each["author"],
        picture=each["picture"],
        paragraphs=(*around[0], *_text(each, given).strip().split("\n\n"), *around[1]),
        video=each.get("video"),
        move=None if move in (None, LEFT) else Move(move),
        why=decision.get("why", ""),
        is_left=move == LEFT,
    )


def _text(each: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """The article's own text, or that of the article it reposts (`same_as: outlet/article`)."""
    if "same_as" not in each:
        return str(each["text"])
    outlet, article = each["same_as"].split("/")
    return str(next(other["text"] for other in given[outlet]["articles"] if other["id"] == article))
