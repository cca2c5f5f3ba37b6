"""Prepare the demo campaign in an empty or half-filled data folder: every step may be repeated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import structlog

from config.settings import Settings
from config.units.entries import ChannelEntry, UnitEntry
from config.units.load import load_units
from crawler.demo.campaign import CHANNEL_PREFIX, HOST, PORT, UNITS_FILE, Article, Form, Outlet, outlets
from crawler.demo.people import add_demo_people, policy_user
from crawler.pictures import step as pictures_step
from crawler.reading import inbox as inbox_step
from crawler.rounds import collect, crawl_lock, polled_channels
from indexer.base.actors import operator
from indexer.base.ids import ChannelId, canonical_key
from indexer.base.times import now
from indexer.catalogue.items import Edition
from indexer.people.accounts import User
from indexer.records import decisions, editions, inbox, items
from indexer.records.database import Database
from indexer.records.inbox import InboxKind
from indexer.review.desk import decide
from indexer.review.records import Move, State
from indexer.search.port import IndexDown
from indexer.whitelist.desk import import_units
from indexer.work import steps as work_steps
from indexer.work.leftovers import free_leftovers
from indexer.work.runner import run_pending

log = structlog.get_logger()
IMPORTER = "demo-policy"
APPROVED = "演示策略：单位渠道已授权，内容属于科普"
EDITION = Edition(
    id="2026",
    label="2026年全国科普月（演示）",
    theme="看见科学 点亮生活（演示主题）",
    starts=date(2026, 9, 1),
    ends=date(2026, 9, 30),
)


class DemoFailed(Exception):
    """The demo campaign could not be collected; the text says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step that was done; count: how many of its things."""

    name: str
    count: int


def prepare(settings: Settings, database: Database, *, port: int) -> Iterator[Step]:
    """Yield each step when it is done. Raises DemoFailed where the simulator cannot be read."""
    settings = settings.model_copy(
        update={
            "private_hosts": (*settings.private_hosts, f"{HOST}:{port}"),
            "crawl_delay_seconds": 0.0,
            "picture_delay_seconds": 0.0,
        }
    )
    free_leftovers(database)  # of a preparation that was killed: what it held would be waited for
    yield Step(name="units", count=_import_whitelist(database, port))
    add_demo_people(database, settings.data_folder)
    yield Step(name="collected", count=_collect(settings, database))
    yield Step(name="pushed", count=_push(settings, database, port))
    yield Step(name="pictures", count=_work_off([pictures_step.make(settings, database)]))
    work = work_steps.steps_of(settings, database)
    yield Step(name="understood", count=_work_off(work))
    yield Step(name="decided", count=_decide(database, policy_user(database), port))
    yield Step(name="published", count=_work_off(work))


def _import_whitelist(database: Database, port: int) -> int:
    entries = [_at_port(entry, port) for entry in load_units(UNITS_FILE)]
    import_units(database, entries, file=str(UNITS_FILE), who=operator(IMPORTER), now=now(), approve=True)
    with database.transaction() as tx:
        editions.save_edition(tx, EDITION)
    return len(entries)


def _at_port(entry: UnitEntry, port: int) -> UnitEntry:
    return entry.placed(entry.line, channels=tuple(_channel_at(channel, port) for channel in entry.channels))


def _channel_at(channel: ChannelEntry, port: int) -> ChannelEntry:
    written, meant = f"{HOST}:{PORT}", f"{HOST}:{port}"
    return channel.placed(
        channel.line,
        address=channel.address and channel.address.replace(written, meant, 1),
        hosts=tuple(meant if host == written else host for host in channel.hosts),
    )


def _collect(settings: Settings, database: Database) -> int:
    with crawl_lock(settings):
        wanted = [channel for channel in polled_channels(database) if channel.id.startswith(CHANNEL_PREFIX)]
        results = collect(settings, database, wanted)
    if failed := [result for result in results if result.error]:
        raise DemoFailed("\n".join(f"{result.name}: {result.error}" for result in failed))
    return sum(result.new + result.changed for result in results)


def _push(settings: Settings, database: Database, port: int) -> int:
    """As the units do it: filed, taken by the collector's step, answered. Raises DemoFailed."""
    ids = file_pushes(database, port)
    _work_off([inbox_step.make(settings, database)])
    with database.reading() as tx:
        pushed = inbox.filed(tx, ids)
    if failed := [f"{one.payload['url']}: {one.outcome.words}" for one in pushed if one.outcome and one.outcome.words]:
        raise DemoFailed("\n".join(failed))
    return len(pushed)


def file_pushes(database: Database, port: int) -> list[str]:
    """File the links of all articles that no list leads to; return under which ids."""
    links = [
        (ChannelId(outlet.channel), _url(outlet, article, port))
        for outlet in outlets().values()
        if outlet.form is Form.WECHAT
        for article in outlet.articles
    ]
    with database.transaction() as tx:
        return [
            inbox.file(tx, InboxKind.PUSH, channel=channel, payload={"url": url}, who=IMPORTER, at=now())
            for channel, url in links
        ]


def _work_off(work: Sequence[work_steps.Step]) -> int:
    """How many were moved. What an index that is down was not told waits in the outbox, for `carnival work`."""
    moved = 0
    try:
        for _, count in run_pending(work):
            moved += count
    except IndexDown as error:
        log.warning("index_down", why=str(error))
    return moved


def _decide(database: Database, policy: User, port: int) -> int:
    return sum(_decide_outlet(database, policy, outlet, port) for outlet in outlets().values())


def _decide_outlet(database: Database, policy: User, outlet: Outlet, port: int) -> int:
    """Approve the older half, so that the first page and the queue both have something of every unit."""
    older = outlet.articles[len(outlet.articles) // 2 :]
    decided = 0
    for article in outlet.articles:
        approve = Move.APPROVE if article in older and not article.is_left else None
        if (move := article.move or approve) is not None:
            decided += _decide_once(
                database, policy, move=move, why=article.why or APPROVED, url=_url(outlet, article, port)
            )
    return decided


def _decide_once(database: Database, policy: User, *, move: Move, why: str, url: str) -> int:
    """Only on an item that nobody has decided on: what an editor did since stays."""
    with database.reading() as tx:
        item = items.by_key(tx, canonical_key(url))
        if item is None or item.state is not State.PENDING or decisions.of_item(tx, item.id):
            return 0
    decide(database, item=item.id, version=item.latest, state=item.state, move=move, who=policy, why=why, now=now())
    return 1


def _url(outlet: Outlet, article: Article, port: int) -> str:
    return f"http://{HOST}:{port}{outlet.path_of(article)}"


def counts(database: Database) -> dict[str, int]:
    """Return how many items stand in each state."""
    with database.reading() as tx:
        return {state.value: count for state, count in items.counts(tx).items()}


STEPS: Sequence[str] = ("units", "collected", "pushed", "pictures", "understood", "decided", "published")
