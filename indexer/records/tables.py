"""All tables of the records, so that the migrations and the tests that compare with them see every one."""

from indexer.records import (  # noqa: F401 - each adds its tables to `metadata`
    channels,
    claims,
    credentials,
    decisions,
    editions,
    evidence,
    failed_sign_ins,
    heartbeats,
    host_rests,
    inbox,
    inbox_pages,
    items,
    ledger,
    looks,
    media,
    outbox,
    people,
    pictures,
    platform_calls,
    push_keys,
    push_requests,
    reads,
    refusals,
    reports,
    seen_accounts,
    sessions,
    understood,
)
from indexer.records.columns import metadata

__all__ = ["metadata"]
