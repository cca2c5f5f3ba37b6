"""A page to push, and what became of what was filed last."""

from indexer.records import inbox
from indexer.records.database import Database
from indexer.records.inbox import Became, Filed, InboxKind

TEXT = "蜻蜓的两对翅膀可以各自扇动，所以它能悬停，能倒飞，还能在空中急转弯，捕捉飞行中的小虫。"
PAGE = f"<html><head><title>蜻蜓怎样飞</title></head><body><article><h1>蜻蜓怎样飞</h1><p>{TEXT * 2}</p></article>"


def newest(database: Database, kind: InboxKind = InboxKind.PUSH) -> Filed:
    """Return what was filed last."""
    with database.reading() as tx:
        return inbox.newest(tx, kind)[0]


def became(filed: Filed) -> Became | None:
    """Return what became of it; None before its first try."""
    return filed.outcome.became if filed.outcome else None
