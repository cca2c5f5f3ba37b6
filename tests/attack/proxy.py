"""Lines 5 and 10: behind one proxy: who is a client, what is https, whose name addresses bear, who is locked out."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import requests

from tests.attack.deployment import EDITOR, Deployment
from tests.attack.tries import Try, report
from tests.attack.visitor import Page, Visitor

PUBLIC = "https://kexue.example.cn"
FORGED = [
    "evil.example",
    "evil.example:80",
    "kexue.example.cn.evil.example",
    "kexue.example.cn@evil.example",
    "EVIL.example",
]
CACHED = ["/feed.atom", "/api/items", "/search?q=x", "/", "/feed.atom?q=x", "/units", "/robots.txt"]
WRONG = 12


def attack(folder: Path) -> Iterator[Try]:
    """The site as its documentation puts it before the public: one proxy, which speaks https to everybody."""
    deployment = Deployment(folder, public_url=PUBLIC, trusted_proxies="1")
    deployment.add_editors()
    with deployment.serving() as address:
        yield from _forged_hosts(address)
        yield _secure(address)
        yield from _strangers(address)


def _forwarded(address: str, client: str, *, host: str = "kexue.example.cn") -> Visitor:
    """A browser at `client`, seen through the proxy."""
    forwarded = {"X-Forwarded-For": client, "X-Forwarded-Proto": "https", "Host": host}
    return Visitor(address, headers=forwarded | {"Referer": f"https://{host}/sign-in"})  # as browsers send it


def _forged_hosts(address: str) -> Iterator[Try]:
    for host in FORGED:
        for path in CACHED:
            for headers in ({"Host": host}, {"Host": "kexue.example.cn", "X-Forwarded-Host": host}):
                answer = requests.get(address + path, headers=headers, timeout=20, allow_redirects=False)
                seen = answer.text + str(dict(answer.headers))
                leaks = "evil.example" in seen.lower() and answer.status_code < 400
                saw = f"{answer.status_code} with the forged name in it" if leaks else ""
                yield Try(part="5", kind="forged Host", what=f"{path} as {headers}", held=not leaks, saw=saw)


def _secure(address: str) -> Try:
    answer = _forwarded(address, "198.51.100.7").get("/sign-in")
    feed = _forwarded(address, "198.51.100.7").get("/feed.atom").text
    cookie, missing = answer.headers.get("Set-Cookie", ""), []
    if "Secure" not in cookie:
        missing.append("no Secure cookie")
    if "Strict-Transport-Security" not in answer.headers:
        missing.append("no HSTS")
    if f"{PUBLIC}/" not in feed:
        missing.append("feed without the public address")
    return Try(part="5", kind="https is seen", what="cookie, HSTS, feed", held=not missing, saw=", ".join(missing))


def _strangers(address: str) -> Iterator[Try]:
    """A stranger guesses; then the editor signs in from elsewhere with the right password."""
    known = _forwarded(address, "198.51.100.2")
    is_in = _is_in(known.sign_in(EDITOR))
    yield Try(kind="signing in", what="before any attack", held=is_in)
    for chain in ("203.0.113.9", "1.1.1.1, 203.0.113.9", "198.51.100.2, 203.0.113.9"):
        stranger = _forwarded(address, chain)
        for _ in range(WRONG):
            stranger.sign_in(EDITOR, "a wrong password")
        known.post(
            "/sign-out", known.get("/").fields(known.get("/").form("/sign-out") or known.get("/").document.new_tag("i"))
        )
        answer = known.sign_in(EDITOR)
        saw = "" if _is_in(answer) else f"answer {answer.status} at {urlsplit(answer.url).path}"
        yield Try(
            part="5", kind="lock-outs by a stranger", what=f"{WRONG} wrong passwords by {chain}", held=not saw, saw=saw
        )


def _is_in(page: Page) -> bool:
    return page.status == 200 and page.form("/sign-out") is not None


if __name__ == "__main__":
    report(attack)
