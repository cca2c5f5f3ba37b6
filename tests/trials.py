"""A site that was tried, as the collector leaves it: for pages that show it."""

from datetime import datetime

from indexer.base.ids import UnitId
from indexer.catalogue.items import Media, MediaKind
from indexer.records import inbox
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind, Outcome
from indexer.whitelist.trials import Offer, Piece, Proposal, Row, Trial

ADDRESS = "http://new.example/news/"
ROWS = tuple(
    Row(url=f"{ADDRESS}{number}.html", title=f"示例科普<{number}>", day="2026-09-17" if number else None)
    for number in range(30)
)
TRIAL = Trial(
    source="site",
    hosts=("new.example",),
    why="选了带日期的一组链接",
    selector="ul.news li a",
    rows=ROWS,
    listed=40,
    pieces=(
        Piece(
            url=ROWS[0].url,
            title="示例科普<0>",
            published="2026-09-18",
            author="示例作者",
            chars=900,
            text="蜻蜓的两对翅膀",
            media=(Media(kind=MediaKind.IMAGE, url=f"{ADDRESS}0.jpg"),),
        ),
        Piece(url=ROWS[1].url, why_not="网页上没有读出正文"),
    ),
    offers=(Offer(source="feed", address="http://new.example/feed", articles=12),),
)


def proposal(unit: str = "unit-a", **fields: object) -> Proposal:
    """Return what is asked for; fields: others than the address."""
    return Proposal(address=ADDRESS, unit=UnitId(unit), **fields)  # type: ignore[arg-type]  # fields of a proposal


def file(database: Database, asked: Proposal, *, now: datetime) -> str:
    """File a trial that waits; return its id."""
    with database.transaction() as tx:
        return inbox.file(tx, InboxKind.TRY_CHANNEL, channel=None, payload=asked.flat(), who="编辑甲", at=now)


def answered(
    database: Database, asked: Proposal, *, now: datetime, trial: Trial | None = TRIAL, words: str = ""
) -> str:
    """File a trial that the collector has answered; return its id."""
    filed = file(database, asked, now=now)
    outcome = Outcome(became=Became.READ if trial else Became.NOT_READ, words=words, trial=trial)
    with database.transaction() as tx:
        claimed = inbox.claim_waiting(tx, [InboxKind.TRY_CHANNEL], holder="collector", now=now, limit=100)
        assert filed in {one.id for one in claimed}
        inbox.done(tx, filed, holder="collector", outcome=outcome, at=now)
    return filed
