"""What is done to a payload: each mutation takes bytes and makes others of them, by the numbers of one generator."""

import json
import re
from collections.abc import Callable, Sequence
from random import Random

MOST_BYTES = 4 * 1024 * 1024  # a mutation that repeats stays below
TAG = re.compile(rb"<[^<>]{1,400}>")
ATTRIBUTE = re.compile(rb"""[\w:-]{1,30}=("[^"<>]{0,400}"|'[^'<>]{0,400}')""")
NUMBER = re.compile(rb"\d+")
ENCODINGS = ("gb18030", "big5", "utf-16", "utf-16-be", "utf-32", "shift_jis", "latin-1", "utf-7", "utf-8-sig")
LABELS = (b"gb2312", b"gbk", b"big5", b"utf-16", b"utf-7", b"x-nothing", b"hz", b"idna", b"rot13", b"undefined", b"")
VALUES = (
    b"http://[", b"//", b"javascript:alert(1)", b"http://a.example:99999999/", b"http://%00/", b"data:,x", b"&#0;",
    b"http://\xe4\xb8\xad\xe5\x9b\xbd/", b"0" * 5000, b"x" * 70_000, b"\xed\xa0\x80", b"-1", b"1e999", b"NaN", b"\x00",
    b"http://a.example/" + b"../" * 500, b"http://a.example/?" + b"a=1&" * 500, b"2026-02-30", b"9999-99-99T99:99:99Z",
    b"\xef\xbf\xbd", b"\xe2\x80\xae", b"mailto:", b"http://user:word@a.example/", b"32767", b"{}", b"\\", b"%",
)  # fmt: skip
NUMBERS = (
    b"0",
    b"-0",
    b"99",
    b"1" * 40,
    b"9" * 400,
    b"1e400",
    b"0x7f",
    b"\xef\xbc\x99",
    b"\xe2\x91\xa3",
    b"253402300800",
)
OPENED = (
    b"<div>", b"<b><p>", b"<table>", b"<ul><li>", b"<svg>", b"<a href=x>", b"<item>", b"<font>", b"[", b'{"a":',
    b"<select>", b"<urlset>", b"(", b"<i><table>", b"<!--", b"<![CDATA[", b"<math>", b"<template>", b"<blockquote>",
)  # fmt: skip
FLOODS = (
    b"&amp;", b"&lt;", b"&#x4e00;", b"&#99999999;", b"&", b"&#", b"&a;", b"&nbsp;", b"<", b">", b"'", b'"', b"=",
    b"\\u0061", b"\xe3\x80\x80", b" ", b"\n", b"\xe5\xb9\xb4", b"2026\xe5\xb9\xb4", b"/", b"-", b"12:", b"\xcc\x81",
    b"]]>",
)  # fmt: skip
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;">]>'
FOREIGN = b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;<!ENTITY f SYSTEM "file:///etc/hostname">]>'
JSON_VALUES = ("null", "true", "[]", "{}", '""', "0", "-1", "1e308", "[[]]", '{"a": {}}', '"\\ud800"', '"\\u0000"',
               "1" * 30, '["x"]', '"http://["', "NaN", "[null]")  # fmt: skip

Mutation = Callable[[Random, bytes, bytes], bytes]


def _times(random: Random) -> int:
    """How often something is said: mostly a few times, sometimes as often as an attack would."""
    return random.choices((2, 10, 300, 3000, 20_000), (30, 30, 30, 8, 2))[0]


def _place(random: Random, payload: bytes) -> int:
    return random.randint(0, len(payload))


def _span(random: Random, payload: bytes, most: int = 2000) -> tuple[int, int]:
    start = _place(random, payload)
    return start, min(len(payload), start + random.randint(1, most))


def _with(payload: bytes, start: int, end: int, put: bytes) -> bytes:
    return payload[:start] + put + payload[end:]


def flip(random: Random, payload: bytes, other: bytes) -> bytes:
    """Change single bits and bytes."""
    changed = bytearray(payload)
    for _ in range(random.choice((1, 3, 20, 200)) if changed else 0):
        place = random.randrange(len(changed))
        changed[place] = changed[place] ^ (1 << random.randrange(8)) if random.random() < 0.5 else random.randrange(256)
    return bytes(changed)


def truncate(random: Random, payload: bytes, other: bytes) -> bytes:
    """Leave the beginning, or the end."""
    place = _place(random, payload)
    return payload[:place] if random.random() < 0.7 else payload[place:]


def cut_out(random: Random, payload: bytes, other: bytes) -> bytes:
    """Leave a piece out."""
    start, end = _span(random, payload)
    return _with(payload, start, end, b"")


def duplicate(random: Random, payload: bytes, other: bytes) -> bytes:
    """Say a piece again and again."""
    start, end = _span(random, payload, random.choice((8, 200, 5000)))
    times = min(_times(random), 100_000 // max(1, end - start) + 1)
    return _with(payload, end, end, payload[start:end] * times)


def splice(random: Random, payload: bytes, other: bytes) -> bytes:
    """Go on with another payload, or put a piece of it in."""
    if random.random() < 0.5:
        return payload[: _place(random, payload)] + other[_place(random, other) :]
    start, end = _span(random, other, 5000)
    place = _place(random, payload)
    return _with(payload, place, place, other[start:end])


def shuffle_tags(random: Random, payload: bytes, other: bytes) -> bytes:
    """Put the tags of a stretch in another order; the texts between them stay."""
    found = list(TAG.finditer(payload))
    start = random.randrange(len(found)) if found else 0
    some = found[start : start + random.choice((2, 8, 60))]
    tags = random.sample([one[0] for one in some], len(some))
    pieces, last = [], 0
    for one, tag in zip(some, tags, strict=True):
        pieces += [payload[last : one.start()], tag]
        last = one.end()
    return b"".join(pieces) + payload[last:]


def shuffle_attributes(random: Random, payload: bytes, other: bytes) -> bytes:
    """Give attributes each other's values, or hostile ones."""
    found = list(ATTRIBUTE.finditer(payload))
    changed = payload
    for one in sorted(random.sample(found, min(len(found), 6)), key=lambda each: -each.start()):
        value = random.choice(found)[1] if random.random() < 0.5 else b'"' + random.choice(VALUES) + b'"'
        changed = _with(changed, *one.span(1), value)
    return changed


def lie_about_encoding(random: Random, payload: bytes, other: bytes) -> bytes:
    """Name an encoding that it is not in, or write it in another one, or both."""
    changed = payload
    if random.random() < 0.6:
        changed = re.sub(rb"(?i)(charset|encoding)(=[\"']?)[\w-]+", rb"\1\2" + random.choice(LABELS), changed, count=2)
    if random.random() < 0.6:
        changed = changed.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace")
    if random.random() < 0.2:
        changed = (
            random.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b\x08", b"\x00\x00\xfe\xff")) + changed
        )
    return changed


def nest(random: Random, payload: bytes, other: bytes) -> bytes:
    """Open something deep and close nothing."""
    place = _place(random, payload)
    return _with(payload, place, place, random.choice(OPENED) * _times(random))


def flood(random: Random, payload: bytes, other: bytes) -> bytes:
    """Write one sign thousands of times, or entities that stand for entities."""
    if random.random() < 0.2:
        start = payload.find(b"<", 5) if payload.startswith(b"<?xml") else 0
        return _with(payload, max(0, start), max(0, start), random.choice((ENTITIES, FOREIGN))) + b"<x>&d;&f;</x>"
    place = _place(random, payload)
    return _with(payload, place, place, random.choice(FLOODS) * _times(random))


def renumber(random: Random, payload: bytes, other: bytes) -> bytes:
    """Write other numbers: dates, sizes and escapes are made of them."""
    found = list(NUMBER.finditer(payload))
    changed = payload
    for one in sorted(random.sample(found, min(len(found), 8)), key=lambda each: -each.start()):
        changed = _with(changed, *one.span(), random.choice(NUMBERS))
    return changed


def put_value(random: Random, payload: bytes, other: bytes) -> bytes:
    """Write a hostile value over a piece."""
    start, end = _span(random, payload, 40)
    return _with(payload, start, end, random.choice(VALUES))


def change_json(random: Random, payload: bytes, other: bytes) -> bytes:
    """Of JSON, give a value another type; what is none has a byte changed."""
    try:
        data = json.loads(payload)
    except (ValueError, RecursionError):
        return flip(random, payload, other)
    for _ in range(random.choice((1, 2, 10))):
        inside = data
        while isinstance(inside, dict | list) and inside:
            key = random.choice(list(inside) if isinstance(inside, dict) else range(len(inside)))
            if not isinstance(inside[key], dict | list) or random.random() < 0.2:
                inside[key] = json.loads(random.choice(JSON_VALUES))
                break
            inside = inside[key]
    try:
        return json.dumps(data, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    except RecursionError:
        return flip(random, payload, other)


MUTATIONS: Sequence[Mutation] = (
    flip,
    truncate,
    cut_out,
    duplicate,
    splice,
    shuffle_tags,
    shuffle_attributes,
    lie_about_encoding,
    nest,
    flood,
    renumber,
    put_value,
    change_json,
)


def shortened(random: Random, payload: bytes, most: int) -> bytes:
    """Return the payload, of a longer one its beginning and a piece of the rest, `most` bytes together."""
    if len(payload) <= most:
        return payload
    start = random.randint(most // 2, len(payload) - most // 2)
    return payload[: most // 2] + payload[start : start + most // 2]


def mutated(random: Random, payload: bytes, other: bytes) -> bytes:
    """Return the payload after one to four mutations. other: a second payload, for what splices."""
    for _ in range(random.choice((1, 1, 2, 3, 4))):
        payload = random.choice(MUTATIONS)(random, payload, other)[:MOST_BYTES]
    return payload
