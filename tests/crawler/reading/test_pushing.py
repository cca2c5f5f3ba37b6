"""crawler.reading.pushing: a pushed link or saved page becomes an item, or a refusal in words."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import Settings
from config.words import WhitelistStatus
from crawler.exchange import Unreadable
from crawler.guard import FetchRefused
from crawler.reading import articles as candidates
from crawler.reading import pushing
from crawler.reading.pushing import push_file, push_url
from crawler.reading.worker import read_answer
from indexer.catalogue.intake import Outcome
from indexer.catalogue.troubles import RefusalReason
from indexer.records import channels, refusals, to_understand
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.simulators.website import Answer, Website

TEXT = "蜻蜓的两对翅膀可以各自扇动，所以它能悬停，能倒飞，还能在空中急转弯，捕捉飞行中的小虫。"
BODY = f"<article><h1>蜻蜓怎样飞</h1><p>{TEXT * 2}</p></article>"
PAGE = f"<html><head><title>蜻蜓怎样飞</title></head><body>{BODY}</body></html>"


@pytest.fixture
def account(channel: Channel, database: Database) -> Channel:
    """A channel that nothing polls."""
    made = replace(channel, source=None, address=None)
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made


def test_a_pushed_link_becomes_an_item(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    website.page("/s/1", PAGE)

    (taken,) = push_url(settings, database, account, f"{website.origin}/s/1")

    with database.reading() as tx:
        ((item, version),) = to_understand.waiting(tx, 10)
    assert (taken.outcome, taken.item) == (Outcome.NEW_ITEM, item.id)
    assert (version.title, version.url) == ("蜻蜓怎样飞", f"{website.origin}/s/1")


def test_the_same_link_again_changes_nothing(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    website.page("/s/1", PAGE)
    push_url(settings, database, account, f"{website.origin}/s/1")

    (taken,) = push_url(settings, database, account, f"{website.origin}/s/1")

    assert taken.outcome is Outcome.UNCHANGED


def test_a_saved_page_becomes_the_item_of_its_address(
    settings: Settings, database: Database, account: Channel, website: Website, tmp_path: Path
) -> None:
    file = tmp_path / "saved.html"
    file.write_text(PAGE, encoding="utf-8")

    (taken,) = push_file(settings, database, account, file=file, url=f"{website.origin}/s/2")

    assert taken.outcome is Outcome.NEW_ITEM
    assert website.seen == []


def test_a_link_to_a_foreign_host_is_refused_unfetched_with_a_row(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    (taken,) = push_url(settings, database, account, "http://other.example.com/s/1")

    with database.reading() as tx:
        (row,) = refusals.recent(tx, unit=account.unit)
    assert taken.outcome is Outcome.REFUSED
    assert (row.reason, row.url) == (RefusalReason.FOREIGN_HOST, "http://other.example.com/s/1")


def test_a_link_of_an_unapproved_channel_is_refused_unfetched_with_a_row(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    waiting = replace(account, id="channel-2", status=WhitelistStatus.APPLIED)  # type: ignore[arg-type]  # plain text
    with database.transaction() as tx:
        channels.save_channel(tx, waiting)

    (taken,) = push_url(settings, database, waiting, f"{website.origin}/s/1")

    assert taken.refusal is not None
    assert taken.refusal.reason is RefusalReason.CHANNEL_NOT_APPROVED
    assert website.seen == []


def test_a_link_that_redirects_off_the_registered_hosts_is_refused(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    website.answers["/s/1"] = Answer(status=302, headers={"Location": "http://other.example.com/"})

    with pytest.raises(FetchRefused, match="未登记的主机"):
        push_url(settings, database, account, f"{website.origin}/s/1")


def test_a_link_that_redirects_out_of_the_registered_path_is_refused(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    column = replace(account, path="/column/")
    with database.transaction() as tx:
        channels.save_channel(tx, column)
    website.answers["/column/1"] = Answer(status=302, headers={"Location": "/elsewhere/1"})
    website.page("/elsewhere/1", PAGE)

    with pytest.raises(FetchRefused, match="登记的范围之外"):
        push_url(settings, database, column, f"{website.origin}/column/1")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=302, headers={"Location": "http://["}),
        Answer(status=302, headers={"Location": "http://127.0.0.1:x/"}),
        Answer(body=b"no gzip at all", headers={"Content-Encoding": "gzip"}),
        Answer(body=b"no deflate", headers={"Content-Encoding": "deflate"}),
        Answer(body=b"no brotli", headers={"Content-Encoding": "br"}),
        Answer(raw=b"this is no HTTP at all\r\n\r\n"),
        Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        Answer(raw=b""),
        Answer(body=PAGE.encode(), is_cut=True),
    ],
)
def test_whatever_a_pushed_page_does_ends_in_words(
    settings: Settings, database: Database, account: Channel, website: Website, answer: Answer
) -> None:
    website.answers["/s/1"] = answer

    with pytest.raises(FetchRefused, match="请"):
        push_url(settings, database, account, f"{website.origin}/s/1")


def test_a_source_that_stumbles_over_a_pushed_page_says_so_in_words(
    settings: Settings, database: Database, account: Channel, website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(candidates, "read_page", stumble)
    monkeypatch.setattr(pushing, "read_once", lambda channel, answer, **_: read_answer(channel, answer))
    website.page("/s/1", PAGE)

    with pytest.raises(Unreadable, match="RecursionError"):
        push_url(settings, database, account, f"{website.origin}/s/1")


@pytest.mark.parametrize("url", ["ftp://a.example/1", "", "http://a.example/" + "a" * 3000])
def test_what_can_be_no_address_of_an_article_is_refused_in_words(
    settings: Settings, database: Database, account: Channel, tmp_path: Path, url: str
) -> None:
    with pytest.raises(FetchRefused, match="请"):
        push_file(settings, database, account, file=tmp_path / "saved.html", url=url)


def test_a_file_that_cannot_be_opened_is_refused_in_words(
    settings: Settings, database: Database, account: Channel, website: Website, tmp_path: Path
) -> None:
    with pytest.raises(Unreadable, match="打不开"):
        push_file(settings, database, account, file=tmp_path, url=f"{website.origin}/s/2")


def test_half_a_character_in_a_pushed_page_is_replaced(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    half = '<script type="application/ld+json">{"@type": "Article", "headline": "蜻蜓\\ud800怎样飞"}</script></head>'
    website.page("/s/1", PAGE.replace("</head>", half))

    (taken,) = push_url(settings, database, account, f"{website.origin}/s/1")

    assert taken.outcome is Outcome.NEW_ITEM


def test_a_page_without_an_article_is_refused_in_words(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    website.page("/s/1", "<html><body></body></html>")

    with pytest.raises(Unreadable, match="没有"):
        push_url(settings, database, account, f"{website.origin}/s/1")


def test_a_file_beyond_the_limit_is_refused(
    settings: Settings, database: Database, account: Channel, website: Website, tmp_path: Path
) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(b"x" * (settings.page_bytes + 1))

    with pytest.raises(Unreadable, match="的上限"):
        push_file(settings, database, account, file=file, url=f"{website.origin}/s/2")


def test_a_pushed_page_that_takes_too_long_is_given_up_in_words(
    settings: Settings, database: Database, account: Channel, website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    website.page("/s/1", PAGE)
    monkeypatch.setattr(pushing, "PAGE_SECONDS", 0.001)  # less than a worker takes to start

    with pytest.raises(Unreadable, match="解析超过"):
        push_url(settings, database, account, f"{website.origin}/s/1")

    with database.reading() as tx:
        assert to_understand.waiting(tx, 10) == []


def test_a_pushed_text_is_cut_at_the_limit_of_the_settings(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    website.page("/s/1", f"<html><body><h1>蜻蜓怎样飞</h1><article><p>{TEXT * 100}</p></article></body></html>")

    push_url(settings.model_copy(update={"text_chars": 1000}), database, account, f"{website.origin}/s/1")

    with database.reading() as tx:
        ((_, version),) = to_understand.waiting(tx, 10)
    assert len(version.text) == 1000
    assert version.omitted_chars == len(TEXT) * 100 - 1000


def test_a_file_may_be_packed_and_what_is_none_is_refused_by_its_bytes(
    settings: Settings, database: Database, account: Channel, website: Website, tmp_path: Path
) -> None:
    packed, document = tmp_path / "saved.pdf", tmp_path / "page.html"
    packed.write_bytes(gzip.compress(PAGE.encode()))
    document.write_bytes(b"%PDF-1.7")

    (taken,) = push_file(settings, database, account, file=packed, url=f"{website.origin}/s/3")
    with pytest.raises(Unreadable, match="PDF") as refused:
        push_file(settings, database, account, file=document, url=f"{website.origin}/s/4")

    assert taken.outcome is Outcome.NEW_ITEM
    assert refused.value.do.startswith("请在浏览器里打开文章")
