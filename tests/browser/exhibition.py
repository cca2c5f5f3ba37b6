"""A site with something of everything that its pages can show, built once for the tests that look at all of them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from werkzeug.serving import make_server

from config.settings import Settings
from indexer import people, reports
from indexer.accounts import Role, User
from indexer.intake import take_in
from indexer.items import (
    Candidate,
    Channel,
    ChannelId,
    ChannelKind,
    CleanHtml,
    Edition,
    Facet,
    Finding,
    ItemId,
    ItemKind,
    Media,
    MediaKind,
    Move,
    Severity,
    State,
    Tag,
    Unit,
    UnitId,
    WhitelistStatus,
)
from indexer.records import channels, editions, items
from indexer.records.database import Database
from indexer.reports import Told
from indexer.review import desk
from indexer.search.factory import open_index
from indexer.search.publish import publish
from indexer.tickets import ReportId, ReportKind, ReportState, Ticket, shown_ticket
from indexer.times import Published
from indexer.whitelist import suspend
from web.app import create_app
from web.limits import limiter

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
EDITOR, UNIT, PASSWORD = "编辑甲", "单位甲", "示例口令-只用于测试"
TOPICS = ("it", "science-education", "natural-resources", "water-saving", "health", "food-safety")
TITLES = (
    "国家植物园的科学家讲解银杏叶的黄色其实夏天就在那里",
    "五分钟学会避险",
    "月球车如何度过零下一百多摄氏度的漫长夜晚",
    "家里的节水办法",
    "血压计的正确用法和常见误差",
    "冰箱里的剩菜还能不能吃",
)
UNIT_A = Unit(id=UnitId("unit-a"), name="示例科技馆", short_name="示例馆", system="科技馆之城", district="海淀区")
UNIT_B = replace(UNIT_A, id=UnitId("unit-b"), name="示例植物园", short_name="植物园", former_names=("旧植物园",))
CHANNEL = Channel(
    id=ChannelId("channel-a"),
    unit=UNIT_A.id,
    kind=ChannelKind.SITE,
    name="示例馆网站",
    source="feed",
    address="http://a.example/feed.xml",
    hosts=("a.example",),
    status=WhitelistStatus.APPROVED,
    licence="示例授权书",
)
FINDINGS = (
    ("words.cure", Severity.HIGH, "疑似疗效保证"),
    ("personal.phone", Severity.LOW, "文中有手机号码"),
    ("near.word", Severity.NOTE, "提示一条"),
)


@dataclass
class Exhibition:
    """The site's address, and the paths of its pages with their placeholders filled."""

    site: str
    known: dict[str, str] = field(default_factory=dict)

    def path(self, pattern: str) -> str:
        """Return the address of a page: `{shown}`, `{waiting}`, `{reported}`, `{changed}`, `{ticket}` …"""
        return self.site + pattern.format(**self.known)


@contextmanager
def exhibition(folder: Path) -> Iterator[Exhibition]:
    """Serve the site on a free port of loopback until left."""
    settings = Settings(
        data_folder=folder,
        site_name="示例嘉年华",
        operator_name="示例组委会",
        operator_contact="电话 010-12345678，邮箱 contact@carnival.example",
        icp_number="京ICP备00000000号",
        police_number="京公网安备 00000000000000号",
        site_code="bm00000000",
    )
    database = Database.open(settings.records_url)
    index = open_index(settings)
    known = fill(database)
    publish(database, index, now=NOW)
    app = create_app(settings, database=database, index=index)
    limiter.enabled = False
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Exhibition(f"http://127.0.0.1:{server.port}", known)
    server.shutdown()
    thread.join()
    server.server_close()
    database.close()


def fill(database: Database) -> dict[str, str]:
    """Put everything in, and return the ids that the pages are asked for by."""
    with database.transaction() as tx:
        for unit in (UNIT_A, UNIT_B):
            channels.save_unit(tx, unit)
        channels.save_channel(tx, CHANNEL)
        other = replace(
            CHANNEL, id=ChannelId("channel-b"), unit=UNIT_B.id, name="植物园公众号", kind=ChannelKind.WECHAT
        )
        channels.save_channel(tx, other)
        edition = Edition(id="2026", label="2026年全国科普月", theme="示例主题", starts=NOW.date(), ends=NOW.date())
        editions.save_edition(tx, edition)
    suspend(database, other.id, who="管理员", why="授权到期", now=NOW)
    editor = people.add_account(database, EDITOR, PASSWORD, role=Role.EDITOR)
    people.add_account(database, UNIT, PASSWORD, role=Role.UNIT, unit=UNIT_A.id)
    take_in(database, replace(_candidate(0), url="http://foreign.example/1", title="别处的文章"), now=NOW)
    return _decided(database, editor)


def _decided(database: Database, editor: User) -> dict[str, str]:
    made = [_item(database, number) for number in range(12)]
    for item in made[:6]:
        _decide(database, item, Move.APPROVE, editor)
    _decide(database, made[6], Move.HOLD, editor)
    _decide(database, made[7], Move.REJECT, editor)
    take_in(database, replace(_candidate(1), text="讲讲新的说法。" * 30), now=NOW)
    _understand(database, made[1], 2, number=1)
    tickets = [_report(database, made[0], words) for words in ("第二段的年份写错了。", "请更正单位名称。")]
    report = tickets[1]
    reports.take_step(
        database,
        report[0],
        seen=ReportState.RECEIVED,
        after=ReportState.RESOLVED,
        who=EDITOR,
        answer="已更正。",
        now=NOW,
    )
    return {
        "shown": made[2],
        "video": made[3],
        "changed": made[1],
        "reported": made[0],
        "waiting": made[8],
        "held": made[6],
        "ticket": shown_ticket(report[1]),
    }


def _candidate(number: int) -> Candidate:
    title = TITLES[number % len(TITLES)] + ("" if number < len(TITLES) else f"（{number}）")
    picture = (Media(kind=MediaKind.IMAGE, url="http://127.0.0.1:9/picture.jpg"),) if number % 2 else ()
    return Candidate(
        channel=CHANNEL.id,
        url=f"http://a.example/art/{number}.html",
        title=title,
        author="作者甲",
        text=f"讲讲{title}，电话 13800000000。" * 8,
        html=CleanHtml(
            f"<h2>{title}</h2><p>讲讲<a href='http://a.example/'>{title}</a>。</p><blockquote>引文</blockquote>"
            "<table><tr><th>项</th><td>值</td></tr></table><ul><li>一</li></ul><pre>代码</pre>"
        ),
        published=Published(at=NOW, is_day=False),
        kind={3: ItemKind.VIDEO, 4: ItemKind.LIVE, 5: ItemKind.ACTIVITY}.get(number, ItemKind.ARTICLE),
        media=(*picture, Media(kind=MediaKind.VIDEO, url="http://a.example/v.webm")) if number == 3 else picture,
    )


def _item(database: Database, number: int) -> ItemId:
    taken = take_in(database, _candidate(number), now=NOW)
    assert taken.item is not None
    _understand(database, taken.item, 1, number=number)
    return taken.item


def _understand(database: Database, item: ItemId, version: int, *, number: int) -> None:
    tags = (
        Tag(facet=Facet.TOPIC, id=TOPICS[number % len(TOPICS)], score=0.9),
        Tag(facet=Facet.AUDIENCE, id="youth", score=0.8),
        Tag(facet=Facet.DISTRICT, id="haidian" if number % 3 else "chaoyang", score=1.0),
        Tag(facet=Facet.FORM, id="article", score=0.7),
    )
    findings = tuple(
        Finding(
            rule=rule,
            rule_version=1,
            severity=severity,
            where="text",
            start=2 * place,
            end=2 * place + 2,
            excerpt="讲讲",
            message=message,
        )
        for place, (rule, severity, message) in enumerate(FINDINGS)
    )
    with database.transaction() as tx:
        found = items.item(tx, item)
        assert found is not None
        items.save_understanding(
            tx,
            item,
            version,
            tags=tags,
            findings=findings if number >= 6 else (),
            vector=None,
            embedder="none",
            cluster=found.cluster,
            at=NOW,
        )


def _decide(database: Database, item: ItemId, move: Move, editor: User) -> None:
    desk.decide(database, item=item, version=1, move=move, who=editor, why="示例理由", now=NOW, state=State.PENDING)


def _report(database: Database, item: ItemId, words: str) -> tuple[ReportId, Ticket]:
    told = Told(kind=ReportKind.MISTAKE, words=words, contact="读者 13800000000")
    taken = reports.hand_in(database, item=item, told=told, now=NOW)
    return taken.id, taken.ticket
