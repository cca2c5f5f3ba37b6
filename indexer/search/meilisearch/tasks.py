"""Wait for what a Meilisearch server was asked to do: it answers with the number of a task, and does it later."""

import time
from collections.abc import Sequence
from typing import Any

from meilisearch.errors import MeilisearchApiError

from indexer.search.port import IndexDown

MOST_SECONDS = 120.0  # within which a server has done one more of its tasks, a batch of a rebuild or another one's
FIRST_PAUSE, GROWTH, LONGEST_PAUSE = 0.005, 1.6, 0.5  # seconds; a small task is done in a few milliseconds
AT_WORK = ("enqueued", "processing")
SWAP_UNSEEN = (
    "The swap was asked for, and this key may not see whether it was done. `carnival index check` tells which index is"
    " in use; `carnival index keys` makes a key that sees it"
)


def wait(client: Any, uid: int, *, allowed: str = "", before: Sequence[int] = ()) -> None:  # noqa: ANN401  # untyped
    """Return once a task is done. Raises IndexDown where it failed, but for the code `allowed`, or takes too long.

    before: tasks that are done before it; while one of them is done in time, the server is at work.
    """
    pause, end, left = FIRST_PAUSE, time.monotonic() + MOST_SECONDS, list(before)
    while (task := client.get_task(uid)).status in AT_WORK:
        if time.monotonic() > end:
            undone = _undone(client, left)
            if len(undone) == len(left):
                raise IndexDown(f"Meilisearch did not finish {task.type} within {MOST_SECONDS:g} seconds")
            left, end = undone, time.monotonic() + MOST_SECONDS
        time.sleep(pause)
        pause = min(pause * GROWTH, LONGEST_PAUSE)
    error = task.error or {}
    if task.status != "succeeded" and error.get("code") != allowed:
        raise IndexDown(f"Meilisearch did not finish {task.type}: {error.get('message', task.status)}")


def wait_for_all(client: Any, uids: Sequence[int]) -> None:  # noqa: ANN401
    """Return once all tasks are done: the last is waited for, those before it are then done too. Raises IndexDown."""
    for place in reversed(range(len(uids))):
        wait(client, uids[place], before=uids[:place])


def wait_for_swap(client: Any, uid: int) -> None:  # noqa: ANN401
    """Return once a swap is done. Raises IndexDown, also where a key of some indexes may not see its task."""
    try:
        wait(client, uid)
    except MeilisearchApiError as refused:
        if refused.code == "task_not_found":
            raise IndexDown(SWAP_UNSEEN) from refused
        raise


def _undone(client: Any, uids: Sequence[int]) -> list[int]:  # noqa: ANN401
    """The tasks from the first one that is not done; they are done in their order."""
    for place, uid in enumerate(uids):
        if client.get_task(uid).status in AT_WORK:
            return list(uids[place:])
    return []
