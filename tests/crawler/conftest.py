"""What tests of the crawler share: a site on loopback, settings that let it through, records with one channel."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.crawler.whitelisted import site_channel, whitelist
from tests.simulators.website import Website


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
    whitelist(opened)
    yield opened
    opened.close()


@pytest.fixture
def channel(database: Database, website: Website) -> Channel:
    made = site_channel(website)
    whitelist(database, made)
    return made
