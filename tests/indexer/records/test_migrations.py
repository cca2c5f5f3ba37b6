"""What a migration makes of the rows that were there before it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, insert, make_url, select, text

from indexer.base.actors import ActorKind
from indexer.base.ids import ChannelId
from indexer.catalogue.items import Item
from indexer.records import channels, refusals
from indexer.records.channels import CHANNELS, UNITS
from indexer.records.database import Database
from indexer.records.inbox import INBOX
from indexer.records.items import CLUSTERS, ITEMS, VERSIONS
from indexer.records.migrations.upgrade import configuration, revisions
from indexer.review.records import Move

NOW = datetime(2026, 9, 17, tzinfo=UTC)
ITEM = {"id": "i1", "unit": "u1", "channel": "c1", "key": "k", "kind": "article", "state": "pending", "latest": 600}
UNIT = {"id": "u1", "name": "馆", "short_name": "馆", "system": "", "district": "", "former_names": [], "note": ""}
CHANNEL = {"id": "c1", "unit": "u1", "kind": "site", "name": "站", "hosts": [], "path": "/", "options": {}}


def new_records(make_records: Callable[..., str]) -> Engine:
    """Records without a table."""
    address = make_url(make_records(is_migrated=False))
    if address.get_backend_name() == "sqlite":
        Path(str(address.database)).parent.mkdir(exist_ok=True)
    return create_engine(address)


def before(revision: str, connection: Connection) -> Config:
    """Bring the records to the migration before this one, and return what brings them on."""
    config = configuration()
    config.attributes["connection"] = connection
    found = ScriptDirectory.from_config(config).get_revision(revision)
    assert found is not None
    command.upgrade(config, str(found.down_revision))
    return config


def test_the_credits_of_what_was_collected_before_are_read(make_records: Callable[..., str]) -> None:
    engine = new_records(make_records)
    with engine.begin() as connection:
        config = before("0009", connection)
        connection.execute(insert(UNITS).values(UNIT))
        connection.execute(insert(CHANNELS).values(CHANNEL | {"status": "approved"}))
        connection.execute(insert(CLUSTERS).values(id="k1"))
        connection.execute(insert(ITEMS).values(ITEM | {"cluster": "k1", "created_at": NOW}))
        connection.execute(
            text(
                "INSERT INTO versions (item, number, url, title, author, account, html, text, content_hash,"
                " collected_at) VALUES ('i1', :number, '', '题目', '', '', '', :text, '', '2026-09-17 00:00:00')"
            ),
            [
                {"number": number, "text": f"正文\n来源：示例{number}报" if number % 2 else "正文"}
                for number in range(1, 601)
            ],
        )
        command.upgrade(config, "0009")

    with engine.connect() as connection:
        found = connection.execute(select(VERSIONS.c.number, VERSIONS.c.credits)).all()
    engine.dispose()

    assert {number: list(credits) for number, credits in found} == {
        number: [f"示例{number}报"] if number % 2 else [] for number in range(1, 601)
    }


def test_refusals_and_decisions_of_old_stay_and_are_read_as_of_old(make_records: Callable[..., str]) -> None:
    engine = new_records(make_records)
    with engine.begin() as connection:
        before("0011", connection)
        connection.execute(insert(UNITS).values(UNIT))
        connection.execute(insert(CHANNELS).values(CHANNEL | {"status": "approved"}))
        for reason in ("no_body", "foreign_host"):
            connection.execute(
                text(
                    "INSERT INTO refusals (channel, unit, url, title, reason, message, at) VALUES"
                    " ('c1', 'u1', 'http://a.example/1', '题', :reason, '旧的说明', '2026-09-17 00:00:00')"
                ),
                {"reason": reason},
            )
        connection.execute(
            text(
                "INSERT INTO whitelist_changes (channel, before, after, who, why, at) VALUES"
                " ('c1', NULL, 'approved', '编辑甲', '旧', '2026-09-17 00:00:00')"
            )
        )
    engine.dispose()

    database = Database.open(engine.url.render_as_string(hide_password=False))
    with database.reading() as tx:
        rows = [refusals.by_number(tx, number) for number in (1, 2)]
        (step,) = channels.status_changes(tx, ChannelId("c1"))
    database.close()

    assert [(row.times, row.at, row.last_at, row.facts, row.message) for row in rows if row] == [
        (1, NOW, NOW, None, "旧的说明")
    ] * 2
    assert (step.actor.kind, step.actor.name) == (ActorKind.PERSON, "编辑甲")


def test_since_when_items_wait_and_what_their_findings_weigh_is_read_from_their_newest_version(
    make_records: Callable[..., str],
) -> None:
    engine = new_records(make_records)
    newer = NOW + timedelta(days=1)
    version = text(
        "INSERT INTO versions (item, number, url, title, author, account, html, text, content_hash, collected_at)"
        " VALUES (:item, :number, '', '', '', '', '', '', '', :at)"
    )
    finding = text(
        "INSERT INTO findings (item, version, position, rule, rule_version, severity, field, start, "
        '"end", excerpt, message)'
        " VALUES (:item, :number, :position, 'r', 1, :severity, 'text', 0, 1, '', '')"
    )
    found = [("i1", 1, 0, "high"), ("i1", 2, 0, "high"), ("i1", 2, 1, "low"), ("i1", 2, 2, "note"), ("i2", 1, 0, "low")]
    with engine.begin() as connection:
        config = before("0015", connection)
        connection.execute(insert(UNITS).values(UNIT))
        connection.execute(insert(CHANNELS).values(CHANNEL | {"status": "approved"}))
        connection.execute(insert(CLUSTERS).values(id="k1"))
        for name, latest in (("i1", 2), ("i2", 1), ("i3", 1), ("lost", 1)):
            row = ITEM | {"id": name, "key": name, "latest": latest, "cluster": "k1", "created_at": NOW}
            connection.execute(insert(ITEMS).values(row))
        connection.execute(
            version,
            [
                {"item": name, "number": number, "at": f"{NOW if number == 1 else newer:%Y-%m-%d %H:%M:%S}.000000"}
                for name, number in (("i1", 1), ("i1", 2), ("i2", 1), ("i3", 1))
            ],
        )
        connection.execute(
            finding,
            [
                {"item": name, "number": number, "position": position, "severity": severity}
                for name, number, position, severity in found
            ],
        )
        command.upgrade(config, "0015")

    c = ITEMS.c
    with engine.connect() as connection:
        rows = connection.execute(select(c.id, c.waiting_since, c.findings_weight).order_by(c.id)).all()
    engine.dispose()

    assert [tuple(row) for row in rows] == [("i1", newer, 10_101), ("i2", NOW, 100), ("i3", NOW, 0), ("lost", NOW, 0)]


KEPT = (
    ITEMS.c.id,
    ITEMS.c.publication,
    ITEMS.c.public_since,
    ITEMS.c.version_since,
    ITEMS.c.came_out,
    ITEMS.c.reposted,
)


def test_the_migration_reads_from_the_decisions_what_they_keep_beside_an_item(
    records_url: str,
    database: Database,
    pair: tuple[Item, Item],
    make_item: Callable[..., Item],
    decide: Callable[..., datetime],
    undo: Callable[[Item], datetime],
) -> None:
    gone, waiting = make_item(url="http://a.example/art/8.html"), make_item(url="http://a.example/art/9.html")
    for item, move in (
        (pair[0], Move.APPROVE),
        (pair[1], Move.APPROVE),
        (gone, Move.APPROVE),
        (gone, Move.WITHDRAW),
        (pair[0], Move.APPROVE),
    ):
        decide(item, move)
        make_item(text="改过的正文")
    undo(pair[0])
    with database.reading() as tx:
        before = tx.tuples(select(*KEPT).order_by(ITEMS.c.id))
    database.close()

    migrated_again(records_url, "0014")

    again = Database.open(records_url)
    with again.reading() as tx:
        after = tx.tuples(select(*KEPT).order_by(ITEMS.c.id))
    again.close()
    assert after == before
    assert {row.id: (row.publication is not None, row.reposted) for row in after} == {
        pair[0].id: (True, False),
        pair[1].id: (True, True),
        gone.id: (False, False),
        waiting.id: (False, False),
    }


def migrated_again(url: str, revision: str) -> None:
    """Take one migration and those after it back, and make them anew."""
    engine, config = create_engine(url), configuration()
    found = ScriptDirectory.from_config(config).get_revision(revision)
    assert found is not None
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, str(found.down_revision))
        command.upgrade(config, "head")
    engine.dispose()


def test_what_was_asked_of_channels_stays_and_what_is_about_none_goes_with_the_way_back(
    make_records: Callable[..., str],
) -> None:
    engine = new_records(make_records)
    asked = {"kind": "push", "payload": {}, "who": "甲", "at": NOW, "tries": 0}
    with engine.begin() as connection:
        config = before("0017", connection)
        connection.execute(insert(UNITS).values(UNIT))
        connection.execute(insert(CHANNELS).values(CHANNEL | {"status": "approved"}))
        connection.execute(insert(INBOX).values(asked | {"id": "1", "channel": "c1"}))
        command.upgrade(config, "0017")
        connection.execute(insert(INBOX).values(asked | {"id": "2", "kind": "try_channel", "channel": None}))
        both = list(connection.scalars(select(INBOX.c.id).order_by(INBOX.c.id)))
        command.downgrade(config, "0016")
        left = list(connection.scalars(select(INBOX.c.id)))
    engine.dispose()

    assert (both, left) == (["1", "2"], ["1"])


def test_pictures_of_what_is_shown_or_waits_are_wanted_and_none_of_what_is_settled(
    make_records: Callable[..., str],
) -> None:
    engine = new_records(make_records)
    states = ("pending", "approved", "rejected", "withdrawn")
    version = text(
        "INSERT INTO versions (item, number, url, title, author, account, html, text, content_hash, collected_at)"
        " VALUES (:item, 1, '', '', '', '', '', '', '', '2026-09-17 00:00:00.000000')"
    )
    media = text(
        "INSERT INTO media (item, version, position, kind, url) VALUES (:item, 1, 0, 'image', 'http://a.example/1.jpg')"
    )
    with engine.begin() as connection:
        config = before("0018", connection)
        connection.execute(insert(UNITS).values(UNIT))
        connection.execute(insert(CHANNELS).values(CHANNEL | {"status": "approved"}))
        connection.execute(insert(CLUSTERS).values(id="k1"))
        for state in states:
            row = ITEM | {"id": state, "key": state, "state": state, "latest": 1, "cluster": "k1", "created_at": NOW}
            connection.execute(insert(ITEMS).values(row))
            connection.execute(version, {"item": state})
            connection.execute(media, {"item": state})
        command.upgrade(config, "0018")
        wanted = connection.execute(text("SELECT item FROM picture_uses ORDER BY item")).scalars().all()
    engine.dispose()

    assert wanted == ["approved", "pending"]


def test_the_files_names_are_the_migrations_in_their_order() -> None:
    walked = ScriptDirectory.from_config(configuration()).walk_revisions()

    assert revisions() == [script.revision for script in walked][::-1]
