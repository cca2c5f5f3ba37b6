"""A loopback stand-in for a Meilisearch server: paths, keys, tasks, answers and errors of a real 1.50.

`tests/simulated/test_meilisearch.py` sends it what was sent to the real one (meilisearch/exchanges.jsonl of the
fixtures) and reads the same answers. What only a real server can show (speed, its own cutting of words in every text)
is not shown.
"""

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.serving import served
from tests.simulators.meili import searching, settings
from tests.simulators.meili.answers import Json, Refused, missing
from tests.simulators.meili.keys import WHEN, Keys
from tests.simulators.meili.matching import Index
from tests.simulators.meili.tasks import Done, Indexes

VERSION = "1.50.0"
JSON = "application/json"
KINDS = f"`{JSON}`, `application/x-ndjson`, `text/csv`"
PATHS = frozenset({"health", "version", "stats", "keys", "indexes", "tasks", "multi-search", "swap-indexes"})


class Server:
    """The indexes and tasks of one simulated server; `down` makes every answer an internal error.

    is_stuck: tasks are taken, and none is ever begun.

    master: where it has one, who asks must have a key. version: what it says of itself.
    """

    def __init__(self, *, master: str = "", version: str = VERSION) -> None:
        self.held, self.keys, self.version = Indexes(), Keys(master), version
        self.indexes, self.settings = self.held.documents, self.held.settings
        self.tasks: list[Json] = []
        self.down = self.is_stuck = False
        self.lock = threading.Lock()

    def answer(self, method: str, address: str, body: Any, secret: str | None = None) -> tuple[int, Any]:  # noqa: ANN401
        """Return the status and the body of the answer to a request. Raises Refused."""
        asked = urlsplit(address)
        parts = asked.path.strip("/").split("/")
        with self.lock:
            if self.down:
                raise Refused(500, "internal", "the server was told to fail")
            if (method, parts) == ("GET", ["health"]):
                return 200, {"status": "available"}
            if method == "GET" and parts in (["version"], ["stats"]):
                return 200, self._of_server(parts[0], secret)
            return self._answered(method, parts, body, parse_qs(asked.query), secret)

    def _answered(
        self,
        method: str,
        parts: list[str],
        body: Any,  # noqa: ANN401  # foreign JSON
        asked: Mapping[str, list[str]],
        secret: str | None,
    ) -> tuple[int, Any]:
        match (method, parts):
            case (_, ["keys"]):
                return self._on_keys(method, body, secret)
            case ("GET", ["tasks", *number]):
                return 200, self._on_tasks(number, asked, secret)
            case ("POST", ["multi-search"]):
                return 200, self._several(body, secret)
            case ("POST", ["indexes", uid, ("search" | "similar") as name]):
                self.keys.check(secret, "search", uid)
                ask = searching.search if name == "search" else searching.similar
                return 200, ask(self._index(uid), body)
            case (_, ["indexes", uid, *rest]) if self._reads(method, rest):
                return 200, self._read(uid, rest, body, secret)
        return 202, self._enqueue(method, parts, body, {name: values[0] for name, values in asked.items()}, secret)

    def _of_server(self, name: str, secret: str | None) -> Json:
        self.keys.check(secret, "version" if name == "version" else "stats.get")
        if name == "version":
            return {"commitSha": "x", "commitDate": "unknown", "pkgVersion": self.version}
        sizes = {"databaseSize": 0, "usedDatabaseSize": 0, "lastUpdate": WHEN}
        return sizes | {"indexes": {uid: self._stats(uid) for uid in self.indexes}}

    def _on_keys(self, method: str, body: Any, secret: str | None) -> tuple[int, Any]:  # noqa: ANN401
        if method == "POST":
            self.keys.check(secret, "keys.create")
            return 201, self.keys.make(body)
        if method != "GET":
            raise Refused(405, "", "")
        self.keys.check(secret, "keys.get")
        listed = list(self.keys.held.values())
        return 200, {"results": listed, "offset": 0, "limit": 20, "total": len(listed)}

    def _on_tasks(self, number: list[str], asked: Mapping[str, list[str]], secret: str | None) -> Json:
        self.keys.check(secret, "tasks.get")
        if number:
            return self._seen(int(number[0]), secret)
        among = asked.get("indexUids", [""])[0].split(",")
        listed = [one for one in reversed(self.tasks) if among == [""] or one["indexUid"] in among]
        page = listed[: int(asked.get("limit", ["20"])[0])]
        told = {"results": [_told(one) for one in page], "total": len(listed)}
        return told | {"limit": int(asked.get("limit", ["20"])[0]), "from": None, "next": None}

    def _several(self, body: Json, secret: str | None) -> Json:
        for query in body["queries"]:
            self.keys.check(secret, "search", query["indexUid"])
        if body.get("federation") is not None:
            return searching.federated(body, lambda query: searching.by_words(self._index(query["indexUid"]), query))
        return {"results": [self._search_inside(place, query) for place, query in enumerate(body["queries"])]}

    def _search_inside(self, place: int, query: Json) -> Json:
        try:
            return {"indexUid": query["indexUid"]} | searching.search(self._index(query["indexUid"]), query)
        except Refused as refused:
            raise Refused(400, refused.code, f"Inside `.queries[{place}]`: {refused}") from refused

    def _reads(self, method: str, rest: list[str]) -> bool:
        match (method, rest):
            case ("GET", ["settings" | "stats"]) | ("GET", ["documents", _]) | ("POST", ["documents", "fetch"]):
                return True
        return False

    def _read(self, uid: str, rest: list[str], body: Any, secret: str | None) -> Any:  # noqa: ANN401  # foreign JSON
        action = {"settings": "settings.get", "stats": "stats.get"}.get(rest[0], "documents.get")
        self.keys.check(secret, action, uid)
        documents = self._index(uid).documents
        match rest:
            case ["settings"]:
                return settings.whole(self.settings[uid])
            case ["stats"]:
                return self._stats(uid)
            case ["documents", "fetch"]:
                return _fetched(list(documents), body)
            case [_, item] if (found := self.indexes[uid].get(item)) is not None:
                return found
        raise Refused(404, "document_not_found", f"Document `{rest[1]}` not found.")

    def _stats(self, uid: str) -> Json:
        documents = self.indexes[uid].values()
        names = sorted({name for one in documents for name in one})
        counts = {name: sum(name in one for one in documents) for name in names}
        sizes = {"numberOfDocuments": len(documents), "rawDocumentDbSize": 0, "avgDocumentSize": 0}
        vectors = {"isIndexing": False, "numberOfEmbeddings": 0, "numberOfEmbeddedDocuments": 0}
        return sizes | vectors | {"fieldDistribution": counts}

    def _enqueue(
        self,
        method: str,
        parts: list[str],
        body: Any,  # noqa: ANN401  # foreign JSON
        asked: Mapping[str, str],
        secret: str | None,
    ) -> Json:
        uid = _index_of(parts, body)
        self.keys.check(secret, _action(method, parts), uid)
        kind, details, fault = ("any", None, None) if self.is_stuck else self._work(method, parts, body, asked)
        number = len(self.tasks)
        task = {"uid": number, "batchUid": number, "indexUid": uid, "type": kind, "canceledBy": None}
        times = {"duration": "PT0S", "enqueuedAt": WHEN, "startedAt": WHEN, "finishedAt": WHEN}
        # Asked once it is still at work: a client that does not wait is found out.
        after = "failed" if fault else "succeeded"
        now, after = ("enqueued", "enqueued") if self.is_stuck else ("processing", after)
        self.tasks.append(task | {"details": details, "error": fault, "status": now, "after": after} | times)
        return {"taskUid": number, "indexUid": uid, "status": "enqueued", "type": kind, "enqueuedAt": WHEN}

    def _seen(self, number: int, secret: str | None) -> Json:
        if number >= len(self.tasks) or not self.keys.sees(secret, self.tasks[number]["indexUid"]):
            raise Refused(404, "task_not_found", f"Task `{number}` not found.")
        task = self.tasks[number]
        shown = _told(task)
        task["status"] = task["after"]
        return shown

    def _work(self, method: str, parts: list[str], body: Any, asked: Mapping[str, str]) -> Done:  # noqa: ANN401
        if "documents" in parts:
            return self._work_on_documents(method, parts, body, asked)
        match (method, parts):
            case ("POST", ["indexes"]):
                return self.held.create(body)
            case ("PATCH", ["indexes", uid, "settings"]):
                return self.held.set_up(uid, body)
            case ("DELETE", ["indexes", uid]):
                return self.held.drop(uid)
            case ("POST", ["swap-indexes"]):
                return self.held.swap(body)
        raise Refused(405 if parts[0] in PATHS else 404, "", "")

    def _work_on_documents(self, method: str, parts: list[str], body: Any, asked: Mapping[str, str]) -> Done:  # noqa: ANN401
        match (method, parts):
            case ("POST" | "PUT", ["indexes", uid, "documents"]):
                return self.held.add(uid, body, asked.get("primaryKey"))
            case ("POST", ["indexes", uid, "documents", "delete"]):
                return self.held.delete_among(uid, body["filter"])
            case ("POST", ["indexes", uid, "documents", "delete-batch"]):
                return self.held.delete(uid, body)
            case ("DELETE", ["indexes", uid, "documents", item]):
                return self.held.delete(uid, [item])
        raise Refused(405, "", "")

    def _index(self, uid: str) -> Index:
        if uid not in self.indexes:
            raise Refused(404, "index_not_found", missing(uid)["message"])
        return Index(uid=uid, held=self.indexes[uid], settings=settings.whole(self.settings.get(uid, {})))


def _told(task: Json) -> Json:
    return {name: value for name, value in task.items() if name != "after"}


def _index_of(parts: list[str], body: Any) -> str | None:  # noqa: ANN401  # foreign JSON
    if parts == ["indexes"] and isinstance(body, dict):
        return str(body.get("uid"))
    return parts[1] if parts[0] == "indexes" and len(parts) > 1 else None


def _action(method: str, parts: list[str]) -> str:
    if parts[0] == "swap-indexes":
        return "indexes.swap"
    if "documents" in parts:
        return "documents.delete" if method == "DELETE" or "delete" in parts[-1] else "documents.add"
    if parts[-1] == "settings":
        return "settings.update"
    return "indexes.delete" if method == "DELETE" else "indexes.create"


def _fetched(documents: list[Json], body: Json) -> Json:
    offset, limit = body.get("offset", 0), body.get("limit", 20)
    names = body.get("fields") or ["*"]
    page = documents[offset : offset + limit]
    results = [{n: v for n, v in one.items() if "*" in names or n in names} for one in page]
    return {"results": results, "offset": offset, "limit": limit, "total": len(documents)}


class MeilisearchSimulator:
    """Run a server on a free loopback port; entering gives its address."""

    def __init__(self, *, master: str = "", version: str = VERSION) -> None:
        self.server = Server(master=master, version=version)
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.server))
        self._served = served(self._http)

    def __enter__(self) -> str:
        self._served.__enter__()
        return f"http://127.0.0.1:{self._http.server_port}"

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._served.__exit__(kind, value, trace)


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            secret = (self.headers.get("Authorization") or "").removeprefix("Bearer ") or None
            answer: Any
            try:
                body = _read(raw, self.headers.get("Content-Type") or "", self.path)
                status, answer = server.answer(self.command, self.path, body, secret)
            except Refused as refused:
                status, answer = refused.status, refused.body
            written = b"" if answer is None else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", JSON)
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _reply

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the test speaks."""

    return Handler


def _read(raw: bytes, kind: str, path: str) -> Any:  # noqa: ANN401  # foreign JSON
    if not raw:
        return None
    if path.partition("?")[0].endswith("/documents") and not kind.startswith(JSON):
        words = f"The Content-Type `{kind}` is invalid. Accepted values for the Content-Type header are: {KINDS}"
        raise Refused(415, "invalid_content_type", words)
    try:
        return json.loads(raw)
    except ValueError as wrong:
        # The words of the server's own reader, of a key that is no text; other faults it tells in other words.
        told = "Couldn't serialize document value: key must be a string at line 1 column 2"
        words = f"The `json` payload provided is malformed. `{told}`."
        raise Refused(400, "malformed_payload", words) from wrong
