"""What ended processes of this machine held is free at once."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime

from indexer.catalogue.items import Item
from indexer.records import outbox
from indexer.records.database import Database
from indexer.work.leftovers import free_leftovers
from indexer.work.steps import new_holder

NAME = "from indexer.work.steps import new_holder; print(new_holder())"


def test_rows_of_a_process_that_was_killed_are_claimed_by_the_next_one_and_those_of_others_stay(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    killed = subprocess.run([sys.executable, "-c", NAME], check=True, capture_output=True, text=True).stdout.strip()
    items = [make_item(url=f"http://a.example/art/{number}.html").id for number in range(3)]
    with database.transaction() as tx:
        outbox.add(tx, items, at=now)
        for holder in (killed, new_holder(), "other.example:1:a"):
            outbox.claim_waiting(tx, holder=holder, now=now, limit=1)

    freed = free_leftovers(database)

    assert freed == 1
    with database.transaction() as tx:
        assert [item for _, item in outbox.claim_waiting(tx, holder="next", now=now, limit=10)] == items[:1]
    assert free_leftovers(database) == 0
