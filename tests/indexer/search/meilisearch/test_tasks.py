"""indexer.search.meilisearch.tasks: what was asked for is waited for, and told as what it became."""

from types import SimpleNamespace
from typing import Any

import pytest
from meilisearch.errors import MeilisearchApiError
from requests import Response

from indexer.search.meilisearch import tasks
from indexer.search.meilisearch.tasks import SWAP_UNSEEN, wait, wait_for_all, wait_for_swap
from indexer.search.port import IndexDown


class Client:
    """Tells of each task in turn what it was given, the last of it for ever."""

    def __init__(self, *states: str, error: dict[str, str] | None = None) -> None:
        self._states, self._error, self.asked = list(states), error, list[int]()

    def get_task(self, uid: int) -> Any:  # noqa: ANN401  # as the package gives it
        self.asked.append(uid)
        state = self._states.pop(0) if len(self._states) > 1 else self._states[0]
        return SimpleNamespace(status=state, type="indexSwap", error=self._error)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "FIRST_PAUSE", 0.0)


def test_a_task_is_asked_for_until_it_is_done() -> None:
    client = Client("enqueued", "processing", "succeeded")

    wait(client, 7)

    assert client.asked == [7, 7, 7]


def test_a_failure_is_told_but_for_the_one_that_is_allowed() -> None:
    failed = {"code": "index_not_found", "message": "Index `x` not found."}

    wait(Client("failed", error=failed), 1, allowed="index_not_found")

    with pytest.raises(IndexDown, match="did not finish indexSwap: Index `x` not found"):
        wait(Client("failed", error=failed), 1)


def test_what_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MOST_SECONDS", -1.0)

    with pytest.raises(IndexDown, match="did not finish indexSwap within"):
        wait(Client("processing"), 1)


def test_of_several_the_last_is_waited_for_first_and_none_is_left_out() -> None:
    client = Client("processing", "succeeded")

    wait_for_all(client, [1, 2, 3])

    assert client.asked == [3, 3, 2, 1]


def test_a_swap_whose_task_may_not_be_seen_is_told_as_that() -> None:
    def unseen(uid: int) -> Any:  # noqa: ANN401
        answer = Response()
        answer.status_code = 404
        answer._content = b'{"message": "Task not found.", "code": "task_not_found", "type": "", "link": ""}'
        raise MeilisearchApiError("", answer)

    with pytest.raises(IndexDown) as down:
        wait_for_swap(SimpleNamespace(get_task=unseen), 1)

    assert str(down.value) == SWAP_UNSEEN


def test_a_server_that_does_one_task_after_the_other_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long all of them take together: of each look at what is before the last, one more is done."""
    monkeypatch.setattr(tasks, "MOST_SECONDS", -1.0)
    done: list[int] = []

    def task(uid: int) -> Any:  # noqa: ANN401
        if uid == 3:
            done.append(len(done) + 1)
        return SimpleNamespace(status="succeeded" if uid in done else "enqueued", type="any", error=None)

    wait_for_all(SimpleNamespace(get_task=task), [1, 2, 3])

    assert done[:3] == [1, 2, 3]


def test_a_server_that_does_none_of_several_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MOST_SECONDS", -1.0)

    with pytest.raises(IndexDown, match="did not finish indexSwap within"):
        wait_for_all(Client("enqueued"), [1, 2, 3])


def test_a_task_that_somebody_canceled_is_told_as_that() -> None:
    with pytest.raises(IndexDown, match="did not finish indexSwap: canceled"):
        wait(Client("canceled"), 1)
