"""The push API: forged, replayed, altered, stale; bodies of no sense; others' channels; many at once on one push."""

import json
import secrets
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

import requests

from indexer.records import inbox
from indexer.records.database import Database
from indexer.records.inbox import InboxKind
from tests.attack.deployment import EDITOR, Deployment, site_channel
from tests.attack.tries import Try, report
from tests.postgres import EMPTY, running
from tests.programs import PUSH, Program, written

KIND, TIMEOUT_SECONDS, RACERS = "push API", 60, 12
LINK = "http://a.example/1.html"
BODY = written(channel="one", url=LINK)
PAGE = "<!DOCTYPE html><title>题</title>"
HOSTS = count(1)  # limits count by address: each try comes from another one
DOORS = frozenset({"400", "401", "403", "404", "405", "409", "413", "415", "422", "431", "501"})
Heads = Mapping[str, str]


class Site(NamedTuple):
    """The site that is attacked and the keys of two of its units."""

    address: str
    one: Program
    two: Program


def attack(folder: Path) -> Iterator[Try]:
    """Everything on SQLite; the races on PostgreSQL too."""
    deployment = _deployed(folder / "sqlite")
    with deployment.serving() as address:
        site = Site(address, *(_key(deployment, unit) for unit in ("unit-one", "unit-two")))
        for what, heads in _forged(site).items():
            yield _one(what, site, BODY, heads, wanted={401})
        yield from _replayed(site)
        for what, body in _bodies().items():
            yield _one(what, site, body, site.one.heads(PUSH, body), wanted={400, 413, 422})
        yield from _foreign(site)
        for what, raw in _heads(site).items():
            yield _raw(what, site, raw)
        yield from _suspended(deployment, site)
        yield from _filed(folder / "sqlite", deployment, site, wanted=1)
        yield from _races(deployment, site, "SQLite")
    with running() as server:
        deployment = _deployed(folder / "postgres", database_url=server.url(server.make(like=EMPTY)))
        with deployment.serving() as address:
            program = _key(deployment, "unit-one")
            yield from _races(deployment, Site(address, program, program), "PostgreSQL")


def _deployed(folder: Path, **settings: str) -> Deployment:
    folder.mkdir(parents=True, exist_ok=True)
    deployment = Deployment(folder, trusted_proxies="1", **settings)
    deployment.add_editors()
    deployment.whitelist([site_channel("one", "a.example"), site_channel("two", "b.example")])
    return deployment


def _key(deployment: Deployment, unit: str) -> Program:
    made = json.loads(deployment.must("keys", "make", "示例系统", "--unit", unit, "--json"))
    return Program(key=made["key"], secret=made["secret"])


def _from() -> Heads:
    number = next(HOSTS)
    return {"X-Forwarded-For": f"198.51.{number // 250}.{number % 250 + 1}"}


def _send(site: Site, body: bytes, heads: Heads, path: str = PUSH) -> requests.Response:
    return requests.post(site.address + path, data=body, headers={**heads, **_from()}, timeout=TIMEOUT_SECONDS)


def _one(what: str, site: Site, body: bytes, heads: Heads, *, wanted: set[int]) -> Try:
    answer = _send(site, body, heads)
    # What is far too large, the server itself cuts off, with a line of text.
    is_told = answer.status_code in wanted and (answer.status_code == 413 or set(answer.json()) == {"error"})
    leaks = any(secret in answer.text for secret in (site.one.secret, site.two.secret))
    saw = "" if is_told and not leaks else f"answer {answer.status_code}"
    return Try(kind=KIND, what=what, held=not saw, saw=saw)


def _forged(site: Site) -> Mapping[str, Heads]:
    """Return heads by what is wrong with them; the body is BODY."""
    good, now = site.one.heads(PUSH, BODY), time.time()
    signed, other = good["Authorization"], site.two.heads(PUSH, BODY)["Authorization"]

    def with_signature(text: str) -> Heads:
        return {**good, "Authorization": text}

    def at(seconds: float) -> datetime:
        return datetime.fromtimestamp(now + seconds, UTC)

    return {
        "no signature": {name: value for name, value in good.items() if name != "Authorization"},
        "an empty signature": with_signature(""),
        "a cookie in its place": {**with_signature(""), "Cookie": f"session={site.one.key}"},
        "a bearer's token": with_signature(f"Bearer {site.one.secret}"),
        "the secret as signature": with_signature(signed[:-64] + site.one.secret),
        "another unit's code": with_signature(signed[:-64] + other[-64:]),
        "another unit's key": with_signature(signed.replace(site.one.key, site.two.key)),
        "a key that never was": with_signature(signed.replace(site.one.key, "0" * 26)),
        "a key of SQL": with_signature(signed.replace(site.one.key, "' OR 1=1 --")),
        "an algorithm of none": with_signature(signed.replace("HMAC-SHA256", "NONE")),
        "a code of nothing": with_signature(signed[:-64]),
        "a code of 64 zeros": with_signature(signed[:-64] + "0" * 64),
        "a code cut short": with_signature(signed[:-2]),
        "two signatures": with_signature(f"{other}, {signed}"),
        "100,000 signs": with_signature(signed + "0" * 100_000),
        "a body that was altered": site.one.heads(PUSH, BODY + b" "),
        "a path that was altered": site.one.heads(f"{PUSH}/x", BODY),
        "a method that was altered": site.one.heads(PUSH, BODY, method="PUT") | {"Content-Type": "application/json"},
        "an idempotency key that was altered": {**good, "Idempotency-Key": "another-push"},
        "an idempotency key that was taken out": {n: v for n, v in good.items() if n != "Idempotency-Key"},
        "six minutes old": site.one.heads(PUSH, BODY, at=at(-360)),
        "six minutes ahead": site.one.heads(PUSH, BODY, at=at(360)),
        "of 1970": site.one.heads(PUSH, BODY, at=at(1 - now)),
        "a nonce of two signs": site.one.heads(PUSH, BODY, nonce="ab"),
    }


def _replayed(site: Site) -> Iterator[Try]:
    """The one push that is taken, and then the same bytes again."""
    heads = site.one.heads(PUSH, BODY, once="push-0001")
    first = _send(site, BODY, heads)
    if first.status_code != 202:
        raise RuntimeError(f"a good push was answered {first.status_code}: what follows would show nothing")
    yield _one("the same bytes again", site, BODY, heads, wanted={401})
    again = _send(site, BODY, site.one.heads(PUSH, BODY, once="push-0001"))
    held = again.status_code == 202 and again.json() == first.json()
    yield Try(kind=KIND, what="the same push again, signed anew", held=held, saw=f"answer {again.status_code}")
    body = written(channel="one", url=LINK + "?2")
    yield _one("another push under its key", site, body, site.one.heads(PUSH, body, once="push-0001"), wanted={409})


def _bodies() -> Mapping[str, bytes]:
    """Return bodies that no program would send, rightly signed."""
    return {
        "nothing": b"",
        "no JSON": b"channel=one",
        "a list": b"[]",
        "100,000 brackets": b"[" * 100_000,
        "50,000 objects": b'{"a":' * 50_000,
        "no UTF-8": b'{"channel": "\xff\xfe"}',
        "half a character": b'{"channel": "one", "url": "\\ud800"}',
        "a NUL": written(channel="one\0", url=LINK),
        "a number of 10,000 digits": b'{"channel": ' + b"9" * 10_000 + b"}",
        "an unknown field": written(channel="one", url=LINK, state="approved"),
        "a list of channels": written(channel=["one"], url=LINK),
        "an address of a file": written(channel="one", url="file:///etc/passwd"),
        "an address of a script": written(channel="one", url="javascript:alert(1)"),
        "an address of 100,000": written(channel="one", url="http://a.example/" + "x" * 100_000),
        "a line break in an address": written(channel="one", url="http://a.example/\r\nX: y"),
        "a title of colours": written(channel="one", url=LINK, title="\x1b[31m"),
        "a page that is a PDF": written(channel="one", url=LINK, html="%PDF-1.7"),
        "a page of nothing": written(channel="one", url=LINK, html=""),
        "a page of 9 MB": written(channel="one", url=LINK, html=PAGE + "x" * 9_000_000),
        "a body of 17 MB": b" " * 17_000_000,
    }


def _foreign(site: Site) -> Iterator[Try]:
    """What is another unit's: its channel, what became of its push."""
    for name in ("two", "nothing", "../two", "two'--"):
        body = written(channel=name, url=LINK)
        yield _one(f"the channel {name!r}", site, body, site.one.heads(PUSH, body), wanted={404})
    body = written(channel="one", url=LINK)
    pushed = _send(site, body, site.one.heads(PUSH, body, once="push-0001")).json()["id"]
    for what, who, push in (("another unit's push", site.two, pushed), ("a push that never was", site.one, "0" * 26)):
        path = f"{PUSH}/{push}"
        heads = {**who.heads(path, method="GET"), **_from()}
        answer = requests.get(site.address + path, headers=heads, timeout=TIMEOUT_SECONDS)
        held = answer.status_code == 404 and LINK not in answer.text
        yield Try(kind=KIND, what=what, held=held, saw=f"answer {answer.status_code}")


def _heads(site: Site) -> Mapping[str, bytes]:
    """Return whole requests whose heads no library sends."""
    good = site.one.heads(PUSH, BODY)
    length = f"Content-Length: {len(BODY)}"

    def raw(*lines: str, body: bytes = BODY) -> bytes:
        head = [f"POST {PUSH} HTTP/1.1", "Host: 127.0.0.1", f"X-Forwarded-For: {_from()['X-Forwarded-For']}"]
        return "\r\n".join([*head, "Connection: close", *lines, "", ""]).encode("latin-1") + body

    signed, once = f"Authorization: {good['Authorization']}", f"Idempotency-Key: {good['Idempotency-Key']}"
    kind = "Content-Type: application/json"
    forged = f"Authorization: {good['Authorization'][:-64]}{'0' * 64}"
    smuggled = b"0\r\n\r\nGET /review/ HTTP/1.1\r\nHost: x\r\n\r\n"
    return {
        "two Authorizations": raw(signed, forged, once, kind, length),
        "two keys": raw(signed, once, once, kind, length),
        "a folded head": raw(signed, f"{once}\r\n more", kind, length),
        "a head with a bare CR": raw(signed, f"{once}\rX: y", kind, length),
        "a NUL in a head": raw(signed.replace("nonce", "no\0nce"), once, kind, length),
        "underscores for hyphens": raw(signed, once.replace("-", "_"), kind, length),
        "a space before the colon": raw(signed.replace(":", " :"), once, kind, length),
        "two lengths": raw(signed, once, kind, length, "Content-Length: 1"),
        "a length below nothing": raw(signed, once, kind, "Content-Length: -1"),
        "a length and pieces": raw(signed, once, kind, length, "Transfer-Encoding: chunked", body=smuggled),
        "pieces of no kind": raw(signed, once, kind, "Transfer-Encoding: xchunked"),
        "another host's name": raw(forged, once, kind, length, "X-Forwarded-Host: b.example"),
        "a method by another head": raw(forged, once, kind, length, "X-HTTP-Method-Override: GET"),
        "300,000 bytes of heads": raw(signed, once, kind, length, *(f"X-{n}: {'x' * 3000}" for n in range(100))),
    }


def _raw(what: str, site: Site, raw: bytes) -> Try:
    host, port = site.address.removeprefix("http://").split(":")
    answered = b""
    with socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS) as connection:
        try:
            connection.sendall(raw)
            while some := connection.recv(65_536):
                answered += some
        except OSError:  # closed on us: refused too
            pass
    status = answered.split(b" ", 2)[1].decode() if answered.startswith(b"HTTP/") else "none"
    held = (status in DOORS or status == "none") and answered.count(b"HTTP/1.1 ") <= 1
    return Try(kind=f"{KIND}: heads", what=what, held=held, saw="" if held else f"answer {status}")


def _suspended(deployment: Deployment, site: Site) -> Iterator[Try]:
    deployment.must("units", "suspend", "two", "--why", "示例", "--who", EDITOR)
    body = written(channel="two", url=LINK)
    yield _one("a channel that is suspended", site, body, site.two.heads(PUSH, body), wanted={403})
    deployment.must("keys", "revoke", site.two.key)
    yield _one("a key that is revoked", site, body, site.two.heads(PUSH, body), wanted={401})
    made = _key(deployment, "unit-two")
    yield _one("a new key for the same channel", site, body, made.heads(PUSH, body), wanted={403})


def _filed(folder: Path, deployment: Deployment, site: Site, *, wanted: int) -> Iterator[Try]:
    """After all of it, nothing is filed but what was taken, and neither log nor data folder holds a secret."""
    found = deployment.rows("SELECT count(*) FROM inbox")[0][0]
    yield Try(kind=KIND, what="what was filed in the end", held=found == wanted, saw=f"{found} rows")
    log = (folder / "web.log").read_text(encoding="utf-8", errors="replace")
    held = "Traceback" not in log and "signature_refused" in log  # a log that says nothing would hold no secret either
    yield Try(kind=KIND, what="the log of the site", held=held, saw="" if held else log[-200:])
    files = [file for file in (folder / "web.log", *deployment.folder.rglob("*")) if file.is_file()]
    told = [
        file.name for file in files if any(one.secret.encode() in file.read_bytes() for one in (site.one, site.two))
    ]
    yield Try(kind=KIND, what=f"a secret in {len(files)} files", held=not told, saw=", ".join(told))


def _races(deployment: Deployment, site: Site, where: str) -> Iterator[Try]:
    """One push by many, many pushes under one key, the same bytes by many."""
    same = [written(channel="one", url=LINK, html=PAGE)] * RACERS
    others = [written(channel="one", url=f"{LINK}?{number}") for number in range(RACERS)]
    refused = RACERS - 1
    for what, bodies, wanted in (
        ("one push at once", same, [202] * RACERS),
        ("other pushes of one key at once", others, [202] + [409] * refused),
    ):
        before, once = _count(deployment), secrets.token_hex(16)
        answers = _at_once(site, [(body, site.one.heads(PUSH, body, once=once)) for body in bodies])
        filed, ids = _count(deployment) - before, {one.json()["id"] for one in answers if one.status_code == 202}
        codes = sorted(one.status_code for one in answers)
        held = (filed, len(ids), codes) == (1, 1, wanted)
        yield Try(kind=f"{KIND}: races", what=f"{what}, {where}", held=held, saw=f"{filed} filed, {codes}")
    answers = _at_once(site, [(BODY, site.one.heads(PUSH, BODY))] * RACERS)
    codes = sorted(one.status_code for one in answers)
    held = codes == [202] + [401] * refused
    yield Try(kind=f"{KIND}: races", what=f"the same bytes at once, {where}", held=held, saw=str(codes))


def _at_once(site: Site, sent: Sequence[tuple[bytes, Heads]]) -> list[requests.Response]:
    with ThreadPoolExecutor(RACERS) as racers:
        return list(racers.map(lambda one: _send(site, *one), sent))


def _count(deployment: Deployment) -> int:
    """How many pushes are filed, in whichever database."""
    with _records(deployment) as database, database.reading() as tx:
        return len(inbox.newest(tx, InboxKind.PUSH, limit=1000))


@contextmanager
def _records(deployment: Deployment) -> Iterator[Database]:
    url = deployment.environment.get("CARNIVAL_DATABASE_URL") or f"sqlite:///{deployment.folder / 'carnival.db'}"
    with closing(Database.open(url)) as database:
        yield database


if __name__ == "__main__":
    report(attack)
