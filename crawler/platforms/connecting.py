"""The step that tries the connections which people asked for, and says on their page what came of each."""

from collections.abc import Callable
from datetime import datetime

import structlog

from config.settings import Settings
from crawler.guard import FetchRefused
from crawler.platforms.calling import Caller
from crawler.platforms.port import PlatformRefused, Wish
from crawler.platforms.ways import ways
from crawler.platforms.wechat.authorising import ComponentCalls
from indexer.base.actors import Actor, ActorKind
from indexer.base.times import now
from indexer.connections.desk import CALLBACK_SEALED, SEALED, ConnectProblem, ConnectRefused, connect, known_channel
from indexer.connections.records import Connection, Platform
from indexer.records import channels, inbox
from indexer.records.database import Database
from indexer.records.inbox import Became, Filed, InboxKind, Outcome
from indexer.records.sealing import seal
from indexer.work.steps import new_holder

KINDS = (InboxKind.CONNECT, InboxKind.AUTHORISE)
TRIES = 3  # of one that ended a worker each time
CONNECTED = "已连接。采集程序下一轮就读取这个账号发布的内容"
TAKEN = "这个账号（%s）已经连接到渠道“%s”。一个账号只能连接一个渠道：请先在那个渠道断开"
NOT_THERE = {
    ConnectProblem.NO_CHANNEL: "这个渠道已不在白名单里",
    ConnectProblem.OTHER_KIND: "这个渠道不是该平台的账号。请选择对应平台的渠道",
}
BROKE_DOWN = "尝试连接时程序多次意外退出，已放弃。请联系管理员"

log = structlog.get_logger()


class Connecting:
    """One at a time: each is a request or two."""

    name = "connections"
    every, batch = 0.5, 1

    def __init__(self, settings: Settings, database: Database, *, clock: Callable[[], datetime] = now) -> None:
        self._settings, self._database, self._clock = settings, database, clock
        self._caller = Caller(settings, database, clock=clock)

    def waits(self) -> bool:
        with self._database.reading() as tx:
            return inbox.is_waiting(tx, KINDS)

    def do(self) -> int:
        holder = new_holder()
        with self._database.transaction() as tx:
            claimed = inbox.claim_waiting(tx, KINDS, holder=holder, now=self._clock(), limit=1)
        for filed in claimed:
            outcome = self._outcome(filed)
            with self._database.transaction() as tx:
                if inbox.done(tx, filed.id, holder=holder, outcome=outcome, at=self._clock()):
                    inbox.forget_fields(tx, filed.id, (SEALED, CALLBACK_SEALED))
            log.info("connection_tried", filed=filed.id, channel=filed.channel, became=outcome.became)
        return len(claimed)

    def _outcome(self, filed: Filed) -> Outcome:
        """What came of it: nobody waits for a second try by itself, since the person does before their page."""
        if filed.tries > TRIES:
            return _not_connected(BROKE_DOWN)
        try:
            return self._tried(filed)
        except ConnectRefused as refused:
            return _not_connected(NOT_THERE.get(refused.problem, str(refused)))
        except (PlatformRefused, FetchRefused) as refused:
            return _not_connected(str(refused))
        except Exception as error:  # of whatever kind: the one who asked is told, and the next one's turn comes
            log.exception("connecting_failed", filed=filed.id)
            return _not_connected(f"处理时程序出错（{type(error).__name__}）。请联系管理员")

    def _tried(self, filed: Filed) -> Outcome:
        """Raises ConnectRefused, PlatformRefused, FetchRefused."""
        platform = Platform(filed.payload["platform"])
        way = ways()[platform]
        if filed.channel is None:
            raise ConnectRefused(ConnectProblem.NO_CHANNEL)
        with self._database.reading() as tx:
            channel = known_channel(tx, filed.channel, platform)
        if filed.kind is InboxKind.AUTHORISE:
            return self._made_ready()
        wish = Wish(channel=channel, fields=filed.payload, who=filed.who, at=self._clock())
        return self._kept(way.connect(wish, self._caller.tools(way)), filed)

    def _made_ready(self) -> Outcome:
        """A code for sending a person to WeChat, sealed, and its end. Raises PlatformRefused, FetchRefused."""
        code = ComponentCalls(self._settings, self._database, clock=self._clock).pre_auth_code()
        ends = self._clock() + code.lasts
        return Outcome(became=Became.READ, text=seal(self._settings, code.value), published=ends.isoformat())

    def _kept(self, connection: Connection, filed: Filed) -> Outcome:
        by = Actor(kind=ActorKind.PERSON, id=filed.payload.get("actor", ""), name=filed.who)
        with self._database.transaction() as tx:
            other = connect(tx, connection, by=by)
            named = channels.channel(tx, other.channel) if other else None
        if other is None:
            return Outcome(became=Became.CONNECTED, words=CONNECTED, account=connection.name)
        return _not_connected(TAKEN % (connection.account, named.name if named else other.channel))


def _not_connected(words: str) -> Outcome:
    return Outcome(became=Became.NOT_CONNECTED, words=words)


def make(settings: Settings, database: Database) -> Connecting:
    """Return the step that tries connections."""
    return Connecting(settings, database)
