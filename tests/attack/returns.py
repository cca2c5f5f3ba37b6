"""Pages to which platforms lead people back: states that are missing, foreign, reused, expired; codes; ways elsewhere.

One row of WAYS a platform: a further one is attacked by being named there.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit

import requests

from indexer.base.ids import ChannelId
from indexer.people.accounts import SessionId
from tests.attack.connected import AUTHORISES, COMPONENT_SECRET, OWN, POSTS, WEIBO_SECRET, Connected
from tests.attack.deployment import PASSWORD
from tests.attack.tries import Try, report
from tests.attack.visitor import Visitor
from web.app import states
from web.app.factory import create_app

KIND, TIMEOUT_SECONDS, CODE = "return pages", 60, "code-that-somebody-brought-back"
ELSEWHERE = "https://evil.example/"
HOSTS = count(1)


@dataclass(frozen=True, kw_only=True)
class Way:
    """A platform's way back. channel: who leaves for it. code: its parameter. begin: leaves, and gives the state."""

    name: str
    path: str
    channel: str
    code: str
    begin: Callable[[Connected, Visitor, str], str]


def _to_wechat(deployment: Connected, person: Visitor, channel: str) -> str:
    page = f"/unit/channels/{channel}/connect"
    person.send(person.get(page), "/connect/component")
    deployment.make_ready()
    there = person.get(page).document.select_one('a[href*="componentloginpage"]')
    if there is None:
        raise RuntimeError("no way to WeChat: what follows would show nothing")
    back = parse_qs(urlsplit(str(there["href"])).query)["redirect_uri"][0]
    return parse_qs(urlsplit(back).query)["state"][0]


def _to_weibo(_deployment: Connected, person: Visitor, channel: str) -> str:
    answer = _raw(person, f"/unit/channels/{channel}/connect/weibo")
    return parse_qs(urlsplit(answer.headers["Location"]).query)["state"][0]


class Site(NamedTuple):
    """The deployment, and the way that is attacked."""

    deployment: Connected
    way: Way


WAYS = (
    Way(
        name="component",
        path="/unit/connect/component/return",
        channel=AUTHORISES,
        code="auth_code",
        begin=_to_wechat,
    ),
    Way(name="weibo", path="/unit/connect/weibo/return", channel=POSTS, code="code", begin=_to_weibo),
)


def attack(folder: Path) -> Iterator[Try]:
    """Each way, on one deployment."""
    deployment = Connected(folder / "site")
    with deployment.serving() as address:
        for way in WAYS:
            yield from _way(deployment, address, way)
    log = (folder / "site" / "web.log").read_text(encoding="utf-8", errors="replace")
    held = "Traceback" not in log and CODE not in log
    yield Try(kind=KIND, what="the log of the site", held=held, saw="" if held else log[-200:])
    files = [file for file in deployment.folder.rglob("*") if file.is_file()]
    told = [
        file.name
        for file in files
        if any(secret.encode() in file.read_bytes() for secret in (CODE, COMPONENT_SECRET, WEIBO_SECRET))
    ]
    yield Try(kind=KIND, what=f"a code or secret in {len(files)} files", held=not told, saw=", ".join(told))


def _way(deployment: Connected, address: str, way: Way) -> Iterator[Try]:
    person, other = (_signed_in(address, f"person-of-{name}") for name in (way.channel, OWN))
    state = way.begin(deployment, person, way.channel)
    site = Site(deployment, way)
    foreign = next(one for one in WAYS if one is not way)
    theirs = foreign.begin(deployment, _signed_in(address, f"person-of-{foreign.channel}"), foreign.channel)
    for what, asked in {**_states(state, theirs), **_minted(deployment, way)}.items():
        yield _refused(what, person, asked, site)
    yield _refused("another unit's person", other, {"state": state}, site)
    yield _refused(
        "another session of the person", _signed_in(address, f"person-of-{way.channel}"), {"state": state}, site
    )
    yield _refused("a stranger", Visitor(address), {"state": state}, site)
    for what, code in _codes().items():
        yield _refused(what, person, {"state": way.begin(deployment, person, way.channel)}, site, code=code)
    yield from _methods(person, state, site)
    yield from _elsewhere(person, site)
    yield from _once(person, state, site)


def _states(state: str, theirs: str) -> Mapping[str, Mapping[str, str]]:
    """States that nobody was given, by what is wrong with them."""
    head, _, rest = state.partition(".")
    shorter = {f"without its last {number} signs": {"state": state[:-number]} for number in (1, 5, 20)}
    altered = {
        f"with another sign at {place}": {
            "state": f"{state[:place]}{'A' if state[place] != 'A' else 'Q'}{state[place + 1 :]}"
        }
        for place in range(0, len(state), 11)
    }
    return {
        "no state": {},
        "an empty state": {"state": ""},
        "a state of nobody": {"state": "x.y.z"},
        "a state without its signature": {"state": head},
        "a signature without its state": {"state": f".{rest}"},
        "another platform's state": {"state": theirs},
        "an address as state": {"state": ELSEWHERE},
        "SQL as state": {"state": "' OR 1=1 --"},
        "a state of 100,000 signs": {"state": "x" * 9000},
        "a pickle as state": {"state": "gASVKAAAAAAAAACMBXBvc2l4"},
        **shorter,
        **altered,
    }


def _minted(deployment: Connected, way: Way) -> Mapping[str, Mapping[str, str]]:
    """States signed by our own key, as of an hour ago or for others: whoever has an old one has it from us."""
    with deployment.records() as database:
        app = create_app(deployment.settings, database=database)
        (session,) = deployment.rows(
            "SELECT s.id FROM sessions s JOIN users u ON u.id = s.user WHERE u.name = ? ORDER BY s.id",
            f"person-of-{way.channel}",
        )[:1]
        own, now = SessionId(session[0]), datetime.now(UTC)

        def minted(channel: str, session: SessionId, ago: timedelta) -> Mapping[str, str]:
            with app.app_context():
                return {"state": states.sign(ChannelId(channel), way.name, session, now=now - ago)}

        return {
            "a state of 16 minutes ago": minted(way.channel, own, timedelta(minutes=16)),
            "a state of tomorrow": minted(way.channel, own, timedelta(days=-1)),
            "a state of another session": minted(way.channel, SessionId("another"), timedelta(0)),
            "a state for another unit's channel": minted(OWN, own, timedelta(0)),
            "a state for a channel of nobody": minted("nobody", own, timedelta(0)),
        }


def _codes() -> Mapping[str, str]:
    return {
        "no code": "",
        "a code of blanks": "   ",
        "a code with a line break": "code\r\nSet-Cookie: x=1",
        "a code with a NUL": "code\0",
        "a code of Chinese": "授权码",
        "a code of 9,000 signs": "x" * 9000,
    }


def _refused(what: str, person: Visitor, asked: Mapping[str, str], site: Site, *, code: str = CODE) -> Try:
    """Nothing may be filed, and nobody led away."""
    deployment, way = site
    before = deployment.codes()
    answer = _raw(person, f"{way.path}?{urlencode({way.code: code, **asked})}")
    filed, told = deployment.codes() - before, _leads_away(person, answer)
    held = filed == 0 and not told
    saw = "" if held else f"answer {answer.status_code}, {filed} filed, {told}"
    return Try(kind=f"{KIND}: {way.name}", what=what, held=held, saw=saw)


def _methods(person: Visitor, state: str, site: Site) -> Iterator[Try]:
    """A form of another site, which brings the cookies along, changes nothing."""
    deployment, way = site
    for method in ("POST", "PUT", "DELETE"):
        before, url = deployment.codes(), f"{person.site}{way.path}?{urlencode({'state': state, way.code: CODE})}"
        answer = person.session.request(method, url, timeout=TIMEOUT_SECONDS, allow_redirects=False)
        held = answer.status_code in (400, 405) and deployment.codes() == before
        yield Try(kind=f"{KIND}: {way.name}", what=method, held=held, saw=f"answer {answer.status_code}")


def _elsewhere(person: Visitor, site: Site) -> Iterator[Try]:
    """A right return with something that could lead the person away."""
    deployment, way = site
    for what, more in {
        "next": {"next": ELSEWHERE},
        "redirect_uri": {"redirect_uri": ELSEWHERE},
        "an address without a scheme": {"next": "//evil.example/", "url": "//evil.example/"},
        "a back slash": {"next": "/\\evil.example", "return_to": "\\\\evil.example"},
        "an error to be shown": {"error": "<script>alert(1)</script>", "error_description": ELSEWHERE},
    }.items():
        state = way.begin(deployment, person, way.channel)
        asked = {way.code: CODE, "state": state, **more}
        answer = _raw(person, f"{way.path}?{urlencode(asked)}")
        page = person.get(f"/unit/channels/{way.channel}/connect")
        told = _leads_away(person, answer) or ("a script" if "<script>alert" in page.text else "")
        yield Try(kind=f"{KIND}: {way.name}", what=f"a right return with {what}", held=not told, saw=told)
    for path in (f"{way.path}/{quote(ELSEWHERE, safe='')}", f"//evil.example{way.path}", f"{way.path}%0d%0aX:y"):
        answer = _raw(person, path)
        held = answer.status_code in (308, 400, 404, 405) and not _leads_away(person, answer)
        yield Try(
            kind=f"{KIND}: {way.name}", what=f"the path {path[:60]}", held=held, saw=f"answer {answer.status_code}"
        )


def _once(person: Visitor, state: str, site: Site) -> Iterator[Try]:
    """The return that is right, and the same again."""
    deployment, way = site
    before, asked = deployment.codes(), urlencode({way.code: CODE, "state": state})
    answers = [_raw(person, f"{way.path}?{asked}") for _ in range(5)]
    filed = deployment.codes() - before
    if not filed:
        raise RuntimeError(f"a right return filed nothing ({answers[0].status_code}): nothing here was shown")
    held = filed == 1 and not any(_leads_away(person, answer) for answer in answers)
    yield Try(kind=f"{KIND}: {way.name}", what="a right return five times", held=held, saw=f"{filed} filed")


def _signed_in(address: str, name: str) -> Visitor:
    visitor = Visitor(address, headers={"X-Forwarded-For": f"203.0.113.{abs(hash(name)) % 200 + 1}"})
    visitor.sign_in(name, PASSWORD)
    return visitor


def _raw(person: Visitor, path: str) -> requests.Response:
    """What one address answers, a redirect too. Each comes from an address of its own: limits are tried elsewhere."""
    asked = next(HOSTS)
    heads = {"X-Forwarded-For": f"198.51.{asked // 250}.{asked % 250 + 1}"}
    url = person.site + path
    return person.session.get(url, headers=heads, timeout=TIMEOUT_SECONDS, allow_redirects=False)


def _leads_away(person: Visitor, answer: requests.Response) -> str:
    """Where the answer leads outside the site; empty where nowhere."""
    to = urljoin(person.site, answer.headers.get("Location", ""))
    if urlsplit(to).netloc != urlsplit(person.site).netloc:
        return f"leads to {to[:80]}"
    links = re.findall(r'(?:href|src|action)="(https?:)?//evil', answer.text)
    return "a link away" if links else "a head" if "Set-Cookie: x" in str(answer.headers) else ""


if __name__ == "__main__":
    report(attack)
