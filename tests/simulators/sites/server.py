"""Units' sites on loopback, a path each, and a bridge's feeds; with all that goes wrong on sites."""

import hashlib
from collections.abc import Mapping

from tests.simulators.sites.lists import HTML, post_page, written
from tests.simulators.sites.pictures import picture
from tests.simulators.speaking import NOTHING, Reply, Request, moved, page
from tests.simulators.wechat.addresses import article_url
from tests.simulators.world.accounts import LIST_PATHS, Site, WechatAccount
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Post, Standing
from tests.simulators.world.world import World

ROBOTS = "User-agent: *\nAllow: /\n"
REST_SECONDS, DRIP_SECONDS = 3600, 0.05
PAGES = "/p/"
CHANGING_HOST = "changing.soak.example"  # a name whose addresses change (tests/simulators/names.py)


class Sites:
    """Answers from the world, whatever host is asked: a site is known by the first step of the path."""

    def __init__(self, world: World) -> None:
        self.world = world

    def answer(self, request: Request) -> Reply:
        """Return robots.txt, a picture, a list or a page."""
        if request.path == "/robots.txt":
            return Reply(body=ROBOTS.encode(), headers={"Content-Type": "text/plain"})
        if request.path.endswith(".jpg"):
            return Reply(body=picture(request.path), headers={"Content-Type": "image/jpeg"})
        id, _, rest = request.path.removeprefix("/").partition("/")
        site = self.world.account(id, Site)
        if site is None:
            return NOTHING
        if (trouble := self._trouble(site, request)) is not None:
            return trouble
        path = f"/{rest}"
        if path == LIST_PATHS[site.form]:
            return self._list(site, request)
        return self._page(site, path) if path.startswith(PAGES) else NOTHING

    def address(self, site: Site, post: Post) -> str:
        """Return where a post of a site, or of the account behind a bridge, stands."""
        behind = self.world.account(site.of, WechatAccount) if site.of else None
        return article_url(behind, post) if behind else f"{site.base}{PAGES}{post.id}.html"

    def _trouble(self, site: Site, request: Request) -> Reply | None:
        met = self.world.faults.met
        if met(Fault.TOO_MANY, site.id):
            return page("<p>429</p>", status=429, headers={"Retry-After": str(REST_SECONDS)})
        if met(Fault.BROKEN, site.id):
            return page("<p>500</p>", status=500)
        if met(Fault.LOOP, site.id):
            return moved(f"{request.path}?again={int(request.query.get('again', '0')) + 1}")
        if met(Fault.REBIND, site.id):
            return moved(f"http://{CHANGING_HOST}{request.path}")
        if met(Fault.ENDLESS, site.id):
            return Reply(body=b"<!DOCTYPE html><html><body>", is_endless=True)
        if met(Fault.SLOW, site.id):
            return Reply(body=b"<!DOCTYPE html>" + b" " * 100_000, drip_seconds=DRIP_SECONDS)
        return None

    def _list(self, site: Site, request: Request) -> Reply:
        faults = self.world.faults
        asked = request.headers.get("if-none-match")
        if asked and faults.met(Fault.LYING_304, site.id):
            return Reply(status=304, headers={"ETag": asked})
        frozen = faults.met(Fault.FROZEN, site.id)
        posts = self.world.posts(site.of or site.id, until=frozen.since if frozen else None)
        if faults.met(Fault.EMPTY_LIST, site.id):
            posts = []
        standing = [post for post in posts if post.standing is Standing.STANDS or frozen]
        media_type, text = written(site, standing, lambda post: self.address(site, post))
        return self._text(site, text, media_type, asked=asked)

    def _page(self, site: Site, path: str) -> Reply:
        post = self.world.post(site.id, path.removeprefix(PAGES).removesuffix(".html"))
        if post is None or post.standing is not Standing.STANDS:
            return NOTHING
        image = f"{site.scheme}://{site.host}/pictures/{post.id}.jpg" if post.draft.pictures else ""
        return self._text(site, post_page(site, post, image), HTML)

    def _text(self, site: Site, text: str, media_type: str, *, asked: str | None = None) -> Reply:
        """The text with an entity tag; in GB18030, and labelled as UTF-8, where that is its fault."""
        is_mislabelled = self.world.faults.met(Fault.GB18030, site.id) is not None
        body = text.encode("gb18030" if is_mislabelled else "utf-8")
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if asked == tag:
            return Reply(status=304, headers={"ETag": tag})
        return Reply(body=body, headers=_heads(media_type, tag))


def _heads(media_type: str, tag: str) -> Mapping[str, str]:
    return {"Content-Type": f"{media_type}; charset=utf-8", "ETag": tag}
