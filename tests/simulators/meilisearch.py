"""A loopback stand-in for a Meilisearch server: the paths, tasks, answers and errors that the adapter meets.

Shapes follow the API description of 1.53. It is no search engine: it holds what the adapter sends, and answers phrases
by plain containment. What only a real server can show (ranking, cutting, speed) is not shown here.
"""

import json
import re
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from tests.serving import served

Json = dict[str, Any]
LINK = "https://docs.meilisearch.com/errors#"
CONDITION = re.compile(r"^(NOT )?(\w+) (=|!=|>=|<|IN) (.+)$", re.DOTALL)
TERM = re.compile(r'(-?)"([^"]*)"')
MOST_TERMS = 10  # of a query; those after them are not looked at


class Refused(Exception):
    """An answer that is an error: status, code, message."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"message": message, "code": code, "type": "invalid_request", "link": LINK + code}


class Server:
    """The indexes and tasks of one simulated server; `down` makes every answer an internal error."""

    def __init__(self) -> None:
        self.indexes: dict[str, dict[str, Json]] = {}
        self.settings: dict[str, Json] = {}
        self.tasks: list[Json] = []
        self.down = False
        self.lock = threading.Lock()

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:  # noqa: ANN401  # foreign JSON
        with self.lock:
            if self.down:
                raise Refused(500, "internal", "the server was told to fail")
            match (method, path.split("?", 1)[0].strip("/").split("/")):
                case ("GET", ["health"]):
                    return 200, {"status": "available"}
                case ("GET", ["tasks", number]):
                    return 200, self._seen(int(number))
                case ("POST", ["multi-search"]):
                    return 200, {
                        "results": [self._search_inside(place, one) for place, one in enumerate(body["queries"])]
                    }
                case ("POST", ["indexes", uid, "documents", "fetch"]):
                    return 200, self._fetch(uid, body)
                case ("GET", ["indexes", uid, "documents", key]):
                    return 200, self._document(uid, key)
                case (_, parts):
                    return 202, self._enqueue(method, parts, body)

    def _enqueue(self, method: str, parts: list[str], body: Any) -> Json:  # noqa: ANN401  # foreign JSON
        kind, error = self._work(method, parts, body)
        uid = len(self.tasks)
        task = {"uid": uid, "indexUid": None, "type": kind, "canceledBy": None, "details": None, "error": error}
        times = {"duration": "PT0S", "enqueuedAt": "2026-01-01T00:00:00.000001Z", "startedAt": None, "finishedAt": None}
        # Asked once it is still at work: a client that does not wait is found out.
        self.tasks.append(task | times | {"status": "processing", "after": "failed" if error else "succeeded"})
        return {"taskUid": uid, "indexUid": None, "status": "enqueued", "type": kind, "enqueuedAt": times["enqueuedAt"]}

    def _seen(self, number: int) -> Json:
        task = self.tasks[number]
        shown = {name: value for name, value in task.items() if name != "after"}
        task["status"] = task["after"]
        return shown

    def _work(self, method: str, parts: list[str], body: Any) -> tuple[str, Json | None]:  # noqa: ANN401
        if "documents" in parts:
            return self._work_on_documents(method, parts, body)
        match (method, parts):
            case ("POST", ["indexes"]):
                if body["uid"] in self.indexes:
                    return "indexCreation", _error("index_already_exists", f"Index `{body['uid']}` already exists.")
                self.indexes[body["uid"]] = {}
                return "indexCreation", None
            case ("PATCH", ["indexes", uid, "settings"]):
                self.indexes.setdefault(uid, {})
                self.settings[uid] = body
                return "settingsUpdate", None
            case ("DELETE", ["indexes", uid]):
                return "indexDeletion", None if self.indexes.pop(uid, None) is not None else _missing(uid)
            case ("POST", ["swap-indexes"]):
                one, other = body[0]["indexes"]
                for held in (self.indexes, self.settings):
                    held[one], held[other] = held[other], held[one]
                return "indexSwap", None
        raise Refused(404, "not_found", f"{method} {'/'.join(parts)} is not simulated")

    def _work_on_documents(self, method: str, parts: list[str], body: Any) -> tuple[str, Json | None]:  # noqa: ANN401
        match (method, parts):
            case ("POST", ["indexes", uid, "documents"]):
                self.indexes.setdefault(uid, {}).update({document["item"]: document for document in body})
                return "documentAdditionOrUpdate", None
            case ("POST", ["indexes", uid, "documents", "delete"]):
                if uid not in self.indexes:
                    return "documentDeletion", _missing(uid)
                for item in json.loads(body["filter"].removeprefix("item IN ")):
                    self.indexes[uid].pop(item, None)
                return "documentDeletion", None
        raise Refused(404, "not_found", f"{method} {'/'.join(parts)} is not simulated")

    def _fetch(self, uid: str, body: Json) -> Json:
        documents = list(self._documents(uid).values())
        page = documents[body["offset"] : body["offset"] + body["limit"]]
        results = [{name: document[name] for name in body["fields"]} for document in page]
        return {"results": results, "offset": body["offset"], "limit": body["limit"], "total": len(documents)}

    def _document(self, uid: str, key: str) -> Json:
        if (document := self._documents(uid).get(key)) is None:
            raise Refused(404, "document_not_found", f"Document `{key}` not found.")
        return document

    def _search_inside(self, place: int, query: Json) -> Json:
        try:
            return self._search(query)
        except Refused as refused:
            raise Refused(400, refused.body["code"], f"Inside `.queries[{place}]`: {refused}") from refused

    def _search(self, query: Json) -> Json:
        documents = list(self._documents(query["indexUid"]).values())
        self._check(query)
        searched = self.settings.get(query["indexUid"], {}).get("searchableAttributes", [])
        found = [doc for doc in documents if all(_holds(doc, part) for part in query["filter"])]
        found = [doc for doc in found if _matches(doc, query["q"], searched)]
        if query.get("sort"):
            self._sort(query, found)
        answer: Json = {"indexUid": query["indexUid"], "query": query["q"], "processingTimeMs": 0, "hits": []}
        answer["requestUid"] = "01a21977-25a9-7962-adce-791521865df4"
        if "facets" in query:
            counts = {name: Counter(value for doc in found for value in doc[name]) for name in query["facets"]}
            answer["facetDistribution"] = {name: dict(sorted(count.items())) for name, count in counts.items() if count}
            answer["facetStats"] = {}
        if "hitsPerPage" in query:
            size = query["hitsPerPage"]
            page = found[:size]
            pages = {"page": 1, "hitsPerPage": size, "totalPages": -(-len(found) // size) if size else 0}
            answer |= pages | {"totalHits": len(found)}
        else:
            page = found[query["offset"] : query["offset"] + query["limit"]]
            answer |= {"estimatedTotalHits": len(found)} | {name: query[name] for name in ("offset", "limit")}
        shown = query.get("attributesToRetrieve", [])
        return answer | {"hits": [{name: doc[name] for name in shown if name in doc} for doc in page]}

    def _check(self, query: Json) -> None:
        """Refuse a filter or facet on what the settings do not name, as the server does."""
        known = self.settings.get(query["indexUid"], {}).get("filterableAttributes", [])
        parts = [part for one in query["filter"] for part in (one if isinstance(one, list) else [one])]
        for name in [part.removeprefix("NOT ").split(" ", 1)[0] for part in parts]:
            if name not in known:
                words = f"Index `{query['indexUid']}`: Attribute `{name}` is not filterable."
                raise Refused(400, "invalid_search_filter", words)
        for name in query.get("facets", []):
            if name not in known:
                words = f"Invalid facet distribution: Pattern `{name}` is not filterable."
                raise Refused(400, "invalid_search_facets", words)

    def _sort(self, query: Json, found: list[Json]) -> None:
        [(name, direction)] = [rule.split(":") for rule in query["sort"]]
        if name not in self.settings[query["indexUid"]]["sortableAttributes"]:
            words = f"Attribute `{name}` is not sortable."
            raise Refused(400, "invalid_search_sort", f"Index `{query['indexUid']}`: {words}")
        # What lacks the attribute comes last in either direction.
        sign = -1 if direction == "desc" else 1
        found.sort(key=lambda document: (name not in document, sign * document.get(name, 0)))

    def _documents(self, uid: str) -> dict[str, Json]:
        if uid not in self.indexes:
            raise Refused(404, "index_not_found", f"Index `{uid}` not found.")
        return self.indexes[uid]


def _error(code: str, message: str) -> Json:
    return {"message": message, "code": code, "type": "invalid_request", "link": LINK + code}


def _missing(uid: str) -> Json:
    return _error("index_not_found", f"Index `{uid}` not found.")


def _matches(document: Json, query: str, searched: list[str]) -> bool:
    """Tell whether each phrase of the first ten stands in one of the fields, and none of those with a minus."""
    fields = [f" {document[name]} " for name in searched]
    terms = TERM.findall(query)
    wanted = [phrase for minus, phrase in terms if not minus][:MOST_TERMS]
    apart = [phrase for minus, phrase in terms if minus]
    return all(_stands(phrase, fields) for phrase in wanted) and not any(_stands(phrase, fields) for phrase in apart)


def _stands(phrase: str, fields: list[str]) -> bool:
    return any(f" {phrase} " in field for field in fields)


def _holds(document: Json, part: str | list[str]) -> bool:
    if isinstance(part, list):
        return any(_holds(document, one) for one in part)
    matched = CONDITION.match(part)
    if matched is None:
        raise Refused(400, "invalid_search_filter", f"cannot read {part}")
    held, wanted = document.get(matched[2]), json.loads(matched[4])
    if matched[1]:
        return not _holds(document, part.removeprefix(matched[1]))
    match matched[3]:
        case "=":
            return bool(wanted in held if isinstance(held, list) else held == wanted)
        case "!=":  # also what lacks the attribute
            return not bool(wanted in held if isinstance(held, list) else held == wanted)
        case "IN":
            return held in wanted
        case ">=":
            return held is not None and bool(held >= wanted)
        case _:
            return held is not None and bool(held < wanted)


class MeilisearchSimulator:
    """Run a server on a free loopback port; entering gives its address."""

    def __init__(self) -> None:
        self.server = Server()
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
            try:
                status, answer = server.answer(self.command, self.path, json.loads(raw) if raw else None)
            except Refused as refused:
                status, answer = refused.status, refused.body
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_DELETE = _reply

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the test speaks."""

    return Handler
