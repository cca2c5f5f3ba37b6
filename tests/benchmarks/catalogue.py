"""A made-up catalogue of any size, the same rows in every run, written straight into a file of records.

The rows are those that taking in, understanding and deciding would have written by the schema of the first version.
So every later version, this tree's as well as an older commit's, brings the file up to date by its own migrations, and
all measure the same pieces. Of every ten items the states are those of a Plan; three are copies of one piece.
"""

import json
import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import numpy as np
from alembic import command
from numpy.typing import NDArray
from sqlalchemy import create_engine

from indexer.base.ids import content_hash
from indexer.records.migrations.upgrade import configuration
from indexer.review.records import Move, State
from tests.benchmarks.searching.texts import PLACES, texts

FIRST_SCHEMA = "0003"  # the last migration of ad6c43c
SEED, PAGE = 25, 500
START, STEP = datetime(2026, 9, 1), timedelta(minutes=3)  # noqa: DTZ001 - UTC, as SQLite holds times
UNITS, ITEMS_PER_UNIT = 300, 30
FEED_UNIT, FEED_ITEMS = "unit-feed", 20  # a unit with exactly so many public pieces, each alone
EDITOR, COLLECTOR = "编辑甲", "collector"
SMALLEST = 10  # items
TOPICS = ("it", "health", "emergency", "rural", "food-safety", "water-saving", "eco-civilisation")
AUDIENCES, ACTIONS, FORMS = ("youth", "farmers", "elderly"), ("double-reduction", "rural-tech"), ("article", "lecture")
DISTRICTS = ("haidian", "chaoyang", "xicheng", "tongzhou", "yanqing")
P, A, C, R = State.PENDING, State.APPROVED, State.CHANGED, State.REJECTED
DESK = (P, A, C, A, A, P, R, A, P, P)  # half of all waits, half is public: as in the week of the campaign
SITE = (A, A, C, A, A, A, R, A, A, A)  # nine of ten are public: as after it
COPIES = (2, 3, 4)  # of ten: the places of one piece and its copies
EMBEDDER, DIMENSIONS = "benchmark", 384
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """items: how many. states: of ten items in a row. paragraphs: of each text, about 450 characters each."""

    items: int
    states: Sequence[State] = DESK
    paragraphs: int = 2

    @property
    def name(self) -> str:
        """A file name that differs where the rows do."""
        word = f"{self}{Path(__file__).read_text(encoding='utf-8')}"
        return f"{self.items}-{sha256(word.encode()).hexdigest()[:12]}"

    @property
    def units(self) -> int:
        """How many units publish, the one of the feed aside."""
        return max(3, min(UNITS, self.items // ITEMS_PER_UNIT))


def item_id(number: int) -> str:
    """Return an id of the shape that ids have."""
    return f"{number:020}"


def write(plan: Plan, file: Path) -> None:
    """Make the file of records. Raises sqlite3.OperationalError where it is there already."""
    engine, config = create_engine(f"sqlite:///{file}"), configuration()
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST_SCHEMA)
    engine.dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        for make in (_units, _channels, _items):
            raw.execute("BEGIN")
            for table, row in make(plan):
                raw.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - our names
            raw.execute("COMMIT")


def _units(plan: Plan) -> Iterator[tuple[str, Row]]:
    yield "editions", ("2026", "2026年全国科普月", "", "2026-09-01", "2026-09-30")
    for number, unit in enumerate(_unit_ids(plan)):
        name = f"{PLACES[number % len(PLACES)]}{number}"
        district = DISTRICTS[number % len(DISTRICTS)]
        yield "units", (unit, name, f"示例{number}", f"示例系统{number % 7}", district, "[]", "")


def _channels(plan: Plan) -> Iterator[tuple[str, Row]]:
    for number, unit in enumerate(_unit_ids(plan)):
        channel, host = f"channel-{unit}", f"{unit}.example"
        name, address = f"示例网站{number}", f"http://{host}/feed.xml"
        hosts = json.dumps([host])
        yield "channels", (channel, unit, "site", name, "feed", address, hosts, "", "{}", "approved", "示例授权书")
        yield "whitelist_changes", (None, channel, "applied", "approved", EDITOR, "示例理由", _time(number))
        yield "channel_reads", (channel, _time(number), _time(number), 0, None)
        address, words = f"http://{host}/refused/{number}.html", "这个网页里没有读到正文。"
        yield "refusals", (None, channel, unit, address, f"没有正文的第{number}页", "no_body", words, _time(number))


def _unit_ids(plan: Plan) -> list[str]:
    return [FEED_UNIT, *(f"unit-{number}" for number in range(plan.units))]


def _items(plan: Plan) -> Iterator[tuple[str, Row]]:
    chance, shared = random.Random(SEED), texts(random.Random(SEED))  # noqa: S311 - the same texts in every run
    vectors, feed_left = np.random.default_rng(SEED), FEED_ITEMS
    for number in range(plan.items):
        state, place = plan.states[number % 10], number % 10
        title, text = texts(chance)
        text = "\n".join([text, *(texts(chance)[1] for _ in range(plan.paragraphs - 1))])
        if place == COPIES[0]:
            shared = title, text
        first = number - COPIES.index(place) if place in COPIES else number
        if place in COPIES[1:]:
            title, text = shared if place == COPIES[1] else (f"转载：{shared[0]}", shared[1])
        unit = f"unit-{_unit_number(number, plan)}"
        if state is A and place not in COPIES and feed_left:
            unit, feed_left = FEED_UNIT, feed_left - 1
        piece = _Piece(number, unit, item_id(first), _rarer(state, number // 10), f"{title} 第{first}讲", text)
        yield from _rows(piece, chance, vectors.standard_normal(DIMENSIONS, dtype=np.float32))


def _unit_number(number: int, plan: Plan) -> int:
    """Every fifth item is of the first unit: a few publish much."""
    return 0 if number % 5 == 1 else number % plan.units


def _rarer(state: State, ten: int) -> State:
    """Among the rejected stand some that are held or withdrawn."""
    return (State.REJECTED, State.HELD, State.WITHDRAWN)[ten % 3] if state is R else state


@dataclass(frozen=True, slots=True)
class _Piece:
    number: int
    unit: str
    cluster: str
    state: State
    title: str
    text: str

    @property
    def id(self) -> str:
        return item_id(self.number)

    @property
    def versions(self) -> Sequence[int]:
        return (1, 2) if self.state is State.CHANGED else (1,)


def _rows(piece: _Piece, chance: random.Random, vector: NDArray[np.float32]) -> Iterator[tuple[str, Row]]:
    path = f"{piece.unit}.example/art/{piece.number}.html"
    if piece.cluster == piece.id:
        yield "clusters", (piece.cluster,)
    public = 1 if piece.state in (A, C) else None
    kind, latest = ("video" if piece.number % 20 == 7 else "article"), piece.versions[-1]
    of_item = (piece.id, piece.unit, f"channel-{piece.unit}", path, kind, piece.state.value, latest, public)
    yield "items", (*of_item, piece.cluster, _time(piece.number))
    for version in piece.versions:
        yield from _version(piece, version, f"http://{path}")
        yield from _tags(piece, version, chance)
        yield from _findings(piece, version)
    yield "vectors", (piece.id, EMBEDDER, (vector / np.linalg.norm(vector)).tobytes())
    for decision in MOVES[piece.state]:
        yield "decisions", decision(piece)


def _version(piece: _Piece, number: int, url: str) -> Iterator[tuple[str, Row]]:
    text = piece.text if number == 1 else f"{piece.text}\n更正：上文有一处年份写错了。"
    html = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n"))
    at = _time(piece.number, later=number - 1)
    media = [f"{url}.{position}.jpg" for position in range(piece.number % 3)]
    hashed = content_hash(title=piece.title, text=text, media=media)
    published = (_time(piece.number), 28800, 0)
    yield "versions", (piece.id, number, url, piece.title, "示例作者", "", *published, html, text, hashed, at, at)
    for position, address in enumerate(media):
        yield "media", (piece.id, number, position, "image", address)


def _tags(piece: _Piece, version: int, chance: random.Random) -> Iterator[tuple[str, Row]]:
    chosen: Mapping[str, Sequence[str]] = {
        # A filter shall find something in the smallest catalogue too.
        "topic": TOPICS if piece.number < SMALLEST else chance.sample(TOPICS, chance.randint(1, 3)),
        "audience": chance.sample(AUDIENCES, chance.randint(0, 2)),
        "action": chance.sample(ACTIONS, chance.randint(0, 1)),
        "form": [chance.choice(FORMS)],
        "district": [chance.choice(DISTRICTS)],
    }
    for facet, tags in chosen.items():
        for tag in tags:
            yield "tags", (piece.id, version, facet, tag, round(chance.uniform(0.5, 1), 3), "machine")


def _findings(piece: _Piece, version: int) -> Iterator[tuple[str, Row]]:
    for position in range(piece.number % 3):
        rule, severity = (("absolute-words", "low"), ("phone", "high"))[position]
        where = ("text", 4 * position, 4 * position + 3, piece.text[4 * position : 4 * position + 3])
        yield "findings", (piece.id, version, position, rule, 1, severity, *where, "示例检查结果")


def _time(number: int, *, later: int = 0) -> str:
    return f"{START + STEP * number + timedelta(days=later):%Y-%m-%d %H:%M:%S}.000000"


def _decision(
    move: Move, before: State, after: State, *, public: tuple[int | None, int | None], version: int = 1
) -> Callable[[_Piece], Row]:
    who, why = (COLLECTOR, "") if move is Move.EDIT else (EDITOR, "示例理由")

    def row(piece: _Piece) -> Row:
        key = f"{move.value}-{version}-{piece.id}"
        at = _time(piece.number, later=version)
        made = (None, key, piece.id, version, move.value, before.value, after.value, *public)
        return (*made, who, why, at, "[]", None)

    return row


_APPROVE = _decision(Move.APPROVE, P, A, public=(None, 1))
MOVES: Mapping[State, Sequence[Callable[[_Piece], Row]]] = MappingProxyType(
    {
        P: (),
        A: (_APPROVE,),
        C: (_APPROVE, _decision(Move.EDIT, A, C, public=(1, 1), version=2)),
        R: (_decision(Move.REJECT, P, R, public=(None, None)),),
        State.HELD: (_decision(Move.HOLD, P, State.HELD, public=(None, None)),),
        State.WITHDRAWN: (_APPROVE, _decision(Move.WITHDRAW, A, State.WITHDRAWN, public=(1, None))),
    }
)
