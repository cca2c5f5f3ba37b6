"""Line 15 and queries: odd bodies on every POST, odd arguments on every GET: never a 500, never what is not public."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

import requests

from config.settings import load_settings
from tests.attack.deployment import EDITOR, Deployment, site_channel
from tests.attack.hostile_site import article, hostile_site
from tests.attack.tries import Try, report
from tests.attack.visitor import TIMEOUT_SECONDS, Visitor
from web.app.factory import create_app

SECRET = "尚未公开的秘密词"
FORM = "application/x-www-form-urlencoded"
EDGE = "xBOUNDARYx"
NAMES = ("why", "words", "name", "move", "chosen")
ODD_SIGN = "words={0}&name={0}&password={0}&why={0}&move=reject&version=1&state=pending"


def attack(folder: Path) -> Iterator[Try]:
    """Everything is sent by a signed-in editor with a right token, so that it reaches the views."""
    with hostile_site() as site:
        deployment = Deployment(folder, private_hosts=json.dumps([site.host]))
        deployment.add_editors()
        site.page("/a.html", article(SECRET))
        site.listing("/list.html", {"/a.html": SECRET})
        deployment.whitelist([site_channel("odd", site.host)])
        deployment.crawl()
    (item,) = deployment.rows("SELECT id FROM items")[0]
    with deployment.serving() as address:
        editor, stranger = Visitor(address), Visitor(address)
        editor.sign_in(EDITOR)
        posts, gets = _routes(folder, item)
        for path in gets:  # first: one of the forms below is whole, and approves the piece
            yield from _get_all(stranger, path)
        for path in posts:
            yield from _post_all(editor, path)


def _routes(folder: Path, item: str) -> tuple[list[str], list[str]]:
    """Return the paths of the site's own map, with a known item in place of arguments."""
    arguments = {"item": item, "channel": "odd", "unit": "unit-odd", "filename": "site.css"}
    settings = load_settings().model_copy(update={"data_folder": folder / "map"})
    app = create_app(settings)
    adapter = app.url_map.bind("127.0.0.1")
    posts, gets = [], []
    for rule in app.url_map.iter_rules():
        path = adapter.build(rule.endpoint, {name: arguments.get(name, "x") for name in rule.arguments})
        posts += [path] if "POST" in (rule.methods or ()) and not path.endswith("/sign-out") else []
        gets += [path] if "GET" in (rule.methods or ()) and not path.startswith(("/review", "/unit", "/static")) else []
    return posts, gets


def _post_all(editor: Visitor, path: str) -> Iterator[Try]:
    page = editor.get("/review/whitelist")
    field = page.document.find("input", attrs={"name": "csrf_token"})
    token = str(field["value"]) if field is not None else ""
    for what, (kind, body) in bodies(token).items():
        headers = {"Content-Type": kind, "Referer": editor.site} if kind else {"Referer": editor.site}
        answer = editor.session.post(
            editor.site + path, data=body, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False
        )
        saw = "" if answer.status_code < 500 or answer.status_code == 503 else f"answer {answer.status_code}"
        yield Try(part="15", kind="odd bodies", what=f"{path}: {what}", held=not saw, saw=saw)


def bodies(token: str) -> Mapping[str, tuple[str, bytes]]:
    """Return (content type, body) of each odd body by what is odd about it; most carry a right token."""
    lead = f"csrf_token={quote(token)}&"
    known = "state=pending&move=approve&version=1&before=approved&after=suspended&name=x&password=y&old=y&new=z"

    def form(more: str) -> tuple[str, bytes]:
        return FORM, (lead + more).encode("utf-8", "surrogatepass")

    def parts(more: bytes, *, kind: str = f"multipart/form-data; boundary={EDGE}") -> tuple[str, bytes]:
        first = f'--{EDGE}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'.encode()
        return kind, first + more + f"--{EDGE}--\r\n".encode()

    def part(name: str, value: bytes, *, more: str = "") -> bytes:
        head = f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
        return head.encode() + value + b"\r\n"

    file = '; filename="x.bin"'
    return {
        "nothing": ("", b""),
        "an empty form": form(""),
        "JSON": ("application/json", json.dumps({"csrf_token": token, "move": "approve"}).encode()),
        "a list as JSON": ("application/json", b"[1, 2, 3]"),
        "100,000 brackets": ("application/json", b"[" * 100_000),
        "100,000 brackets as a form": form("why=" + "%5B" * 100_000),
        "JSON called a form": (FORM, b'{"a": 1}'),
        "text": ("text/plain", b"move=approve"),
        "XML": ("application/xml", b"<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>"),
        "a type of no sense": ("a/b/c;;;=", b"x"),
        "a file as version": parts(part("version", b"1", more=file) + part("move", b"approve")),
        "a file as every field": parts(b"".join(part(name, b"x", more=file) for name in NAMES)),
        "a file as the token": (
            f"multipart/form-data; boundary={EDGE}",
            part("csrf_token", token.encode(), more=file) + f"--{EDGE}--".encode(),
        ),
        "multipart without a boundary": parts(b"", kind="multipart/form-data"),
        "multipart with an empty boundary": parts(b"", kind="multipart/form-data; boundary="),
        "multipart with a boundary of 9,000": parts(b"", kind="multipart/form-data; boundary=" + "b" * 9000),
        "multipart that never ends": (f"multipart/form-data; boundary={EDGE}", part("move", b"approve")),
        "multipart with odd charsets": parts(part("words", b"\xff\xfe", more='; filename*=utf-9\'\'x%ff')),
        "2,000 parts": parts(part("x", b"y") * 2000),
        "5,000 fields": form("&".join(f"f{n}=1" for n in range(5000))),
        "5,000 chosen": form("move=approve&" + "&".join(f"chosen=x{n}@1@pending" for n in range(5000))),
        "every field twice": form(f"{known}&{known}"),
        "NUL": form("words=%00&why=%00&name=%00&password=%00&move=approve%00&version=1&state=pending"),
        "NUL chosen": form("move=reject&words=x&chosen=%00@1@pending&chosen=a@%00@pending"),
        "bytes that are no UTF-8": form(ODD_SIGN.format("%ff%fe")),
        "lone surrogates": form(ODD_SIGN.format("%ed%a0%80") + "&licence=%ed%a0%80"),
        "raw surrogates": form(ODD_SIGN.format("\ud800")),
        "broken escapes": form("words=%&name=%z1&why=%u1234&move=%%%&version=%1"),
        "a version below one": form("version=-1&state=pending&move=approve"),
        "a version of 400 digits": form(f"version={'9' * 400}&state=pending&move=approve"),
        "a version of 5,000 digits": form(f"version={'9' * 5000}&state=pending&move=approve"),
        "a version in other digits": form("version=١&state=pending&move=approve"),
        "a version that is a power": form("version=1²&state=pending&move=approve&chosen=x@²@pending"),
        "a version beyond 64 bits": form("version=99999999999999999999&state=pending&move=approve"),
        "a move nobody knows": form("version=1&state=pending&move=explode"),
        "the collector's move": form("version=1&state=pending&move=edit"),
        "a state nobody knows": form("version=1&state=x&move=approve&after=x&before=x"),
        "chosen without a version": form("move=approve&chosen=x&chosen=@&chosen=@@&chosen=x@&chosen=@1@pending"),
        "a version of 64 bits chosen": form("move=approve&chosen=x@99999999999999999999@pending"),
        "words of 100,000": form("words=" + "a" * 100_000 + "&why=" + "a" * 100_000),
        "a way back elsewhere": form("back=//b.example&next=/\\b.example&move=approve"),
        "a way back that is none": form("back=http://[&next=http://[&name=x&password=y"),
        "a way back with a line break": form("back=/x%0d%0aX: y&next=/x%0d%0aX: y&name=x&password=y"),
        "right to left": form("words=%e2%80%ae%e2%80%8b&why=%e2%80%8b&move=reject&version=1&state=pending"),
        "arrays": form("move[]=approve&version[0]=1&chosen[a]=b&name[]=x&password[]=y"),
        "more than is taken": form("words=" + "a" * 1_200_000),
    }  # fmt: skip


ODD = {
    "SQL": "' OR 1=1 --",
    "SQL with a comment": "x'/**/UNION/**/SELECT/**/password_hash/**/FROM/**/users--",
    "engine syntax": 'title:* OR text:[* TO *] AND NOT (x"',
    "a filter": 'x" OR lead = true OR item EXISTS',
    "a regular expression": "(a+)+$" * 30,
    "wildcards": "*?%_" * 50,
    "quotes": "\"'“”‘’`" * 40,
    "NUL": "\x00",
    "zero width": "\u200b\u200d\ufeff",
    "right to left": "\u202e\u2066",
    "a surrogate": "\ud83d",
    "combining": "e" + "\u0301" * 2000,
    "10,000 words": "词 " * 10_000,
    "one word of 30,000": "a" * 30_000,
    "signs": "。，、；：？！…—·「」",
    "a template": "{{7*7}}{% for x in y %}${7*7}",
    "a path": "../../../../etc/passwd\x00",
    "a format": "%s%n%d{0}{x.__class__}",
    "markup": "<script>window.hit=1</script>",
    "brackets": "[" * 5000,
    "a number": "9" * 400,
    "a day that is none": "2026-02-31",
    "negative": "-1",
}
ARGUMENTS = (
    "q",
    "page",
    "topic",
    "audience",
    "district",
    "unit",
    "kind",
    "since",
    "until",
    "order",
    "name",
    "lang",
    "type",
)


def _get_all(stranger: Visitor, path: str) -> Iterator[Try]:
    for what, value in {**ODD, "the piece itself": SECRET}.items():
        raw = urlencode({name: value for name in ARGUMENTS}, errors="surrogatepass")
        only = urlencode({"q": value, "name": value}, errors="surrogatepass")
        for query in (raw, only):
            try:
                answer = stranger.session.get(
                    f"{stranger.site}{path}?{query}", timeout=TIMEOUT_SECONDS, allow_redirects=False
                )
            except requests.RequestException as error:
                yield Try(kind="odd queries", what=f"{path}: {what}", held=False, saw=str(error))
                continue
            saw = f"answer {answer.status_code}" if answer.status_code in (500, 502) else ""
            if what != "the piece itself" and SECRET in answer.text:
                saw = "shows what was not approved"
            yield Try(kind="odd queries", what=f"{path}: {what}", held=not saw, saw=saw)


if __name__ == "__main__":
    report(attack)
