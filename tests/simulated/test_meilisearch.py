"""The simulated Meilisearch answers what a real one was asked as the real one did, line by line.

Numbers of tasks, dates, sizes and durations aside. The lines are those of the captured rows of kind `exchanges`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
import requests

from tests.real.datasets import read_lines
from tests.real.rows import read_rows
from tests.simulators.meilisearch import MeilisearchSimulator

MASTER = "a-master-key-of-sixteen-bytes-or-more"
SEARCH, WITHIN, EVERYWHERE = "search carnival*", "worker carnival*", "worker *"
MADE = {
    "a key that may search": SEARCH,
    "a key that may do all that an index needs, within carnival*": WITHIN,
    "the same within every index": EVERYWHERE,
}
NUMBERS = "uid taskUid batchUid key requestUid commitSha processingTimeMs duration"
DATES = "createdAt updatedAt enqueuedAt startedAt finishedAt lastUpdate commitDate"
SIZES = "databaseSize usedDatabaseSize indexes rawDocumentDbSize avgDocumentSize"
ASIDE = frozenset(f"{NUMBERS} {DATES} {SIZES}".split())
# Of a server's whole history of tasks: how many there are, and which the newest.
OF_HISTORY = {"tasks, newest first": frozenset({"results", "total", "from", "next"})}
KEYS_OF_KEYS = frozenset({"actions", "indexes", "name"})


@pytest.fixture(scope="module")
def exchanges() -> Sequence[Mapping[str, Any]]:
    found = [row for row in read_rows() if row.kind == "exchanges"]
    return [line for row in found for line in read_lines(row.path)]


class Replay:
    """Sends each line to one simulated server, with the keys and the numbers of tasks that it gave."""

    def __init__(self, url: str) -> None:
        self._url, self._keys, self._task = url, {"master": MASTER, "wrong": "wrong"}, 0

    def answer(self, line: Mapping[str, Any]) -> tuple[int, Any]:
        """Return status and answer; a task is asked for until it is done."""
        path = f"/tasks/{self._task}" if line["about"].endswith(": the finished task") else line["path"]
        answer = self._send(line, path)
        while isinstance(body := _body(answer), dict) and body.get("status") == "processing":
            answer = self._send(line, path)
        if isinstance(body, dict) and "taskUid" in body:
            self._task = body["taskUid"]
        if isinstance(body, dict) and line["about"] in MADE:
            self._keys[MADE[line["about"]]] = body["key"]
        return answer.status_code, body

    def _send(self, line: Mapping[str, Any], path: str) -> requests.Response:
        heads = {"Authorization": f"Bearer {self._keys[line['key']]}"} if line["key"] != "none" else {}
        sent = line["request"]
        if isinstance(sent, str):  # as it was written: no JSON, or without its kind
            kind = "application/x-www-form-urlencoded" if "without its kind" in line["about"] else "application/json"
            heads |= {"Content-Type": kind}
            return requests.request(line["method"], self._url + path, data=sent, headers=heads, timeout=30)
        return requests.request(line["method"], self._url + path, json=sent, headers=heads, timeout=30)


def _body(answer: requests.Response) -> Any:  # noqa: ANN401  # foreign JSON
    return answer.json() if answer.content else None


NUMBER = re.compile(r"Task `\d+`")


def compared(value: Any, aside: frozenset[str]) -> Any:  # noqa: ANN401  # foreign JSON
    """What is compared of an answer."""
    if isinstance(value, dict):
        left = aside - {"indexes"} if value.keys() >= KEYS_OF_KEYS or set(value) == {"indexes", "rename"} else aside
        return {name: compared(one, aside) for name, one in value.items() if name not in left}
    if isinstance(value, list):
        return [compared(one, aside) for one in value]
    if isinstance(value, str):
        return NUMBER.sub("Task `…`", value)
    return round(value, 12) if isinstance(value, float) else value


def differing(lines: Sequence[Mapping[str, Any]], replay: Replay) -> Iterator[str]:
    """Yield what is answered otherwise."""
    for line in lines:
        aside = ASIDE | OF_HISTORY.get(line["about"], frozenset())
        status, body = replay.answer(line)
        said, wanted = (status, compared(body, aside)), (line["status"], compared(line["answer"], aside))
        if said != wanted:
            yield f"{line['about']}: {said} and not {wanted}"


def test_every_line_is_answered_as_the_real_server_did(exchanges: Sequence[Mapping[str, Any]]) -> None:
    with MeilisearchSimulator(master=MASTER) as url:
        found = list(differing(exchanges, Replay(url)))

    assert found == []
    assert len(exchanges) > 100
