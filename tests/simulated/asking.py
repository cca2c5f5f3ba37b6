"""A caller of the simulators: real HTTP on loopback, and what was answered."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer of HTTP; heads: names in lower case."""

    status: int
    heads: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body as a JSON object."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()


def ask(host: str, path: str, **query: str) -> Answered:
    """GET a path of a service; host: `127.0.0.1:port`."""
    return _asked(host, "GET", f"{path}?{urlencode(query)}" if query else path)


def ask_with(host: str, path: str, heads: Mapping[str, str]) -> Answered:
    """GET a path with these headers."""
    return _asked(host, "GET", path, heads=heads)


def post(host: str, path: str, data: object, **query: str) -> Answered:
    """POST JSON."""
    return _asked(host, "POST", f"{path}?{urlencode(query)}" if query else path, body=json.dumps(data))


def submit(host: str, target: str, **form: str) -> Answered:
    """POST a form, as a browser does."""
    return _asked(host, "POST", target, body=urlencode(form))


def _asked(
    host: str, method: str, target: str, *, body: str | None = None, heads: Mapping[str, str] | None = None
) -> Answered:
    connection = http.client.HTTPConnection(host, timeout=10)
    try:
        connection.request(method, target, body=body, headers=dict(heads or {}))
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answered(status=answer.status, heads=found, body=answer.read())
    finally:
        connection.close()
