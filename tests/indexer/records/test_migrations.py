"""What a migration makes of the rows that were there before it."""

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, insert, select, text

from indexer.records import tables as t
from indexer.records.migrations import upgrade as migrations

NOW = datetime(2026, 9, 17, tzinfo=UTC)
ITEM = {"id": "i1", "unit": "u1", "channel": "c1", "key": "k", "kind": "article", "state": "pending", "latest": 600}
UNIT = {"id": "u1", "name": "馆", "short_name": "馆", "system": "", "district": "", "former_names": [], "note": ""}
CHANNEL = {"id": "c1", "unit": "u1", "kind": "site", "name": "站", "hosts": [], "path": "/", "options": {}}


def test_the_credits_of_what_was_collected_before_are_read(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    stories = ScriptDirectory.from_config(config).get_revision("0009")
    assert stories is not None
    engine = create_engine(f"sqlite:///{tmp_path / 'carnival.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, str(stories.down_revision))
        connection.execute(insert(t.units).values(UNIT))
        connection.execute(insert(t.channels).values(CHANNEL | {"status": "approved"}))
        connection.execute(insert(t.clusters).values(id="k1"))
        connection.execute(insert(t.items).values(ITEM | {"cluster": "k1", "created_at": NOW}))
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
        found = connection.execute(select(t.versions.c.number, t.versions.c.credits)).all()
    engine.dispose()

    assert {number: credits for number, credits in found} == {
        number: [f"示例{number}报"] if number % 2 else [] for number in range(1, 601)
    }
