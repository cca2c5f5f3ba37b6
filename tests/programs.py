"""A program of a unit that signs what it asks for, as docs/api.md tells its programmers to."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from werkzeug.test import TestResponse

from config.settings import Settings
from indexer.base import times
from indexer.base.ids import UnitId
from indexer.people.push_keys import make_key
from indexer.people.signatures import SCHEME, Message, code_of
from indexer.records import inbox
from indexer.records.database import Database
from indexer.records.inbox import Filed, InboxKind
from tests.operators import OPERATOR

PUSH = "/api/v1/push"
LINK = "http://a.example/art/1.html"
PAGE = "<!DOCTYPE html><title>月球车如何过夜</title>"
Send = Callable[..., TestResponse]
Ask = Callable[[str], TestResponse]


@dataclass(frozen=True, kw_only=True)
class Program:
    """Its key and the secret of it."""

    key: str
    secret: str

    def heads(
        self,
        path: str = PUSH,
        body: bytes = b"",
        *,
        method: str = "POST",
        once: str = "",
        nonce: str = "",
        at: datetime | None = None,
    ) -> dict[str, str]:
        """Return the headers of a request; once: its idempotency key, of a POST a new one where none is given."""
        once = once or (secrets.token_hex(16) if method == "POST" else "")
        nonce, time = nonce or secrets.token_hex(16), int((at or times.now()).timestamp())
        message = Message(method=method, path=path, once=once, body=body)
        code = code_of(self.secret, message, time=time, nonce=nonce)
        authorization = f"{SCHEME} key={self.key}, time={time}, nonce={nonce}, signature={code}"
        heads = {"Authorization": authorization}
        return heads | ({"Idempotency-Key": once, "Content-Type": "application/json"} if method == "POST" else {})


def program_of(database: Database, settings: Settings, unit: UnitId) -> Program:
    """Make a key of a unit and give the program that has it."""
    key, secret = make_key(database, settings, unit=unit, name="示例发布系统", by=OPERATOR, now=times.now())
    return Program(key=key.id, secret=secret)


def written(**fields: object) -> bytes:
    """Return the body of a push."""
    return json.dumps(fields, ensure_ascii=False).encode()


BODY = written(channel="channel-a", url=LINK)


def filed(database: Database) -> list[Filed]:
    """Return what was pushed, the newest first."""
    with database.reading() as tx:
        return inbox.newest(tx, InboxKind.PUSH, limit=100)


def refused(answer: TestResponse, code: int, name: str) -> str:
    """Return the words of a refusal, after a look at its shape."""
    assert (answer.status_code, answer.mimetype) == (code, "application/json")
    error = answer.get_json()["error"]
    assert (set(error), error["code"], error["name"]) == ({"code", "name", "message"}, code, name)
    return str(error["message"])
