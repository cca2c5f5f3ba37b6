"""Does what the plan says: accounts publish, correct and remove, units push links and connect anew."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from config.settings import Settings
from indexer.base.actors import Actor, ActorKind
from indexer.catalogue.pushes import Push, file_pushes
from indexer.connections.desk import file_wechat
from indexer.connections.weibo import file_code
from indexer.records import inbox
from indexer.records.database import Database
from indexer.records.inbox import Became
from tests.quality.soak.cast import Kind, Outlet
from tests.quality.soak.plan import Move, Step
from tests.quality.soak.texts import draft
from tests.simulators.component.platform import CODE_VALID, PRE_AUTH
from tests.simulators.running import Platforms
from tests.simulators.speaking import Request
from tests.simulators.wechat.addresses import article_url
from tests.simulators.world.accounts import WechatAccount
from tests.simulators.world.posts import Post, Standing

WHO = Actor(kind=ActorKind.PERSON, id="soak-person", name="示例单位的人")
PUSHED_AFTER, AGAIN_AFTER = timedelta(hours=1), timedelta(hours=4)
OLD_ENOUGH = timedelta(hours=30)  # of a piece that is corrected or removed: it was collected before
CALLBACK_TOKEN, AES_KEY = "soakcallbacktoken", "SoakSoakSoakSoakSoakSoakSoakSoakSoakSoakSoa"
RETURN_TO = "https://soak.example/connect/weibo"


@dataclass(kw_only=True)
class Pushed:
    """A link that a unit pushed. filed: number of the row; empty where it is still to be pushed."""

    outlet: Outlet
    post: Post
    due: datetime
    filed: str = ""


@dataclass(kw_only=True)
class Actors:
    """All people of the simulated world. posts: all that was published in the soak, by channel."""

    platforms: Platforms
    database: Database
    settings: Settings
    rng: random.Random
    posts: dict[str, list[Post]] = field(default_factory=dict)
    edited: list[tuple[Outlet, Post]] = field(default_factory=list)
    removed: list[tuple[Outlet, Post]] = field(default_factory=list)
    pushes: list[Pushed] = field(default_factory=list)
    number: int = 0

    @property
    def now(self) -> datetime:
        """The virtual time."""
        return self.platforms.world.clock()

    def act(self, step: Step) -> None:
        """Make one move of the plan."""
        match step.move:
            case Move.PUBLISH:
                self._publish(step)
            case Move.EDIT:
                if post := self._old(step.outlet):
                    self.platforms.world.edit(post)
                    self.edited.append((step.outlet, post))
            case Move.REMOVE:
                if post := self._old(step.outlet):
                    withheld = step.outlet.kind is Kind.ALBUM and self.rng.random() < 0.5
                    self.platforms.world.take_away(post, Standing.WITHHELD if withheld else Standing.DELETED)
                    self.removed.append((step.outlet, post))

    def connect(self, outlet: Outlet) -> None:
        """Connect a channel to its account, as its unit does on the desk or on the platform's own page."""
        account = outlet.account
        if outlet.kind is Kind.API and isinstance(account, WechatAccount):
            file_wechat(
                self.database,
                self.settings,
                channel=outlet.channel.id,
                appid=account.id,
                secret=account.secret,
                token=CALLBACK_TOKEN,
                aes_key=AES_KEY,
                by=WHO,
                now=self.now,
            )
        elif outlet.kind is Kind.WEIBO:
            file_code(
                self.database,
                self.settings,
                channel=outlet.channel.id,
                code=self._weibo_code(account.id),
                return_to=RETURN_TO,
                by=WHO,
                now=self.now,
            )
        elif outlet.kind is Kind.COMPONENT and isinstance(account, WechatAccount) and self.platforms.third_party:
            component = self.platforms.third_party
            code = self.platforms.api.tokens.make(component.component.id, of=PRE_AUTH, valid=CODE_VALID)
            component.authorise(account, code.value, frozenset(account.func_ids))

    def push_links(self) -> None:
        """File the links that are due; of those that were not taken, again after a while."""
        for pushed in list(self.pushes):
            if pushed.filed:
                self._look_at(pushed)
            elif pushed.due <= self.now and isinstance(pushed.outlet.account, WechatAccount):
                url = article_url(pushed.outlet.account, pushed.post)
                push = Push(channel=pushed.outlet.channel.id, url=url)
                (pushed.filed,) = file_pushes(
                    self.database, pushed.outlet.channel.unit, [push], who=WHO.name, at=self.now
                )

    def _look_at(self, pushed: Pushed) -> None:
        with self.database.reading() as tx:
            (row,) = inbox.filed(tx, [pushed.filed])
        if row.done_at is None or row.outcome is None:
            return
        self.pushes.remove(pushed)
        if row.outcome.became is Became.NOT_READ:
            again = Pushed(outlet=pushed.outlet, post=pushed.post, due=self.now + AGAIN_AFTER)
            self.pushes.append(again)

    def _publish(self, step: Step) -> None:
        drafts = []
        for _ in range(step.pieces):
            self.number += 1
            drafts.append(draft(self.rng, self.number, is_notified=step.is_notified, is_long=step.is_long))
        made = self.platforms.world.publish(step.outlet.account.id, *drafts)
        self.posts.setdefault(step.outlet.id, []).extend(made)
        if step.outlet.kind is Kind.PUSH:
            due = self.now + PUSHED_AFTER
            self.pushes += [Pushed(outlet=step.outlet, post=post, due=due) for post in made]

    def _old(self, outlet: Outlet) -> Post | None:
        """A piece that was there long enough, and that nothing happened to yet."""
        latest = self.now - OLD_ENOUGH
        fitting = (
            post
            for post in reversed(self.posts.get(outlet.id, []))
            if post.at <= latest and not post.edits and post.standing is Standing.STANDS
        )
        return next(fitting, None)

    def _weibo_code(self, uid: str) -> str:
        """What the page of the platform sends a person back with, who says yes there."""
        assert self.platforms.oauth is not None
        query = {"client_id": self.platforms.oauth.app_key, "redirect_uri": RETURN_TO, "state": "s"}
        said = Request(method="POST", path="/", query=query, headers={}, body=f"account={uid}&answer=yes".encode())
        location: Mapping[str, str] = self.platforms.oauth.authorize(said).headers
        return parse_qs(urlsplit(location["Location"]).query)["code"][0]


CONNECTED = frozenset({Kind.API, Kind.COMPONENT, Kind.WEIBO})
