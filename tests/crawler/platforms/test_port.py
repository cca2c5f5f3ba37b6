"""The port to platforms: troubles as exceptions, secrets that are opened or said not to be."""

import pytest

from config.settings import Settings
from crawler.platforms.port import Fetched, PlatformRefused, opened, platform_trouble
from crawler.platforms.ways import ways
from indexer.catalogue.platform_words import PlatformCase
from indexer.connections.records import Platform
from indexer.records.sealing import seal
from tests.crawler.platforms.standing_in import SECRET


def test_a_refusal_says_the_words_of_its_trouble() -> None:
    refused = PlatformRefused(platform_trouble(PlatformCase.QUOTA_SPENT, call="batchget", code="45009"))

    assert str(refused) == "平台当天的 batchget 调用次数已用完（45009）。不用处理：明天自动继续"
    assert refused.trouble.case == "quota_spent"


def test_a_sealed_secret_is_opened_and_one_of_another_machine_said(settings: Settings) -> None:
    assert opened(settings, seal(settings, SECRET)) == SECRET
    with pytest.raises(PlatformRefused, match="本机打不开"):
        opened(settings, "gAAAA")


def test_a_token_is_shown_to_nobody() -> None:
    from datetime import timedelta

    assert SECRET not in repr(Fetched(value=SECRET, lasts=timedelta(hours=2)))


def test_each_platform_has_a_way_that_says_its_hosts_and_quotas() -> None:
    found = ways()

    assert set(found) <= set(Platform)
    assert all(way.hosts and min(way.quotas.values()) > 0 for way in found.values())
