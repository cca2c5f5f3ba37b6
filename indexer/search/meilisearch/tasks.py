"""Wait for what a Meilisearch server was asked to do: it answers with the number of a task, and does it later."""

import time
from collections.abc import Sequence
from typing import Any

from meilisearch.errors import MeilisearchApiError

from indexer.search.port import IndexDown

MOST_SECONDS = 120.0  # a batch of a rebuild on a busy server
FIRST_PAUSE, GROWTH, LONGEST_PAUSE = 0.005, 1.6, 0.5  # seconds; a small task is done in a few milliseconds
AT_WORK = ("enqueued", "processing")
SWAP_UNSEEN = (
    "The swap was asked for, and this key may not see whether it was done. `carnival index check` tells which index is"
    " in use; `carnival index keys` makes a key that sees it"
)


def wait(client: Any, uid: int, *, allowed: str = "") -> None:  # noqa: ANN401  # the package marks itself untyped
    """Return once a task is done. Raises IndexDown where it failed, but for the code `allowed`, or takes too long."""
    pause, end = FIRST_PAUSE, time.monotonic() + MOST_SECONDS
    while (task := client.get_task(uid)).status in AT_WORK:
        if time.monotonic() > end:
            raise IndexDown(f"Meilisearch did not finish {task.type} within {MOST_SECONDS:g} seconds")
        time.sleep(pause)
        pause = min(pause * GROWTH, LONGEST_PAUSE)
    error = task.error or {}
    if task.status != "succeeded" and error.get("code") != allowed:
        raise IndexDown(f"Meilisearch did not finish {task.type}: {error.get('message', task.status)}")


def wait_for_all(client: Any, uids: Sequence[int]) -> None:  # noqa: ANN401
    """Return once all tasks are done: the last is waited for, those before it are then done too. Raises IndexDown."""
    for uid in reversed(uids):
        wait(client, uid)


def wait_for_swap(client: Any, uid: int) -> None:  # noqa: ANN401
    """Return once a swap is done. Raises IndexDown, also where a key of some indexes may not see its task."""
    try:
        wait(client, uid)
    except MeilisearchApiError as refused:
        if refused.code == "task_not_found":
            raise IndexDown(SWAP_UNSEEN) from refused
        raise
