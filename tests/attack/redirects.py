"""Line 2: redirects off the registered hosts: tens of thousands before the middlewares, thousands over real HTTP."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings as ScrapySettings
from twisted.web.client import URI

from crawler.scrapy.hops import HOSTS, GuardedRedirect, GuardMiddleware
from tests.attack.deployment import Deployment, site_channel
from tests.attack.hostile_site import HostileSite, answer, article, hostile_site
from tests.attack.locations import locations
from tests.attack.tries import Try, report

SEED, JUDGED, CHANNELS, PAGES = 20260917, 60_000, 24, 90
OURS, OTHER = "www.unit.example", "other.example.com"
UNSENDABLE = frozenset(b"\r\n\0")  # these would end the header, not stand in it
KNOWN = [rb"http:/\OTHER/x", rb"hTTp:/\OTHER/x", rb"http:\/OTHER/x", b"///OTHER/x", b"//OTHER/x", rb"\\OTHER/x"]


def attack(folder: Path) -> Iterator[Try]:
    """What the middlewares would let out, then what a foreign site is really asked for."""
    yield _judged()
    with hostile_site() as own, hostile_site() as other:
        other.otherwise = answer(article("外站文章").encode())
        deployment = Deployment(folder, private_hosts=json.dumps([own.host, other.host]))
        deployment.add_editors()
        _build(own, other)
        deployment.whitelist([_channel(own, number) for number in range(CHANNELS)])
        deployment.crawl(collect_only=True)
        left = other.asked
        taken = [url for (url,) in deployment.rows("SELECT url FROM versions WHERE title LIKE ?", "外站%")]
        followed = sum("/bad/" in target for target in own.asked)
    kind, saw = "redirects over HTTP", f"the foreign site was asked for {left[:3]}" if left else ""
    yield Try(part="2", kind=kind, what="fuzzed Location", held=not left, saw=saw, count=followed, broke=len(left))
    kind, saw = "foreign articles taken in", str(taken[:3])
    yield Try(
        part="2",
        kind=kind,
        what="of the foreign site",
        held=not taken,
        saw=saw,
        count=max(len(taken), 1),
        broke=len(taken),
    )


def _judged() -> Try:
    """As Scrapy hands a redirect on: the redirect middleware, then the guard just before the request leaves."""
    redirect = GuardedRedirect(ScrapySettings({"REDIRECT_ENABLED": True, "REDIRECT_MAX_TIMES": 5}))
    redirect.crawler = SimpleNamespace(spider=None)  # type: ignore[assignment]  # all that it looks at
    base = f"http://{OURS}/list/1.html"
    left: list[bytes] = []
    for value in islice(locations(SEED, ours=OURS, other=OTHER), JUDGED):
        request = Request(base, meta={HOSTS: frozenset({OURS})})
        try:
            followed = redirect.process_response(request, Response(base, status=302, headers={"Location": value}))
            if isinstance(followed, Request):
                GuardMiddleware().process_request(followed)
                if _host_asked(followed) != OURS:
                    left.append(value)
        except (IgnoreRequest, ValueError):
            continue
    saw = f"{len(left)} would leave: {left[:3]}" if left else ""
    kind, what = "redirects before the middlewares", "fuzzed Location"
    return Try(part="2", kind=kind, what=what, held=not left, saw=saw, count=JUDGED, broke=len(left))


def _host_asked(request: Request) -> str:
    """The host that Twisted would connect to."""
    address = URI.fromBytes(request.url.encode("ascii"))  # type: ignore[no-untyped-call]  # Twisted's is untyped
    return str(address.host.decode("ascii").lower().rstrip("."))


def _build(own: HostileSite, other: HostileSite) -> None:
    """Lists whose every second article redirects away; the others are ordinary, so that no list ends early."""
    fuzzed = (
        value
        for value in locations(SEED, ours=own.host, other=other.host)
        if not UNSENDABLE & frozenset(value) and other.host.encode() in value
    )
    for channel in range(CHANNELS):
        known = [value.replace(b"OTHER", other.host.encode()) for value in KNOWN]
        links: dict[str, str] = {}
        for index, location in enumerate([*known, *islice(fuzzed, PAGES - len(known))]):
            bad, good = f"/{channel}/bad/{index}.html", f"/{channel}/good/{index}.html"
            own.redirect(bad, location)
            own.page(good, article(f"本站文章{channel}之{index}"))
            links |= {bad: f"转向文章{channel}之{index}", good: f"本站文章{channel}之{index}"}
        own.listing(f"/{channel}/list.html", links)


def _channel(own: HostileSite, number: int) -> dict[str, object]:
    return site_channel(f"r{number}", own.host, f"/{number}/list.html") | {"path": f"/{number}/"}


if __name__ == "__main__":
    report(attack)
