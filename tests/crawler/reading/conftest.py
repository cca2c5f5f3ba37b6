"""What is pushed: the step that does it. What is looked at again: a site of two articles, one of them approved."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from config.settings import Settings
from crawler.reading import inbox as step
from indexer.base import times
from indexer.catalogue.evidence import EvidenceStore
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import inbox, reads, to_understand, understood
from indexer.records.database import Database
from indexer.records.inbox import InboxKind
from indexer.review.records import Move
from indexer.whitelist.records import Channel
from tests.crawler.reading.looking import collect, decide
from tests.simulators.answers import NOW, Web, two_articles


@pytest.fixture
def file(database: Database, channel: Channel) -> Callable[..., None]:
    """File something of the channel."""

    def make(url: str, kind: InboxKind = InboxKind.PUSH) -> None:
        with database.transaction() as tx:
            inbox.file(tx, kind, channel=channel.id, payload={"url": url}, who="单位甲", at=times.now())

    return make


@pytest.fixture
def collector(settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch) -> step.Inbox:
    monkeypatch.setattr(step, "PAUSES", (timedelta(0), timedelta(0)))
    return step.make(settings, database)


@pytest.fixture
def web(channel: Channel) -> Web:
    return two_articles(channel)


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path)


@pytest.fixture
def editor(make_user: Callable[..., User]) -> User:
    return make_user()


@pytest.fixture
def snow(database: Database, channel: Channel, web: Web, store: EvidenceStore, editor: User) -> Item:
    """The piece at `/snow`, collected, approved and public, with the piece at `/rain` beside it."""
    reader = collect(database, channel, web, store)
    with database.transaction() as tx:
        reads.save_validators(tx, {(channel.id, url): kept for url, kept in reader.kept.items()})
        pieces = to_understand.waiting(tx, 10)
        for item, version in pieces:
            understood.save(
                tx,
                item.id,
                version.number,
                tags=(),
                findings=(),
                vector=None,
                embedder="none",
                cluster=item.cluster,
                at=NOW,
            )
    (found,) = [item for item, version in pieces if version.url.endswith("/snow")]
    decide(database, found, Move.APPROVE, editor)
    web.asked.clear()
    web.sent.clear()
    return found
