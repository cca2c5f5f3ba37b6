"""A site with something of everything that its pages can show, built once for the tests that look at all of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from config.settings import Settings
from config.words import ChannelKind, Severity, WhitelistStatus
from crawler.demo.pictures import draw
from crawler.pictures.encoding import Encoded, encode
from indexer.base import times
from indexer.base.actors import operator
from indexer.base.ids import ChannelId, ItemId, UnitId
from indexer.base.times import Published
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, CleanHtml, Edition, ItemKind, Media, MediaKind
from indexer.catalogue.looks import Sight
from indexer.catalogue.media import MediaStore
from indexer.catalogue.pictures import PictureRefusal
from indexer.people import sign_in as people
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import channels, editions, inbox, items, looks, pictures, understood
from indexer.records.claimed import give_all_back
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind, Outcome
from indexer.reports import desk as reports
from indexer.reports.desk import Told
from indexer.reports.tickets import ReportId, ReportKind, ReportState, Ticket, shown_ticket
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.search.factory import open_index
from indexer.search.publish import publish
from indexer.understanding.results import Facet, Finding, Tag
from indexer.whitelist.desk import step
from indexer.whitelist.records import Channel, Unit
from indexer.whitelist.states import WhitelistMove
from tests import trials
from tests.browser import unwell
from tests.operators import OPERATOR
from tests.serving import site_of
from web.app.factory import create_app
from web.app.limits import limiter

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
EDITOR, UNIT, UNWELL, PASSWORD = "编辑甲", "单位甲", "单位丙", "示例口令-只用于测试"
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
UNIT_C = replace(UNIT_A, id=UnitId("unit-c"), name="示例气象馆", short_name="气象馆")  # its channels are unwell.py's
ORIGIN = "http://pictures.example"  # a host that nothing may ask for anything
CHANNEL = Channel(
    id=ChannelId("channel-a"),
    unit=UNIT_A.id,
    kind=ChannelKind.SITE,
    name="示例馆网站",
    source="feed",
    address="http://a.example/feed.xml",
    hosts=("a.example", urlsplit(ORIGIN).netloc),
    status=WhitelistStatus.APPROVED,
    licence="示例授权书",
)
PLAYERS = {
    3: (
        Media(
            kind=MediaKind.VIDEO,
            url="https://player.bilibili.com/player.html?bvid=BV1",
            title="家里的节水办法，三分钟看完",
            cover=f"{ORIGIN}/3/cover.jpg",
            seconds=185,
        ),
        Media(kind=MediaKind.VIDEO, url="http://a.example/v.webm"),
    ),
    4: (
        Media(
            kind=MediaKind.VIDEO,
            url="https://live.bilibili.com/7",
            title="今晚看月亮",
            cover=f"{ORIGIN}/4/gone.jpg",
            starts=NOW,
        ),
    ),
}
NAMES = ["one", "gone", "waits"], ["beside"]
READ = "月球的夜晚长达十四个地球日，月球车要休眠。" * 6
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
    fetch_pictures(settings, database)
    publish(database, index, now=NOW)
    app = create_app(settings, database=database, index=index)
    limiter.enabled = False
    with site_of(app) as address:
        yield Exhibition(address, known)
    database.close()


def fill(database: Database) -> dict[str, str]:
    """Put everything in, and return the ids that the pages are asked for by."""
    with database.transaction() as tx:
        for unit in (UNIT_A, UNIT_B, UNIT_C):
            channels.save_unit(tx, unit)
        channels.save_channel(tx, CHANNEL)
        other = replace(
            CHANNEL, id=ChannelId("channel-b"), unit=UNIT_B.id, name="植物园公众号", kind=ChannelKind.WECHAT
        )
        channels.save_channel(tx, other)
        edition = Edition(id="2026", label="2026年全国科普月", theme="示例主题", starts=NOW.date(), ends=NOW.date())
        editions.save_edition(tx, edition)
    step(database, other.id, WhitelistMove.SUSPEND, who=operator("管理员"), why="授权到期", now=NOW)
    editor = people.add_account(database, EDITOR, PASSWORD, by=OPERATOR, now=NOW, role=Role.EDITOR)
    people.add_account(database, UNIT, PASSWORD, by=OPERATOR, now=NOW, role=Role.UNIT, unit=UNIT_A.id)
    take_in(database, replace(_candidate(0), url="http://foreign.example/1", title="别处的文章"), now=NOW)
    people.add_account(database, UNWELL, PASSWORD, by=OPERATOR, now=NOW, role=Role.UNIT, unit=UNIT_C.id)
    return _decided(database, editor) | unwell.hang(database, UNIT_C, now=times.now())


def fetch_pictures(settings: Settings, database: Database) -> None:
    """What the step makes of the pictures: all are kept but those that are named otherwise."""
    store, refused = MediaStore(settings.data_folder), {"gone": PictureRefusal.GONE, "far": PictureRefusal.FOREIGN_HOST}
    with database.transaction() as tx:
        for use in pictures.claim_waiting(tx, holder=EDITOR, now=NOW, limit=100):
            name = use.url.rpartition("/")[2].removesuffix(".jpg")
            made = encode(draw(use.url), most_pixels=1_000_000)
            if name in refused:
                pictures.refuse(tx, [use], refused[name], holder=EDITOR, at=NOW)
            elif name != "waits" and isinstance(made, Encoded):
                store.put(made.copies)
                pictures.keep(tx, use, made.picture, holder=EDITOR, at=NOW)
        give_all_back(tx, holder=EDITOR)


def _decided(database: Database, editor: User) -> dict[str, str]:
    made = [_item(database, number) for number in range(13)]
    for item in [*made[:6], made[12]]:
        _decide(database, item, Move.APPROVE, editor)
    _decide(database, made[6], Move.HOLD, editor)
    _decide(database, made[7], Move.REJECT, editor)
    take_in(database, replace(_candidate(1), text="讲讲新的说法。" * 30), now=NOW)
    _understand(database, made[1], 2, number=1)
    _look_again(database, alarming=made[8], gone=made[12])
    tried = _file(database, made)
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
    return tried | {
        "shown": made[2],
        "video": made[3],
        "live": made[4],
        "changed": made[1],
        "reported": made[0],
        "waiting": made[8],
        "held": made[6],
        "gone": made[12],
        "ticket": shown_ticket(report[1]),
    }


def _look_again(database: Database, *, alarming: ItemId, gone: ItemId) -> None:
    """One link is refused by its site, the source of a public piece is gone."""
    words = "网站拒绝采集（403）：http://a.example/art/8.html。请单位在网站或防火墙上放行本采集器"
    with database.transaction() as tx:
        for look in looks.claim_due(tx, holder="one", now=NOW + timedelta(days=1), a_host=99, limit=99):
            if look.item == alarming:
                look = replace(look, alarm=Sight.REFUSED, alarm_words=words, alarm_since=NOW, alarms=2, looked_at=NOW)
            looks.settle(tx, replace(look, gone=Sight.DELETED if look.item == gone else None), holder="one")
        if (found := items.locked(tx, gone)) is not None:
            desk.take_down(tx, found, why="来源已被发布者删除", now=NOW)


def _candidate(number: int) -> Candidate:
    title = TITLES[number % len(TITLES)] + ("" if number < len(TITLES) else f"（{number}）")
    written, media = _media(number)
    return Candidate(
        channel=CHANNEL.id,
        url=f"http://a.example/art/{number}.html",
        title=title,
        author="作者甲",
        text=f"讲讲{title}，电话 13800000000。" * 8,
        html=CleanHtml(
            f"<h2>{title}</h2><p>讲讲<a href='http://a.example/'>{title}</a>。</p><blockquote>引文</blockquote>"
            "<table><tr><th>项</th><td>值</td></tr></table><ul><li>一</li></ul><pre>代码</pre>"
            f"{written}"
        ),
        published=Published(at=NOW, is_day=False),
        kind={3: ItemKind.VIDEO, 4: ItemKind.LIVE, 5: ItemKind.ACTIVITY}.get(number, ItemKind.ARTICLE),
        media=media,
    )


def _media(number: int) -> tuple[str, tuple[Media, ...]]:
    """The pictures in the text of a piece, and all its media: of the third three in its text and one beside it."""
    names, beside = NAMES if number == 2 else (["one"] if number % 2 else [], [])
    within = "".join(f'<p><img src="{ORIGIN}/{number}/{name}.jpg" alt="图中文字"></p>' for name in names)
    shown = tuple(
        Media(kind=MediaKind.IMAGE, url=f"{ORIGIN}/{number}/{name}.jpg", credit="图源：示例馆", ai_label="AI生成")
        for name in (*names, *beside)
    )
    return within, (*shown, *PLAYERS.get(number, ()))


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
        understood.save(
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


def _file(database: Database, made: Sequence[ItemId]) -> dict[str, str]:
    """What people asked of the collector: links pushed, pages and sites tried, done, refused, and waiting."""
    said = (
        Outcome(became=Became.TAKEN, item=made[2]),
        Outcome(became=Became.UNCHANGED, item=made[8]),
        Outcome(became=Became.REFUSED, words="链接不在渠道登记的网站上（a.example）。请只推送登记网站上的链接"),
        Outcome(became=Became.READ, title=TITLES[0], account="示例馆", published="2026-09-17", text=READ, chars=900),
        Outcome(became=Became.NOT_READ, words="网页上没有读出正文。请确认登记或推送的是单篇文章的网址"),
    )
    kinds = (InboxKind.PUSH,) * 3 + (InboxKind.TRY,) * 2
    with database.transaction() as tx:
        for number, (kind, outcome) in enumerate(zip(kinds, said, strict=True)):
            link = {"url": f"http://a.example/art/{number}.html"}
            filed = inbox.file(tx, kind, channel=CHANNEL.id, payload=link, who=UNIT, at=NOW)
            inbox.claim_waiting(tx, [kind], holder="collector", now=NOW, limit=1)
            inbox.done(tx, filed, holder="collector", outcome=outcome, at=NOW)
        for kind in (InboxKind.PUSH, InboxKind.TRY):
            link = {"url": "http://a.example/art/waiting.html"}
            inbox.file(tx, kind, channel=CHANNEL.id, payload=link, who=UNIT, at=NOW)
    asked = trials.proposal()
    tried = {"trial": trials.answered(database, asked, now=NOW)}
    tried["failed_trial"] = trials.answered(database, asked, now=NOW, trial=None, words="网站 10 秒内没有回答")
    return tried | {"waiting_trial": trials.file(database, asked, now=NOW)}
