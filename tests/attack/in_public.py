"""Lines 6 and 7: an original behind its repost, and pieces that the public feed never shows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.attack.deployment import EDITOR, Deployment, site_channel
from tests.attack.hostile_site import HostileSite, article, hostile_site
from tests.attack.tries import Try, report
from tests.attack.visitor import Visitor

PIECES = 26  # more than the 20 that the first version's feed held
SUBJECTS = ["月球背面的土壤", "湿地里的候鸟", "地震预警的十秒", "青铜器上的锈"]


def attack(folder: Path) -> Iterator[Try]:
    """Approve reposts before originals, and old pieces after new ones."""
    with hostile_site() as site:
        deployment = Deployment(folder, private_hosts=json.dumps([site.host]))
        deployment.add_editors()
        channels = [_originals(site), _reposts(site), _dated(site)]
        deployment.whitelist(channels)
        deployment.crawl()
        with deployment.serving() as address:
            editor, reader = Visitor(address), Visitor(address)
            editor.sign_in(EDITOR)
            items = deployment.titles()
            yield from _found(deployment, editor, reader, items)
            yield from _fed(deployment, editor, reader, items)


def _found(deployment: Deployment, editor: Visitor, reader: Visitor, items: dict[str, str]) -> Iterator[Try]:
    for subject in SUBJECTS:
        original, repost = items[f"{subject}原来如此"], items[f"转载好文推荐：说说{subject}"]
        editor.decide(repost, "approve")
        editor.decide(original, "approve")
        # Brings decisions to the index; older commits, whose requests did that themselves, have no such command.
        deployment.carnival("work", "--once")
        page = reader.get(f"/search?q={subject}原来如此").text
        saw = "" if f"/items/{original}" in page else "its own title does not find it"
        yield Try(part="6", kind="originals behind reposts", what=subject, held=not saw, saw=saw)


def _fed(deployment: Deployment, editor: Visitor, reader: Visitor, items: dict[str, str]) -> Iterator[Try]:
    """The newest by the source's date first; then one that the source published before all of them."""
    dated = sorted((title for title in items if title.startswith("按日期")), reverse=True)
    for title in dated:
        editor.decide(items[title], "approve")
    late = items[dated[-1]]
    feed = _whole_feed(reader)
    saw = "" if late in feed else "the piece approved last stands on no page of the feed"
    yield Try(part="7", kind="pieces the feed loses", what="approved late", held=not saw, saw=saw)
    missing = [title for title in dated if items[title] not in feed]
    saw = f"{len(missing)} of {len(dated)} are on no page" if missing else ""
    yield Try(part="7", kind="pieces the feed loses", what="a day's decisions", held=not saw, saw=saw)


def _whole_feed(reader: Visitor) -> str:
    """The feed and the pages that it names as next (RFC 5005), of at most 20."""
    path, pages = "/feed.atom", []
    for _ in range(20):
        pages.append(reader.get(path).text)
        following = re.search(r'<link[^>]*rel="next"[^>]*href="[^"]*?(/feed\.atom[^"]*)"', pages[-1])
        if following is None:
            break
        path = following[1].replace("&amp;", "&")
    return "".join(pages)


def _originals(site: HostileSite) -> dict[str, object]:
    links = {}
    for number, subject in enumerate(SUBJECTS):
        site.page(f"/first/{number}.html", _page(subject, f"{subject}原来如此", credit=""))
        links[f"/first/{number}.html"] = f"{subject}原来如此"
    return _channel(site, "first", links)


def _reposts(site: HostileSite) -> dict[str, object]:
    links = {}
    for number, subject in enumerate(SUBJECTS):
        title = f"转载好文推荐：说说{subject}"
        site.page(f"/second/{number}.html", _page(subject, title, credit="<p>来源：攻击单位first</p>"))
        links[f"/second/{number}.html"] = title
    return _channel(site, "second", links)


def _dated(site: HostileSite) -> dict[str, object]:
    links = {}
    for number in range(PIECES):
        title = f"按日期{number:02d}排的第{chr(0x4E00 + 37 * number)}篇"
        site.page(f"/third/{number}.html", article(title).replace("2026-09-16", f"2026-08-{number + 1:02d}"))
        links[f"/third/{number}.html"] = title
    return _channel(site, "third", links)


def _page(subject: str, title: str, *, credit: str) -> str:
    body = article(subject).replace(f"<h1>{subject}</h1>", f"<h1>{title}</h1>").replace("<p>最后", f"{credit}<p>最后")
    return body.replace(f"<title>{subject}</title>", f"<title>{title}</title>")


def _channel(site: HostileSite, name: str, links: dict[str, str]) -> dict[str, object]:
    site.listing(f"/{name}/list.html", links)
    return site_channel(name, site.host, f"/{name}/list.html")


if __name__ == "__main__":
    report(attack)
