"""Callbacks of platforms: forged, replayed, altered, cut short, stale, huge, with XML that reaches out or blows up."""

import base64
import dataclasses
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from pathlib import Path
from typing import NamedTuple

import requests

from indexer.connections.crypto import CallbackKeys, Sealed, sign
from tests.attack.connected import AUTHORISED, COMPONENT_SECRET, OTHER_ID, Connected
from tests.attack.tries import Try, report
from tests.callbacks import (
    ACCOUNT_KEYS,
    APPID,
    COMPONENT_KEYS,
    ORIGINAL_ID,
    Call,
    address_check,
    call,
    call_of,
    notice,
    published,
    ticket,
)
from tests.postgres import EMPTY, running
from tests.serving import served

KIND, TIMEOUT_SECONDS, RACERS, ANSWER_SECONDS = "callbacks", 60, 12, 5.0
HOSTS = count(1)  # limits count by address: each try comes from another one
DOORS = frozenset({400, 403, 404, 405, 413, 431})
OWN, ITSELF, ITS_ACCOUNT = f"/callbacks/wechat/{APPID}", "/callbacks/component", f"/callbacks/component/{AUTHORISED}"
EVENT = published("https://mp.weixin.qq.com/s/attack")
TICKET = "ticket@@@of-the-attack"


class Site(NamedTuple):
    """The deployment, the address that it answers at, and an address that nobody may be led to."""

    deployment: Connected
    address: str
    outside: str


class Listener(HTTPServer):
    """Counts whoever asks: nobody should."""

    asked = 0


class _Counting(BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        self.server.asked += 1
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


def attack(folder: Path) -> Iterator[Try]:
    """Everything on SQLite; the races on PostgreSQL too."""
    deployment, listener = Connected(folder / "sqlite"), Listener(("127.0.0.1", 0), _Counting)
    with deployment.serving() as address, served(listener):
        site = Site(deployment, address, f"http://127.0.0.1:{listener.server_port}/")
        for tries in (_forged, _elsewhere, _damaged, _huge, _declared, _echoed, _limited):
            yield from tries(site)
        yield Try(kind=KIND, what="what was kept of all that", held=deployment.events() == 0)
        yield from _replayed(site)
        yield from _races(site, "SQLite")
        yield from _left(folder / "sqlite", site)
        asked = listener.asked
        yield Try(kind=KIND, what="an entity that was fetched", held=asked == 0, saw=f"{asked} requests")
    with running() as server:
        deployment = Connected(folder / "postgres", database_url=server.url(server.make(like=EMPTY)))
        with deployment.serving() as address:
            yield from _races(Site(deployment, address, ""), "PostgreSQL")


def _send(site: Site, path: str, one: Call, **more: str) -> requests.Response:
    number = next(HOSTS)
    heads = {"Content-Type": "text/xml", "X-Forwarded-For": f"198.51.{number // 250}.{number % 250 + 1}", **more}
    return requests.post(site.address + path + one.query, data=one.body, headers=heads, timeout=TIMEOUT_SECONDS)


def _refused(what: str, site: Site, path: str, one: Call) -> Try:
    """It must be refused, soon, without a word of why, and nothing kept."""
    began = time.monotonic()
    answer = _send(site, path, one)
    seconds = time.monotonic() - began
    is_silent = answer.status_code in (400, 413, 431) or not answer.content
    held = answer.status_code in DOORS and is_silent and seconds < ANSWER_SECONDS
    return Try(kind=KIND, what=what, held=held, saw="" if held else f"answer {answer.status_code}, {seconds:.1f} s")


def _signed(keys: CallbackKeys, encrypted: str, body: bytes = b"") -> Call:
    """A call that is rightly signed over a cipher text, whatever that is."""
    timestamp, nonce = str(int(time.time())), "12345"
    signature = sign(keys.token, timestamp, nonce, encrypted)
    made = call_of(Sealed(encrypted=encrypted, timestamp=timestamp, nonce=nonce, signature=signature))
    return dataclasses.replace(made, body=body) if body else made


def _forged(site: Site) -> Iterator[Try]:
    now = time.time()
    right = call(ACCOUNT_KEYS, EVENT)
    named = {
        "no signature": {"msg_signature": ""},
        "a signature of zeros": {"msg_signature": "0" * 40},
        "a signature in capitals": {"msg_signature": "A" * 40},
        "a signature that is none": {"msg_signature": "签名"},
        "SQL for a signature": {"msg_signature": "' OR 1=1 --"},
        "a time of nobody": {"timestamp": "1e9"},
        "a time below nothing": {"timestamp": "-1"},
        "a time of 10,000 digits": {"timestamp": "9" * 10_000},
        "a time in other digits": {"timestamp": "１７９００００００"},
        "another nonce": {"nonce": "1"},
        "a NUL in the nonce": {"nonce": "1\0"},
    }
    for what, changed in named.items():
        yield _refused(what, site, OWN, call(ACCOUNT_KEYS, EVENT, at=None, **changed))
    for what, seconds in {"six minutes old": -360, "six minutes ahead": 360, "of 1970": 1 - now}.items():
        yield _refused(what, site, OWN, call(ACCOUNT_KEYS, EVENT, at=now + seconds))
    plain = call(ACCOUNT_KEYS, EVENT)
    unsigned = dataclasses.replace(plain, query=plain.query.replace("msg_signature=", "x="))
    yield _refused("the signature that covers no body", site, OWN, dataclasses.replace(unsigned, body=EVENT.encode()))
    yield _refused("a message that is not encrypted", site, OWN, dataclasses.replace(right, body=EVENT.encode()))
    twice = dataclasses.replace(right, query=f"?msg_signature={'0' * 40}&{right.query[1:]}")
    yield _refused("two signatures, the first one wrong", site, OWN, twice)
    stranger = CallbackKeys(receiver=APPID, token="token-of-a-stranger", aes_key="s" * 43)
    yield _refused("a stranger's keys", site, OWN, call(stranger, EVENT))
    half = dataclasses.replace(ACCOUNT_KEYS, aes_key="s" * 43)
    yield _refused("the right token with another key", site, OWN, call(half, EVENT))


def _elsewhere(site: Site) -> Iterator[Try]:
    """Rightly signed, for somebody else or at another address."""
    other = dataclasses.replace(ACCOUNT_KEYS, receiver=AUTHORISED)
    theirs = published("https://mp.weixin.qq.com/s/attack", to=OTHER_ID)
    stranger = published("https://mp.weixin.qq.com/s/attack", to="gh_stranger")
    for what, path, one in (
        ("for another receiver", OWN, call(other, EVENT)),
        ("of the account at the component's address", ITSELF, call(ACCOUNT_KEYS, EVENT)),
        ("of the component at the account's address", OWN, call(COMPONENT_KEYS, ticket(TICKET))),
        ("a ticket at an account's address", ITS_ACCOUNT, call(COMPONENT_KEYS, ticket(TICKET))),
        ("an account's event at the component's address", ITSELF, call(COMPONENT_KEYS, theirs)),
        ("of another account under its address", ITS_ACCOUNT, call(COMPONENT_KEYS, stranger)),
        ("a notice of another component", ITSELF, call(COMPONENT_KEYS, notice("authorized", component="wxother"))),
        ("an account of nobody", "/callbacks/wechat/wx0000000000000000", call(ACCOUNT_KEYS, EVENT)),
        ("an account of the other way", f"/callbacks/component/{APPID}", call(COMPONENT_KEYS, EVENT)),
        ("a path that climbs", "/callbacks/component/../wechat/" + AUTHORISED, call(COMPONENT_KEYS, theirs)),
        ("SQL for an account", "/callbacks/wechat/'%20OR%201=1", call(ACCOUNT_KEYS, EVENT)),
        ("an account of 5,000 signs", "/callbacks/wechat/" + "x" * 5000, call(ACCOUNT_KEYS, EVENT)),
    ):
        yield _refused(what, site, path, one)


def _damaged(site: Site) -> Iterator[Try]:
    """Cipher texts that are altered or cut, first as they are, then signed by somebody who has the token alone."""
    whole = call(ACCOUNT_KEYS, EVENT)
    inside = whole.body.split(b"<Encrypt><![CDATA[")[1].split(b"]]")[0].decode()
    raw = base64.b64decode(inside)
    broken = [raw[:length] for length in range(0, len(raw), 16)] + [
        raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :] for place in range(0, len(raw), 37)
    ]
    failed = 0
    for one in broken:
        text = base64.b64encode(one).decode()
        altered = dataclasses.replace(whole, body=whole.body.replace(inside.encode(), text.encode()))
        failed += not _refused("", site, OWN, altered).held
    held = {"held": failed == 0, "count": len(broken), "broke": failed}
    yield Try(kind=KIND, what="cipher texts altered or cut", saw=f"{failed} taken", **held)  # type: ignore[arg-type]
    cuts = [base64.b64encode(raw[:length]).decode() for length in range(0, len(raw), 16)]
    failed = sum(not _refused("", site, OWN, _signed(ACCOUNT_KEYS, text)).held for text in cuts)
    held = {"held": failed == 0, "count": len(cuts), "broke": failed}
    yield Try(kind=KIND, what="cut short, rightly signed", saw=f"{failed} taken", **held)  # type: ignore[arg-type]
    for what, text in {"no Base64": "!" * 64, "nothing": "", "a block of zeros": "A" * 43 + "="}.items():
        yield _refused(f"{what}, rightly signed", site, OWN, _signed(ACCOUNT_KEYS, text))


def _huge(site: Site) -> Iterator[Try]:
    one = call(ACCOUNT_KEYS, EVENT)
    for what, bytes_more in {"65 KB": 65_600, "1 MB": 1_000_000, "9 MB": 9_000_000}.items():
        yield _refused(f"a body of {what}", site, OWN, dataclasses.replace(one, body=one.body.ljust(bytes_more)))
    inner = EVENT.replace("</xml>", "<x>" * 20 + "y" * 40_000 + "</x>" * 20 + "</xml>")
    yield _refused("a rightly signed one that is deep", site, OWN, call(ACCOUNT_KEYS, inner))
    many = EVENT.replace("</xml>", "<x/>" * 9000 + "</xml>")
    yield _refused("a rightly signed one of 9,000 elements", site, OWN, call(ACCOUNT_KEYS, many))


def _declared(site: Site) -> Iterator[Try]:
    """XML that declares something, around the cipher text and inside it."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctypes: Mapping[str, str] = {
        "a document type": "<!DOCTYPE xml>",
        "an external document type": f'<!DOCTYPE xml SYSTEM "{site.outside}x.dtd">',
        "a public document type": f'<!DOCTYPE xml PUBLIC "-//x" "{site.outside}x.dtd">',
        "a file as an entity": '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "an address as an entity": f'<!DOCTYPE xml [<!ENTITY a SYSTEM "{site.outside}">]>',
        "a parameter entity": f'<!DOCTYPE xml [<!ENTITY % p SYSTEM "{site.outside}p"> %p; <!ENTITY a "x">]>',
        "a billion laughs": f'<!DOCTYPE xml [<!ENTITY a0 "ha">{laughs}<!ENTITY a "&a9;">]>',
        "a quadratic entity": f'<!DOCTYPE xml [<!ENTITY a "{"a" * 10_000}">]>',
        "an entity of itself": '<!DOCTYPE xml [<!ENTITY a "&a;">]>',
        "an attribute of default": '<!DOCTYPE xml [<!ATTLIST xml a CDATA "x">]>',
    }
    right = call(ACCOUNT_KEYS, EVENT)
    for what, doctype in doctypes.items():
        around = right.body.replace(b"<xml>", f"{doctype}<xml><a>&a;</a>".encode(), 1)
        yield _refused(f"{what}, around", site, OWN, dataclasses.replace(right, body=around))
        inside = EVENT.replace("<xml>", f"{doctype}<xml><a>&a;</a>", 1)
        yield _refused(f"{what}, rightly signed", site, OWN, call(ACCOUNT_KEYS, inside))
    for what, body in {
        "UTF-16": right.body.decode().encode("utf-16"),
        "UTF-7": b'<?xml version="1.0" encoding="utf-7"?>+ADw-xml+AD4-',
        "no UTF-8": b"<xml>\xff\xfe</xml>",
        "10,000 open elements": b"<xml>" * 10_000,
        "two roots": right.body + right.body,
        "an element that is not closed": right.body[:-6],
        "XInclude": f'<xml xmlns:x="http://www.w3.org/2001/XInclude"><x:include href="{site.outside}"/></xml>'.encode(),
        "JSON": b'{"Encrypt": "x"}',
    }.items():
        yield _refused(what, site, OWN, dataclasses.replace(right, body=body))


def _echoed(site: Site) -> Iterator[Try]:
    """The trial of an address says back only what is plain, and only to whom has the token."""
    for what, asked in {
        "a script to be said back": address_check(ACCOUNT_KEYS, "<script>alert(1)</script>"),
        "a head to be said back": address_check(ACCOUNT_KEYS, "1\r\nSet-Cookie: x=1"),
        "a trial that nobody signed": address_check(ACCOUNT_KEYS, "1", signature="0" * 40),
        "a trial that is old": address_check(ACCOUNT_KEYS, "1", at=time.time() - 600),
    }.items():
        heads = {"X-Forwarded-For": f"203.0.113.{next(HOSTS) % 250}"}
        answer = requests.get(site.address + OWN + asked, headers=heads, timeout=TIMEOUT_SECONDS)
        held = answer.status_code in DOORS and "script" not in answer.text and "Set-Cookie" not in answer.headers
        yield Try(kind=KIND, what=what, held=held, saw=f"answer {answer.status_code}")


def _limited(site: Site) -> Iterator[Try]:
    wrong, here = call(ACCOUNT_KEYS, EVENT, at=None, nonce="1"), {"X-Forwarded-For": "203.0.113.251"}
    answers = [_send(site, OWN, wrong, **here).status_code for _ in range(65)]
    held = answers[:60] == [403] * 60 and set(answers[61:]) == {429}
    yield Try(kind=KIND, what="65 wrong ones from one address", held=held, saw=str(answers[-5:]))


def _replayed(site: Site) -> Iterator[Try]:
    """The one event and the one ticket that are taken; and then the same again."""
    for what, path, keys, text in (
        ("an event", OWN, ACCOUNT_KEYS, EVENT),
        ("a ticket", ITSELF, COMPONENT_KEYS, ticket(TICKET)),
    ):
        before, one = site.deployment.events(), call(keys, text)
        first = _send(site, path, one)
        if (first.status_code, first.text) != (200, "success"):
            raise RuntimeError(f"a good call was answered {first.status_code}: what follows would show nothing")
        again = [_send(site, path, each).text for each in (one, one, call(keys, text), call(keys, text))]
        kept = site.deployment.events() - before
        held = (again, kept) == (["success"] * 4, 1)
        yield Try(kind=KIND, what=f"{what}, four times more", held=held, saw=f"{kept} kept, {again}")


def _races(site: Site, where: str) -> Iterator[Try]:
    before = site.deployment.events()
    text = published("https://mp.weixin.qq.com/s/raced", publish="777", to=ORIGINAL_ID)
    same = [call(ACCOUNT_KEYS, text)] * RACERS
    anew = [call(ACCOUNT_KEYS, text) for _ in range(RACERS)]
    with ThreadPoolExecutor(RACERS) as racers:
        answers = list(racers.map(lambda one: _send(site, OWN, one).text, [*same, *anew]))
    kept = site.deployment.events() - before
    held = set(answers) == {"success"} and kept == 1
    yield Try(kind=f"{KIND}: races", what=f"one event {2 * RACERS} times at once, {where}", held=held, saw=f"{kept}")


def _left(folder: Path, site: Site) -> Iterator[Try]:
    """Neither log nor records hold a key, a ticket or a secret."""
    log = (folder / "web.log").read_text(encoding="utf-8", errors="replace")
    held = "Traceback" not in log and "callback_refused" in log  # a log that says nothing would hold no secret either
    yield Try(kind=KIND, what="the log of the site", held=held, saw="" if held else log[-200:])
    secrets = [TICKET, COMPONENT_SECRET, *(part for keys in (ACCOUNT_KEYS, COMPONENT_KEYS) for part in _parts(keys))]
    files = [file for file in (folder / "web.log", *site.deployment.folder.rglob("*")) if file.is_file()]
    told = [file.name for file in files if any(secret.encode() in file.read_bytes() for secret in secrets)]
    yield Try(kind=KIND, what=f"a secret in {len(files)} files", held=not told, saw=", ".join(told))


def _parts(keys: CallbackKeys) -> tuple[str, str]:
    return keys.token, keys.aes_key


if __name__ == "__main__":
    report(attack)
