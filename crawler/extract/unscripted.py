"""Put into a page what its scripts would have put there: days, videos of site systems, pictures that are loaded late.

Facts: 博达 VSB writes `script[name=_videourl][vurl]`, 苏迪 WebPlus `div[sudy-wp-src]`; lazy loaders keep the picture in
`noscript`, in `picture > source`, or in an attribute of an empty box.
"""

import re
from collections.abc import Iterable
from itertools import islice

from lxml.html import HtmlElement

from crawler.dates.written import WRITE, show_written_days
from crawler.extract.document import fragment
from crawler.extract.media import (
    AUDIO_FILE,
    DOCUMENT_FILE,
    PICTURE_FILE,
    VIDEO_FILE,
    document_url,
    largest_of,
    picture_url,
    recording_url,
)
from indexer.catalogue.items import URL_CHARS

MOST_CHANGED = 500  # elements of a page; no honest one needs more
SCRIPT_CHARS, SCRIPT_FILES = 50_000, 3  # of a script that starts a player
BASE = "http://page.invalid/"  # only to see whether there is an address at all
QUOTED = re.compile(
    r"""["']([^"'\s<>]{5,500}?\.(?:mp4|m3u8|m4v|webm|mov|flv|mp3|m4a)(?:\?[^"'\s<>]{0,500})?)["']""", re.IGNORECASE
)
DOCUMENT_CALL = re.compile(
    r"""\bshow\w{0,12}pdf\w{0,12}\(\s{0,9}["']([^"'\s<>]{4,500}\.(?:pdf|ofd)(?:\?[^"'\s<>]{0,500})?)["']""",
    re.IGNORECASE,
)
BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]{0,40}url\(\s*[\"']?([^\"')\s]{5,500})", re.IGNORECASE)
ENDINGS = ("mp4", "m3u8", "webm", "flv", "m4v", "mov", "mp3", "m4a")
RECORDING_ATTRIBUTES = " or ".join(f"contains(., '.{ending}')" for ending in ENDINGS)
PLAYED_ELSEWHERE_TEXT = "video audio source iframe embed a link meta script body html area param"
PLAYED_ELSEWHERE = frozenset(PLAYED_ELSEWHERE_TEXT.split())
PLAYERS = ("video", "audio", "source", "iframe", "embed")
AMP = {
    "amp-img": "img", "amp-anim": "img", "amp-video": "video", "amp-audio": "audio", "amp-iframe": "iframe"
}  # fmt: skip
DOCUMENTS = ("pdf", "ofd", "PDF")
BOXES = ("div", "span", "p", "figure", "section", "i", "li", "a")


def unscript(page: HtmlElement, text: str) -> None:
    """Change the page given: after it, players and pictures stand in it as elements that need no script.

    text: what the page was parsed from; most pages hold no recording, and are not searched for one.
    """
    _take_from_scripts(page, text)
    for node in _first(page.iter("noscript")):
        if next(node.iterancestors("head"), None) is None:
            _open_noscript(node)
    for node in _first(page.iter("picture")):
        for img in _first(node.iter("img")):
            _take_from_sources(img, node)
    empty = (node for node in page.iter(*BOXES) if len(node) == 0 and node.attrib and not (node.text or "").strip())
    for node in _first(empty):
        _fill(node)


def _take_from_scripts(page: HtmlElement, text: str) -> None:
    if WRITE in text:
        show_written_days(page)
    if any(f".{ending}" in text for ending in ENDINGS):
        _put_recordings(page)
    if any(f".{ending}" in text for ending in DOCUMENTS):
        _name_documents(page, text)
        _show_documents(page)
    if "<amp-" in text:
        _plain_amp(page)


def _plain_amp(page: HtmlElement) -> None:
    """Name AMP's elements as those that browsers know; what stands in them is for browsers without scripts."""
    for node in _first(page.iter(*AMP)):
        if node.tag in ("amp-img", "amp-anim"):
            for child in list(node):
                node.remove(child)
        node.tag = AMP[str(node.tag)]


def _put_recordings(page: HtmlElement) -> None:
    for node in _found(page, "//body//script"):
        _play(node)
    for node in _found(page, f"//body//*[@*[{RECORDING_ATTRIBUTES}]]"):
        if node.tag not in PLAYED_ELSEWHERE and next(node.iter(*PLAYERS), None) is None:
            _add_recording(node)
    for node in _found(page, "//body//a[@href][not(*)][not(normalize-space())]"):
        address = (node.get("href") or "").strip()
        if VIDEO_FILE.fullmatch(address) or AUDIO_FILE.fullmatch(address):  # a player's box: nobody could click on it
            node.append(node.makeelement("audio" if AUDIO_FILE.fullmatch(address) else "video", {"src": address}))


def _name_documents(page: HtmlElement, text: str) -> None:
    """Give the addresses that scripts know: 苏迪's link without one, 博达's `showVsbpdfIframe('…')`."""
    if "swsrc" in text:
        for node in _found(page, "//body//a[@swsrc]"):
            node.set("href", node.get("swsrc") or "")
    if DOCUMENT_CALL.search(text):
        for node in _found(page, "//body//script"):
            if shown := DOCUMENT_CALL.search((node.text or "")[:SCRIPT_CHARS]):
                node.set("pdfsrc", shown[1].replace("\\/", "/"))


def _show_documents(page: HtmlElement) -> None:
    """Turn what shows a document into a frame: 苏迪's `div[pdfsrc]`, an `object`."""
    for node in _found(page, "//body//*[@pdfsrc] | //body//object[@data]"):
        address = node.get("pdfsrc") or node.get("data") or ""
        if document_url({"src": address}, BASE) and next(node.iter("embed", "iframe"), None) is None:
            node.tag, node.text = "iframe", None  # what stands in it is for browsers that cannot show it
            for child in list(node):
                node.remove(child)
            node.set("src", address)


def _first(nodes: Iterable[HtmlElement]) -> list[HtmlElement]:
    return list(islice(nodes, MOST_CHANGED))


def _found(page: HtmlElement, path: str) -> list[HtmlElement]:
    found = page.xpath(path)
    return found[:MOST_CHANGED] if isinstance(found, list) else []


def _play(script: HtmlElement) -> None:
    """Turn a script that only starts a player into the player."""
    if (script.get("type") or "").lower().endswith("json") or script.get("src"):
        return
    given = filter(None, map(script.get, ("vurl", "videourl", "video", "data-url")))
    files = [each for each in given if not DOCUMENT_FILE.search(each)]
    files = files or [match[1] for match in islice(QUOTED.finditer((script.text or "")[:SCRIPT_CHARS]), SCRIPT_FILES)]
    if files:
        address, script.text = files[0].replace("\\/", "/"), None
        script.attrib.clear()
        script.tag = "audio" if AUDIO_FILE.fullmatch(address) else "video"
        script.set("src", address)


def _add_recording(node: HtmlElement) -> None:
    if not recording_url(node, BASE):
        return
    address = next(
        value
        for name, value in node.items()
        if name not in ("href", "poster")
        and (VIDEO_FILE.fullmatch(value.strip()) or AUDIO_FILE.fullmatch(value.strip()))
    )
    tag = "audio" if AUDIO_FILE.fullmatch(address.strip()) else "video"
    if node.tag == "img":  # 苏迪's editor sets a picture where its script puts the player
        node.tag = tag
        node.set("src", address.strip())
        return
    player = node.makeelement(tag, {"src": address.strip()})
    player.tail, node.text = node.text, None
    node.insert(0, player)


def _open_noscript(node: HtmlElement) -> None:
    """Give the picture of a `noscript` to the one beside it that waits for a script, or show it in its place."""
    if len(node) == 0 and "<img" in (node.text or ""):  # a page saved by a browser has it as text
        node.extend(_first(fragment((node.text or "")[:SCRIPT_CHARS]).iter("img")))
        node.text = None
    shown = next(node.iter("img", "iframe", "video", "audio"), None)
    if shown is None:
        return
    for beside in (node.getprevious(), node.getnext()):
        waiting = next(beside.iter("img"), None) if beside is not None and isinstance(beside.tag, str) else None
        if waiting is not None and shown.tag == "img":
            if not picture_url(waiting, BASE) and (address := shown.get("src") or shown.get("data-src")):
                waiting.set("src", address)
            return
    node.tag = "span"


def _take_from_sources(img: HtmlElement, picture: HtmlElement) -> None:
    if picture_url(img, BASE):
        return
    for source in picture.iter("source"):
        address = largest_of(source.get("srcset") or source.get("data-srcset") or "")
        if address:
            img.set("src", address)
            return


def _fill(box: HtmlElement) -> None:
    """Put into an empty box the picture that its attribute or its style names."""
    attributes = {name: value for name, value in box.items() if name not in ("href", "src")}
    named = (value.strip() for name, value in attributes.items() if name != "style" and len(value) <= URL_CHARS)
    address = next((value for value in named if PICTURE_FILE.fullmatch(value)), "")
    if not address and (found := BACKGROUND.search((box.get("style") or "")[:2000])):
        address = found[1]
    if address:
        box.append(box.makeelement("img", {"src": address}))
