"""A deployment with accounts of platforms: connected as their people connect them, its records looked at beside it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.settings import Settings
from indexer.base.ids import ChannelId
from indexer.connections.records import Connection, Platform
from indexer.records import connections, inbox, platform_events
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind, Outcome
from indexer.records.sealing import seal
from tests.attack.deployment import PASSWORD, Deployment
from tests.callbacks import ACCOUNT_KEYS, APPID, COMPONENT, COMPONENT_KEYS, ORIGINAL_ID

AUTHORISED, OTHER_ID = "wxaaaaaaaaaaaaaaaa", "gh_authorised"
COMPONENT_SECRET, WEIBO_SECRET = "c0mp0nent-secret-of-attacks", "weibo-secret-of-attacks"
SETTINGS: Mapping[str, str] = {
    "trusted_proxies": "1",
    "wechat_component_appid": COMPONENT,
    "wechat_component_secret": COMPONENT_SECRET,
    "wechat_component_token": COMPONENT_KEYS.token,
    "wechat_component_aes_key": COMPONENT_KEYS.aes_key,
    "weibo_app_key": "2026091700",
    "weibo_app_secret": WEIBO_SECRET,
}
OWN, AUTHORISES, POSTS = "own", "authorises", "posts"  # channels: by app id and secret, by the component, of Weibo
UNITS = {f"person-of-{name}": f"unit-{name}" for name in (OWN, AUTHORISES, POSTS)}


class Connected(Deployment):
    """Three channels of three units, each with a person; two of them are connected."""

    def __init__(self, folder: Path, **settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder, **{**SETTINGS, **settings})
        self.add_editors()
        wechat = [{"id": name, "kind": "wechat", "name": f"公众号{name}"} for name in (OWN, AUTHORISES)]
        self.whitelist([*wechat, {"id": POSTS, "kind": "weibo", "name": "微博posts"}])
        for name, unit in UNITS.items():
            more = ("--role", "unit", "--unit", unit, "--password-stdin")
            self.must("users", "add", name, *more, typed=PASSWORD)
        self.connect()

    @property
    def settings(self) -> Settings:
        """What seals and opens as the deployment does."""
        return Settings(data_folder=self.folder)

    @contextmanager
    def records(self) -> Iterator[Database]:
        """The records, opened beside whatever runs."""
        url = self.environment.get("CARNIVAL_DATABASE_URL") or f"sqlite:///{self.folder / 'carnival.db'}"
        with closing(Database.open(url)) as database:
            yield database

    def connect(self) -> None:
        """Connect two accounts of WeChat, each by its way."""
        keys = json.dumps({"token": ACCOUNT_KEYS.token, "aes_key": ACCOUNT_KEYS.aes_key})
        named = {"who": "攻击", "at": datetime.now(UTC)}
        rows = (
            Connection(
                channel=ChannelId(OWN),
                platform=Platform.WECHAT,
                account=APPID,
                original_id=ORIGINAL_ID,
                callback_sealed=seal(self.settings, keys),
                **named,  # type: ignore[arg-type]
            ),
            Connection(
                channel=ChannelId(AUTHORISES),
                platform=Platform.COMPONENT,
                account=AUTHORISED,
                original_id=OTHER_ID,
                **named,  # type: ignore[arg-type]
            ),
        )
        with self.records() as database, database.transaction() as tx:
            for row in rows:
                connections.save(tx, row)

    def events(self) -> int:
        """How many events are kept."""
        with self.records() as database, database.reading() as tx:
            return len(platform_events.newest(tx, limit=10_000))

    def codes(self) -> int:
        """How many codes were brought back and filed."""
        with self.records() as database, database.reading() as tx:
            return len(inbox.newest(tx, InboxKind.CONNECT, limit=10_000))

    def make_ready(self) -> None:
        """Answer, as the collector would, who wants to be sent to WeChat."""
        now = datetime.now(UTC)
        ends = (now + timedelta(minutes=10)).isoformat()
        outcome = Outcome(became=Became.READ, text=seal(self.settings, "preauthcode@@@1"), published=ends)
        with self.records() as database, database.transaction() as tx:
            for filed in inbox.claim_waiting(tx, [InboxKind.AUTHORISE], holder="attack", now=now, limit=10):
                inbox.done(tx, filed.id, holder="attack", outcome=outcome, at=now)
