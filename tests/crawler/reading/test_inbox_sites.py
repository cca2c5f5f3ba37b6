"""The collector tries whole sites, in a step of their own."""

from collections.abc import Callable

import pytest

from config.settings import Settings
from crawler.reading import inbox as step
from indexer.base import times
from indexer.records import inbox, to_understand
from indexer.records.database import Database
from indexer.records.inbox import Became, Filed, InboxKind
from indexer.whitelist.trials import KEPT_ROWS, Proposal
from tests.filed import PAGE, became, newest
from tests.simulators.website import Website


@pytest.fixture
def trying(settings: Settings, database: Database) -> step.Inbox:
    """The step that tries sites."""
    return step.make_trials(settings, database)


def tried(database: Database, trying: step.Inbox, address: str, **fields: str) -> Filed:
    """A site on trial, as the collector answers it."""
    payload = Proposal(address=address).flat() | fields
    with database.transaction() as tx:
        inbox.file(tx, InboxKind.TRY_CHANNEL, channel=None, payload=payload, who="编辑甲", at=times.now())
    trying.do()
    return newest(database, InboxKind.TRY_CHANNEL)


def test_a_site_on_trial_is_answered_with_its_list_and_nothing_is_taken_in(
    database: Database, trying: step.Inbox, website: Website
) -> None:
    titles = [f"蜻蜓怎样飞行的第{number}个问题" for number in range(60)]
    rows = "".join(
        f'<li><a href="/list/art_{number + 1000}.html">{title}</a></li>' for number, title in enumerate(titles)
    )
    website.page("/list/", f"<html><body><ul>{rows}</ul></body></html>")
    website.page("/list/art_1000.html", PAGE)

    filed = tried(database, trying, f"{website.origin}/list/")

    assert (became(filed), filed.channel, filed.tries) == (Became.READ, None, 1)
    assert filed.outcome is not None
    trial = filed.outcome.trial
    assert trial is not None
    assert (trial.source, trial.listed, len(trial.rows)) == ("site", 60, KEPT_ROWS)
    assert (trial.rows[1].title, trial.pieces[0].title) == (titles[1], "蜻蜓怎样飞")
    with database.reading() as tx:
        assert to_understand.waiting(tx, 10) == []


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("/nothing/", {}, "回答 404"),
        ("/list/", {"source": "site", "option.pages": "many"}, "采集选项 pages 写法不对"),
    ],
)
def test_a_site_that_cannot_be_tried_says_why_at_once(
    database: Database, trying: step.Inbox, website: Website, path: str, fields: dict[str, str], words: str
) -> None:
    website.page("/list/", "<p>")

    filed = tried(database, trying, f"{website.origin}{path}", **fields)

    assert filed.done_at is not None
    assert filed.outcome is not None
    assert (became(filed), filed.outcome.trial) == (Became.NOT_READ, None)
    assert words in filed.outcome.words


def test_a_push_does_not_wait_for_a_trial(
    database: Database, collector: step.Inbox, trying: step.Inbox, website: Website, file: Callable[..., None]
) -> None:
    website.page("/list/1", PAGE)
    with database.transaction() as tx:
        payload = Proposal(address=f"{website.origin}/slow/").flat()
        inbox.file(tx, InboxKind.TRY_CHANNEL, channel=None, payload=payload, who="编辑甲", at=times.now())
    file(f"{website.origin}/list/1")

    collector.do()

    assert became(newest(database)) is Became.TAKEN
    assert (collector.waits(), trying.waits(), trying.name) == (False, True, "trials")
