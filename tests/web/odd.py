"""Bodies and queries that no form and no link of the site would send, by the name of what is odd about them."""

import gzip
import json
from collections.abc import Mapping

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
BRACKETS = 100_000
Body = tuple[str, bytes, Mapping[str, str]]


def part(name: str, value: bytes, *, head: str = "") -> bytes:
    return f'--x\r\nContent-Disposition: form-data; name="{name}"{head}\r\n\r\n'.encode() + value + b"\r\n"


MULTI = "multipart/form-data; boundary=x"
END = b"--x--\r\n"
BODIES: Mapping[str, Body] = {
    # another language than a form's
    "JSON object": (JSON, b'{"move": "approve"}', {}),
    "JSON list": (JSON, b"[1, 2]", {}),
    "JSON number": (JSON, b"1", {}),
    "JSON text": (JSON, b'"x"', {}),
    "JSON null": (JSON, b"null", {}),
    "JSON of nothing": (JSON, b"", {}),
    "JSON that is broken": (JSON, b'{"move": ', {}),
    "JSON of brackets": (JSON, b"[" * BRACKETS, {}),
    "JSON of nested objects": (JSON, b'{"a":' * 20_000 + b"1" + b"}" * 20_000, {}),
    "JSON of a long number": (JSON, b"9" * 10_000, {}),
    "JSON of half a surrogate pair": (JSON, json.dumps({"words": "\ud800"}).encode(), {}),
    "JSON by another name": ("application/problem+json", b"{}", {}),
    "XML": ("application/xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", {}),
    "plain text": ("text/plain", b"move=approve", {}),
    "bytes": ("application/octet-stream", bytes(range(256)), {}),
    "a picture": ("image/png", b"\x89PNG\r\n\x1a\n", {}),
    "no type": ("", b"move=approve", {}),
    "a type that is none": (";;;", b"move=approve", {}),
    "a type of another script": ("应用/表单", b"move=approve", {}),
    # a form whose text is none
    "a NUL as it is": (FORM, b"words=a\0b", {}),
    "a NUL that is escaped": (FORM, b"words=a%00b", {}),
    "a NUL in a name": (FORM, b"wor%00ds=a", {}),
    "a bell": (FORM, b"words=%07", {}),
    "an escape sequence": (FORM, b"words=%1B%5B31m", {}),
    "half a surrogate pair": (FORM, b"words=%ED%A0%80", {}),
    "a whole surrogate pair in UTF-8": (FORM, b"words=%ED%A0%BD%ED%B8%80", {}),
    "bytes that are no UTF-8": (FORM, b"words=\xff\xfe", {}),
    "escaped bytes that are no UTF-8": (FORM, b"words=%FF%FE", {}),
    "an overlong slash": (FORM, b"words=%C0%AF", {}),
    "a character cut in two": (FORM, "words=月".encode()[:-1], {}),
    "GBK": (FORM, "words=月球".encode("gbk"), {}),
    "escaped GBK": (FORM, b"words=%D4%C2%C7%F2", {}),
    "an escape that is none": (FORM, b"words=%zz", {}),
    "an escape cut short": (FORM, b"words=%4", {}),
    "an escape of 16 bits": (FORM, b"words=%u6708", {}),
    "a non-character": (FORM, b"words=%EF%BF%BF", {}),
    "UTF-16": (f"{FORM}; charset=utf-16", "words=a".encode("utf-16"), {}),
    "a charset that is none": (f"{FORM}; charset=klingon", b"words=a", {}),
    # too much
    "thousands of fields": (FORM, b"&".join(b"f%d=1" % number for number in range(5_000)), {}),
    "thousands of the same field": (FORM, b"&".join([b"chosen=a"] * 5_000), {}),
    "nothing but separators": (FORM, b"&" * BRACKETS, {}),
    "600,000 characters": (FORM, b"words=" + b"a" * 600_000, {}),
    "more than a megabyte": (FORM, b"words=" + b"a" * 1_100_000, {}),
    "a name of 100,000 brackets": (FORM, b"[" * BRACKETS + b"=1", {}),
    "two values where one belongs": (
        FORM,
        b"state=pending&state=held&name=a&name=b&old=a&old=b&after=a&after=b&words=a&words=b",
        {},
    ),
    # parts
    "a file as a text field": (MULTI, part("words", b"x", head='; filename="a.txt"') + END, {}),
    "a file beside": (MULTI, part("words", b"x") + part("f", b"\0", head='; filename="a"') + END, {}),
    "a NUL in a part": (MULTI, part("words", b"a\0b") + END, {}),
    "a part that is no UTF-8": (MULTI, part("words", b"\xff\xfe") + END, {}),
    "parts without a boundary": ("multipart/form-data", part("words", b"x") + END, {}),
    "parts of another boundary": ("multipart/form-data; boundary=y", part("words", b"x") + END, {}),
    "parts of a huge boundary": (f"multipart/form-data; boundary={'y' * 5_000}", b"x", {}),
    "parts without an end": (MULTI, part("words", b"x"), {}),
    "parts without heads": (MULTI, b"--x\r\n\r\n\r\n--x--\r\n", {}),
    "parts without names": (MULTI, b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n", {}),
    "parts that are no parts": (MULTI, b"words=approve", {}),
    "a thousand parts": (MULTI, b"".join(part(f"f{number}", b"1") for number in range(1_001)) + END, {}),
    "mixed parts": ("multipart/mixed; boundary=x", part("words", b"x") + END, {}),
    # wrapped
    "gzip": (FORM, gzip.compress(b"words=a"), {"Content-Encoding": "gzip"}),
    "gzip that is none": (FORM, b"words=a", {"Content-Encoding": "gzip"}),
    "brotli": (FORM, b"\x0b\x02\x80words=a\x03", {"Content-Encoding": "br"}),
}
QUERIES: Mapping[str, bytes] = {
    "a NUL": b"q=%00&page=%00&lang=%00&type=%00&state=%00",
    "a NUL in a name": b"%00=1",
    "half a surrogate pair": b"q=%ED%A0%80&unit=%ED%A0%80&topic=%ED%A0%80&name=%ED%A0%80",
    "bytes that are no UTF-8": b"q=\xff\xfe",
    "escaped bytes that are no UTF-8": b"q=%FF%FE&name=%FF",
    "an overlong slash": b"q=%C0%AF",
    "GBK": "q=月球".encode("gbk"),
    "an escape that is none": b"q=%zz",
    "an escape cut short": b"q=100%",
    "control characters": b"q=%01%02%1B&name=%7F",
    "a long value": b"q=" + b"a" * 8_000,
    "brackets": b"q=" + b"(" * 8_000,
    "brackets in names": b"[" * 4_000 + b"=1",
    "engine syntax": b"q=%22%20AND%20title:(%20OR%20*%5E9%20~%20%5C&order=newest",
    "huge numbers": b"page=" + b"9" * 5_000 + b"&limit=99999999999999999999",
    "numbers below nothing": b"page=-1&limit=-1&offset=-1",
    "digits of another script": "page=٣&since=२०२६-०९-१७".encode(),
    "numbers that are none": b"page=NaN&limit=1e400&since=0x10",
    "days that are none": b"since=2026-02-31&until=9999-12-31",
    "days of another age": b"since=0000-00-00&until=99999-01-01",
    "thousands of values": b"&".join(b"topic=t%d" % number for number in range(900)),
    "the same many times": b"q=a&" * 900,
    "unknown words": b"kind=x&order=x&state=x&severity=x&status=x&lang=x&type=x",
    "empty names": b"=&=&==&&;;",
    "arrays": b"q[]=1&topic[0][a]=2&unit=%5B%5D",
    "a place to go back to": b"next=//evil.example/&back=%5C%5Cevil.example&next=/%0D%0ASet-Cookie:a=b",
    "emoji and joiners": "q=👩‍🔬​⁠﻿".encode(),
    "right to left": "q=‮abc‬".encode(),
}
HEADS: tuple[tuple[str, str], ...] = (
    ("Host", "a b"),
    ("Host", "["),
    ("Host", "月.example"),
    ("Host", "a.example:99999999"),
    ("Cookie", "session=\xff; lang=\x01; type=\xff; device=W10.x"),
    ("Cookie", f"session={'a' * 8000}"),
    ("Accept-Language", "\xff" * 100),
    ("If-None-Match", '"' * 1000),
    ("If-Modified-Since", "99999999999"),
    ("Range", "bytes=9999999999999999999999-"),
    ("Referer", "http://["),
    ("User-Agent", "\x01\xff" * 500),
    ("Content-Length", "99"),
)
