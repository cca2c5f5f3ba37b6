"""Line 2: redirects off the registered hosts, over real HTTP; what the foreign site is asked for is what counts."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from tests.attack.deployment import Deployment
from tests.attack.hostile_site import HostileSite, article, hostile_site
from tests.attack.tries import Try, report

SEED, CHANNELS, PAGES = 20260917, 24, 90
SCHEMES = [
    "http",
    "HTTP",
    "hTTp",
    "https",
    "",
    "//",
    "http:http",
    "view-source:http",
    " http",
    "\thttp",
    "h\ttp",
    "ht\r",
]
SLASHES = [
    "://",
    ":/\\",
    ":\\/",
    ":\\\\",
    ":/",
    ":",
    ":///",
    ":////",
    "//",
    "///",
    "/\\",
    "\\\\",
    "\\/",
    ":/\t/",
    ":\x00//",
]
BEFORE = ["", "{own}@", "{own}:80@", "a:b@", "{own}%40", "{own}\\@", "@", "%00@", "{own}#@", "{own}?@"]
AFTER = ["", ".", "%2e", "\\", "/", "//", "\\@{own}", "#@{own}", "?@{own}", ";@{own}", "\t", "%0d%0a", "%20", "\u3002"]
KNOWN = ["http:/\\{other}/x", "hTTp:/\\{other}/x", "http:\\/{other}/x", "///{other}/x", "//{other}/x", "\\\\{other}/x"]


def attack(folder: Path) -> Iterator[Try]:
    """Lists whose every second article redirects to a fuzzed address; the others are ordinary, so that no list ends."""
    fuzz = random.Random(SEED)  # noqa: S311 - the same inputs every time
    with hostile_site() as own, hostile_site() as other:
        deployment = Deployment(folder, private_hosts=json.dumps([own.host, other.host]))
        deployment.add_editors()
        sent = _build(own, other, fuzz)
        deployment.whitelist([_channel(own, number) for number in range(CHANNELS)])
        deployment.crawl(collect_only=True)
        followed = {target.rpartition("n=")[2] for target in other.asked if "n=" in target}
        taken = [url for (url,) in deployment.rows("SELECT url FROM versions WHERE title LIKE ?", "外站%")]
        asked = sum("/bad/" in target for target in own.asked)
    left = [location for number, location in sent.items() if number in followed]
    saw = f"left: {left[:3]}" if left else ""
    yield Try(
        part="2",
        kind="redirects off the host",
        what="fuzzed Location",
        held=not left,
        saw=saw,
        count=asked,
        broke=len(left),
    )
    yield Try(
        part="2",
        kind="foreign articles taken in",
        what="articles of the foreign site",
        held=not taken,
        saw=str(taken[:3]),
    )


def locations(fuzz: random.Random, *, own: str, other: str, count: int) -> list[str]:
    """Return so many values of `Location` that a careless reading takes for the own host, or for a path."""
    made = [known.format(own=own, other=other) for known in KNOWN]
    while len(made) < count:
        before, after = fuzz.choice(BEFORE), fuzz.choice(AFTER)
        pieces = [
            fuzz.choice(SCHEMES),
            fuzz.choice(SLASHES),
            before.format(own=own),
            other,
            after.format(own=own),
            "/x",
        ]
        made.append("".join(pieces))
    return made[:count]


def _build(own: HostileSite, other: HostileSite, fuzz: random.Random) -> dict[str, str]:
    """Set both sites up; the Location of every redirect by its number."""
    other.answers["/x"] = _foreign()
    sent: dict[str, str] = {}
    for channel in range(CHANNELS):
        links: dict[str, str] = {}
        made = locations(fuzz, own=own.host, other=other.host, count=PAGES)
        for index, location in enumerate(made):
            number = f"{channel}-{index}"
            sent[number] = location
            path = f"/{channel}/bad/{index}.html"
            own.redirect(path, f"{location}?n={number}".encode())
            own.page(f"/{channel}/good/{index}.html", article(f"本站文章{channel}之{index}"))
            links |= {
                path: f"转向文章{channel}之{index}",
                f"/{channel}/good/{index}.html": f"本站文章{channel}之{index}",
            }
        own.listing(f"/{channel}/list.html", links)
    return sent


def _foreign() -> bytes:
    body = article("外站文章").encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _channel(own: HostileSite, number: int) -> dict[str, object]:
    address = f"{own.origin}/{number}/list.html"
    options = {"list": "ul.news"}
    return {
        "id": f"r{number}",
        "name": f"转向网站{number}",
        "source": "site",
        "address": address,
        "hosts": [own.host],
        "path": f"/{number}/",
        "options": options,
    }


if __name__ == "__main__":
    report(attack)
