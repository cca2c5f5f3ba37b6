"""crawler.reading.result: what one read brought, counted, and as the command prints it."""

import json

import pytest

from crawler.reading.result import ChannelRead
from indexer.base.ids import ChannelId
from indexer.catalogue.intake import Outcome
from indexer.catalogue.troubles import RefusalReason, Trouble


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [
        (Outcome.NEW_ITEM, "new"),
        (Outcome.NEW_VERSION, "changed"),
        (Outcome.UNCHANGED, "unchanged"),
        (Outcome.REFUSED, "refused"),
    ],
)
def test_each_candidate_counts_once(outcome: Outcome, counted: str) -> None:
    read = ChannelRead(channel=ChannelId("a"), name="示例馆网站")

    read.count(outcome)

    counts = {name: getattr(read, name) for name in ("new", "changed", "unchanged", "refused")}
    assert counts == dict.fromkeys(counts, 0) | {counted: 1}


def test_what_is_printed_is_plain_whatever_it_holds() -> None:
    read = ChannelRead(channel=ChannelId("a"), name="示例馆网站", error="拒绝", seconds=1.5)
    read.trouble = Trouble(reason=RefusalReason.ROBOTS)
    read.listing.add([])

    assert json.loads(json.dumps(read.plain())) == {
        "channel": "a",
        "name": "示例馆网站",
        "new": 0,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
        "error": "拒绝",
        "waits_for_quota": False,
    }
