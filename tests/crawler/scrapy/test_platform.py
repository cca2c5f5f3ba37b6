"""A platform as a channel, over real HTTP: the trial source POSTs to the platform's host with a credential.

Each crawl runs as the command that people run, with the trial source beside those that are shipped.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from config.units.options import ACCOUNT_BIZ
from config.words import ChannelKind, WhitelistStatus
from crawler.credentials.filling import Credential
from crawler.credentials.keyring import Keyring
from indexer.base.ids import ChannelId, UnitId
from indexer.base.times import now
from indexer.catalogue.troubles import RefusalReason
from indexer.records import channels, credentials, reads, refusals, to_understand
from indexer.records.credentials import SecretPlace
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit
from tests.simulators.social_platform import ARTICLE_PATH, EMPTY, EXPIRED, LIST_PATH, TOKEN, Platform, Said

ROOT = Path(__file__).parents[3]
CARNIVAL = (sys.executable, "-m", "tests.simulators.crawl_with_trial")
ACCOUNT = ChannelId("account")
OURS, OTHER = "MzA3MDM3NjE5NQ==", "MjM5OTAyNDkwMA=="
TEXT = "潮汐每天来两次，因为地球在月亮的引力里转身；海水涨在朝着月亮的一面，也涨在背着它的那一面。"


def article(number: int, biz: str = OURS) -> dict[str, str]:
    return {
        "article_id": f"article-{number}",
        "title": f"潮汐从哪里来（{number}）",
        "content": f"<p>{TEXT}</p><script>alert(1)</script>",
        "url": f"http://mp.weixin.qq.com/s?__biz={biz}&mid={number}&idx=1&sn=a{number}",
    }


@dataclass(frozen=True)
class Deployment:
    """Records with one approved account, a platform, and the command that reads it."""

    platform: Platform
    database: Database
    settings: Settings
    crawl: Callable[[], dict[str, Any]]

    def credential(self, place: SecretPlace, field: str, *, secret: str = TOKEN, host: str = "") -> None:
        """Set the credential that the trial source names."""
        kept = Credential(name="trial", hosts=(host or self.platform.host,), place=place, field=field, secret=secret)
        Keyring(self.settings, self.database).keep(kept, now=now())

    def titles(self) -> list[str]:
        with self.database.reading() as tx:
            return sorted(version.title for _, version in to_understand.waiting(tx, 100))


@pytest.fixture
def deployment(tmp_path: Path, _migrated: Path) -> Iterator[Deployment]:
    shutil.copyfile(_migrated, tmp_path / "carnival.db")
    with Platform() as platform:
        settings = Settings(data_folder=tmp_path, private_hosts=(platform.host,))
        database = Database.open(settings.records_url)
        _save_account(database)
        environment = {
            **os.environ,
            "CARNIVAL_DATA_FOLDER": str(tmp_path),
            "CARNIVAL_PRIVATE_HOSTS": json.dumps([platform.host]),
            "CARNIVAL_CRAWL_DELAY_SECONDS": "0",
            "TRIAL_PLATFORM": platform.host,
            "TRIAL_SCHEME": "http",
        }

        def crawl() -> dict[str, Any]:
            command = [*CARNIVAL, "crawl", "--all", "--collect-only", "--json"]
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=180)
            assert done.returncode == 0, done.stderr.decode()
            assert TOKEN.encode() not in done.stdout + done.stderr
            (read,) = json.loads(done.stdout)
            return dict(read)

        yield Deployment(platform, database, settings, crawl)
        database.close()


def _save_account(database: Database) -> None:
    unit = Unit(id=UnitId("unit-1"), name="试验单位", short_name="试验", system="区", district="haidian")
    account = Channel(
        id=ACCOUNT,
        unit=unit.id,
        kind=ChannelKind.WECHAT,
        name="试验公众号",
        source="trial",
        hosts=("mp.weixin.qq.com",),
        options={ACCOUNT_BIZ: "3070376195"},
        status=WhitelistStatus.APPROVED,
        licence="L-1",
    )
    with database.transaction() as tx:
        channels.save_unit(tx, unit)
        channels.save_channel(tx, account)


@pytest.mark.parametrize(
    ("place", "field"),
    [(SecretPlace.QUERY, "access_token"), (SecretPlace.JSON, "access_token"), (SecretPlace.HEADER, "X-Token")],
)
def test_a_platform_is_asked_by_post_with_the_credential_where_its_record_says(
    deployment: Deployment, place: SecretPlace, field: str
) -> None:
    deployment.credential(place, field)
    deployment.platform.publish(article(1))

    read = deployment.crawl()

    listed, fetched = deployment.platform.called
    assert (read["new"], read["error"]) == (1, None)
    assert deployment.titles() == ["潮汐从哪里来（1）"]
    assert (listed.method, listed.path, fetched.path) == ("POST", LIST_PATH, ARTICLE_PATH)
    assert json.loads(fetched.body)["article_id"] == "article-1"
    assert listed.headers["content-type"] == "application/json"


def test_an_article_of_another_account_is_refused_and_one_of_ours_taken(deployment: Deployment) -> None:
    deployment.credential(SecretPlace.QUERY, "access_token")
    deployment.platform.publish(article(1), article(2, OTHER))

    read = deployment.crawl()

    with deployment.database.reading() as tx:
        (refusal,) = refusals.recent(tx, channel=ACCOUNT)
    assert (read["new"], read["refused"]) == (1, 1)
    assert refusal.reason is RefusalReason.OTHER_ACCOUNT
    assert deployment.titles() == ["潮汐从哪里来（1）"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(json=EXPIRED), "平台的凭据过期了"),
        (Said(status=429), "平台回答 429"),
        (Said(status=503), "平台回答 503"),
        (Said(status=204), "平台回答 204"),
    ],
    ids=["42001", "429", "503", "204"],
)
def test_an_answer_of_any_kind_reaches_the_source_that_asked(deployment: Deployment, said: Said, words: str) -> None:
    deployment.credential(SecretPlace.QUERY, "access_token")
    deployment.platform.answers[LIST_PATH] = said

    read = deployment.crawl()

    assert words in read["error"]
    assert len(deployment.platform.called) == 1  # a POST is not made again, and each counts


def test_an_empty_list_is_no_trouble(deployment: Deployment) -> None:
    deployment.credential(SecretPlace.QUERY, "access_token")
    deployment.platform.answers[LIST_PATH] = Said(json=EMPTY)

    read = deployment.crawl()

    assert (read["new"], read["error"]) == (0, None)


def test_a_call_beyond_the_quota_is_not_made_and_is_no_failure(deployment: Deployment) -> None:
    deployment.credential(SecretPlace.QUERY, "access_token")
    deployment.platform.answers[LIST_PATH] = Said(json=EMPTY)

    last = [deployment.crawl() for _ in range(4)][-1]

    with deployment.database.reading() as tx:
        history = reads.history(tx, ACCOUNT)
    assert len(deployment.platform.called) == 3
    assert "batchget 调用已满 3 次" in last["error"]
    assert "明天自动继续" in last["error"]
    assert history.failures == 0


def test_a_credential_that_is_not_there_is_named_and_nothing_is_asked(deployment: Deployment) -> None:
    read = deployment.crawl()

    assert "没有名为 trial 的凭据" in read["error"]
    assert deployment.platform.called == []


def test_a_credential_of_another_host_is_not_sent(deployment: Deployment) -> None:
    deployment.credential(SecretPlace.QUERY, "access_token", host="api.other.example")

    read = deployment.crawl()

    assert "只发给 api.other.example" in read["error"]
    assert deployment.platform.called == []


def test_a_redirect_off_the_platform_is_not_followed(deployment: Deployment) -> None:
    deployment.credential(SecretPlace.HEADER, "X-Token")
    with Platform() as elsewhere:
        deployment.platform.answers[LIST_PATH] = Said(status=307, location=f"http://{elsewhere.host}/x")

        read = deployment.crawl()

        assert elsewhere.called == []
    assert "未登记的主机" in read["error"]


def test_nothing_of_the_secret_stands_in_the_records(deployment: Deployment) -> None:
    deployment.credential(SecretPlace.QUERY, "access_token")
    deployment.platform.answers[LIST_PATH] = Said(json=EXPIRED)

    deployment.crawl()

    with deployment.database.reading() as tx:
        (kept,) = credentials.every(tx)
    assert TOKEN not in kept.sealed
    assert TOKEN.encode() not in (deployment.settings.data_folder / "carnival.db").read_bytes()
