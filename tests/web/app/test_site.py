"""web.app.site: the parts that an application serves from."""

from flask import Flask

from config.settings import Settings
from indexer.base.ids import ClusterId, ItemId
from indexer.records.database import Database
from indexer.search.port import SearchIndex
from tests.facets import entry
from web.app.site import site


def test_a_request_finds_the_parts_of_its_application(
    app: Flask, settings: Settings, database: Database, index: SearchIndex
) -> None:
    index.put([entry(item=ItemId("i1"), version=1, title="月", text="", unit_name="", cluster=ClusterId("c1"))])
    with app.test_request_context("/"):
        parts = site()

    assert (parts.settings, parts.database, parts.index.held()) == (settings, database, {"i1": 1})


def test_the_disk_that_is_looked_at_is_that_of_the_records_and_the_data(app: Flask, settings: Settings) -> None:
    with app.test_request_context("/"):
        before = site().disk.state(now=0.0)
        settings.data_folder.chmod(0o500)
        (settings.data_folder / "records").rename(settings.data_folder / "moved")
        after = site().disk.state(now=100.0)
        (settings.data_folder / "moved").rename(settings.data_folder / "records")
        settings.data_folder.chmod(0o700)

    assert (before, after) == ("ok", "down")
