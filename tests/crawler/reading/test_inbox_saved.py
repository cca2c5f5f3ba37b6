"""The collector takes in the pages that units saved, and keeps them while they wait."""

import pytest

from config.settings import Settings
from crawler.reading import inbox as step
from indexer.base import times
from indexer.catalogue.evidence import FOLDER, EvidenceStore
from indexer.catalogue.items import NOT_ASKED
from indexer.catalogue.pushes import Push, file_pushes
from indexer.catalogue.saved_pages import HTML, MHTML, SavedPage
from indexer.records import evidence, inbox, to_understand
from indexer.records.database import Database, RecordsDown
from indexer.records.inbox import Became
from indexer.whitelist.records import Channel
from tests.filed import PAGE, TEXT, became, newest
from tests.simulators.website import Website


def test_where_ours_cannot_be_written_for_long_what_was_claimed_is_tried_when_it_can(
    database: Database, settings: Settings, collector: step.Inbox, website: Website, channel: Channel
) -> None:
    page = SavedPage(body=PAGE.encode(), type=HTML)
    push = Push(channel=channel.id, url=f"{website.origin}/list/1", page=page)
    file_pushes(database, channel.unit, [push], who="单位甲", at=times.now())

    in_the_way = settings.data_folder / FOLDER
    in_the_way.touch()
    for _ in range(step.TRIES + 1):
        with pytest.raises(RecordsDown, match="evidence"):
            collector.do()
    in_the_way.unlink()
    waiting = newest(database)
    collector.do()

    assert (waiting.done_at, waiting.tries) == (None, 0)
    assert became(newest(database)) is Became.TAKEN


def test_a_saved_page_becomes_the_item_of_its_address_and_is_kept_as_evidence_alone(
    database: Database, settings: Settings, collector: step.Inbox, website: Website, channel: Channel
) -> None:
    push = Push(channel=channel.id, url=f"{website.origin}/list/1", page=SavedPage(body=PAGE.encode("gbk"), type=HTML))
    file_pushes(database, channel.unit, [push], who="单位甲", at=times.now())

    collector.do()

    filed = newest(database)
    with database.reading() as tx:
        [(_, version)] = to_understand.waiting(tx, 10)
        left = inbox.pages_waiting_of(tx, [channel.id])
        [kept] = evidence.of_item(tx, version.item)
    assert (became(filed), version.title, version.url) == (Became.TAKEN, "蜻蜓怎样飞", push.url)
    assert (left, kept.url, kept.status) == (0, push.url, NOT_ASKED)
    assert EvidenceStore(settings.data_folder).read(kept) == PAGE.encode("gbk")
    assert website.seen == []


def test_a_page_that_names_no_title_has_the_one_it_was_pushed_with(
    database: Database, collector: step.Inbox, website: Website, channel: Channel
) -> None:
    page = SavedPage(body=f"<html><body><p>{TEXT * 3}</p>".encode(), type=HTML)
    push = Push(channel=channel.id, url=f"{website.origin}/list/1", title="蜻蜓怎样飞", page=page)
    file_pushes(database, channel.unit, [push], who="key k", at=times.now())

    collector.do()

    with database.reading() as tx:
        [(_, version)] = to_understand.waiting(tx, 10)
    assert version.title == "蜻蜓怎样飞"


def test_a_broken_archive_says_what_to_do_and_is_kept_no_longer(
    database: Database, collector: step.Inbox, website: Website, channel: Channel
) -> None:
    page = SavedPage(body=b"Content-Type: multipart/related; boundary=x\r\n\r\n--x", type=MHTML)
    push = Push(channel=channel.id, url=f"{website.origin}/list/1", page=page)
    file_pushes(database, channel.unit, [push], who="单位甲", at=times.now())

    collector.do()

    filed = newest(database)
    with database.reading() as tx:
        left = inbox.pages_waiting_of(tx, [channel.id])
    assert filed.outcome is not None
    assert "另存" in filed.outcome.words
    assert left == 0
