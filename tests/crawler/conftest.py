"""What tests of the crawler share: a site on loopback, settings that let it through, records with one channel."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from indexer.items import Channel, ChannelId, ChannelKind, Unit, UnitId, WhitelistStatus
from indexer.records import channels
from indexer.records.database import Database
from tests.simulators.website import Website

UNIT = Unit(id=UnitId("unit-1"), name="试验单位", short_name="试验", system="区", district="haidian")


@pytest.fixture
def website() -> Iterator[Website]:
    with Website() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, website: Website) -> Settings:
    return Settings(
        data_folder=tmp_path,
        private_hosts=(website.host,),
        crawl_delay_seconds=0,
        fetch_seconds=1,
        page_bytes=100_000,
        redirects=3,
    )


@pytest.fixture
def database(settings: Settings, _migrated: Path) -> Iterator[Database]:
    shutil.copyfile(_migrated, settings.data_folder / "carnival.db")
    opened = Database.open(settings.records_url)
    with opened.transaction() as tx:
        channels.save_unit(tx, UNIT)
    yield opened
    opened.close()


@pytest.fixture
def channel(database: Database, website: Website) -> Channel:
    made = Channel(
        id=ChannelId("channel-1"),
        unit=UNIT.id,
        kind=ChannelKind.SITE,
        name="试验网站",
        source="site",
        address=f"{website.origin}/list/",
        hosts=(website.host,),
        status=WhitelistStatus.APPROVED,
        licence="L-1",
    )
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made
