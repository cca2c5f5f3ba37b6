"""The whole site over a made-up catalogue of a given size: what benchmarks and tests of queries ask and do."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_login import FlaskLoginClient

from config.settings import Settings
from indexer.base import times
from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, CleanHtml
from indexer.people import sessions
from indexer.people.accounts import User, Visit
from indexer.people.rights import Role
from indexer.records import channels, decisions, inbox, items, people, understood
from indexer.records.database import Database
from indexer.records.inbox import InboxKind
from indexer.records.public import public_versions
from indexer.records.review_queue import Asked, queue_ids
from indexer.reports import desk as reports
from indexer.reports.tickets import ReportKind
from indexer.review import desk
from indexer.review.records import WAITING, Move, State
from indexer.review.states import last_holding
from indexer.search.factory import open_index
from indexer.search.port import SearchIndex
from indexer.search.publish import publish
from indexer.search.rebuild import rebuild
from indexer.whitelist.records import Channel
from tests import trials
from tests.benchmarks.catalogue import COPIES, Plan, item_id, write
from tests.benchmarks.deployments import RECORDS
from tests.benchmarks.searching.texts import texts
from tests.programs import Program, program_of
from tests.web.kept import shown_by
from web.app.access import SignedIn
from web.app.factory import create_app
from web.app.limits import limiter

STRANGER, UNIT, EDITOR = "stranger", "unit", "editor"
BIG_UNIT = UnitId("unit-0")  # every fifth item is its own
REPORTS, SESSIONS = 200, 3


@dataclass(kw_only=True)
class Sized:
    """An application in this process, browsers of three roles, and ids that addresses and forms are filled with.

    pending: items that nobody has decided on. taken: those that `take` handed out since. program: of the big unit.
    """

    items: int
    settings: Settings
    database: Database
    index: SearchIndex
    app: Flask
    people: Mapping[str, User]
    browsers: Mapping[str, FlaskClient]
    named: Mapping[str, str]
    now: datetime
    program: Program
    pending: list[ItemId]
    taken: list[ItemId] = field(default_factory=list)
    used: int = 0

    def take(self, many: int = 1) -> list[ItemId]:
        """Return pending items for a form or a step; where too few are left, what was decided is taken back first.

        Raises ValueError where the catalogue has not so many.
        """
        if many > self.room:
            raise ValueError(f"{many} pending items of {self.room}")
        if len(self.pending) < many:
            self.pending, self.taken = self.taken + self.pending, []
            for item in self.pending:
                self._take_back(item)
            while publish(self.database, self.index, now=self.now):
                pass
        given, self.pending = self.pending[-many:], self.pending[:-many]
        self.taken += given
        return given

    @property
    def room(self) -> int:
        """How many items `take` can give at once."""
        return len(self.pending) + len(self.taken)

    def _take_back(self, item: ItemId) -> None:
        with self.database.reading() as tx:
            last = last_holding(decisions.of_item(tx, item))
        if last is not None:
            desk.undo(self.database, item=item, decision=last.id, who=self.people[EDITOR], now=self.now)

    def fresh(self, many: int = 1) -> int:
        """Return the first of so many numbers that nothing has used."""
        self.used, first = self.used + many, self.used
        return first

    def filled(self, text: str) -> str:
        """Return an address or a form's value with its `{…}` filled in; each `{pending}` is an item of its own."""
        return text.format(**self.named, pending=self.take()[0] if "{pending}" in text else "")

    def candidate(self, number: int, *, more: str = "") -> Candidate:
        """Return the same new article for the same number; more: what its text ends with."""
        title, text = texts(random.Random(number))  # noqa: S311 - the same text each time
        channel = self.channel()
        return Candidate(
            channel=channel.id,
            url=f"http://{channel.hosts[0]}/new/{number}.html",
            title=f"{title} 新{number}",
            text=text + more,
            html=CleanHtml(f"<p>{text}{more}</p>"),
        )

    def make_item(self) -> ItemId:
        """Take in a new piece, note it as understood, and return it: pending."""
        taken = take_in(self.database, self.candidate(self.fresh()), now=self.now).item
        with self.database.transaction() as tx:
            item = items.item(tx, taken) if taken else None
            if item is None:
                raise RuntimeError("a new piece was refused")
            understood.save(
                tx, item.id, 1, tags=(), findings=(), vector=None, embedder="none", cluster=item.cluster, at=self.now
            )
        return item.id

    def channel(self) -> Channel:
        """Return an approved channel as it stands."""
        with self.database.reading() as tx:
            return channels.channels(tx)[0]


def make(plan: Plan, folder: Path) -> None:
    """Make a data folder of this catalogue by this tree's code, in this process."""
    folder.mkdir(parents=True, mode=0o700)
    write(plan, folder / RECORDS)
    settings = Settings(data_folder=folder, _env_file=None)
    database = Database.open(settings.records_url)
    for _ in rebuild(database, open_index(settings)):
        pass
    database.close()


def enter(folder: Path, plan: Plan) -> Sized:
    """Open a data folder that nobody else uses: people, reports, a batch and sessions come into it."""
    settings, now = Settings(data_folder=folder, site_name="示例嘉年华", _env_file=None), times.now()
    database, index = Database.open(settings.records_url), open_index(settings)
    roles = {UNIT: (Role.UNIT, BIG_UNIT), EDITOR: (Role.EDITOR, None)}
    with database.transaction() as tx:
        who = {
            name: people.add_user(tx, name, role=role, unit=unit, password_hash="none")
            for name, (role, unit) in roles.items()
        }
        # The queue shows the longest waiting first: what tests use up is taken from its end.
        pending = queue_ids(tx, Asked(states=(State.PENDING,)), limit=plan.items)
    named = _use(database, who[EDITOR], pending, min(REPORTS, plan.items), now=now)
    named |= _withdraw(database, who, now=now)
    program, other = (program_of(database, settings, BIG_UNIT) for _ in range(2))
    named |= {"key": other.key, "push": _push(database, ChannelId(named["own_channel"]), now=now)}
    named["picture"] = shown_by(settings, database, ItemId(named["public"]), now=now)
    app, browsers = _browsers(settings, database, index, who, now=now)
    while publish(database, index, now=now):
        pass
    sized = Sized(
        items=plan.items,
        settings=settings,
        database=database,
        index=index,
        app=app,
        people=who,
        browsers=browsers,
        named=named,
        now=now,
        program=program,
        pending=pending,
    )
    sized.make_item()  # the last in the queue: something waits behind every other
    return sized


def _use(database: Database, editor: User, pending: list[ItemId], reported: int, *, now: datetime) -> dict[str, str]:
    """Let readers report and an editor decide; return what the `{…}` of addresses and forms stand for."""
    shown = pending.pop()
    approval = desk.decide(
        database, item=shown, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
    )
    with database.reading() as tx:
        public = sorted(public_versions(tx))
    told = reports.Told(kind=ReportKind.MISTAKE, words="年份写错了。", contact="")
    handed = [
        reports.hand_in(database, item=public[number % len(public)], told=told, now=now) for number in range(reported)
    ]
    picks = [desk.Pick(item=pending.pop(), version=1, state=State.PENDING)]
    decided = desk.batch(database, picks=picks, move=Move.REJECT, who=editor, why="示例理由", now=now)
    batch = next(one.decision.batch for one in decided if one.decision)
    other = _other_session(database, now=now)
    return {
        "public": shown,
        "changed": item_id(COPIES[0]),
        "copy": item_id(COPIES[1]),
        "approval": approval.id,
        "batch": batch or "",
        "report": handed[0].id,
        "ticket": handed[0].ticket,
        "channel": f"channel-{BIG_UNIT}",
        "unit": BIG_UNIT,
        "trial": trials.answered(database, trials.proposal(BIG_UNIT), now=now),
        "other_session": other,
    }


def _withdraw(database: Database, who: Mapping[str, User], *, now: datetime) -> dict[str, str]:
    """Let an editor approve two new pieces of the unit whose person asks, and that person take one of them down."""
    channel, (own, withdrawn) = ChannelId(f"channel-{BIG_UNIT}"), (f"http://{BIG_UNIT}.example/own/{n}" for n in "12")
    found = [_approved(database, channel, url, who[EDITOR], now=now) for url in (own, withdrawn)]
    taken = desk.decide(
        database,
        item=found[1],
        version=1,
        state=State.APPROVED,
        move=Move.WITHDRAW,
        who=who[UNIT],
        why="示例理由",
        now=now,
    )
    return {"own_channel": channel, "own": found[0], "withdrawn": found[1], "withdrawal": taken.id}


def _push(database: Database, channel: ChannelId, *, now: datetime) -> str:
    """Let the unit push a link, and return the id under which its outcome will stand."""
    link = {"url": f"http://{BIG_UNIT}.example/pushed/1"}
    with database.transaction() as tx:
        return inbox.file(tx, InboxKind.PUSH, channel=channel, payload=link, who="单位甲", at=now)


def _approved(database: Database, channel: ChannelId, url: str, editor: User, *, now: datetime) -> ItemId:
    item = take_in(database, Candidate(channel=channel, url=url, title="单位自己的一篇", text=url), now=now).item
    if item is None:
        raise RuntimeError("a piece of the unit's own was refused")
    with database.transaction() as tx:
        cluster = ClusterId(item)
        understood.save(tx, item, 1, tags=(), findings=(), vector=None, embedder="none", cluster=cluster, at=now)
    desk.decide(database, item=item, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now)
    return item


def _other_session(database: Database, *, now: datetime) -> str:
    with database.transaction() as tx:
        owner = people.add_user(tx, "编辑丙", role=Role.EDITOR, unit=None, password_hash="none")
        sessions.start(tx, owner.id, Visit(), now=now)
    limits = sessions.SessionLimits(idle=times.CLOCK_SLACK, absolute=times.CLOCK_SLACK)
    return sessions.of_person(database, owner.id, limits=limits, now=now)[0].id


def _browsers(
    settings: Settings, database: Database, index: SearchIndex, who: Mapping[str, User], *, now: datetime
) -> tuple[Flask, dict[str, FlaskClient]]:
    app = create_app(settings, database=database, index=index)
    app.config |= {"TESTING": True, "WTF_CSRF_ENABLED": False}
    app.test_client_class = FlaskLoginClient
    limiter.enabled = False
    browsers = {STRANGER: app.test_client()}
    for name, user in who.items():
        with database.transaction() as tx:
            token = [sessions.start(tx, user.id, Visit(), now=now) for _ in range(SESSIONS)][-1]
        browsers[name] = app.test_client(user=SignedIn(user, token))
    return app, browsers


def waiting_items(sized: Sized) -> int:
    """Return how many items wait for a decision."""
    with sized.database.reading() as tx:
        counts = items.counts(tx)
    return sum(counts[state] for state in WAITING)
