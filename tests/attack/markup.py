"""Line 9 and scripts: hostile HTML through the cleaner and through whole pages, judged by Chromium's own reading."""

import json
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from crawler.extract.clean import clean
from tests.attack.deployment import EDITOR, Deployment, site_channel
from tests.attack.hostile_site import HostileSite, article, hostile_site
from tests.attack.tries import Try, report
from tests.attack.visitor import Visitor

SEED, MIXTURES, PIECES_EACH, BASE = 20260917, 4000, 14, "http://a.example/news/1.html"
CHROMIUM = "chromium-headless-shell"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WAIT_MS = 15_000
HIT = "window.hit=1"
WHOLE = [
    "<p><svg><style>",
    "<svg><style><img src=x onerror={hit}>",
    "<math><mtext><table><mglyph><style><img src=x onerror={hit}>",
    "<math><mtext><mglyph><style><!--</style><img title='--><img src=x onerror={hit}>'>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror={hit} src=x>'>",
    "<svg></p><style><a id='</style><img src=1 onerror={hit}>'>",
    "<noscript><p title='</noscript><img src=x onerror={hit}>'>",
    "<template><s><template><s></s></template></s></template><img src=x onerror={hit}>",
    "<table><tr><td><table><img src=x onerror={hit}></table></div></div></article></main>",
    "</p></div></div></article></main></body></html><script>{hit}</script>",
    "<select><template><svg><style></select><img src=x onerror={hit}>",
    "<plaintext></plaintext><img src=x onerror={hit}>",
    "<textarea></textarea><title></title><xmp></xmp><img src=x onerror={hit}>",
    "<a href='java\tscript:{hit}'>x</a><a href='JaVaScRiPt:{hit}'>y</a><a href='&#106;avascript:{hit}'>z</a>",
    "<a href='data:text/html,<script>{hit}</script>'>x</a><a href='//b.example/x'>y</a><a href='x\\y'>z</a>",
    "<img src='x' srcset='y 2x' onload={hit}><img data-src='javascript:{hit}'><img src='data:image/svg+xml,x'>",
    "<iframe srcdoc='<script>{hit}</script>'></iframe><object data=x></object><embed src=x>",
    "<base href='//b.example/'><meta http-equiv=refresh content='0;url=//b.example'><link rel=stylesheet href=x>",
    "<p style='position:fixed;inset:0'>x</p><style>*{{display:none}}</style>",
    "<details open ontoggle={hit}><summary>x</summary></details><video><source onerror={hit} src=x></video>",
    "<![CDATA[<img src=x onerror={hit}>]]><!--<img src=x onerror={hit}>--!><img src=x onerror={hit}>",
    "<p><p><div><p></div></p></div></p></div><h1></h2></h3>",
    "<button formaction='javascript:{hit}'>x</button><input autofocus onfocus={hit}><isindex action=j onfocus={hit}>",
    "<svg><animate onbegin={hit} attributeName=x dur=1s><a xlink:href='javascript:{hit}'><text>x</text></a></svg>",
    "<svg><foreignObject><iframe src='javascript:{hit}'></iframe></foreignObject></svg>",
    "\u0000<\u0000script>{hit}</script><scr\u0000ipt>{hit}</script>",
]
PIECES = [
    "<p>", "</p>", "<b>", "</b>", "<div>", "</div>", "<svg>", "</svg>", "<math>", "</math>", "<style>",
    "</style>", "<!--", "-->", "--!>", "<script>", "</script>", "<a href='x'>", "</a>", "<noscript>",
    "</noscript>", "<template>", "</template>", "<table>", "</table>", "<tr>", "<td>", "<caption>",
    "<select>", "<option>", "<title>", "<textarea>", "<mglyph>", "<mtext>", "<foreignObject>", "<desc>",
    "<iframe>", "</iframe>", "<xmp>", "<plaintext>", "<li>", "<ul>", "<img src=x onerror=window.hit=1>",
    "<img data-src='y.jpg'>", "<form>", "<input>", "<button>", "<h1>", "</h2>", "<br>", "</br>", "]]>",
    "<![CDATA[", "月球", "&lt;script&gt;", '"', "'", "\x00", "<frameset>", "<body>", "</body>", "</html>",
]  # fmt: skip
# Reads every piece as it stands inside a page, and says what is wrong with it.
JUDGE = """
(pieces) => pieces.map((piece) => {
  const FORBIDDEN = ("script style svg math iframe object embed form input button template noscript link meta base"
    + " select textarea").split(" ");
  const page = new DOMParser().parseFromString(`<div id="box">${piece}</div><p id="after">x</p>`, "text/html");
  const box = page.getElementById("box"), after = page.getElementById("after");
  if (!box || after?.parentElement !== page.body || after.previousElementSibling !== box) return "leaves its box";
  if (page.body.children.length !== 2 || page.head.children.length) return "adds to the page";
  for (const one of box.querySelectorAll("*")) {
    if (FORBIDDEN.includes(one.localName.toLowerCase())) return `holds <${one.localName}>`;
    for (const {name, value} of one.attributes) {
      if (name.startsWith("on") || name === "style" || name === "srcdoc") return `holds ${name}`;
      if (["href", "src"].includes(name) && !/^(https?:|mailto:)/i.test(value)) return `holds ${name}=${value}`;
    }
  }
  return "";
})
"""


def attack(folder: Path) -> Iterator[Try]:
    """The cleaner alone over thousands of mixtures, then whole articles on the real site."""
    path = shutil.which(CHROMIUM)
    if path is None:
        raise RuntimeError(f"Chromium is not installed: apt-get install {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield from _cleaned(browser)
        yield from _shown(folder, browser)
        browser.close()


def mixtures() -> Sequence[str]:
    """Return the same hostile pieces every time."""
    fuzz = random.Random(SEED)  # noqa: S311 - the same inputs every time
    mixed = ["".join(fuzz.choices(PIECES, k=fuzz.randint(2, PIECES_EACH))) for _ in range(MIXTURES)]
    return [*(one.format(hit=HIT) for one in WHOLE), *mixed]


def _cleaned(browser: Browser) -> Iterator[Try]:
    written = list(mixtures())
    cleaned = [str(clean(one, BASE)) for one in written]
    again = [str(clean(one, BASE)) for one in cleaned]
    page = browser.new_page()
    faults: list[str] = page.evaluate(JUDGE, cleaned)
    found = [(raw, fault) for raw, fault in zip(written, faults, strict=True) if fault]
    saw = f"{len(found)}: {found[0][1]} after {found[0][0]!r}" if found else ""
    yield Try(
        part="9",
        kind="cleaned HTML",
        what="balanced and harmless",
        held=not found,
        saw=saw,
        count=len(written),
        broke=len(found),
    )
    moved = [raw for raw, one, two in zip(written, cleaned, again, strict=True) if one != two]
    saw = f"{len(moved)}: {moved[0]!r}" if moved else ""
    yield Try(
        part="9",
        kind="cleaned twice",
        what="changes nothing",
        held=not moved,
        saw=saw,
        count=len(written),
        broke=len(moved),
    )
    page.close()


def _shown(folder: Path, browser: Browser) -> Iterator[Try]:
    with hostile_site() as site:
        deployment = Deployment(folder, private_hosts=json.dumps([site.host]))
        deployment.add_editors()
        pages = _articles(site)
        deployment.whitelist([site_channel("xss", site.host)])
        deployment.crawl()
        with deployment.serving() as address:
            editor = Visitor(address)
            editor.sign_in(EDITOR)
            items = [item for (item,) in deployment.rows("SELECT id FROM items")]
            for item in items:
                editor.decide(item, "approve")
            context = browser.new_context()
            for number, item in enumerate(items):
                yield from _looked_at(context.new_page(), address, item, f"article {number} of {len(pages)}")
            context.close()


def _looked_at(page: Any, address: str, item: str, what: str) -> Iterator[Try]:  # noqa: ANN401 - Playwright's page
    page.set_default_timeout(WAIT_MS)
    foreign: list[str] = []
    page.on("request", lambda request: foreign.append(request.url) if "b.example" in request.url else None)
    page.goto(f"{address}/items/{item}", wait_until="domcontentloaded")
    hit = page.evaluate("Boolean(window.hit)")
    whole = page.evaluate(
        "document.querySelectorAll('body > main').length === 1"
        " && document.querySelectorAll('body > footer').length === 1"
        " && Boolean(document.querySelector('main article .prose'))"
    )
    page.close()
    saw = "a script ran" if hit else f"asked for {foreign[0]}" if foreign else ""
    yield Try(kind="scripts in Chromium", what=what, held=not saw, saw=saw)
    saw = "" if whole else "the page's own boxes were closed"
    yield Try(part="9", kind="boxes in Chromium", what=what, held=whole, saw=saw)


def _articles(site: HostileSite) -> dict[str, str]:
    links = {}
    for number, piece in enumerate(WHOLE):
        hostile = piece.format(hit=HIT)
        title = f"脚本文章{number}&lt;img src=x onerror={HIT}&gt;"
        site.page(f"/a/{number}.html", article(title, more=hostile))
        links[f"/a/{number}.html"] = f"脚本文章{number}"
    site.listing("/list.html", links)
    return links


if __name__ == "__main__":
    report(attack)
