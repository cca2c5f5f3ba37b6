"""Lines 4 and 13: hostile answers of a site, each before a good article that has to be read all the same."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.attack.deployment import Deployment, free_port, site_channel
from tests.attack.hostile_site import answer, article, hostile_site
from tests.attack.tries import Try, report

GOOD = article("好文章").encode()
ZIPPED = gzip.compress(GOOD)


def attack(folder: Path) -> Iterator[Try]:
    """One channel a hostile answer; its list names the bad page first, then the good one, three times over."""
    with hostile_site() as site:
        closed = f"127.0.0.1:{free_port()}"
        deployment = Deployment(
            folder, private_hosts=json.dumps([site.host, closed]), fetch_seconds="5", page_bytes=str(1 << 20)
        )
        deployment.add_editors()
        bad = answers(closed)
        channels = []
        for number, whole in enumerate(bad.values()):
            links: dict[str, str] = {}
            for turn in range(3):
                site.answers[f"/{number}/bad{turn}.html"] = whole
                site.page(f"/{number}/good{turn}.html", article(f"好文章{number}之{turn}"))
                links |= {
                    f"/{number}/bad{turn}.html": "坏网页的标题",
                    f"/{number}/good{turn}.html": f"好文章{number}之{turn}",
                }
            site.listing(f"/{number}/list.html", links)
            channel = site_channel(f"h{number}", site.host, f"/{number}/list.html")
            channels.append(channel | {"hosts": [site.host, closed]})
        deployment.whitelist(channels)
        deployment.crawl(collect_only=True)
        held = set(deployment.titles())
    for number, what in enumerate(bad):
        missing = [turn for turn in range(3) if f"好文章{number}之{turn}" not in held]
        saw = f"{len(missing)} of 3 good articles behind it were not read" if missing else ""
        yield Try(part="4", kind="one bad answer in a channel", what=what, held=not missing, saw=saw)


def answers(closed: str) -> Mapping[str, bytes]:
    """Return whole answers by what is wrong with them."""
    packed = "Content-Encoding: {}\r\n"
    redirect = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
    surrogate = article("孤立代理").replace(
        "<head>",
        '<head><script type="application/ld+json">{"@type":"NewsArticle","headline":"\\ud800月球\\udfff",'
        '"author":{"name":"\\udc00"},"datePublished":"2026-09-16"}</script>',
    )
    deep = "<div>" * 60_000 + "<p>深处的一句话。</p>"
    return {
        "gzip that is none": answer(b"no gzip at all", headers=packed.format("gzip")),
        "gzip cut in the middle": answer(ZIPPED[: len(ZIPPED) // 2], headers=packed.format("gzip")),
        "gzip with a wrong checksum": answer(ZIPPED[:-8] + b"\0" * 8, headers=packed.format("gzip")),
        "deflate that is none": answer(b"\xff\xfe\xfd" * 9, headers=packed.format("deflate")),
        "deflate cut in the middle": answer(zlib.compress(GOOD)[:60], headers=packed.format("deflate")),
        "brotli that is none": answer(b"\x8b\x01garbage" * 5, headers=packed.format("br")),
        "zstd that is none": answer(b"\x28\xb5\x2f\xfdgarbage", headers=packed.format("zstd")),
        "two encodings": answer(ZIPPED, headers=packed.format("gzip, gzip")),
        "an unknown encoding": answer(GOOD, headers=packed.format("rot13")),
        "a bomb of 1 GB": answer(gzip.compress(b"<p>" + b"a" * (1 << 28)), headers=packed.format("gzip")),
        "Location: http://[": redirect % b"http://[",
        "Location: http://[::1": redirect % b"http://[::1",
        "Location: http://a:b:c": redirect % b"http://a:b:c/",
        "Location of a port that is none": redirect % b"http://127.0.0.1:99999999/",
        "Location of bytes that are no text": redirect % b"http://\xff\xfe/\x80",
        "Location that is empty": redirect % b"",
        "Location of a label of 300 characters": redirect % (b"http://" + b"a" * 300 + b".example/"),
        "Location where nobody listens": redirect % f"http://{closed}/".encode(),
        "Location to itself": redirect % b"?again",
        "lone surrogates in JSON-LD": answer(surrogate.encode("utf-8", "surrogatepass")),
        "lone surrogates as references": answer(article("&#xD800;代理&#xDFFF;").encode()),
        "bytes of surrogates": answer(article("x\ud800y").encode("utf-8", "surrogatepass")),
        "JSON-LD of 20,000 brackets": answer(
            article("括号")
            .replace("<head>", '<head><script type="application/ld+json">' + "[" * 20_000 + "</script>")
            .encode()
        ),
        "60,000 elements deep": answer(article("深渊", more=deep).encode()),
        "null bytes": answer(b"\0" * 4000 + GOOD),
        "a charset that is none": answer(GOOD, kind="text/html; charset=\xff\xfe"),
        "a charset that decodes to code": answer(GOOD, kind="text/html; charset=rot_13"),
        "a charset that is a codec of bytes": answer(GOOD, kind="text/html; charset=hex"),
        "idna as charset": answer(GOOD, kind="text/html; charset=idna"),
        "no header at all": GOOD,
        "no answer at all": b"",
        "a status that is none": b"HTTP/1.1 abc OK\r\n\r\n",
        "status 999": answer(GOOD, status="999 Odd"),
        "a negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
        "a length that is no number": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nabc",
        "less than was promised": b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n<p>short",
        "a chunk of no size": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
        "a header of 200 kB": answer(GOOD, headers="X-Long: " + "a" * 200_000 + "\r\n"),
        "5,000 headers": answer(GOOD, headers="".join(f"X-{n}: y\r\n" for n in range(5000))),
        "header lines that are none": answer(GOOD, headers="no colon here\r\n: no name\r\n"),
        "an entity bomb": answer(_entities().encode(), kind="application/xml"),
        "an empty page": answer(b""),
        "a page of white space": answer(b" \n\t" * 5000),
        "an image called a page": answer(b"\x89PNG\r\n\x1a\n" + b"\0" * 900),
        "a title of 300 kB": answer(article("长" * 100_000).encode()),
        "an address of 9,000 characters": answer(
            article("长链")
            .replace("<head>", f'<head><link rel=canonical href="http://a.example/{"a" * 9000}">')
            .encode()
        ),
        "a day that is none": answer(
            article("日期").replace("2026-09-16 09:00", "99999-99-99T99:99:99+99:99").encode()
        ),
    }


def _entities() -> str:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE x [<!ENTITY e0 "月球">{levels}]><x>&e11;</x>'


if __name__ == "__main__":
    report(attack)
